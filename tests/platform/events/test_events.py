"""An event is written with the change that it tells of, and what follows from it is written with both."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import pytest
from django.core.checks import run_checks
from django.db import transaction

from onward.domain.applications.choices import Status
from onward.platform.events import Event, OutsideTransaction, later, now, publish
from onward.platform.events.apps import table_is_sound
from onward.platform.events.models import EventRecord
from onward.platform.jobs import job
from onward.platform.jobs.models import Job

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

seen: list[str] = []


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
    name: ClassVar[str] = "test.moved"
    thing: object = None
    after: str = "there"


@dataclass(frozen=True, kw_only=True)
class Ignored(Event):
    name: ClassVar[str] = "test.ignored"


@job(name="test.tell")
def tell(*, after: str) -> None:
    seen.append(f"told {after}")


def first(event: Moved) -> None:
    seen.append(f"first {event.after}")


def second(event: Moved) -> None:
    seen.append(f"second {event.after}")
    if event.after == "nowhere":
        raise LookupError(event.after)


REACTIONS = {
    Moved: (
        now(first),
        later("test.tell", with_=lambda event: {"after": event.after} if event.after != "here" else None),
        now(second),
    )
}
BROKEN = {"moved": (first,)}
MISSPELT = {Moved: (later("test.tel", with_=lambda event: {}),)}


@pytest.fixture(autouse=True)
def _table(settings):
    settings.REACTIONS = f"{__name__}.REACTIONS"
    seen.clear()


def test_an_event_is_written_down_with_what_it_carries(ada):
    thing = {
        "instant": datetime(2026, 3, 2, 11, 0, tzinfo=timezone(timedelta(hours=2))),
        "day": date(2026, 3, 2),
        "uid": UUID(int=7),
        "sum": Decimal("1.50"),
        "words": ("a", Status.OFFER, None, 1.5, True),
    }

    publish(Moved(owner_id=ada.pk, at=AT, thing=thing))

    record = EventRecord.objects.get()
    assert (record.name, record.owner_id, record.happened_at) == ("test.moved", ada.pk, AT)
    assert record.payload == {
        "thing": {
            "instant": "2026-03-02T09:00:00Z",
            "day": "2026-03-02",
            "uid": "00000000-0000-0000-0000-000000000007",
            "sum": "1.50",
            "words": ["a", "offer", None, 1.5, True],
        },
        "after": "there",
    }


def test_an_event_of_nobody_is_written_down(db):
    publish(Ignored(owner_id=None, at=AT))

    assert EventRecord.objects.get().owner_id is None


def test_reactions_follow_in_their_order(ada):
    publish(Moved(owner_id=ada.pk, at=AT))

    assert seen == ["first there", "second there"]


def test_a_later_reaction_becomes_a_job(ada):
    publish(Moved(owner_id=ada.pk, at=AT))

    found = Job.objects.get()
    assert (found.kind, found.payload, found.state) == ("test.tell", {"after": "there"}, "waiting")


def test_a_later_reaction_may_find_nothing_to_do(ada):
    publish(Moved(owner_id=ada.pk, at=AT, after="here"))

    assert not Job.objects.exists()


def test_an_event_that_nobody_reacts_to_is_written_down_all_the_same(ada):
    publish(Ignored(owner_id=ada.pk, at=AT))

    assert EventRecord.objects.filter(name="test.ignored").exists()
    assert seen == []


def test_when_a_reaction_fails_nothing_has_happened(ada):
    with pytest.raises(LookupError), transaction.atomic():
        publish(Moved(owner_id=ada.pk, at=AT, after="nowhere"))

    assert not EventRecord.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(OutsideTransaction, match=r"publish\(Moved\) needs transaction\.atomic"):
        publish(Moved(owner_id=None, at=AT))

    assert not EventRecord.objects.exists()


def test_what_json_does_not_know_is_refused(ada):
    with pytest.raises(TypeError, match="complex"):
        publish(Moved(owner_id=ada.pk, at=AT, thing=1j))


def test_an_event_and_its_job_cost_one_statement_each(ada, queries):
    with queries() as asked:
        publish(Moved(owner_id=ada.pk, at=AT))

    assert len(asked) == 2


def test_the_servers_own_table_is_sound(settings):
    settings.REACTIONS = "onward.config.reactions.REACTIONS"

    assert table_is_sound() == []
    assert [m for m in run_checks() if m.id and m.id.startswith("events.")] == []


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("BROKEN", ["events.E002", "events.E003"]),
        ("NOT_THERE", ["events.E001"]),
        ("MISSPELT", ["events.E004"]),
    ],
)
def test_a_broken_table_is_found_before_the_first_write(settings, path, ids):
    settings.REACTIONS = f"{__name__}.{path}"

    assert [message.id for message in table_is_sound()] == ids
