"""Reflections: what somebody learned from an application. "Application — Reflection" in the document."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import sent, takes
from onward.apis.offers.routers.applications import application_of
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.reflections import ReflectionIn, ReflectionResponse, in_the_record
from onward.domain.applications import queries, services
from onward.domain.applications.models import Reflection
from onward.platform.wire import Reading

router = Router(tags=["Reflections"])

READING = Reading(ReflectionResponse, lambda: queries.reflections().filter(pk=queries.KEY))


def _document(request: Request, reflection: Reflection) -> str:
    return READING.required(owner_id=request.auth.user_id, pk=reflection.pk)


def _reflection(request: Request, uid: UUID, reflection_uid: UUID) -> Reflection:
    return queries.reflection(application_id=application_of(request, uid).pk, uid=reflection_uid)


@router.post("{uid}/reflection", response={HTTPStatus.CREATED: ReflectionResponse}, summary="Write a reflection")
def write(request: Request, uid: UUID, body: ReflectionIn) -> HttpResponse:
    """Write down what one learned from an application. There is one reflection on it at most."""
    application = application_of(request, uid)
    reflection = services.write_reflection(
        application=application, at=local_time(request), **in_the_record(body.model_dump())
    )
    return answer(_document(request, reflection), HTTPStatus.CREATED)


@router.put(
    "{uid}/reflection/{reflection_uid}",
    response=ReflectionResponse,
    summary="Update a reflection",
    openapi_extra=takes(ReflectionIn),
)
def update(request: Request, uid: UUID, reflection_uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    reflection = _reflection(request, uid, reflection_uid)
    given = sent(request, ReflectionIn, shown=_document(request, reflection))
    services.update_reflection(reflection=reflection, at=local_time(request), **in_the_record(given))
    return answer(_document(request, reflection))


@router.delete("{uid}/reflection/{reflection_uid}", response=Done, summary="Delete a reflection")
def delete(request: Request, uid: UUID, reflection_uid: UUID) -> dict[str, str]:
    """Delete a reflection."""
    services.delete_reflection(reflection=_reflection(request, uid, reflection_uid))
    return {"detail": "Reflection deleted"}
