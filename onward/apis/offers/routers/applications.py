"""Applications. "Applications" in the document."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.db import models
from django.db.models.lookups import Exact
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import sent, takes
from onward.apis.offers.lenses import PRIORITY, STATUS
from onward.apis.offers.lists import Limit, Skip
from onward.apis.offers.own import shown
from onward.apis.offers.schemas.applications import (
    ApplicationChanges,
    ApplicationIn,
    ApplicationResponse,
    PriorityWord,
    StatusWord,
    in_the_record,
)
from onward.apis.offers.schemas.done import Done
from onward.domain.applications import queries, services
from onward.domain.applications.models import Application
from onward.domain.resumes import queries as resumes
from onward.platform.record import missing
from onward.platform.wire import EMPTY_IS_NULL, Listing, Reading

router = Router(tags=["Applications"])

LISTING = Listing(
    ApplicationResponse,
    queries.applications,
    filters={
        "status": lambda word: models.Q(Exact(STATUS.case("status"), word)),
        "priority": lambda word: models.Q(Exact(PRIORITY.case("priority"), word)),
    },
    values={"status": models.TextField(), "priority": models.TextField()},
    order=("-created_at",),
)
READING = Reading(ApplicationResponse, lambda: queries.applications().filter(uid=queries.UID))


def application_document(request: Request, uid: UUID) -> str:
    """Give one of somebody's applications with all that hangs on it, as JSON.

    :raises Forbidden: when it is another's
    :raises Missing: when it is not there
    """
    return shown(request, READING, Application, uid)


def application_of(request: Request, uid: UUID) -> Application:
    """Give one of somebody's applications, with its company, for a change.

    :raises Forbidden: when it is another's
    :raises Missing: when it is not there
    """
    return queries.named(owner_id=request.auth.user_id, uid=uid)


@router.get("", response=list[ApplicationResponse], summary="List applications")
def list_applications(
    request: Request,
    skip: Skip = 0,
    limit: Limit = 100,
    status: Annotated[StatusWord | None, EMPTY_IS_NULL] = None,
    priority: Annotated[PriorityWord | None, EMPTY_IS_NULL] = None,
) -> HttpResponse:
    """List one's applications, the latest first, each with its stages, outcome and reflection."""
    asked = {"status": status, "priority": priority}
    return answer(
        LISTING.slice(
            limit=limit,
            offset=skip,
            filters={name: word for name, word in asked.items() if word is not None},
            owner_id=request.auth.user_id,
        )
    )


@router.post("", response={HTTPStatus.CREATED: ApplicationResponse}, summary="Create an application")
def create(request: Request, body: ApplicationIn) -> HttpResponse:
    """Take an application into one's record; one that is sent already is dated today unless it says otherwise."""
    at = local_time(request)
    fields = _with_resume(request, in_the_record(body.model_dump()))
    application = services.create_at(owner_id=request.auth.user_id, at=at, sent_on=at.date(), **fields)
    return answer(application_document(request, application.uid), HTTPStatus.CREATED)


@router.get("{uid}", response=ApplicationResponse, summary="Get an application")
def get_application(request: Request, uid: UUID) -> HttpResponse:
    """Read one application with its stages, outcome and reflection."""
    return answer(application_document(request, uid))


@router.put(
    "{uid}", response=ApplicationResponse, summary="Update an application", openapi_extra=takes(ApplicationChanges)
)
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    at = local_time(request)
    given = sent(request, ApplicationChanges, shown=application_document(request, uid))
    application = application_of(request, uid)
    fields = _with_resume(request, in_the_record(given, application))
    services.update(application=application, at=at, sent_on=at.date(), unseen={"response_date"}, **fields)
    return answer(application_document(request, uid))


@router.delete("{uid}", response=Done, summary="Delete an application")
def delete(request: Request, uid: UUID) -> dict[str, str]:
    """Delete an application with all that hangs on it."""
    services.delete(application=application_of(request, uid), at=local_time(request))
    return {"detail": "Application deleted"}


def _with_resume(request: Request, fields: dict[str, Any]) -> dict[str, Any]:
    """Say a résumé by its row. :raises Missing: when it is not there, or not this person's"""
    if "resume_version_id" in fields:
        named = fields.pop("resume_version_id")
        fields["resume_id"] = named and resumes.named(owner_id=request.auth.user_id, uid=_uuid(named))
    return fields


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise missing("resume version") from None
