"""Every kind of source, read from a server that answers as it does."""

import pytest

from onward.domain.ingestion.found import Found
from tests.domain.ingestion.servers import posts
from tests.domain.ingestion.servers.shapes import SHAPES


@pytest.mark.parametrize("kind", SHAPES)
def test_a_source_of_every_kind_is_read_whole(kind, local, read):
    served = posts(250)

    found = read(local.add(kind, served))

    assert len(found) == 250
    assert all(isinstance(one, Found) for one in found)
    assert [one.title for one in found] == [one.title for one in served]
    assert len({one.external_id for one in found}) == 250
    assert all(one.url.startswith("https://") for one in found)


@pytest.mark.parametrize("kind", SHAPES)
def test_a_source_without_postings_is_no_failure(kind, local, read):
    assert read(local.add(kind, [])) == []
