"""Whether an opening can still be applied for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.board.choices import PostingState
from onward.domain.ingestion.judgement import freshness as rules
from onward.domain.ingestion.judgement.freshness import LIVE, Freshness, Seen, freshness, tells_absence, usual

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
CLOSED = PostingState.CLOSED
UNCERTAIN = PostingState.UNCERTAIN


def board(missed=0):
    return Seen(windowed=False, last_seen_at=NOW - timedelta(days=60), missed=missed)


def feed(days):
    return Seen(windowed=True, last_seen_at=NOW - timedelta(days=days))


def test_a_whole_board_that_misses_a_posting_once_makes_it_uncertain_and_twice_closes_it():
    assert freshness([board(0)], at=NOW) == LIVE
    assert freshness([board(1)], at=NOW) == Freshness(UNCERTAIN, rules.MISSING)
    assert freshness([board(2)], at=NOW) == Freshness(CLOSED, rules.NOT_LISTED)
    assert freshness([board(3)], at=NOW) == Freshness(CLOSED, rules.NOT_LISTED)


def test_a_feed_s_silence_says_something_after_two_weeks_and_never_closes():
    assert freshness([feed(14)], at=NOW) == LIVE
    assert freshness([feed(15)], at=NOW) == Freshness(UNCERTAIN, rules.SILENT)
    assert freshness([feed(400)], at=NOW) == Freshness(UNCERTAIN, rules.SILENT)


def test_what_one_source_still_lists_is_live():
    assert freshness([board(2), feed(1)], at=NOW) == LIVE
    assert freshness([board(2), feed(20)], at=NOW).state == UNCERTAIN


def test_the_closing_day_closes_when_it_is_past_and_not_on_itself():
    assert freshness([board()], at=NOW, closes_on=date(2026, 5, 4)) == LIVE
    assert freshness([board()], at=NOW, closes_on=date(2026, 5, 3)) == Freshness(CLOSED, rules.PAST)


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_closes(status):
    assert freshness([board()], at=NOW, page_status=status) == Freshness(CLOSED, rules.PAGE_GONE)


@pytest.mark.parametrize("status", [None, 200, 301, 403, 429, 500, 503])
def test_any_other_answer_of_a_page_closes_nothing(status):
    assert freshness([board()], at=NOW, page_status=status) == LIVE


def test_what_no_source_told_of_is_live():
    assert freshness([], at=NOW) == LIVE


def test_a_reading_that_failed_or_brought_under_seventy_percent_tells_no_absence():
    assert tells_absence(ended=True, found=100, usual=100)
    assert tells_absence(ended=True, found=70, usual=100)
    assert not tells_absence(ended=True, found=69, usual=100)
    assert not tells_absence(ended=False, found=100, usual=100)
    assert not tells_absence(ended=True, found=0, usual=3)
    assert tells_absence(ended=True, found=0, usual=0)


def test_the_usual_number_is_the_middle_of_the_last_readings():
    assert usual([]) == 0
    assert usual([7]) == 7
    assert usual([1000, 10, 12, 11, 0, 13]) == 11


@given(
    st.lists(st.builds(Seen, st.booleans(), st.just(NOW - timedelta(days=20)) | st.just(NOW), st.integers(0, 4))),
    st.randoms(use_true_random=False),
)
def test_another_source_never_makes_it_worse_and_their_order_is_of_no_account(seen, chance):
    order = [PostingState.LIVE, UNCERTAIN, CLOSED]
    found = freshness(seen, at=NOW)

    assert freshness(chance.sample(seen, len(seen)), at=NOW).state == found.state
    if seen:
        assert order.index(freshness([*seen, feed(0)], at=NOW).state) <= order.index(found.state)
    assert bool(found.reason) == (found.state != PostingState.LIVE)
