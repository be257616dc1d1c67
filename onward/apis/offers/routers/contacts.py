"""Contacts: whom somebody knows on the way to a job. "Contacts" in the document."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.filters import ByLens, ByUuid
from onward.apis.offers.lenses import CONTACT_TYPE
from onward.apis.offers.resource import Resource, application_of
from onward.apis.offers.schemas.contacts import ContactChanges, ContactIn, ContactResponse
from onward.domain.contacts import queries, services

router = Router(tags=["Contacts"])

CONTACTS = Resource(
    queries.contacts,
    row=ContactResponse,
    body=ContactIn,
    changes=ContactChanges,
    filters={
        "application_id": ByUuid("application__uid", application_of),
        "contact_type": ByLens("contact_type", CONTACT_TYPE),
    },
    order="-created_at",
)


@router.get("", **CONTACTS.lists, summary="List contacts")
def list_contacts(request: Request) -> HttpResponse:
    """List one's contacts, the latest first."""
    return CONTACTS.page(request)


@router.post("", **CONTACTS.creates, summary="Add a contact")
def add(request: Request, body: ContactIn) -> HttpResponse:
    """Take a contact into one's record, with an application or without one."""
    fields = CONTACTS.fields(request, body)
    return CONTACTS.made(request, services.add(owner_id=request.auth.user_id, at=local_time(request), **fields))


@router.get("{uid}", **CONTACTS.reads, summary="Get a contact")
def get_contact(request: Request, uid: UUID) -> HttpResponse:
    """Read one contact."""
    return CONTACTS.show(request, uid)


@router.put("{uid}", **CONTACTS.changes, summary="Update a contact")
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    contact = queries.contact(owner_id=request.auth.user_id, uid=uid)
    services.update(contact=contact, at=local_time(request), **CONTACTS.given(request, contact))
    return CONTACTS.show(request, uid)


@router.delete("{uid}", **CONTACTS.deletes, summary="Delete a contact")
def delete(request: Request, uid: UUID) -> HttpResponse:
    """Delete a contact."""
    services.delete(contact=queries.contact(owner_id=request.auth.user_id, uid=uid), at=local_time(request))
    return CONTACTS.gone()
