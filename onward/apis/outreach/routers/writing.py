"""Messages to companies: written, kept, and marked as sent."""

import json
from dataclasses import asdict
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from ninja import Router

from onward.apis.base import Request, answer, awaited, local_time
from onward.apis.outreach.access import members
from onward.apis.outreach.schemas.writing import (
    About,
    DraftsAsked,
    DraftsIn,
    DraftsOut,
    GenerateIn,
    GenerateOut,
    SavedMessage,
    SavedOut,
    SaveIn,
)
from onward.domain.companies.models import Employer
from onward.domain.outreach.models import Lead, Message
from onward.domain.outreach.queries import messages as queries
from onward.domain.outreach.services import messages, writing
from onward.platform import throttle
from onward.platform.jobs import answers
from onward.platform.refusals import Invalid
from onward.platform.wire import KEY, Id, Reading

router = Router(tags=["Messages"], auth=members)
bulk = Router(tags=["Bulk operations"], auth=members)

MESSAGE = Reading(SavedMessage, lambda: queries.messages().filter(pk=KEY))


@router.post("/generate", response=GenerateOut, summary="Write a message")
def generate(request: Request, body: GenerateIn) -> HttpResponse:
    """Write a message to a company from what is known of it and of the internship. Nothing is changed."""
    lead, employer = _about(body)
    if settings.THROTTLE:
        throttle.guard(f"ai:{request.auth.user_id}", *settings.THROTTLE_AI)
    job_id = writing.ask_and_wait(
        member_id=request.auth.user_id,
        lead_id=lead.pk if lead else None,
        employer_id=employer.pk if employer else None,
        message_type=body.message_type,
        tone=body.tone,
        at=request.now,
    )
    return awaited(
        request, job_id=job_id, seconds=writing.ANSWER_WITHIN, make=lambda: JsonResponse(answers.take(job_id))
    )


@router.post("/save", response={HTTPStatus.CREATED: SavedOut}, summary="Save a message")
def save(request: Request, body: SaveIn) -> HttpResponse:
    """Keep a version of a message; one that has been sent makes its internship contacted."""
    lead, employer = _about(body)
    message = messages.keep(
        lead=lead,
        employer=employer,
        message_type=body.message_type,
        tone=body.tone,
        text=body.message,
        subject=body.subject,
        metadata=body.metadata,
        by_id=request.auth.user_id,
        at=request.now,
    )
    proposed = _sent(request, message) if body.sent else None
    return _shown(message, proposed, HTTPStatus.CREATED)


@router.patch("/messages/{message_id}/sent", response=SavedOut, summary="Mark a message as sent")
def mark_sent(request: Request, message_id: Id) -> HttpResponse:
    """Say that somebody has sent a message; repeating it is harmless."""
    message = queries.message(pk=message_id)
    return _shown(message, _sent(request, message), HTTPStatus.OK)


@bulk.post("/outreach", response={HTTPStatus.ACCEPTED: DraftsAsked}, summary="Write a draft about each of many")
def draft(request: Request, body: DraftsIn) -> HttpResponse:
    """Have one draft written and saved about each internship, by a job that can be followed and cancelled."""
    if settings.THROTTLE:
        throttle.guard(f"ai:{request.auth.user_id}", *settings.THROTTLE_AI)
    job_id, unknown = writing.ask_for_drafts(
        member_id=request.auth.user_id,
        lead_ids=body.internship_ids,
        message_type=body.message_type,
        tone=body.tone,
        at=request.now,
    )
    return JsonResponse({**asdict(queries.drafting(pk=job_id)), "unknown_ids": unknown}, status=HTTPStatus.ACCEPTED)


@bulk.get("/outreach/{task_id}", response=DraftsOut, summary="Follow the drafts")
def follow(request: Request, task_id: Id) -> HttpResponse:
    """Read how far the drafts are."""
    return JsonResponse(asdict(queries.drafting(pk=task_id)))


@bulk.post("/outreach/{task_id}/cancel", response=DraftsOut, summary="Cancel the drafts")
def cancel_drafts(request: Request, task_id: Id) -> HttpResponse:
    """Stop writing drafts; what was saved stays."""
    queries.drafting(pk=task_id)
    writing.cancel_drafts(job_id=task_id, at=request.now)
    return JsonResponse(asdict(queries.drafting(pk=task_id)))


def _about(body: About) -> tuple[Lead | None, Employer | None]:
    """Return what a message is about.

    :raises Invalid: naming what is not there, or does not agree
    """
    if body.internship_id is None and body.company_id is None:
        raise Invalid(fields={"internship_id": ["An internship or a company is needed."]}, code="missing")
    lead = employer = None
    if body.internship_id is not None:
        lead = Lead.objects.select_related("posting").filter(pk=body.internship_id).first()
        if lead is None:
            raise Invalid(fields={"internship_id": ["Internship not found."]}, code="not_found")
    if body.company_id is not None:
        employer = Employer.objects.filter(pk=body.company_id).first()
        if employer is None:
            raise Invalid(fields={"company_id": ["Company not found."]}, code="not_found")
        if lead is not None and lead.posting.employer_id != employer.pk:
            raise Invalid(fields={"company_id": ["The internship is another company's."]}, code="another_company")
    return lead, employer


def _sent(request: Request, message: Message) -> messages.Proposal | None:
    return messages.mark_sent(message=message, by_id=request.auth.user_id, at=local_time(request))


def _shown(message: Message, proposed: messages.Proposal | None, status: int) -> HttpResponse:
    document = MESSAGE.required(pk=message.pk)
    told = None if proposed is None else {"due_date": proposed.due_date.isoformat(), "notes": proposed.notes}
    return answer(f'{document[:-1]},"proposed_followup":{json.dumps(told)}}}', status)
