"""Writing what came of applications."""

import uuid
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.applications.choices import OutcomeStatus, Status
from onward.domain.applications.events import OutcomeChanged, OutcomeRecorded
from onward.domain.applications.models import Application, Outcome
from onward.domain.applications.services.applications import advance
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.record import append, change, clash, fields_of, locked, save
from onward.platform.refusals import Conflict

FIELDS = fields_of(Outcome, but=("application_id",))
# An application that has come as far as this is not moved by an outcome.
ARRIVED = (Status.OFFER, Status.ACCEPTED)


def record_outcome(
    *, application: Application, at: datetime, status: str = OutcomeStatus.OFFER, **fields: Any
) -> Outcome:
    """Write down what came of an application, which thereby has an offer, whatever has become of that since.

    :param at: the time on the owner's clock
    :raises Conflict: when it has an outcome
    """
    with _one_at_most(), transaction.atomic():
        application = locked(application)
        values = {"application_id": application.pk, "status": status, "uid": uuid.uuid4(), **fields}
        pk = append(Outcome, created_at=at, updated_at=at, **values)
        publish(OutcomeRecorded(**_about(application, at), outcome_id=pk, status=status))
        if application.status not in ARRIVED:
            advance(application=application, to=Status.OFFER, at=at)
        return Outcome(pk=pk, created_at=at, updated_at=at, **values)


@transaction.atomic
def update_outcome(*, outcome: Outcome, at: datetime, **changes: Any) -> Outcome:
    """Change an outcome. What is not named stays as it is; what is named and the same is no change.

    The application stays as it is: what it came to has been said before.
    """
    application = locked(Application(pk=outcome.application_id))
    outcome = locked(outcome)
    before = outcome.status
    changed = change(outcome, FIELDS, changes)
    if not changed:
        return outcome
    save(outcome, changed, at=at)
    if "status" in changed:
        publish(OutcomeChanged(**_about(application, at), outcome_id=outcome.pk, before=before, after=outcome.status))
    return outcome


@transaction.atomic
def delete_outcome(*, outcome: Outcome, at: datetime) -> None:
    """Remove an outcome. Its application stays where it stands."""
    owner_id = locked(Application(pk=outcome.application_id)).owner_id
    discard(locked(outcome), owner_id=owner_id, title="Outcome", at=at)


def _about(application: Application, at: datetime) -> dict[str, Any]:
    return {
        "owner_id": application.owner_id,
        "at": at,
        "application_id": application.pk,
        "company_name": application.company.name,
        "job_title": application.job_title,
    }


def _one_at_most() -> AbstractContextManager[None]:
    return clash(
        constraint="outcome_application_id_key",
        column="applications_outcome.application_id",
        refusal=Conflict("Outcome already exists.", code="outcome_exists"),
    )
