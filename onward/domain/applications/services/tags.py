"""Writing tags, and which applications they are on."""

import uuid
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onward.domain.applications.events import TagAssigned, TagChanged, TagCreated, TagDeleted, TagRemoved
from onward.domain.applications.models import Application, Tag, Tagging
from onward.domain.applications.models.tag import INDIGO
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.record import append, change, clash, fields_of, locked, name_key, save
from onward.platform.refusals import Conflict, Missing

FIELDS = fields_of(Tag)


def create_tag(*, owner_id: int, name: str, at: datetime, color: str = INDIGO) -> Tag:
    """Take a tag into somebody's library.

    :param color: as in CSS, with its number sign
    :raises Conflict: when they have one of that name, in whatever case
    """
    with _one_of_each_name(), transaction.atomic():
        values = {"owner_id": owner_id, "name": name, "name_key": name_key(name), "color": color, "uid": uuid.uuid4()}
        pk = append(Tag, created_at=at, updated_at=at, **values)
        publish(TagCreated(owner_id=owner_id, at=at, tag_id=pk, tag_name=name))
        return Tag(pk=pk, created_at=at, updated_at=at, **values)


def update_tag(*, tag: Tag, at: datetime, **changes: Any) -> Tag:
    """Change a tag. What is not named stays as it is; what is named and the same is no change.

    :raises Conflict: when its owner has another one of that name
    """
    with _one_of_each_name(), transaction.atomic():
        tag = locked(tag)
        changed = change(tag, FIELDS, changes)
        if not changed:
            return tag
        tag.name_key = name_key(tag.name)
        save(tag, [*changed, "name_key"], at=at)
        publish(TagChanged(owner_id=tag.owner_id, at=at, tag_id=tag.pk, tag_name=tag.name, changed=changed))
        return tag


@transaction.atomic
def delete_tag(*, tag: Tag, at: datetime) -> None:
    """Remove a tag from the library and from every application that it is on."""
    tag = locked(tag)
    event = TagDeleted(owner_id=tag.owner_id, at=at, tag_id=tag.pk, tag_name=tag.name)
    discard(tag, owner_id=tag.owner_id, title=tag.name, at=at)
    publish(event)


def assign_tag(*, application: Application, tag: Tag, at: datetime) -> UUID:
    """Put a tag on an application of the same person.

    :returns: the uid of the tag's being there
    :raises Conflict: when it is on it already
    """
    with _once_on_each(), transaction.atomic():
        # Held, so that neither goes before the other is there; the application first, as everywhere.
        application, tag = locked(application), locked(tag)
        uid = uuid.uuid4()
        append(Tagging, application_id=application.pk, tag_id=tag.pk, uid=uid, created_at=at)
        publish(TagAssigned(at=at, **_about(application, tag)))
        return uid


@transaction.atomic
def remove_tag(*, application: Application, tag: Tag, at: datetime) -> None:
    """Take a tag off an application.

    :raises Missing: when it is not on it
    """
    application = locked(application)
    taken, _ = Tagging.objects.filter(application=application, tag=tag).delete()
    if not taken:
        raise Missing("Tag not assigned to this application")
    publish(TagRemoved(at=at, **_about(application, tag)))


def _about(application: Application, tag: Tag) -> dict[str, Any]:
    return {
        "owner_id": application.owner_id,
        "application_id": application.pk,
        "company_name": application.company.name,
        "job_title": application.job_title,
        "tag_id": tag.pk,
        "tag_name": tag.name,
    }


def _one_of_each_name() -> AbstractContextManager[None]:
    return clash(
        constraint="tag_is_one_for_its_owner",
        column="applications_tag.name_key",
        refusal=Conflict("Tag with this name already exists"),
    )


def _once_on_each() -> AbstractContextManager[None]:
    return clash(
        constraint="tag_is_on_an_application_once",
        column="applications_tagging.tag_id",
        refusal=Conflict("Tag already assigned to this application"),
    )
