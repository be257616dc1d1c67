"""Quiet hours and weeks on somebody's own clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.notifications import clock
from onward.domain.notifications.wishes import Wishes

BERLIN = ZoneInfo("Europe/Berlin")
# Hypothesis wants them without a zone.
FIRST, LAST = (datetime(year, 1, 1) for year in (2025, 2028))  # noqa: DTZ001
NIGHT = {"start": time(22), "end": time(8)}


def local(*parts, fold=0, zone=BERLIN):
    return datetime(*parts, tzinfo=zone, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "waits_until"),
    [(21, 59, None), (22, 0, (3, 8)), (23, 59, (3, 8)), (0, 0, (2, 8)), (7, 59, (2, 8)), (8, 0, None), (12, 0, None)],
)
def test_quiet_hours_span_midnight(hour, minute, waits_until):
    moment = local(2026, 3, 2, hour, minute)

    expected = local(2026, 3, *waits_until) if waits_until else moment
    assert clock.quiet_until(moment, **NIGHT, zone=BERLIN) == expected


@pytest.mark.parametrize(("hour", "quiet"), [(11, False), (12, True), (13, True), (14, False)])
def test_quiet_hours_within_a_day(hour, quiet):
    assert clock.is_quiet(local(2026, 3, 2, hour), start=time(12), end=time(14), zone=BERLIN) is quiet


@pytest.mark.parametrize(("start", "end"), [(None, None), (time(22), None), (None, time(8)), (time(8), time(8))])
def test_half_of_them_or_none_at_all_are_no_quiet_hours(start, end):
    for hour in range(24):
        moment = local(2026, 3, 2, hour)
        assert clock.quiet_until(moment, start=start, end=end, zone=BERLIN) == moment


def test_they_are_told_by_the_persons_own_clock():
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC)

    assert clock.quiet_until(moment, **NIGHT, zone=BERLIN) == moment
    auckland = clock.quiet_until(moment, **NIGHT, zone=ZoneInfo("Pacific/Auckland"))
    assert auckland == datetime(2026, 3, 2, 19, tzinfo=UTC)


def test_the_night_in_which_clocks_go_forward_is_an_hour_shorter():
    evening = local(2026, 3, 28, 23)

    assert clock.quiet_until(evening, **NIGHT, zone=BERLIN) - evening == timedelta(hours=8)
    # 02:30 is left out in that night.
    assert clock.quiet_until(evening, start=time(22), end=time(2, 30), zone=BERLIN) == local(2026, 3, 29, 3, 30)


def test_in_the_night_in_which_clocks_go_back_an_end_that_comes_twice_is_never_in_the_past():
    first, second = local(2026, 10, 25, 2, 15), local(2026, 10, 25, 2, 15, fold=1)
    quiet = {"start": time(22), "end": time(2, 30), "zone": BERLIN}

    assert clock.quiet_until(first, **quiet) == local(2026, 10, 25, 2, 30)
    assert clock.quiet_until(second, **quiet) == local(2026, 10, 25, 2, 30, fold=1)


@given(
    moment=st.datetimes(FIRST, LAST),
    start=st.times(),
    end=st.times(),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_what_waits_is_never_early_and_never_waits_longer_than_a_day(moment, start, end, zone):
    moment = moment.replace(tzinfo=UTC)
    wishes = Wishes(ZoneInfo(zone), quiet_hours_start=start, quiet_hours_end=end)

    heard = wishes.after_quiet_hours(moment)

    assert moment <= heard <= moment + timedelta(hours=26)
    if heard == moment and start != end:
        assert not clock.is_quiet(moment, start=start, end=end, zone=ZoneInfo(zone))


def test_monday_at_eight_is_told_by_the_clock_of_each():
    # In Auckland it is Monday already.
    moment = datetime(2026, 3, 8, 20, tzinfo=UTC)

    assert clock.monday(moment, zone=ZoneInfo("Pacific/Auckland")) == (
        date(2026, 3, 9),
        datetime(2026, 3, 8, 19, tzinfo=UTC),
    )
    assert clock.monday(moment, zone=BERLIN)[0] == date(2026, 3, 2)


def test_a_clock_that_nobody_knows_is_utc():
    assert clock.zone("Middle-earth/Shire").key == "UTC"
    assert clock.zone("../etc/passwd").key == "UTC"


def test_a_reminder_that_would_come_too_late_comes_before_the_quiet_hours():
    wishes = Wishes(BERLIN, interview_reminder_hours=2, quiet_hours_start=time(22), quiet_hours_end=time(8))
    interview = local(2026, 3, 3, 7)

    assert wishes.reminder_due(interview_at=interview, at=local(2026, 3, 1, 12)) == local(2026, 3, 2, 21, 59)
    # Too late for that, too: it waits, and will find that the interview has begun.
    assert wishes.reminder_due(interview_at=interview, at=local(2026, 3, 2, 23)) == local(2026, 3, 3, 8)
