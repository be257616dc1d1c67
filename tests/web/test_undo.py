"""What was done is taken back, alone or many at once, and a slip leaves no trace in any figure."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application, StatusChange, Tag, TakenBackMove
from onward.domain.companies.models import Company
from onward.domain.undo import services
from onward.domain.undo.models import Undo
from onward.domain.webhooks.models import Delivery, Endpoint
from onward.platform.events.models import EventRecord
from onward.platform.jobs import run_due
from tests.factories import ApplicationFactory, CompanyFactory, ReminderFactory, StatusChangeFactory
from tests.poison import POISON
from tests.web.browsers import signed_in

LIST = "/app/applications/"
V1 = "/tracker/api/v1"


def text(answer):
    return answer.content.decode()


def applied(owner, company="Nordwind", **fields):
    made = ApplicationFactory(owner=owner, company=CompanyFactory(owner=owner, name=company), **fields)
    StatusChangeFactory(application=made, after=made.status, changed_at=timezone.now() - timedelta(days=3))
    return made


def undo(browser):
    """Press Undo in the toast of the page that comes next."""
    page = text(browser.get(LIST))
    (address,) = set(re.findall(r'action="(/app/undo/[0-9a-f-]+/)"', page))
    assert browser.send(address).status_code == 302
    return address


def figures(as_ada):
    """Return every figure that is made of moves."""
    paths = ("dashboard", "timeline", "by-company", "by-source", "response-time", "live")
    answers = {path: as_ada.get(f"{V1}/analytics/{path}/") for path in paths}
    offers = [as_ada.get(f"/offers/api/v1/{path}") for path in ("analytics/overview", "analytics/funnel")]
    found = {path: answer.json() for path, answer in answers.items() if answer.status_code == 200}
    assert found
    return found, [answer.json() for answer in offers if answer.status_code == 200]


def test_a_slip_onto_offer_leaves_no_trace_in_any_figure(adas, as_ada, ada):
    made = applied(ada, status=Status.APPLIED)
    applied(ada, company="Another", status=Status.INTERVIEWING)
    before, row = figures(as_ada), Application.objects.values().get(pk=made.pk)

    adas.send(f"{LIST}{made.pk}/move/", to="offer")
    assert figures(as_ada) != before
    undo(adas)

    assert figures(as_ada) == before
    after = Application.objects.values().get(pk=made.pk)
    assert {name for name in row if row[name] != after[name]} <= {"updated_at"}
    assert [move.after for move in made.status_changes.all()] == [Status.APPLIED]
    assert TakenBackMove.objects.get().after == Status.OFFER


def test_webhooks_and_apis_see_the_move_back(adas, as_ada, ada):
    made = applied(ada, status=Status.APPLIED)
    Endpoint.objects.create(owner=ada, url="https://hooks.example/a", events=["application.status_changed"])

    adas.send(f"{LIST}{made.pk}/move/", to="offer")
    undo(adas)

    moves = [
        (e.payload["before"], e.payload["after"]) for e in EventRecord.objects.filter(name="application.status_changed")
    ]
    assert moves == [("applied", "offer"), ("offer", "applied")]
    assert Delivery.objects.count() == 2
    assert as_ada.get(f"{V1}/applications/{made.pk}/").json()["status"] == "applied"


def test_undo_twice_is_undo_once(adas, ada):
    made = applied(ada, status=Status.APPLIED)
    adas.send(f"{LIST}{made.pk}/move/", to="offer")
    address = undo(adas)
    adas.send(f"{LIST}{made.pk}/move/", to="screening")

    adas.send(address)

    made.refresh_from_db()
    assert made.status == Status.SCREENING


def test_anothers_undo_does_not_exist(adas, ben):
    made = applied(ben)
    done = services.act(owner_id=ben.pk, pks=[made.pk], do="move", given={"to": "offer"}, at=timezone.now())

    assert adas.send(f"/app/undo/{done.uid}/").status_code == 404

    made.refresh_from_db()
    assert made.status == Status.OFFER


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        # A move in the middle never happened; the next begins where it began.
        ("screening", "interviewing", ["applied", "interviewing"]),
        # It was put right by hand: both go.
        ("offer", "applied", ["applied"]),
    ],
)
def test_a_move_in_the_middle_is_taken_back_and_the_rest_still_fits(adas, ada, first, second, left):
    made = applied(ada, status=Status.APPLIED)
    adas.send(f"{LIST}{made.pk}/move/", to=first)
    wrong = made.status_changes.get(after=first)
    adas.send(f"{LIST}{made.pk}/move/", to=second)

    adas.send(f"{LIST}{made.pk}/moves/{wrong.pk}/", do="take_back")

    moves = list(made.status_changes.order_by("pk"))
    assert [move.after for move in moves] == left
    assert [move.before for move in moves[1:]] == [move.after for move in moves[:-1]]
    made.refresh_from_db()
    assert made.status == left[-1]


def test_what_was_taken_back_is_put_back_where_it_still_fits(adas, ada):
    made = applied(ada, status=Status.APPLIED)
    adas.send(f"{LIST}{made.pk}/move/", to="offer")
    move = made.status_changes.get(after="offer")
    row, answered = StatusChange.objects.values().get(pk=move.pk), Application.objects.get().response_date
    undo(adas)

    adas.send(f"{LIST}{made.pk}/moves/{move.pk}/", do="put_back")

    assert StatusChange.objects.values().get(pk=move.pk) == row
    assert (Application.objects.get().status, Application.objects.get().response_date) == ("offer", answered)


def test_the_first_status_is_not_taken_back(adas, ada):
    made = applied(ada)

    adas.send(f"{LIST}{made.pk}/moves/{made.status_changes.get().pk}/", do="take_back")

    assert made.status_changes.count() == 1
    assert "cannot be taken back" in text(adas.get(LIST))


def test_a_move_is_dated_anew_between_its_neighbours(adas, ada):
    made = applied(ada, status=Status.APPLIED)
    adas.send(f"{LIST}{made.pk}/move/", to="screening")
    move = made.status_changes.get(after="screening")
    yesterday = timezone.now().date() - timedelta(days=1)

    adas.send(f"{LIST}{made.pk}/moves/{move.pk}/", do="date", day=str(yesterday))
    move.refresh_from_db()
    assert move.changed_at.date() == yesterday
    assert Application.objects.get().response_date == yesterday

    for wrong in (yesterday - timedelta(days=9), yesterday + timedelta(days=9), "x", ""):
        adas.send(f"{LIST}{made.pk}/moves/{move.pk}/", do="date", day=str(wrong))
        assert "Not changed." in text(adas.get(LIST))
    move.refresh_from_db()
    assert move.changed_at.date() == yesterday


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({"do": "offer"}, lambda a: a.status == "offer"),
        ({"do": "tag", "tag": "Dream"}, lambda a: a.taggings.count() == 1),
        ({"do": "priority-high"}, lambda a: a.priority == "high"),
        ({"do": "next_action", "next_action": "Call", "by": "2026-12-24"}, lambda a: a.next_action == "Call"),
        ({"do": "delete"}, None),
    ],
)
def test_many_at_once_are_changed_and_one_undo_takes_all_back(adas, ada, fields, changed):
    made = [applied(ada, company=f"Company {n}", status=Status.APPLIED, priority="low") for n in range(3)]
    rows = list(Application.objects.order_by("pk").values())

    answer = adas.send(f"{LIST}many/", pk=[each.pk for each in made], **fields)
    assert answer.status_code == 302
    if changed:
        assert all(changed(each) for each in Application.objects.all())
        assert Application.objects.count() == 3
    else:
        assert not Application.objects.exists()
    assert "3 of 3" in text(adas.get(LIST))

    answer = adas.send(f"/app/undo/{Undo.objects.get().uid}/")
    after = list(Application.objects.order_by("pk").values())
    assert [{**row, "updated_at": 0} for row in after] == [{**row, "updated_at": 0} for row in rows]
    assert all(each.status_changes.count() == 1 and each.taggings.count() == 0 for each in made)


def test_each_of_many_answers_for_itself(adas, ada):
    good, bad = applied(ada, company="Good"), applied(ada, company="Bad")
    Application.objects.filter(pk=bad.pk).update(
        applied_date=timezone.now().date() + timedelta(days=5), status="wishlist"
    )
    Tag.objects.create(owner=ada, name="x", name_key="x")

    done = services.act(
        owner_id=ada.pk,
        pks=[good.pk, bad.pk, 10**9],
        do="set",
        given={"company_name": "x" * 10},
        at=timezone.now(),
    )

    assert done.count == 2
    assert Company.objects.filter(name="x" * 10).count() == 1


def test_of_very_many_the_rest_follows_by_a_job_and_one_undo_takes_all_back(adas, ada):
    company = CompanyFactory(owner=ada)
    made = ApplicationFactory.create_batch(205, owner=ada, company=company, priority="low")

    adas.send(f"{LIST}many/", pk=[each.pk for each in made], do="priority-high")
    assert Application.objects.filter(priority="high").count() == 200
    run_due()
    assert Application.objects.filter(priority="high").count() == 205

    undo(adas)
    assert Application.objects.filter(priority="low").count() == 205


def test_what_others_have_is_not_among_many(adas, ada, ben):
    mine, theirs = applied(ada), applied(ben)

    adas.send(f"{LIST}many/", pk=[mine.pk, theirs.pk], do="delete")

    assert list(Application.objects.all()) == [theirs]


def test_nothing_chosen_is_said(adas):
    adas.send(f"{LIST}many/", do="delete")

    assert "Choose applications first." in text(adas.get(LIST))


def test_a_reminder_that_was_done_or_put_off_is_as_it_was(adas, ada):
    due = timezone.now().replace(microsecond=0)
    reminder = ReminderFactory(owner=ada, remind_at=due, title="Thank them")

    for do in ("done", "tomorrow"):
        adas.send(f"/app/today/reminders/{reminder.pk}/", do=do)
        undo(adas)
        reminder.refresh_from_db()
        assert (reminder.completed_at, reminder.remind_at) == (None, due)


def test_of_two_who_edit_one_field_the_second_sees_both_values(adas, ada):
    made = applied(ada, location="Kiel")
    adas.send(f"{LIST}{made.pk}/change/", field="location", value="Bremen", was="Kiel")

    answer = signed_in(ada).send(f"{LIST}{made.pk}/change/", field="location", value="Hamburg", was="Kiel", next=LIST)

    made.refresh_from_db()
    assert (answer.status_code, made.location) == (409, "Bremen")
    shown = text(answer)
    assert all(f"<dd>{value}</dd>" in shown for value in ("Kiel", "Bremen", "Hamburg"))
    # Both can be chosen, from what it says now, and lead back.
    assert shown.count('name="was" value="Bremen"') == shown.count(f'name="next" value="{LIST}"') == 2
    assert 'name="value" value="Hamburg"' in shown
    assert 'name="value" value="Bremen"' in shown


@pytest.mark.parametrize("chosen", ["Hamburg", "Bremen"])
def test_the_second_takes_what_they_wrote_or_leaves_what_is_there(adas, ada, chosen):
    made = applied(ada, location="Bremen")

    answer = adas.send(f"{LIST}{made.pk}/change/", field="location", value=chosen, was="Bremen", next=LIST)

    made.refresh_from_db()
    assert (answer.status_code, answer.url, made.location) == (302, LIST, chosen)


@pytest.mark.parametrize(
    ("field", "was", "now", "mine", "said"),
    [
        ("priority", "", "low", "high", "High"),
        ("next_action_date", "", "2026-05-04", "2026-06-05", "5 June 2026"),
    ],
)
def test_both_values_stand_in_words(adas, ada, field, was, now, mine, said):
    made = applied(ada, **{field: now})

    answer = adas.send(f"{LIST}{made.pk}/change/", field=field, value=mine, was=was)

    assert answer.status_code == 409
    assert f"<dd>{said}</dd>" in text(answer)


def test_a_wrong_idea_of_what_it_was_breaks_nothing(adas, ada):
    made = applied(ada)
    for value in map(str, POISON):
        answer = adas.send(f"{LIST}{made.pk}/change/", field="deadline", value="2026-05-04", was=value)
        assert answer.status_code < 500, ascii(value)
        Application.objects.update(deadline=None)


@pytest.mark.parametrize("name", ["status", "id", "owner_id", "uid", "", "salary_min"])
def test_only_some_fields_are_changed_in_place(adas, ada, name):
    made = applied(ada)

    adas.send(f"{LIST}{made.pk}/change/", field=name, value="1")

    assert "Not changed." in text(adas.get(LIST))


def test_no_value_breaks_an_act(adas, ada):
    made = applied(ada)
    move = made.status_changes.get().pk
    for value in POISON:
        value = str(value)
        answers = [
            adas.send(f"{LIST}many/", pk=[value, made.pk], do=value, tag=value),
            adas.send(f"{LIST}many/", pk=made.pk, do="tag", tag=value),
            adas.send(f"{LIST}many/", pk=made.pk, do="next_action", next_action=value, by=value),
            adas.send(f"{LIST}{made.pk}/change/", field="location", value=value),
            adas.send(f"{LIST}{made.pk}/change/", field=value, value=value),
            adas.send(f"{LIST}{made.pk}/change/", field="company_name", value=value),
            adas.send(f"{LIST}{made.pk}/moves/{move}/", do=value, day=value),
            adas.send(f"/app/today/follow-ups/{made.pk}/", day=value),
        ]
        assert all(answer.status_code < 500 for answer in answers), ascii(value)


def test_the_toast_of_a_move_lets_the_day_be_changed_and_can_still_be_taken_back(adas, ada):
    made = applied(ada, status=Status.APPLIED)
    yesterday = (timezone.now() - timedelta(days=1)).date()
    adas.send(f"{LIST}{made.pk}/move/", to="interviewing")
    page = text(adas.get(LIST))
    (address,) = re.findall(r'action="(/app/undo/[0-9a-f-]+/day/)"', page)

    adas.send(address, day=yesterday.isoformat(), next=LIST)

    assert StatusChange.objects.get(application=made, after="interviewing").changed_at.date() == yesterday
    made.refresh_from_db()
    assert made.response_date == yesterday
    undo(adas)
    made.refresh_from_db()
    assert (made.status, made.response_date) == ("applied", None)


@pytest.mark.parametrize(
    ("day", "said"),
    [("2999-01-01", "That day is to come."), ("2001-01-01", "Another move happened after that day."), ("", "Choose")],
)
def test_a_day_on_which_it_cannot_have_happened_is_refused_with_the_reason(adas, ada, ben, day, said):
    made = applied(ada, status=Status.APPLIED)
    adas.send(f"{LIST}{made.pk}/move/", to="interviewing")
    address = re.findall(r'action="(/app/undo/[0-9a-f-]+/day/)"', text(adas.get(LIST)))[0]

    adas.send(address, day=day)

    assert said in text(adas.get(LIST))
    assert signed_in(ben).send(address, day="2026-01-01").status_code in {302, 404}
    assert StatusChange.objects.get(application=made, after="interviewing").changed_at.date() == timezone.now().date()


@pytest.mark.parametrize("do", ["priority-high", "tag", "delete"])
def test_only_a_move_has_a_day(adas, ada, do):
    made = applied(ada)

    adas.send(f"{LIST}many/", do=do, tag="x", pk=made.pk)

    page = text(adas.get(LIST))
    assert "data-undo" in page
    assert "/day/" not in page


def test_enter_in_a_field_of_many_does_what_the_field_is_for_and_moves_nothing(adas, ada):
    made = applied(ada)
    page = text(adas.get(LIST))
    form = page.partition('id="many"')[2].partition("</form>")[0]
    assert re.findall(r'<button[^>]*name="do" value="([^"]+)"', form)[0] == "filled"

    adas.send(f"{LIST}many/", do="filled", pk=made.pk, tag="by the sea", next_action="")
    adas.send(f"{LIST}many/", do="filled", pk=made.pk, tag="", next_action="Call them")

    made.refresh_from_db()
    assert (made.status, made.next_action) == (Status.APPLIED, "Call them")
    assert [tag.name for tag in made.tags.all()] == ["by the sea"]
