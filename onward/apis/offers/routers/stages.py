"""Stages: the interviews of an application. "Application — Stages" in the document."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import sent, takes
from onward.apis.offers.routers.applications import application_of
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.stages import ApplicationStageResponse, StageChanges, StageIn, in_the_record
from onward.domain.interviews import queries, services
from onward.domain.interviews.models import Interview
from onward.platform.record import missing
from onward.platform.wire import Reading

router = Router(tags=["Stages"])

READING = Reading(ApplicationStageResponse, lambda: queries.interviews().filter(pk=queries.KEY))


def _document(request: Request, interview: Interview) -> str:
    return READING.required(owner_id=request.auth.user_id, pk=interview.pk)


def _stage(request: Request, uid: UUID, stage_uid: UUID) -> Interview:
    application = application_of(request, uid)
    found = queries.stage(application_id=application.pk, uid=stage_uid)
    if found is None:
        raise missing("stage")
    return found


@router.post("{uid}/stages", response={HTTPStatus.CREATED: ApplicationStageResponse}, summary="Add a stage")
def add(request: Request, uid: UUID, body: StageIn) -> HttpResponse:
    """Add an interview; an application that waits for an answer is interviewing from now on."""
    application = application_of(request, uid)
    interview = services.add_stage(
        owner_id=request.auth.user_id,
        application_id=application.pk,
        at=local_time(request),
        **in_the_record(body.model_dump()),
    )
    return answer(_document(request, interview), HTTPStatus.CREATED)


@router.put(
    "{uid}/stages/{stage_uid}",
    response=ApplicationStageResponse,
    summary="Update a stage",
    openapi_extra=takes(StageChanges),
)
def update(request: Request, uid: UUID, stage_uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    interview = _stage(request, uid, stage_uid)
    given = sent(request, StageChanges, shown=_document(request, interview))
    fields = in_the_record(given, kind=interview.interview_type, status=interview.status, outcome=interview.outcome)
    services.update(interview=interview, at=local_time(request), **fields)
    return answer(_document(request, interview))


@router.delete("{uid}/stages/{stage_uid}", response=Done, summary="Delete a stage")
def delete(request: Request, uid: UUID, stage_uid: UUID) -> dict[str, str]:
    """Delete a stage."""
    services.delete(interview=_stage(request, uid, stage_uid), at=local_time(request))
    return {"detail": "Stage deleted"}
