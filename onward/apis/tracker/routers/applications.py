"""Applications and their notes. Section 4 of the document."""

from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.filters import ById, ByLens, ByWord
from onward.apis.tracker.lenses import PRIORITY, SOURCE
from onward.apis.tracker.resource import Resource
from onward.apis.tracker.schemas.applications import (
    ApplicationChanges,
    ApplicationIn,
    ApplicationOut,
    ApplicationRow,
    NoteIn,
    NoteOut,
    StatusIn,
)
from onward.domain.applications import queries, services
from onward.domain.applications.choices import Status, WorkType
from onward.platform.wire import Id, Reading

router = Router(tags=["Applications"])

APPLICATIONS = Resource(
    queries.applications,
    row=ApplicationRow,
    whole=ApplicationOut,
    body=ApplicationIn,
    changes=ApplicationChanges,
    filters={
        "status": ByWord("status", Status),
        "priority": ByLens("priority", PRIORITY),
        "work_type": ByWord("work_type", WorkType),
        "source": ByLens("source", SOURCE),
        "company": ById("company_id"),
    },
    search=("job_title", "company__name", "location"),
    orders=("applied_date", "updated_at", "created_at", "priority", "status"),
    order="-updated_at",
)
NOTES = Reading(NoteOut, queries.notes)
NOTE = Reading(NoteOut, queries.note)


@router.get("", **APPLICATIONS.lists, summary="List applications")
def list_applications(request: Request) -> HttpResponse:
    """List one's applications, the latest touched first unless another order is asked for."""
    return APPLICATIONS.page(request)


@router.post("", **APPLICATIONS.creates, summary="Create an application")
def create(request: Request, body: ApplicationIn) -> HttpResponse:
    """Take an application into one's record."""
    fields = APPLICATIONS.fields(request, body)
    return APPLICATIONS.made(request, services.create(owner_id=request.auth.user_id, at=local_time(request), **fields))


@router.get("{application_id}/", **APPLICATIONS.reads, summary="Get an application")
def get_application(request: Request, application_id: Id) -> HttpResponse:
    """Read one application with its company and notes."""
    return APPLICATIONS.show(request, application_id)


@router.put("{application_id}/", **APPLICATIONS.replaces, summary="Update an application")
def replace(request: Request, application_id: Id) -> HttpResponse:
    """Change an application. Company and title must be sent; what else is absent stays as it is."""
    return update(request, application_id)


@router.patch("{application_id}/", **APPLICATIONS.changes, summary="Update an application in part")
def update(request: Request, application_id: Id) -> HttpResponse:
    """Change what is sent; what is absent stays as it is."""
    application = queries.application(owner_id=request.auth.user_id, pk=application_id)
    services.update(application=application, at=local_time(request), **APPLICATIONS.given(request, application))
    return APPLICATIONS.show(request, application_id)


@router.patch("{application_id}/status/", **APPLICATIONS.reads, summary="Move an application")
def move(request: Request, application_id: Id, body: StatusIn) -> HttpResponse:
    """Move an application to another status. A first answer is dated today unless `response_date` says otherwise."""
    application = queries.application(owner_id=request.auth.user_id, pk=application_id)
    services.change_status(
        application=application, to=body.status, at=local_time(request), response_date=body.response_date
    )
    return APPLICATIONS.show(request, application_id)


@router.delete("{application_id}/", **APPLICATIONS.deletes, summary="Delete an application")
def delete(request: Request, application_id: Id) -> HttpResponse:
    """Delete an application with its notes and interviews."""
    application = queries.application(owner_id=request.auth.user_id, pk=application_id)
    services.delete(application=application, at=local_time(request))
    return APPLICATIONS.gone()


@router.get("{application_id}/notes/", response=list[NoteOut], summary="List the notes of an application")
def list_notes(request: Request, application_id: Id) -> HttpResponse:
    """List the notes, the latest first."""
    queries.application(owner_id=request.auth.user_id, pk=application_id)
    return answer(NOTES.all(owner_id=request.auth.user_id, pk=application_id))


@router.post("{application_id}/notes/", response={HTTPStatus.CREATED: NoteOut}, summary="Add a note")
def add_note(request: Request, application_id: Id, body: NoteIn) -> HttpResponse:
    """Write something down about an application."""
    application = queries.application(owner_id=request.auth.user_id, pk=application_id)
    note = services.add_note(
        application=application, content=body.content, note_type=body.note_type, at=local_time(request)
    )
    document = NOTE.required(owner_id=request.auth.user_id, pk=application_id, note=note.pk)
    return answer(document, HTTPStatus.CREATED)
