from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.exchange.importing.dates import Evidence, Order, evidence, read_date, read_instant

DAY, MONTH = Order.DAY_FIRST, Order.MONTH_FIRST


@pytest.mark.parametrize(
    "text",
    [
        *("2026-01-05", "2026/1/5", "2026.01.05", "20260105", "2026-01-05T10:00:00Z", "2026-01-05 10:00", "46027"),
        *("46027.5", "Jan 5, 2026", "January 5th, 2026", "5 Jan 2026", "5-Jan-26", "05-JAN-2026", "5. Januar 2026"),
        *("Mon, 5 Jan 2026 10:00:00 GMT", "Mon Jan 05 2026 10:00:00 GMT+0100 (CET)", "Monday, January 5, 2026"),
        *("1/5/2026", "1/5/26", "01-05-2026", "1/5/2026 3:04 PM", "1/5/26, 3:04 PM", "5 janvier 2026", "Jan-5-2026"),
    ],
)
def test_a_date_is_read_however_it_is_written(text):
    assert read_date(text, MONTH) == date(2026, 1, 5)


@pytest.mark.parametrize("text", ["5/1/2026", "05.01.2026", "5. 1. 2026", "05-01-26", "5.1.26"])
def test_a_day_may_come_first(text):
    assert read_date(text, DAY) == date(2026, 1, 5)


@pytest.mark.parametrize(("text", "order"), [("25/1/2026", MONTH), ("1/25/2026", DAY)])
def test_a_number_above_12_is_a_day_wherever_it_stands(text, order):
    assert read_date(text, order) == date(2026, 1, 25)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-02-30", "not a day of the calendar"),
        ("31/31/2026", "not a day of the calendar"),
        ("0000-00-00", "not a day of the calendar"),
        ("0001-01-01", "not between 1900 and 2200"),
        ("9999-12-31", "not between 1900 and 2200"),
        ("1899-12-31", "not between 1900 and 2200"),
        ("tomorrow", "not a date"),
        ("Jan 5", "has no year"),
        ("1/5", "has no year"),
        ("5 Foo 2026", "not a date"),
        ("1e308", "not a date"),
        ("5" * 5000, "not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(text, why):
    with pytest.raises(ValueError, match=why):
        read_date(text, MONTH)


@given(st.text() | st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/. ,][0-9]{1,4}.{0,9}"))
def test_no_text_breaks_the_reader(text):
    for order in Order:
        for read in (read_date, read_instant):
            try:
                read(text, order)
            except ValueError as problem:
                assert "not" in str(problem) or "no year" in str(problem)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_iso_dates_do_not_depend_on_the_order(day):
    assert {read_date(day.isoformat(), order) for order in Order} == {day}


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["1/2/2026", "25/2/2026"], DAY),
        (["1/2/2026", "2/25/2026"], MONTH),
        (["01.02.2026"], DAY),
        (["1/2/2026", "3/4/2026"], None),
        (["2026-01-02", "Jan 3, 2026", "", "tbd"], None),
        (["25/2/2026", "26/2/2026", "2/27/2026"], DAY),
    ],
)
def test_a_column_tells_what_comes_first(cells, order):
    assert evidence("Applied", cells).order == order


@pytest.mark.parametrize(("header", "order"), [("Date (DD/MM/YYYY)", DAY), ("Applied [mm/dd]", MONTH), ("Date", None)])
def test_a_header_may_say_what_comes_first(header, order):
    assert evidence(header, ["1/2/2026"]).order == order


def test_the_column_is_believed_before_its_header():
    assert evidence("Date (DD/MM/YYYY)", ["1/25/2026"]) == Evidence(month_first=1)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-05T10:00:00.250Z", datetime(2026, 1, 5, 10, 0, 0, 250000, UTC)),
        ("2026-01-05T10:00:00+02:00", datetime(2026, 1, 5, 8, tzinfo=UTC)),
        ("5 Jan 2026", datetime(2026, 1, 5, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_in_utc(text, instant):
    assert read_instant(text, MONTH) == instant


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-06-31T00:00:00Z"])
def test_instants_that_no_database_keeps_are_refused(text):
    with pytest.raises(ValueError, match="not"):
        read_instant(text, MONTH)
