"""Both databases put first what the other one does: each run compares its database with the same recorded orders."""

from pathlib import Path

import pytest

from bench.search import labelled

RECORDED = Path(__file__).with_name("orders.tsv")
AGREE = 0.9


@pytest.mark.django_db
def test_the_first_ten_are_the_same_on_every_database():
    numbers = labelled.fill()
    asked = {**labelled.queries("tuning"), **labelled.queries("test")}
    recorded = {}
    for row in RECORDED.read_text("utf-8").splitlines():
        query, *order = row.split("\t")
        recorded[query] = [int(number) for number in order]

    assert recorded.keys() == asked.keys()
    for query, first in recorded.items():
        mine = labelled.order(query, numbers)[:10]
        assert len({*mine} & {*first}) >= AGREE * len(first), (query, mine, first)
        assert len(mine) == len(first), query
