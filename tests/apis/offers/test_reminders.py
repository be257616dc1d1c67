"""Reminders, as the offers document promises them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.activity.models import Activity
from onward.domain.notifications.models import Notification
from onward.domain.reminders.choices import ReminderType
from onward.domain.reminders.models import Reminder
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, ReminderFactory

pytestmark = pytest.mark.django_db

PATH = "/offers/api/v1/reminders/"
UPCOMING = f"{PATH}upcoming"
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
DUE = datetime(2126, 3, 15, 9, tzinfo=UTC)
WHOLE = {
    "title": "Call Cleo",
    "description": "About the start date",
    "remind_at": "2126-03-15T09:00:00Z",
    "reminder_type": "Follow-up",
}
DONE = {"detail": "Reminder already completed"}


@pytest.fixture
def application(ada):
    return ApplicationFactory(owner=ada, updated_at=LONG_AGO)


@pytest.fixture
def reminder(ada, application):
    return ReminderFactory(
        owner=ada,
        application=application,
        title="Call Cleo",
        description="About the start date",
        remind_at=DUE,
        created_at=LONG_AGO,
        updated_at=LONG_AGO,
    )


def row(reminder):
    return Reminder.objects.filter(pk=reminder.pk).values().get()


def said(answered):
    return answered.status_code, answered.json()


def titles(answered):
    assert answered.status_code == 200, answered.content
    return [shown["title"] for shown in answered.json()]


def places(answered):
    assert answered.status_code == 422, answered.content
    return [problem["loc"] for problem in answered.json()["detail"]]


def test_creates_a_reminder_with_a_title_and_a_time(as_ada, ada):
    answered = as_ada.post(PATH, {"title": "Call Cleo", "remind_at": "2126-03-15T09:00:00Z"})

    made = answered.json()
    assert (answered.status_code, made) == (
        201,
        {
            "id": str(Reminder.objects.get().uid),
            "user_id": str(ada.uid),
            "application_id": None,
            "title": "Call Cleo",
            "description": None,
            "remind_at": "2126-03-15T09:00:00Z",
            "reminder_type": "General",
            "is_completed": False,
            "completed_at": None,
            "created_at": made["created_at"],
            "updated_at": made["created_at"],
        },
    )


def test_keeps_every_field(as_ada, application):
    made = as_ada.post(PATH, {"application_id": str(application.uid), **WHOLE}).json()

    assert {name: made[name] for name in WHOLE} == WHOLE
    assert made["application_id"] == str(application.uid)
    assert as_ada.get(f"{PATH}{made['id']}").json() == made


@pytest.mark.parametrize("word", ["Follow-up", "Deadline", "Interview", "General"])
def test_says_each_type_in_its_own_word(as_ada, word):
    assert as_ada.post(PATH, {**WHOLE, "reminder_type": word}).json()["reminder_type"] == word


def test_a_new_reminder_is_open_whatever_is_sent(as_ada):
    made = as_ada.post(PATH, {**WHOLE, "is_completed": True, "completed_at": "2026-01-01T00:00:00Z"}).json()

    assert (made["is_completed"], made["completed_at"]) == (False, None)


def test_a_form_that_sends_empty_texts_means_nothing(as_ada):
    made = as_ada.post(PATH, {**WHOLE, "application_id": "", "description": ""}).json()

    assert (made["application_id"], made["description"]) == (None, None)


TIMES = [
    # With a zone it is an instant.
    ("UTC", "2126-03-15T09:00:00Z", "2126-03-15T09:00:00Z"),
    ("Europe/Berlin", "2126-03-15T09:00:00Z", "2126-03-15T09:00:00Z"),
    ("Europe/Berlin", "2126-03-15T09:00-05:00", "2126-03-15T14:00:00Z"),
    ("Europe/Berlin", "2126-03-15 09:00:00+01:00", "2126-03-15T08:00:00Z"),
    # Without one it is a time on the owner's clock, with seconds or without.
    ("UTC", "2126-03-15T09:00", "2126-03-15T09:00:00Z"),
    ("Europe/Berlin", "2126-03-15T09:00", "2126-03-15T08:00:00Z"),
    ("Europe/Berlin", "2126-07-15T09:00:30", "2126-07-15T07:00:30Z"),
    ("America/New_York", "2126-03-15T22:00:00.250000", "2126-03-16T02:00:00.250000Z"),
    # A time that the clock skips is as long after the change as it says.
    ("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:30:00Z"),
    # Of a time that comes twice, the first.
    ("Europe/Berlin", "2027-10-31T02:30", "2027-10-31T00:30:00Z"),
]


@pytest.mark.parametrize(("zone", "sent", "shown"), TIMES)
def test_a_time_without_a_zone_is_one_on_its_owners_clock(as_ada, ada, zone, sent, shown):
    ada.timezone = zone
    ada.save()

    made = as_ada.post(PATH, {"title": "x", "remind_at": sent}).json()
    moved = as_ada.put(f"{PATH}{made['id']}", {"remind_at": "2126-01-01T00:00:00Z"}).json()
    back = as_ada.put(f"{PATH}{made['id']}", {"remind_at": sent}).json()

    assert [made["remind_at"], moved["remind_at"], back["remind_at"]] == [shown, "2126-01-01T00:00:00Z", shown]


def test_the_timeline_tells_of_it(as_ada, application):
    made = as_ada.post(PATH, {"application_id": str(application.uid), **WHOLE}).json()
    as_ada.post(f"{PATH}{made['id']}/complete")

    pk = Reminder.objects.get().pk
    lines = Activity.objects.order_by("pk").values_list("action", "description", "application_id", "metadata")
    assert list(lines) == [
        (
            "reminder_created",
            "Reminder: Call Cleo",
            application.pk,
            {"reminder_id": pk, "remind_at": "2126-03-15T09:00:00Z"},
        ),
        ("reminder_completed", "Reminder completed: Call Cleo", application.pk, {"reminder_id": pk}),
    ]


def test_lists_by_time_and_only_ones_own(as_ada, ada):
    for days, title in ((2, "second"), (1, "first"), (3, "third")):
        ReminderFactory(owner=ada, title=title, remind_at=DUE + timedelta(days=days))
    ReminderFactory(owner=ada, title="third, too", remind_at=DUE + timedelta(days=3))
    ReminderFactory()

    assert titles(as_ada.get(PATH)) == ["first", "second", "third", "third, too"]
    assert titles(as_ada.get(PATH, {"skip": 1, "limit": 2})) == ["second", "third"]


def test_lists_a_hundred_unless_asked_otherwise(as_ada, ada):
    for _ in range(101):
        ReminderFactory(owner=ada)

    assert len(titles(as_ada.get(PATH))) == 100
    assert len(titles(as_ada.get(PATH, {"skip": 100}))) == 1
    assert places(as_ada.get(PATH, {"limit": "-1"})) == [["query", "limit"]]


def test_lists_by_completion_and_type(as_ada, ada):
    for kind in ReminderType:
        ReminderFactory(owner=ada, title=f"open {kind}", reminder_type=kind)
        ReminderFactory(owner=ada, title=f"done {kind}", reminder_type=kind, completed_at=LONG_AGO)

    def listed(**asked):
        return set(titles(as_ada.get(PATH, asked)))

    assert listed(is_completed="true") == {f"done {kind}" for kind in ReminderType}
    assert listed(is_completed="false") == {f"open {kind}" for kind in ReminderType}
    assert listed(reminder_type="Follow-up") == {"open follow_up", "done follow_up"}
    assert listed(reminder_type="Deadline", is_completed="False") == {"open deadline"}
    assert len(listed(is_completed="", reminder_type="")) == 8
    assert places(as_ada.get(PATH, {"is_completed": "perhaps"})) == [["query", "is_completed"]]
    assert places(as_ada.get(PATH, {"reminder_type": "follow_up"})) == [["query", "reminder_type"]]


def test_what_is_upcoming_is_open_and_begins_with_the_overdue(as_ada, ada):
    now = timezone.now()
    for hours in range(-2, 10):
        ReminderFactory(owner=ada, title=str(hours), remind_at=now + timedelta(hours=hours))
    ReminderFactory(owner=ada, title="done", remind_at=now, completed_at=now)
    ReminderFactory(title="another's", remind_at=now)

    assert titles(as_ada.get(UPCOMING)) == [str(hours) for hours in range(-2, 8)]
    assert titles(as_ada.get(UPCOMING, {"limit": 2})) == ["-2", "-1"]
    assert len(titles(as_ada.get(UPCOMING, {"limit": 100}))) == 12
    assert titles(as_ada.get(f"{UPCOMING}/", {"limit": 1})) == ["-2"]
    assert places(as_ada.get(UPCOMING, {"limit": "x"})) == [["query", "limit"]]


@pytest.mark.parametrize("count", [1, 20])
def test_a_list_is_one_statement_however_long_it_is(as_ada, ada, application, queries, count):
    for _ in range(count):
        ReminderFactory(owner=ada, application=application)
    for path in (PATH, f"{PATH}?is_completed=false&reminder_type=General", f"{UPCOMING}?limit=100"):
        as_ada.get(path)
        with queries() as asked:
            assert len(as_ada.get(path).json()) == count
        # Who asks, and what they asked for.
        assert len(asked) == 2


def test_no_reminder_is_linked_to_what_is_not_ones_own(as_ben, ben, application):
    theirs = ReminderFactory(owner=ben, title="Mine")
    before = row(theirs)
    forbidden, missing = {"detail": "Not your application"}, {"detail": "Application not found"}

    for send, path in ((as_ben.post, PATH), (as_ben.put, f"{PATH}{theirs.uid}")):
        assert said(send(path, {**WHOLE, "application_id": str(application.uid)})) == (403, forbidden)
        assert said(send(path, {**WHOLE, "application_id": str(uuid4())})) == (404, missing)
    assert list(Reminder.objects.all()) == [theirs]
    assert row(theirs) == before


BAD = [
    ("title", " \t"),
    ("application_id", "7"),
    ("description", "a\x00b"),
    ("remind_at", "09:00"),
    ("reminder_type", "follow_up"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_is_not_valid_is_refused_by_the_name_of_its_field(as_ada, reminder, name, value):
    before = row(reminder)

    assert places(as_ada.post(PATH, {**WHOLE, name: value})) == [["body", name]]
    assert places(as_ada.put(f"{PATH}{reminder.uid}", {name: value})) == [["body", name]]
    assert row(reminder) == before
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize(("name", "value"), [("is_completed", "perhaps"), ("is_completed", 2), ("is_completed", [])])
def test_whether_it_is_done_is_true_or_false(as_ada, reminder, name, value):
    assert places(as_ada.put(f"{PATH}{reminder.uid}", {name: value})) == [["body", name]]


def test_title_and_time_must_be_given(as_ada):
    assert places(as_ada.post(PATH)) == [["body", "title"], ["body", "remind_at"]]
    assert places(as_ada.post(PATH, {"title": None, "remind_at": None})) == [["body", "title"], ["body", "remind_at"]]
    assert places(as_ada.post(PATH, {"title": "x", "remind_at": ""})) == [["body", "remind_at"]]
    assert as_ada.post(PATH, {**WHOLE, "title": "t" * 255}).json()["title"] == "t" * 255


@pytest.mark.parametrize("name", ["title", "remind_at", "reminder_type", "is_completed"])
def test_null_leaves_what_a_reminder_always_has(as_ada, reminder, name):
    before = row(reminder)

    assert as_ada.put(f"{PATH}{reminder.uid}", {name: None}).status_code == 200
    assert row(reminder) == before


@pytest.mark.parametrize("nothing", [None, ""])
def test_null_or_an_empty_text_clears_what_can_be_empty(as_ada, reminder, nothing):
    changed = as_ada.put(f"{PATH}{reminder.uid}", {"description": nothing, "application_id": nothing}).json()

    assert (changed["description"], changed["application_id"], changed["title"]) == (None, None, "Call Cleo")


def test_changes_what_is_sent_and_leaves_the_rest(as_ada, reminder, application):
    changed = as_ada.put(f"{PATH}{reminder.uid}", {"reminder_type": "Deadline"}).json()

    assert (changed["reminder_type"], changed["title"], changed["application_id"]) == (
        "Deadline",
        "Call Cleo",
        str(application.uid),
    )
    reminder.refresh_from_db()
    assert reminder.created_at == LONG_AGO < reminder.updated_at


def test_every_field_can_be_changed(as_ada, ada, application):
    reminder = ReminderFactory(owner=ada)

    changed = as_ada.put(f"{PATH}{reminder.uid}", {**WHOLE, "application_id": str(application.uid)}).json()

    assert {name: changed[name] for name in WHOLE} == WHOLE
    assert changed["application_id"] == str(application.uid)


def test_an_update_that_says_nothing_new_changes_nothing(as_ada, reminder):
    before = row(reminder)

    same = {"remind_at": "2126-03-15T10:00:00+01:00", "is_completed": False, "title": " Call Cleo "}
    for body in ({}, same, {"reminder_type": "General"}, {"unknown": 1, "completed_at": "2026-01-01T00:00:00Z"}):
        assert as_ada.put(f"{PATH}{reminder.uid}", body).status_code == 200

    assert row(reminder) == before
    assert not EventRecord.objects.exists()


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
MOMENTS = st.datetimes(timezones=st.just(UTC))


@given(
    title=TEXTS,
    description=TEXTS,
    reminder_type=st.sampled_from(ReminderType.values),
    remind_at=MOMENTS,
    completed_at=st.none() | MOMENTS,
    linked=st.booleans(),
)
def test_what_is_read_and_written_back_changes_nothing(as_ada, ada, linked, **fields):
    """Also where the record holds what this document would not take: it came there by another way."""
    application = ApplicationFactory(owner=ada) if linked else None
    reminder = ReminderFactory(owner=ada, application=application, updated_at=LONG_AGO, **fields)
    before = row(reminder)
    shown = as_ada.get(f"{PATH}{reminder.uid}").json()

    assert said(as_ada.put(f"{PATH}{reminder.uid}", shown)) == (200, shown)
    assert row(reminder) == before


# Done.


def test_completes_a_reminder(as_ada, reminder):
    before = timezone.now()

    answered = as_ada.post(f"{PATH}{reminder.uid}/complete")

    reminder.refresh_from_db()
    assert before <= reminder.completed_at == reminder.updated_at <= timezone.now()
    assert answered.status_code == 200
    assert answered.json() == as_ada.get(f"{PATH}{reminder.uid}").json()
    assert answered.json()["is_completed"] is True
    assert datetime.fromisoformat(answered.json()["completed_at"]) == reminder.completed_at


def test_completes_it_once(as_ada, reminder):
    as_ada.post(f"{PATH}{reminder.uid}/complete")
    before = row(reminder)

    assert said(as_ada.post(f"{PATH}{reminder.uid}/complete")) == (400, DONE)
    assert row(reminder) == before


def test_of_many_who_complete_it_at_once_one_does(together, as_ada, reminder):
    answers = together(6, lambda number: as_ada.post(f"{PATH}{reminder.uid}/complete"))

    assert sorted(answered.status_code for answered in answers) == [200, *[400] * 5]
    assert [a.json() for a in answers if a.status_code == 400] == [DONE] * 5
    assert EventRecord.objects.filter(name="reminder.completed").count() == 1
    assert Activity.objects.filter(action="reminder_completed").count() == 1


def test_is_done_and_opened_again_by_an_update(as_ada, reminder):
    path = f"{PATH}{reminder.uid}"

    done = as_ada.put(path, {"is_completed": True}).json()
    again = as_ada.put(path, {"is_completed": True, "title": "Call Cleo Costa"}).json()
    opened = as_ada.put(path, {"is_completed": False}).json()

    assert done["is_completed"] is True
    assert done["completed_at"] == done["updated_at"]
    # Done when it was done.
    assert (again["title"], again["completed_at"]) == ("Call Cleo Costa", done["completed_at"])
    assert (opened["is_completed"], opened["completed_at"]) == (False, None)
    assert Activity.objects.filter(action="reminder_completed").count() == 1
    assert as_ada.post(f"{path}/complete").status_code == 200


def test_of_many_updates_at_once_one_stamps_it(together, as_ada, reminder):
    answers = together(6, lambda number: as_ada.put(f"{PATH}{reminder.uid}", {"is_completed": True}))

    assert {answered.status_code for answered in answers} == {200}
    assert len({answered.json()["completed_at"] for answered in answers}) == 1
    assert EventRecord.objects.filter(name="reminder.completed").count() == 1


# Gone.


def test_deletes_a_reminder(as_ada, reminder):
    assert said(as_ada.delete(f"{PATH}{reminder.uid}")) == (200, {"detail": "Reminder deleted"})
    assert as_ada.get(f"{PATH}{reminder.uid}").status_code == 404
    assert as_ada.get(PATH).json() == []


def test_a_reminder_goes_with_its_application_and_its_mail_with_both(as_ada, application):
    as_ada.post(PATH, {**WHOLE, "application_id": str(application.uid)})
    as_ada.post(PATH, {**WHOLE, "title": "Rest"})
    assert Notification.objects.count() == 2

    as_ada.delete(f"/offers/api/v1/applications/{application.uid}")

    assert titles(as_ada.get(PATH)) == ["Rest"]
    assert Notification.objects.get().subject == "Reminder: Rest"


def test_another_persons_reminder_is_refused(as_ben, reminder):
    before = row(reminder)
    path = f"{PATH}{reminder.uid}"

    answers = [
        as_ben.get(path),
        as_ben.put(path, {"title": "Mine"}),
        as_ben.put(path, {"title": 1}),
        as_ben.delete(path),
        as_ben.post(f"{path}/complete"),
    ]

    assert [said(answered) for answered in answers] == [(403, {"detail": "Not your reminder"})] * 5
    assert row(reminder) == before


def test_a_reminder_that_is_not_there_is_not_found(as_ada):
    path = f"{PATH}{uuid4()}"

    answers = [as_ada.get(path), as_ada.put(path, {}), as_ada.delete(path), as_ada.post(f"{path}/complete")]

    assert [said(answered) for answered in answers] == [(404, {"detail": "Reminder not found"})] * 4
