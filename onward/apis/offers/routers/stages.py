"""Stages: the interviews of an application. "Application — Stages" in the document."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.offers.lenses import RESULT
from onward.apis.offers.resource import Resource, application_of
from onward.apis.offers.schemas.stages import ApplicationStageResponse, StageChanges, StageIn
from onward.domain.interviews import queries, services
from onward.domain.interviews.models import Interview
from onward.platform.record import missing

router = Router(tags=["Stages"])

STAGES = Resource(queries.interviews, row=ApplicationStageResponse, body=StageIn, changes=StageChanges, called="stage")


@router.post("{uid}/stages", **STAGES.creates, summary="Add a stage")
def add(request: Request, uid: UUID, body: StageIn) -> HttpResponse:
    """Add an interview; an application that waits for an answer is interviewing from now on."""
    application, fields = application_of(request, uid), _recorded(STAGES.fields(request, body))
    owner_id, at = request.auth.user_id, local_time(request)
    interview = services.add_stage(owner_id=owner_id, application_id=application.pk, at=at, **fields)
    return STAGES.made(request, interview)


@router.put("{uid}/stages/{stage_uid}", **STAGES.changes, summary="Update a stage")
def update(request: Request, uid: UUID, stage_uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    interview = _stage(request, uid, stage_uid)
    fields = _recorded(STAGES.given(request, interview), f"{interview.status} {interview.outcome}")
    services.update(interview=interview, at=local_time(request), **fields)
    return STAGES.show(request, stage_uid)


@router.delete("{uid}/stages/{stage_uid}", **STAGES.deletes, summary="Delete a stage")
def delete(request: Request, uid: UUID, stage_uid: UUID) -> HttpResponse:
    """Delete a stage."""
    services.delete(interview=_stage(request, uid, stage_uid), at=local_time(request))
    return STAGES.gone()


def _stage(request: Request, uid: UUID, stage_uid: UUID) -> Interview:
    found = queries.stage(application_id=application_of(request, uid).pk, uid=stage_uid)
    if found is None:
        raise missing("stage")
    return found


def _recorded(fields: dict[str, Any], ended: str | None = None) -> dict[str, Any]:
    """Replace a result by the two words that it is in the record. :param ended: the two that it has now"""
    if (word := fields.pop("result", None)) is not None:
        fields["status"], fields["outcome"] = RESULT.read(word, ended).split()
    if fields.get("questions"):
        fields["questions"] = [question for question in fields["questions"] if question]
    return fields
