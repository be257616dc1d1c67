"""Applications and their notes. Section 4 of the document."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.tracker.filters import ById, ByLens, ByWord, Filters, list_parameters, text_asked
from onward.apis.tracker.lenses import PRIORITY, SOURCE
from onward.apis.tracker.paging import Paged, paged
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
from onward.domain.applications.models import Application
from onward.platform.wire import Id, Listing, Reading

router = Router(tags=["Applications"])

# The tracker's names for what the record calls otherwise.
NAMES = {"company": "company_id", "resume_version": "resume_id"}
LENSES = {"priority": PRIORITY, "source": SOURCE}

FILTERS = Filters(
    status=ByWord("status", Status),
    priority=ByLens("priority", PRIORITY),
    work_type=ByWord("work_type", WorkType),
    source=ByLens("source", SOURCE),
    company=ById("company_id"),
)
ORDERS = ("applied_date", "updated_at", "created_at", "priority", "status")
LISTING = Listing(
    ApplicationRow,
    queries.applications,
    filters=FILTERS.conditions,
    values=FILTERS.values,
    search=("job_title", "company__name", "location"),
    orders={name: name for name in ORDERS},
    order=("-updated_at",),
)
READING = Reading(ApplicationOut, lambda: queries.applications().filter(pk=queries.KEY))
NOTES = Reading(NoteOut, queries.notes)
NOTE = Reading(NoteOut, queries.note)


def _application(request: Request, pk: int, status: int = HTTPStatus.OK) -> HttpResponse:
    return answer(READING.required(owner_id=request.auth.user_id, pk=pk, today=local_time(request).date()), status)


@router.get(
    "",
    response=Paged[ApplicationRow],
    summary="List applications",
    openapi_extra=list_parameters(FILTERS, search="job title, company name, location", orders=ORDERS),
)
def list_applications(request: Request) -> HttpResponse:
    """List one's applications, the latest touched first unless another order is asked for."""
    return paged(
        request,
        LISTING,
        filters=FILTERS.read(request),
        search=text_asked(request, "search"),
        order=text_asked(request, "ordering"),
        owner_id=request.auth.user_id,
        today=local_time(request).date(),
    )


@router.post("", response={HTTPStatus.CREATED: ApplicationOut}, summary="Create an application")
def create(request: Request, body: ApplicationIn) -> HttpResponse:
    """Take an application into one's record."""
    fields = _record_fields(body.model_dump())
    application = services.create(owner_id=request.auth.user_id, at=local_time(request), **fields)
    return _application(request, application.pk, HTTPStatus.CREATED)


@router.get("{application_id}/", response=ApplicationOut, summary="Get an application")
def get_application(request: Request, application_id: Id) -> HttpResponse:
    """Read one application with its company and notes."""
    return _application(request, application_id)


@router.put("{application_id}/", response=ApplicationOut, summary="Update an application")
def replace(request: Request, application_id: Id, body: ApplicationIn) -> HttpResponse:
    """Change an application. Company and title must be sent; what else is absent stays as it is."""
    return _update(request, application_id, body)


@router.patch("{application_id}/", response=ApplicationOut, summary="Update an application in part")
def update(request: Request, application_id: Id, body: ApplicationChanges) -> HttpResponse:
    """Change what is sent; what is absent stays as it is."""
    return _update(request, application_id, body)


def _update(request: Request, application_id: int, body: ApplicationIn) -> HttpResponse:
    application = queries.application(owner_id=request.auth.user_id, pk=application_id)
    changes = _record_fields(body.model_dump(exclude_unset=True), application)
    services.update(application=application, at=local_time(request), **changes)
    return _application(request, application_id)


@router.patch("{application_id}/status/", response=ApplicationOut, summary="Move an application")
def move(request: Request, application_id: Id, body: StatusIn) -> HttpResponse:
    """Move an application to another status. A first answer is dated today unless `response_date` says otherwise."""
    application = queries.application(owner_id=request.auth.user_id, pk=application_id)
    services.change_status(
        application=application, to=body.status, at=local_time(request), response_date=body.response_date
    )
    return _application(request, application_id)


@router.delete("{application_id}/", response={HTTPStatus.NO_CONTENT: None}, summary="Delete an application")
def delete(request: Request, application_id: Id) -> HttpResponse:
    """Delete an application with its notes and interviews."""
    application = queries.application(owner_id=request.auth.user_id, pk=application_id)
    services.delete(application=application, at=local_time(request))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


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


def _record_fields(fields: dict[str, Any], application: Application | None = None) -> dict[str, Any]:
    """Give what a client sent in the record's names and words. :param application: what it changes"""
    given = {NAMES.get(name, name): value for name, value in fields.items()}
    for name, lens in LENSES.items():
        if name in given:
            given[name] = lens.read(given[name], getattr(application, name, None))
    return given
