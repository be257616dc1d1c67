"""The laws of lenses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.accounts.models import User
from onward.domain.applications.choices import Priority, Status
from onward.domain.applications.models import Application
from onward.platform.lens import Lens
from tests.factories import ApplicationFactory

# The record's statuses in seven words instead of nine.
SEVEN = Lens(
    {
        "wishlist": "Saved",
        "applied": "Applied",
        "ghosted": "Applied",
        "screening": "Interviewing",
        "interviewing": "Interviewing",
        "offer": "Offer",
        "accepted": "Accepted",
        "rejected": "Rejected",
        "withdrawn": "Withdrawn",
    },
    {
        "Saved": "wishlist",
        "Applied": "applied",
        "Interviewing": "interviewing",
        "Offer": "offer",
        "Accepted": "accepted",
        "Rejected": "rejected",
        "Withdrawn": "withdrawn",
    },
)
values = st.sampled_from(SEVEN.values)
words = st.sampled_from(SEVEN.words)


@given(values)
def test_writing_back_what_was_read_changes_nothing(value):
    assert SEVEN.read(SEVEN.show(value), value) == value


@given(words, st.none() | values)
def test_what_is_written_is_what_is_read(word, value):
    assert SEVEN.show(SEVEN.read(word, value)) == word


@given(words)
def test_a_filter_by_a_word_finds_everything_that_looks_like_it(word):
    assert set(SEVEN.stored(word)) == {value for value in SEVEN.values if SEVEN.show(value) == word}


def test_knows_every_word_of_the_record():
    assert set(SEVEN.values) == set(Status.values)


def test_the_database_shows_what_the_lens_shows(ada: User):
    for status in Status.values:
        ApplicationFactory(owner=ada, status=status)

    shown = Application.objects.annotate(shown=SEVEN.case("status")).values_list("status", "shown")

    assert len(shown) == len(Status.values)
    assert all(SEVEN.show(status) == word for status, word in shown)


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ({"a": "A"}, {"A": "b"}),
        ({"a": "A", "b": "B"}, {"A": "a"}),
        ({"a": "A"}, {"B": "a"}),
    ],
)
def test_a_lens_that_would_break_a_law_cannot_be_made(shown, written):
    with pytest.raises(ValueError, match=r"stored as|no way to write"):
        Lens(shown, written)


def test_a_coarser_contract_shows_the_words_it_lacks_as_others_and_keeps_them():
    lens = Lens.coarser(Priority, {Priority.HIGH: Priority.MEDIUM, "": Priority.LOW})

    assert [lens.show(value) for value in ("high", "medium", "low", "")] == ["medium", "medium", "low", "low"]
    assert lens.words == ("medium", "low")
    assert lens.read("medium", "high") == "high"
    assert lens.read("low", "high") == "low"


def test_words_that_stand_one_for_one_are_read_as_they_are_shown():
    lens = Lens.one_to_one({"": None, "high": "High"})

    assert (lens.show(""), lens.read(None)) == (None, "")
    assert (lens.show("high"), lens.read("High")) == ("High", "high")


def test_every_word_that_is_shown_of_one_to_one_can_be_filtered_by():
    lens = Lens.one_to_one(dict(Priority.choices))

    assert [lens.stored(word) for word in lens.words] == [("high",), ("medium",), ("low",)]
