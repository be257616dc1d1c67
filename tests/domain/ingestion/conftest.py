"""Local sources, and reading them."""

import time

import pytest

from onward.domain.ingestion.fetching import Fetch, fetch
from onward.domain.ingestion.sources import KINDS
from tests.domain.ingestion.servers import sources


class Free:
    """A host that may be asked at any time, without a database to say so."""

    def take(self, origin):
        pass

    def wait(self, origin, spacing):
        pass

    def keep(self):
        pass

    def rest(self, seconds):
        pass

    def leave(self):
        pass


@pytest.fixture
def local():
    """Sources on this machine; `local.add(kind, posts(3))` gives the entry of one."""
    with sources() as served:
        yield served


@pytest.fixture
def read(local, settings):
    """Read a source whole: gives what it found, as a list. Further arguments are those of `Fetch`."""

    def reading(entry, **options):
        settings.SOURCES = local.entries
        return list(KINDS[entry.kind].read(entry, Fetch(entry, **{"manners": Free(), **options})))

    return reading


@pytest.fixture
def waits(monkeypatch):
    """Let all waiting between requests take no time, though the clock shows it; gives how long was waited."""
    waited = []
    real = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: real() + sum(waited))
    monkeypatch.setattr(fetch, "pause", waited.append)
    return waited
