"""Local sources, and reading them."""

import pytest

from onward.domain.ingestion.fetching import Fetch
from onward.domain.ingestion.sources import KINDS
from tests.domain.ingestion.servers import sources


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
        return list(KINDS[entry.kind].read(entry, Fetch(entry, **options)))

    return reading
