"""Jobs that run again and again: when, and each time once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from onward.platform.jobs import enqueue, job, periodic, run_due, services
from onward.platform.jobs.models import Job
from onward.platform.jobs.registry import _kinds, periodic_kinds
from onward.platform.jobs.schedule import schedule
from tests.platform.jobs import ledger
from tests.platform.jobs.test_worker import working
from tests.waiting import until

AT = datetime(2026, 3, 2, 9, 30, 7, tzinfo=UTC)


def moments(start: datetime, count: int, **values) -> list[str]:
    given = {"every": None, "daily": "", "weekly": "", "zone": "UTC", **values}
    found, moment = [], start
    for _ in range(count):
        moment = schedule(**given).after(moment)
        found.append(moment.astimezone(ZoneInfo(given["zone"])).strftime("%a %d %H:%M:%S %z"))
    return found


@pytest.fixture
def tick():
    """A job that runs every minute, for the length of a test."""

    @periodic(every=timedelta(minutes=1))
    @job(name="test.tick", max_attempts=2)
    def tick() -> None:
        ledger.write("tick")

    yield tick
    del _kinds["test.tick"]


def test_every_minute_is_every_full_minute_whoever_asks():
    assert moments(AT, 2, every=timedelta(minutes=1)) == ["Mon 02 09:31:00 +0000", "Mon 02 09:32:00 +0000"]


def test_daily_is_by_the_clock_on_the_wall_through_both_changes_of_it():
    spring = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert moments(spring, 2, daily="03:30", zone="Europe/Berlin") == ["Sun 29 03:30:00 +0200", "Mon 30 03:30:00 +0200"]
    assert moments(spring, 2, daily="02:30", zone="Europe/Berlin") == ["Sun 29 03:30:00 +0200", "Mon 30 02:30:00 +0200"]
    autumn = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert moments(autumn, 2, daily="02:30", zone="Europe/Berlin") == ["Sun 25 02:30:00 +0200", "Mon 26 02:30:00 +0100"]


def test_weekly_is_on_its_day_of_the_week_there():
    start = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    assert moments(start, 2, weekly="monday 08:00", zone="Asia/Tokyo") == [
        "Mon 02 08:00:00 +0900",
        "Mon 09 08:00:00 +0900",
    ]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"every": timedelta(minutes=1), "daily": "08:00"},
        {"every": timedelta(milliseconds=500)},
        {"daily": "24:00"},
        {"daily": "8:00"},
        {"weekly": "08:00"},
        {"weekly": "someday 08:00"},
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(values):
    with pytest.raises(ValueError, match=r"periodic job runs|write daily"):
        periodic(**values)


def test_a_periodic_job_needs_no_arguments():
    with pytest.raises(TypeError, match=r"test\.wrong takes"):

        @periodic(daily="08:00")
        @job(name="test.wrong")
        def wrong(*, word: str) -> None: ...

    del _kinds["test.wrong"]


def test_the_next_occurrence_is_a_row_before_its_time_comes(db, tick):
    services.plan([tick], at=AT)

    row = Job.objects.get()
    assert (row.kind, row.state) == ("test.tick", "waiting")
    assert row.run_at == row.occurrence == datetime(2026, 3, 2, 9, 31, tzinfo=UTC)


def test_planning_again_plans_nothing_more(db, tick):
    services.plan([tick], at=AT)

    assert services.plan([tick], at=AT + timedelta(seconds=1)) == 0
    assert Job.objects.count() == 1


def test_the_database_refuses_the_same_occurrence_twice(db, tick):
    services.plan([tick], at=AT)
    row = Job.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind=row.kind, occurrence=row.occurrence)


def test_many_schedulers_make_each_occurrence_once(together, tick):
    outcomes = together(12, lambda number: services.plan([tick], at=AT + timedelta(milliseconds=number)))

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert Job.objects.count() == 1


def test_occurrences_that_were_missed_run_once(db, tick):
    services.plan([tick], at=timezone.now() - timedelta(hours=5))
    # Somebody plans on while nobody runs anything.
    for minutes in range(5, 300, 60):
        services.plan([tick], at=timezone.now() - timedelta(minutes=minutes))

    assert run_due() == 1

    assert ledger.words() == ["tick"]
    assert Job.objects.get(state="waiting").occurrence > timezone.now()


def test_an_occurrence_that_failed_does_not_hold_up_the_next(db, tick):
    services.plan([tick], at=AT)
    claim = services.claim(holder="w", at=AT + timedelta(minutes=2), lease=timedelta(seconds=60))
    services.fail(claim, error="x", at=AT + timedelta(minutes=2))

    assert services.plan([tick], at=AT + timedelta(minutes=2)) == 1
    assert Job.objects.filter(state="waiting").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_run_each_occurrence_once():
    @periodic(every=timedelta(seconds=1))
    @job(name="test.second")
    def second() -> None:
        ledger.write("second")

    with working(periodic=[second]), working(periodic=[second]):
        until(lambda: len(ledger.words()) >= 4)

    del _kinds["test.second"]
    occurrences = list(Job.objects.exclude(state="waiting").values_list("occurrence", flat=True))
    assert len(ledger.words()) == len(set(occurrences)) == len(occurrences)
    # None in between was left out.
    assert max(occurrences) - min(occurrences) == timedelta(seconds=len(occurrences) - 1)


def test_a_job_that_is_asked_for_is_no_occurrence(db, tick):
    enqueue("test.tick")
    run_due()

    assert Job.objects.get().occurrence is None


def test_the_product_cleans_up_after_itself():
    assert {kind.name for kind in periodic_kinds()} >= {
        "jobs.sweep",
        "tokens.forget_sessions",
        "accounts.forget_links",
    }
