"""Having messages to employers written: one that a request waits for, or a draft about each of many leads."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from onward.domain.accounts.models import User
from onward.domain.accounts.queries import names
from onward.domain.assistant import providers
from onward.domain.assistant.approaches import Approach, Earlier, Form
from onward.domain.assistant.approaches import Message as Text
from onward.domain.assistant.quoting import QuotingWriter
from onward.domain.assistant.writing import WriterFailed
from onward.domain.companies.models import Employer
from onward.domain.outreach.choices import BulkEnd
from onward.domain.outreach.events import DraftsEnded
from onward.domain.outreach.models import Lead, Message
from onward.domain.outreach.queries import messages as queries
from onward.domain.outreach.services import messages
from onward.platform.events import publish
from onward.platform.jobs import (
    Cancelled,
    OutOfTime,
    answers,
    cancel,
    cancelled,
    enqueue,
    is_last_attempt,
    own_id,
    progress,
)
from onward.platform.jobs.models import State
from onward.platform.refusals import Conflict, Missing

# Seconds that a request waits for what is written at once: a little more than the providers are given together.
ANSWER_WITHIN = 100.0
MOST_DRAFTS = 5_000
# How much of a posting is read, in signs.
LONGEST_POSTING = 20_000
WITHOUT_IT = "This was put together without it."


def ask_and_wait(
    *, member_id: int, lead_id: int | None, employer_id: int | None, message_type: str, tone: str, at: datetime
) -> int:
    """Have a message written for a request that waits; returns the job whose answer is what `write` returns."""
    return answers.ask(
        "outreach.write",
        account=member_id,
        seconds=ANSWER_WITHIN,
        at=at,
        member_id=member_id,
        lead_id=lead_id,
        employer_id=employer_id,
        message_type=message_type,
        tone=tone,
    )


def write(
    *, member_id: int, lead_id: int | None, employer_id: int | None, message_type: str, tone: str
) -> dict[str, Any]:
    """Write a message about a lead, or to an employer where there is no lead. Nothing is changed.

    It may take long, and is not done inside a transaction.

    Where no provider answers, it is put together without one, and says so among its warnings.

    :raises Missing: when the lead or the employer is gone by now
    """
    lead = None if lead_id is None else Lead.objects.select_related("posting__employer").filter(pk=lead_id).first()
    employer = None if employer_id is None else Employer.objects.filter(pk=employer_id).first()
    if lead is None and (lead_id is not None or employer is None):
        raise Missing()
    written = _written(member_id, lead, employer, message_type, tone)
    kept = Message.objects.filter(lead=lead) if lead else Message.objects.filter(lead=None, employer=employer)
    return {
        "message": written.text,
        "subject": written.subject,
        "metadata": {**_metadata(written), "version": messages.next_version(kept)},
    }


def ask_for_drafts(
    *, member_id: int, lead_ids: Sequence[int], message_type: str, tone: str, at: datetime
) -> tuple[int, list[int]]:
    """Have a draft written and kept about each of many leads; returns the job, and the numbers that name no lead."""
    known = set(Lead.objects.filter(pk__in=set(lead_ids)).values_list("pk", flat=True))
    job_id = enqueue(
        "outreach.draft",
        account=member_id,
        member_id=member_id,
        lead_ids=sorted(known),
        message_type=message_type,
        tone=tone,
        batch=secrets.randbits(62),
    )
    return job_id, list(dict.fromkeys(pk for pk in lead_ids if pk not in known))


def cancel_drafts(*, job_id: int, at: datetime) -> None:
    """Cancel drafts: one that waits never begins, and one that is being written is the last.

    :raises Conflict: when they are over already
    """
    with transaction.atomic():
        if not cancel(job_id, at=at):
            raise Conflict("These drafts are over already.", code="over")
        job = queries.require_job(pk=job_id)
        # A job that runs says itself when it has stopped.
        if job.state == State.CANCELLED:
            asked = {name: job.payload[name] for name in ("member_id", "lead_ids", "batch")}
            _end(BulkEnd.CANCELLED, at=at, **asked)


def draft(
    *, member_id: int, lead_ids: Sequence[int], message_type: str, tone: str, batch: int, clock: Callable[[], datetime]
) -> int:
    """Write and keep a draft about each lead; begun again it goes on where it was stopped. Returns how many there are.

    Whoever asked for them is told of the end, whichever it is.

    :param batch: by which one about each lead is known
    """
    asked: dict[str, Any] = {"member_id": member_id, "lead_ids": lead_ids, "batch": batch}
    try:
        _draft_each(message_type=message_type, tone=tone, clock=clock, **asked)
    except Cancelled:
        # Unless another attempt has taken it over, which goes on.
        if queries.is_cancelled(pk=own_id()):
            _end(BulkEnd.CANCELLED, at=clock(), **asked)
        raise
    except (Exception, OutOfTime):
        if is_last_attempt():
            _end(BulkEnd.FAILED, at=clock(), **asked)
        raise
    return _end(BulkEnd.COMPLETED, at=clock(), **asked)


def _draft_each(
    *, member_id: int, lead_ids: Sequence[int], message_type: str, tone: str, batch: int, clock: Callable[[], datetime]
) -> None:
    done = set(Message.objects.filter(batch=batch).values_list("lead_id", flat=True))
    waiting = [pk for pk in lead_ids if pk not in done]
    for number, pk in enumerate(waiting):
        progress((len(done) + number) * 100 // len(lead_ids), f"{len(done) + number} of {len(lead_ids)}")
        lead = Lead.objects.select_related("posting__employer").filter(pk=pk).first()
        if lead is None:
            continue
        written = _written(member_id, lead, None, message_type, tone)
        if cancelled():
            raise Cancelled
        _keep(lead, written, member_id=member_id, message_type=message_type, tone=tone, batch=batch, at=clock())


@transaction.atomic
def _end(end: BulkEnd, *, member_id: int, lead_ids: Sequence[int], batch: int, at: datetime) -> int:
    """Announce that drafts have ended; returns how many there are."""
    saved = Message.objects.filter(batch=batch).count()
    # Of two attempts that end at the same moment, the second sees what followed from the first.
    if User.objects.select_for_update(no_key=True).filter(pk=member_id).values_list("pk"):
        publish(DraftsEnded(owner_id=member_id, at=at, batch=batch, end=end.value, total=len(lead_ids), saved=saved))
    return saved


def _keep(lead: Lead, written: Text, *, member_id: int, batch: int, at: datetime, **kind: str) -> None:
    try:
        with transaction.atomic():
            messages.keep(
                lead=lead,
                employer=None,
                text=written.text,
                subject=written.subject,
                metadata=_metadata(written),
                by_id=member_id,
                batch=batch,
                at=at,
                **kind,
            )
    except IntegrityError:
        # Another attempt at the same job was faster; what else could be wrong shows again.
        if not Message.objects.filter(lead=lead, batch=batch).exists():
            raise
    except Missing:
        # Somebody has removed the lead meanwhile.
        return


def _written(member_id: int, lead: Lead | None, employer: Employer | None, message_type: str, tone: str) -> Text:
    approach = _approach(member_id, lead, employer, message_type, tone)
    writer = providers.writer(user_id=member_id)
    if writer is None:
        return QuotingWriter().message(approach)
    try:
        return writer.message(approach)
    except WriterFailed as problem:
        offline = QuotingWriter().message(approach)
        return replace(offline, warnings=[f"{problem.sentence} {WITHOUT_IT}", *offline.warnings])


def _metadata(written: Text) -> dict[str, Any]:
    return {
        "model": written.model,
        "tokens": written.tokens,
        "sources": written.sources,
        "warnings": written.warnings,
    }


def _approach(member_id: int, lead: Lead | None, employer: Employer | None, message_type: str, tone: str) -> Approach:
    known: dict[str, Any] = {
        "form": Form(message_type),
        "tone": tone,
        "writer": names([member_id]).get(member_id, ""),
        "earlier": _earlier(member_id, lead, employer) if message_type == Form.FOLLOWUP else None,
    }
    if lead is None:
        assert employer is not None
        return Approach(company=employer.name, **known)
    posting = lead.posting
    contact = lead.contact.get("name") if isinstance(lead.contact, dict) else None
    return Approach(
        company=posting.employer.name if posting.employer else posting.company_name,
        job_title=posting.title,
        place=posting.location,
        posting=posting.description[:LONGEST_POSTING],
        skills=tuple(skill for skill in posting.skills if isinstance(skill, str) and skill.strip()),
        contact=contact if isinstance(contact, str) else "",
        **known,
    )


def _earlier(member_id: int, lead: Lead | None, employer: Employer | None) -> Earlier | None:
    """Return the last message that somebody marked as sent, its day on the writer's clock."""
    rows = Message.objects.filter(lead=lead) if lead else Message.objects.filter(lead=None, employer=employer)
    last = rows.filter(sent_at__isnull=False).order_by("-sent_at", "-pk").first()
    if last is None or last.sent_at is None:
        return None
    zone = User.objects.filter(pk=member_id).values_list("timezone", flat=True).first() or "UTC"
    return Earlier(subject=last.subject, text=last.text, sent_on=last.sent_at.astimezone(ZoneInfo(zone)).date())
