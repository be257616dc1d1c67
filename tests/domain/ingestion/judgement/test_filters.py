"""Which postings pass the filters of a run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.ingestion.judgement.filters import wanted
from onward.domain.ingestion.judgement.keys import keys
from onward.domain.ingestion.places import place_of_text
from tests.poison import POISON


def passes(wish, place, work_mode=""):
    key = keys(company="", title="", places=[place_of_text(place)] if place else [], work_mode=work_mode).place
    return wanted(locations=[wish]).has_place(place_key=key, location=place, work_mode=work_mode)


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ("Berlin", "Berlin, Germany"),
        ("berlin", "Munich / Berlin"),
        ("München", "Munich, Bavaria, Germany"),
        ("Koeln", "Cologne"),
        ("Bavaria", "Munich, Bayern, DE"),
        ("Bayern", "Munich, Bavaria, Germany"),
        ("Germany", "Ulm, Germany"),
        ("Germany", "München"),
        ("Deutschland", "Ulm, DE, Germany"),
        ("Allemagne", "Berlin"),
        ("DE", "Berlin, Germany"),
        ("DEU", "Berlin, Germany"),
        ("UK", "Leeds, United Kingdom"),
        ("United States", "Austin, TX"),
        ("US", "Remote (US)"),
        ("Texas", "Austin, TX"),
        ("TX", "Austin, Texas"),
        ("California", "San Francisco, CA"),
        ("Canada", "Toronto, ON"),
        ("New York", "NYC"),
        ("Remote", "Remote - Germany"),
        ("Remote", "Home Office"),
        ("Silicon Saxony", "Dresden (Silicon Saxony)"),
    ],
)
def test_a_place_passes_by_city_region_country_or_remote(wish, place):
    assert passes(wish, place)


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ("Berlin", "Munich, Germany"),
        ("Germany", "Vienna, Austria"),
        ("DE", "Rio de Janeiro"),
        ("Canada", "San Francisco, CA"),
        ("Germany", "Wilmington, DE"),
        ("Remote", "Berlin"),
        ("Texas", "Austin, MN"),
        ("Paris, France", "Paris, TX"),
        ("Oslo", ""),
    ],
)
def test_another_place_does_not(wish, place):
    assert not passes(wish, place)


def test_a_remote_posting_of_a_city_passes_both():
    assert passes("Remote", "Berlin", work_mode="remote")
    assert passes("Berlin", "Berlin", work_mode="remote")


def test_nothing_wanted_filters_nothing():
    nothing = wanted()

    assert nothing.has_kind("thesis")
    assert nothing.has_place(place_key="", location="")
    assert wanted(locations=["", "  "]).has_place(place_key="", location="")


def test_kinds_are_those_that_are_named():
    assert wanted(kinds=["summer", "thesis"]).has_kind("thesis")
    assert not wanted(kinds=["summer", "thesis"]).has_kind("internship")


def test_one_of_several_places_is_enough():
    both = wanted(locations=["Oslo", "Germany"])

    assert both.has_place(
        place_key=keys(company="", title="", places=[place_of_text("Ulm, Germany")]).place, location=""
    )


@given(st.text() | st.sampled_from(POISON["strings"]), st.text())
def test_any_text_is_taken(wish, place):
    assert passes(wish, place) in {True, False}
