"""Writing contacts."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.applications import queries as applications
from onward.domain.applications.services.locking import lock_applications
from onward.domain.contacts.events import ContactAdded, ContactChanged, ContactDeleted
from onward.domain.contacts.models import Contact
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.record import append, change, fields_of, locked, save

FIELDS = fields_of(Contact)


@transaction.atomic
def add(*, owner_id: int, name: str, at: datetime, application_id: int | None = None, **fields: Any) -> Contact:
    """Take somebody whom a person knows into their record.

    :param application_id: of the application that the contact is kept with
    :raises Invalid: when the application is not the owner's
    """
    lock_applications(application_id)
    _check_application(owner_id, application_id)
    values = {"owner_id": owner_id, "name": name, "application_id": application_id, "uid": uuid.uuid4(), **fields}
    pk = append(Contact, created_at=at, updated_at=at, **values)
    contact = Contact(pk=pk, created_at=at, updated_at=at, **values)
    publish(ContactAdded(at=at, **_about(contact)))
    return contact


@transaction.atomic
def update(*, contact: Contact, at: datetime, **changes: Any) -> Contact:
    """Change what is known of a contact. What is not named stays as it is; what is named and the same is no change.

    :raises Invalid: when the application that it is to be kept with is not the owner's
    """
    lock_applications(contact.application_id, changes.get("application_id"))
    contact = locked(contact)
    changed = change(contact, FIELDS, changes)
    if not changed:
        return contact
    if "application_id" in changed:
        _check_application(contact.owner_id, changes["application_id"])
    save(contact, changed, at=at)
    publish(ContactChanged(at=at, changed=changed, **_about(contact)))
    return contact


@transaction.atomic
def delete(*, contact: Contact, at: datetime) -> None:
    """Remove a contact."""
    contact = locked(contact)
    event = ContactDeleted(at=at, **_about(contact))
    discard(contact, owner_id=contact.owner_id, title=contact.name, at=at)
    publish(event)


def _check_application(owner_id: int, application_id: int | None) -> None:
    if application_id is not None:
        applications.referred_to(owner_id=owner_id, pk=application_id)


def _about(contact: Contact) -> dict[str, Any]:
    return {
        "owner_id": contact.owner_id,
        "contact_id": contact.pk,
        "contact_name": contact.name,
        "application_id": contact.application_id,
    }
