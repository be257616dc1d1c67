"""Writing what somebody learned from applications."""

import uuid
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.applications.events import ReflectionWritten
from onward.domain.applications.models import Application, Reflection
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.record import append, change, clash, fields_of, locked, save
from onward.platform.refusals import Conflict

FIELDS = fields_of(Reflection, but=("application_id",))


def write_reflection(*, application: Application, at: datetime, **fields: Any) -> Reflection:
    """Write down what somebody learned from an application.

    :param at: the time on the owner's clock
    :raises Conflict: when there is a reflection on it
    """
    with _one_at_most(), transaction.atomic():
        application = locked(application)
        values = {"application_id": application.pk, "uid": uuid.uuid4(), **fields}
        pk = append(Reflection, created_at=at, updated_at=at, **values)
        publish(
            ReflectionWritten(
                owner_id=application.owner_id,
                at=at,
                application_id=application.pk,
                company_name=application.company.name,
                job_title=application.job_title,
                reflection_id=pk,
            )
        )
        return Reflection(pk=pk, created_at=at, updated_at=at, **values)


@transaction.atomic
def update_reflection(*, reflection: Reflection, at: datetime, **changes: Any) -> Reflection:
    """Change a reflection. What is not named stays as it is; what is named and the same is no change."""
    locked(Application(pk=reflection.application_id))
    reflection = locked(reflection)
    changed = change(reflection, FIELDS, changes)
    if not changed:
        return reflection
    save(reflection, changed, at=at)
    return reflection


@transaction.atomic
def delete_reflection(*, reflection: Reflection, at: datetime) -> None:
    """Remove a reflection."""
    owner_id = locked(Application(pk=reflection.application_id)).owner_id
    discard(locked(reflection), owner_id=owner_id, title="Reflection", at=at)


def _one_at_most() -> AbstractContextManager[None]:
    return clash(
        constraint="reflection_application_id_key",
        column="applications_reflection.application_id",
        refusal=Conflict("Reflection already exists.", code="reflection_exists"),
    )
