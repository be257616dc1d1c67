"""Somebody's follow-ups in their own calendar."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from icalendar import Calendar

from onward.domain.accounts.models import User
from onward.domain.outreach import calendar
from onward.domain.outreach.models import CalendarLink, FollowUp, Lead
from onward.domain.outreach.services import calendars
from tests.factories import FollowUpFactory, LeadFactory, PostingFactory, RoleFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CALENDAR = "/calendar.ics"


@pytest.fixture
def member(cleo):
    return RoleFactory(user=cleo).user


def token(user):
    link = calendars.make_link(owner_id=user.pk, at=AT)
    return calendar.address(link).partition("token=")[2]


def opened(value, **headers):
    return Client().get(CALENDAR, {"token": value}, headers=headers)


def planned(user, **fields):
    posting = PostingFactory(title="Intern", company_name="Acme", url="https://acme.example/1")
    return FollowUpFactory(lead=LeadFactory(posting=posting), assigned_to=user, due_date=date(2026, 3, 9), **fields)


def events(answer):
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_calendar_shows_ones_own_open_follow_ups_as_days(member, ada):
    followup = planned(member, notes="Ask; again,\nand \\ again: 👩‍🍳")
    planned(member, completed_at=AT)
    planned(ada)

    answer = opened(token(member))

    (event,) = events(answer)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert event["SUMMARY"] == "Follow up: Acme, Intern"
    assert event["DESCRIPTION"] == followup.notes
    assert event["URL"] == "https://acme.example/1"
    assert event["UID"] == f"{followup.uid}@onward"
    assert event.decoded("DTSTART") == date(2026, 3, 9)


def test_a_calendar_shows_what_nobody_on_the_team_does_to_whose_lead_it_is_or_to_admins(member, ada, root):
    of_my_lead, nobodys = planned(None), planned(ada)
    Lead.objects.filter(pk=of_my_lead.lead_id).update(assigned_to=member)

    shown = {user: [event["UID"] for event in events(opened(token(user)))] for user in (member, root)}

    assert shown == {member: [f"{of_my_lead.uid}@onward"], root: [f"{nobodys.uid}@onward"]}


def test_the_link_is_void_once_there_is_another_or_none(member):
    planned(member)
    first = token(member)
    second = token(member)

    assert opened(first).status_code == 404
    assert len(events(opened(second))) == 1
    calendars.revoke_link(owner_id=member.pk)
    calendars.revoke_link(owner_id=member.pk)
    assert opened(second).status_code == 404
    assert not CalendarLink.objects.exists()


def test_who_has_left_the_team_or_is_disabled_has_no_calendar(member):
    value = token(member)
    assert opened(value).status_code == 200

    User.objects.filter(pk=member.pk).update(is_active=False)
    assert opened(value).status_code == 404
    User.objects.filter(pk=member.pk).update(is_active=True)
    member.roles.all().delete()
    assert opened(value).status_code == 404


@pytest.mark.parametrize("value", ["", "x", "🍳", "00000000000000000000000000000000.x", "\0", "a" * 5000])
def test_a_token_that_we_did_not_sign_opens_nothing(member, value):
    token(member)

    assert opened(value).status_code == 404


def test_what_reads_a_calendar_cannot_write(member):
    value = token(member)

    assert Client().post(f"{CALENDAR}?token={value}").status_code == 405
    assert opened(value)["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_the_row_of_a_link_holds_nothing_that_opens_it(member):
    value = token(member)

    assert value not in str(CalendarLink.objects.values().get())
    assert opened(CalendarLink.objects.get().uid.hex).status_code == 404


def test_a_text_with_signs_that_no_calendar_has_is_still_a_calendar(member):
    followup = planned(member, notes="a\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\x07\x0b")
    FollowUp.objects.filter(pk=followup.pk).update(notes=followup.notes)

    (event,) = events(opened(token(member)))
    assert event["SUMMARY"] == "Follow up: Acme, Intern"
