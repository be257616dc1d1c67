"""Outcomes: what came of an application. "Application — Outcome" in the document."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import sent, takes
from onward.apis.offers.routers.applications import application_of
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.outcomes import OutcomeIn, OutcomeResponse, in_the_record
from onward.domain.applications import queries, services
from onward.domain.applications.models import Outcome
from onward.platform.wire import Reading

router = Router(tags=["Outcomes"])

READING = Reading(OutcomeResponse, lambda: queries.outcomes().filter(pk=queries.KEY))


def _document(request: Request, outcome: Outcome) -> str:
    return READING.required(owner_id=request.auth.user_id, pk=outcome.pk)


def _outcome(request: Request, uid: UUID, outcome_uid: UUID) -> Outcome:
    return queries.outcome(application_id=application_of(request, uid).pk, uid=outcome_uid)


@router.post("{uid}/outcome", response={HTTPStatus.CREATED: OutcomeResponse}, summary="Record an outcome")
def record(request: Request, uid: UUID, body: OutcomeIn) -> HttpResponse:
    """Write down what came of an application, which thereby has an offer. It has one outcome at most."""
    application = application_of(request, uid)
    outcome = services.record_outcome(
        application=application, at=local_time(request), **in_the_record(body.model_dump())
    )
    return answer(_document(request, outcome), HTTPStatus.CREATED)


@router.put(
    "{uid}/outcome/{outcome_uid}",
    response=OutcomeResponse,
    summary="Update an outcome",
    openapi_extra=takes(OutcomeIn),
)
def update(request: Request, uid: UUID, outcome_uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    outcome = _outcome(request, uid, outcome_uid)
    given = sent(request, OutcomeIn, shown=_document(request, outcome))
    services.update_outcome(outcome=outcome, at=local_time(request), **in_the_record(given, outcome))
    return answer(_document(request, outcome))


@router.delete("{uid}/outcome/{outcome_uid}", response=Done, summary="Delete an outcome")
def delete(request: Request, uid: UUID, outcome_uid: UUID) -> dict[str, str]:
    """Delete an outcome. The application stays where it stands."""
    services.delete_outcome(outcome=_outcome(request, uid, outcome_uid))
    return {"detail": "Outcome deleted"}
