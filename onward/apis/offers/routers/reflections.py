"""Reflections: what somebody learned from an application. "Application — Reflection" in the document."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.offers.resource import Resource, application_of
from onward.apis.offers.schemas.reflections import ReflectionIn, ReflectionResponse
from onward.domain.applications import queries, services
from onward.domain.applications.models import Reflection

router = Router(tags=["Reflections"])

REFLECTIONS = Resource(queries.reflections, row=ReflectionResponse, body=ReflectionIn)


@router.post("{uid}/reflection", **REFLECTIONS.creates, summary="Write a reflection")
def write(request: Request, uid: UUID, body: ReflectionIn) -> HttpResponse:
    """Write down what one learned from an application. There is one reflection on it at most."""
    application, fields = application_of(request, uid), REFLECTIONS.fields(request, body)
    return REFLECTIONS.made(
        request, services.write_reflection(application=application, at=local_time(request), **fields)
    )


@router.put("{uid}/reflection/{reflection_uid}", **REFLECTIONS.changes, summary="Update a reflection")
def update(request: Request, uid: UUID, reflection_uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    reflection = _reflection(request, uid, reflection_uid)
    services.update_reflection(reflection=reflection, at=local_time(request), **REFLECTIONS.given(request, reflection))
    return REFLECTIONS.show(request, reflection_uid)


@router.delete("{uid}/reflection/{reflection_uid}", **REFLECTIONS.deletes, summary="Delete a reflection")
def delete(request: Request, uid: UUID, reflection_uid: UUID) -> HttpResponse:
    """Delete a reflection."""
    services.delete_reflection(reflection=_reflection(request, uid, reflection_uid), at=request.now)
    return REFLECTIONS.gone()


def _reflection(request: Request, uid: UUID, reflection_uid: UUID) -> Reflection:
    return queries.reflection(application_id=application_of(request, uid).pk, uid=reflection_uid)
