"""Outcomes: what came of an application. "Application — Outcome" in the document."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.offers.resource import Resource, application_of
from onward.apis.offers.schemas.outcomes import OutcomeIn, OutcomeResponse
from onward.domain.applications import queries, services
from onward.domain.applications.models import Outcome

router = Router(tags=["Outcomes"])

OUTCOMES = Resource(queries.outcomes, row=OutcomeResponse, body=OutcomeIn)


@router.post("{uid}/outcome", **OUTCOMES.creates, summary="Record an outcome")
def record(request: Request, uid: UUID, body: OutcomeIn) -> HttpResponse:
    """Write down what came of an application, which thereby has an offer. It has one outcome at most."""
    application, fields = application_of(request, uid), OUTCOMES.fields(request, body)
    return OUTCOMES.made(request, services.record_outcome(application=application, at=local_time(request), **fields))


@router.put("{uid}/outcome/{outcome_uid}", **OUTCOMES.changes, summary="Update an outcome")
def update(request: Request, uid: UUID, outcome_uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    outcome = _outcome(request, uid, outcome_uid)
    services.update_outcome(outcome=outcome, at=local_time(request), **OUTCOMES.given(request, outcome))
    return OUTCOMES.show(request, outcome_uid)


@router.delete("{uid}/outcome/{outcome_uid}", **OUTCOMES.deletes, summary="Delete an outcome")
def delete(request: Request, uid: UUID, outcome_uid: UUID) -> HttpResponse:
    """Delete an outcome. The application stays where it stands."""
    services.delete_outcome(outcome=_outcome(request, uid, outcome_uid), at=request.now)
    return OUTCOMES.gone()


def _outcome(request: Request, uid: UUID, outcome_uid: UUID) -> Outcome:
    return queries.outcome(application_id=application_of(request, uid).pk, uid=outcome_uid)
