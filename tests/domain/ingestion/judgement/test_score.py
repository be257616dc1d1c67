"""How much an opening has of what is looked for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.ingestion.found import Found, Pay, Place
from onward.domain.ingestion.judgement.score import COMPLETENESS, FRESHNESS, PAY, PLACE, TYPE, score

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
BEST = Found(
    external_id="1",
    url="https://lark.example/jobs/1",
    title="Data Intern",
    company="Larkspur",
    places=(Place("Oslo"),),
    description="word " * 100,
    pay=Pay(Decimal(20), None, "NOK", "hour"),
    skills=("SQL",),
    posted_at=NOW - timedelta(days=2),
    closes_on=date(2026, 6, 1),
)
BARE = Found(external_id="1", url="", title="Data Engineer", company="")


def test_what_meets_everything_has_100():
    parts = score(BEST, kind="internship", at=NOW)

    assert parts.total == 100
    assert parts.as_dict() == {
        "type": TYPE,
        "place": PLACE,
        "freshness": FRESHNESS,
        "completeness": COMPLETENESS,
        "pay": PAY,
    }


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("place", {"places": ()}),
        ("place", {"places": (Place("Norway"),)}),
        ("freshness", {"posted_at": None}),
        ("freshness", {"posted_at": NOW - timedelta(days=8)}),
        ("freshness", {"closes_on": date(2026, 5, 1)}),
        ("completeness", {"company": ""}),
        ("completeness", {"description": "Short."}),
        ("completeness", {"url": ""}),
        ("completeness", {"skills": ()}),
        ("completeness", {"closes_on": None}),
        ("pay", {"pay": None}),
        ("pay", {"pay": Pay(Decimal(20), None, "", "")}),
    ],
)
def test_each_thing_that_is_missing_takes_from_its_part_alone(part, changes):
    best, found = score(BEST, kind="internship", at=NOW), score(replace(BEST, **changes), kind="internship", at=NOW)

    assert found.as_dict()[part] < best.as_dict()[part]
    assert {name for name, points in found.as_dict().items() if points != best.as_dict()[name]} == {part}


def test_a_job_has_nothing_for_its_type_and_a_bare_one_next_to_nothing():
    assert score(BEST, kind="", at=NOW).total == 100 - TYPE
    assert score(BARE, kind="", at=NOW).total <= 10


def test_remote_work_is_a_known_place():
    assert score(replace(BARE, work_mode="remote"), kind="", at=NOW).place == PLACE


def test_the_company_of_the_board_counts_as_told():
    assert score(BARE, kind="", at=NOW, company="Larkspur").completeness > score(BARE, kind="", at=NOW).completeness


@given(
    st.sets(st.sampled_from(["url", "places", "description", "pay", "skills", "posted_at", "closes_on", "company"])),
    st.sampled_from(["", "internship", "thesis"]),
)
def test_only_what_meets_everything_has_100_and_the_parts_add_up(told, kind):
    found = replace(BARE, **{name: getattr(BEST, name) for name in told})
    parts = score(found, kind=kind, at=NOW)

    assert 0 <= parts.total <= 100
    assert parts.total == sum(parts.as_dict().values())
    assert (parts.total == 100) == (len(told) == 8 and bool(kind))
