"""Runs over local sources, here and now."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from onward.domain.ingestion.models import Run, Source
from onward.domain.ingestion.services import runs, sources
from onward.platform.jobs import run_due


@pytest.fixture(autouse=True)
def no_built_in_sources(monkeypatch):
    """Leave out those that the program names itself."""
    monkeypatch.setattr(sources, "BUILTIN", ())


@pytest.fixture
def start(local, settings, db):
    """Ask for the local sources to be read, or for those that are named; gives the run, which nobody has begun."""

    def start(*names, at=None, **wishes):
        settings.SOURCES = local.entries
        at = at or timezone.now()
        sources.take_over(at=at)
        return runs.start(at=at, sources=names, **wishes)

    return start


@pytest.fixture
def run(start):
    """Read the local sources, or those that are named; gives the run as it is afterwards."""

    def run(*names, **wishes):
        made = start(*names, **wishes)
        run_due()
        return Run.objects.get(pk=made.pk)

    return run


@pytest.fixture
def source(local):
    """Give a source as the record has it."""
    return lambda name="greenhouse": Source.objects.get(name=name)


def counts(of):
    """Give what came of reading: found, saved, duplicates, rejected."""
    return SimpleNamespace(found=of.found, saved=of.saved, duplicates=of.duplicates, rejected=of.rejected)
