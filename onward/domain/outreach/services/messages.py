"""Keeping messages to employers, and saying that they were sent."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max

from onward.domain.companies.models import Employer
from onward.domain.outreach.choices import LeadStatus, MessageType
from onward.domain.outreach.events import MessageSaved, MessageSent
from onward.domain.outreach.models import FollowUp, Lead, Message
from onward.domain.outreach.services import leads
from onward.domain.outreach.services.telling import about, touch
from onward.platform.events import publish
from onward.platform.record import locked

# How long an employer is given for an answer before it is worth asking again.
ANSWER_WITHIN = timedelta(days=7)
# Whoever is here has not been written to as yet.
UNWRITTEN = (LeadStatus.NEW, LeadStatus.RESEARCHING)


class Proposal(NamedTuple):
    """A follow-up that somebody may want to plan. Nothing is planned as yet."""

    due_date: date
    notes: str


@transaction.atomic
def keep(
    *,
    lead: Lead | None,
    employer: Employer | None,
    message_type: str,
    tone: str,
    text: str,
    by_id: int | None,
    at: datetime,
    subject: str = "",
    metadata: dict[str, Any] | None = None,
    batch: int | None = None,
) -> Message:
    """Keep a version of a message about a lead, or to an employer where there is no lead.

    :param metadata: how it was written: model, tokens, sources, warnings
    :param batch: the job that writes it among others, which writes one about each lead
    """
    if lead is not None:
        touch(lead, at)
        rows, told = Message.objects.filter(lead=lead), about(lead, by_id, at)
        employer_id = lead.posting.employer_id
    else:
        assert employer is not None
        locked(employer)
        rows = Message.objects.filter(lead=None, employer=employer)
        employer_id = employer.pk
        told = {"owner_id": None, "at": at, "lead_id": None, "employer_id": employer_id, "by_id": by_id}
    made = Message.objects.create(
        lead=lead,
        employer_id=employer_id,
        author_id=by_id,
        message_type=message_type,
        tone=tone,
        subject=subject,
        text=text,
        version=next_version(rows),
        metadata=metadata or {},
        batch=batch,
        created_at=at,
        updated_at=at,
    )
    publish(MessageSaved(**told, message_id=made.pk, message_type=message_type, version=made.version))
    return made


def next_version(rows: Any) -> int:
    """Return which version comes after those of a lead or an employer."""
    return (rows.aggregate(last=Max("version"))["last"] or 0) + 1


@transaction.atomic
def mark_sent(*, message: Message, by_id: int, at: datetime) -> Proposal | None:
    """Say that somebody sent a message: a lead that nobody has written to as yet is then contacted.

    Repeating it is harmless: who was first is who sent it.

    :param at: the time on the sender's clock
    :returns: a follow-up that is worth planning; none where one is planned already
    """
    lead = message.lead
    if lead is not None:
        touch(lead, at)
    message = locked(message)
    if message.sent_at is None:
        message.sent_at, message.sent_by_id, message.updated_at = at, by_id, at
        message.save(update_fields=["sent_at", "sent_by", "updated_at"])
        told = (
            about(lead, by_id, at)
            if lead is not None
            else {"owner_id": None, "at": at, "lead_id": None, "employer_id": message.employer_id, "by_id": by_id}
        )
        publish(MessageSent(**told, message_id=message.pk, message_type=message.message_type, version=message.version))
        if lead is not None and locked(lead).status in UNWRITTEN:
            leads.change_status(lead_ids=[lead.pk], to=LeadStatus.CONTACTED, by_id=by_id, at=at)
    if lead is None or FollowUp.objects.filter(lead=lead, completed_at=None).exists():
        return None
    called = MessageType(message.message_type).label
    return Proposal(at.date() + ANSWER_WITHIN, f"No answer to the {called} of {at.date().isoformat()} yet?")
