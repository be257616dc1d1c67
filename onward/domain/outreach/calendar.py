"""Somebody's open follow-ups as a calendar that other programs read, and the link by which they may."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core import signing

from onward.domain.outreach.models import CalendarLink, FollowUp
from onward.domain.outreach.queries.due import calendar_of
from onward.platform.refusals import Missing

if TYPE_CHECKING:
    from icalendar import Event

PATH = "calendar.ics"
# How often a program may ask again.
REFRESHED = timedelta(hours=1)


def address(link: CalendarLink) -> str:
    """Return the web address of a calendar: its row's name, signed with the server's key for this and nothing else."""
    return f"{settings.PUBLIC_URL}/{PATH}?token={_signer().sign(link.uid.hex)}"


def read(token: str, *, at: datetime) -> bytes:
    """Return the calendar that a link opens.

    :raises Missing: when we did not sign the token, its link is revoked, or its owner has left the team
    """
    try:
        uid = UUID(_signer().unsign(token))
    except (signing.BadSignature, ValueError):
        raise Missing() from None
    followups = calendar_of(uid=uid)
    if followups is None:
        raise Missing()
    return written(followups, at=at)


def written(followups: list[FollowUp], *, at: datetime) -> bytes:
    """Write follow-ups as iCalendar (RFC 5545) has them, each a day's event. :param followups: with their postings"""
    # Three megabytes, for what a process may never be asked.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Onward//Follow-ups//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Onward follow-ups")
    calendar.add("refresh-interval", REFRESHED, parameters={"value": "DURATION"})
    for followup in followups:
        calendar.add_component(_event(followup, at))
    content: bytes = calendar.to_ical()
    return content


def _event(followup: FollowUp, at: datetime) -> "Event":
    from icalendar import Event

    posting = followup.lead.posting
    event = Event()
    # The same event at each reading, wherever it has moved to.
    event.add("uid", f"{followup.uid}@onward")
    event.add("dtstamp", at)
    event.add("last-modified", followup.updated_at)
    event.add("dtstart", followup.due_date)
    event.add("summary", f"Follow up: {posting.company_name}, {posting.title}")
    if followup.notes:
        event.add("description", followup.notes)
    if posting.url:
        event.add("url", posting.url)
    event.add("transp", "TRANSPARENT")
    return event


def _signer() -> signing.Signer:
    return signing.Signer(salt="onward.outreach.calendar", sep=".")
