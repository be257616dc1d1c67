"""Contacts: whom somebody knows on the way to a job. "Contacts" in the document."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.db import models
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time, sent, takes
from onward.apis.offers.lenses import CONTACT_TYPE
from onward.apis.offers.links import with_application
from onward.apis.offers.lists import Limit, Skip, is_empty
from onward.apis.offers.own import shown
from onward.apis.offers.routers.applications import application_of
from onward.apis.offers.schemas.contacts import ContactChanges, ContactIn, ContactResponse, TypeWord, in_the_record
from onward.apis.offers.schemas.done import Done
from onward.domain.contacts import queries, services
from onward.domain.contacts.models import Contact
from onward.platform.wire import EMPTY_IS_NULL, Listing, Reading

router = Router(tags=["Contacts"])

LISTING = Listing(
    ContactResponse,
    queries.contacts,
    filters={
        "application": lambda uid: models.Q(application__uid=uid),
        "contact_type": lambda word: models.Q(contact_type=word),
    },
    values={"application": models.UUIDField(), "contact_type": models.TextField()},
    order=("-created_at",),
)
READING = Reading(ContactResponse, lambda: queries.contacts().filter(uid=queries.UID))


def _shown(request: Request, uid: UUID) -> str:
    return shown(request, READING, Contact, uid)


@router.get("", response=list[ContactResponse], summary="List contacts")
def list_contacts(
    request: Request,
    application_id: Annotated[UUID | None, EMPTY_IS_NULL] = None,
    contact_type: Annotated[TypeWord | None, EMPTY_IS_NULL] = None,
    skip: Skip = 0,
    limit: Limit = 100,
) -> HttpResponse:
    """List one's contacts, the latest first."""
    filters: dict[str, object] = {}
    if application_id is not None:
        filters["application"] = application_id
    if contact_type is not None:
        filters["contact_type"] = CONTACT_TYPE.read(contact_type)
    rows = LISTING.slice(limit=limit, offset=skip, filters=filters, owner_id=request.auth.user_id)
    if application_id is not None and is_empty(rows):
        # Nothing may mean that there is no such application, or that it is another's.
        application_of(request, application_id)
    return answer(rows)


@router.post("", response={HTTPStatus.CREATED: ContactResponse}, summary="Add a contact")
def add(request: Request, body: ContactIn) -> HttpResponse:
    """Take a contact into one's record, with an application or without one."""
    fields = with_application(request, in_the_record(body.model_dump()))
    contact = services.add(owner_id=request.auth.user_id, at=local_time(request), **fields)
    return answer(_shown(request, contact.uid), HTTPStatus.CREATED)


@router.get("{uid}", response=ContactResponse, summary="Get a contact")
def get_contact(request: Request, uid: UUID) -> HttpResponse:
    """Read one contact."""
    return answer(_shown(request, uid))


@router.put("{uid}", response=ContactResponse, summary="Update a contact", openapi_extra=takes(ContactChanges))
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    given = sent(request, ContactChanges, shown=_shown(request, uid))
    contact = queries.contact(owner_id=request.auth.user_id, uid=uid)
    fields = with_application(request, in_the_record(given, contact))
    services.update(contact=contact, at=local_time(request), **fields)
    return answer(_shown(request, uid))


@router.delete("{uid}", response=Done, summary="Delete a contact")
def delete(request: Request, uid: UUID) -> dict[str, str]:
    """Delete a contact."""
    services.delete(contact=queries.contact(owner_id=request.auth.user_id, uid=uid), at=local_time(request))
    return {"detail": "Contact deleted"}
