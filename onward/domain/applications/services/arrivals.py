"""Taking in many applications at once, as from a spreadsheet: a statement writes hundreds of rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.applications.choices import Status
from onward.domain.applications.events import ApplicationCreated
from onward.domain.applications.models import Application, Note, StatusChange
from onward.domain.applications.services.applications import check_dates, check_salary, first_moves
from onward.domain.companies.models import Company
from onward.platform.events import publish_all

# How many are written before somebody hears of progress.
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Arrival:
    """An application to be taken in.

    :param company: one of the owner's
    :param values: by column; what is not there is as `create` has it
    :param created_at: when it was first written down, if that was elsewhere and before
    :param notes: the first is its main note
    """

    company: Company
    values: Mapping[str, Any]
    created_at: datetime | None = None
    notes: Sequence[str] = ()


@transaction.atomic
def take_in(
    *,
    owner_id: int,
    arrivals: Sequence[Arrival],
    at: datetime,
    progress: Callable[[int], object] = lambda number: None,
) -> list[Application]:
    """Take applications into somebody's record, all of them or none, and announce each.

    :param at: the time on the owner's clock
    :param progress: told after each batch how many it has written
    :raises Invalid: when the salary or the dates of one contradict each other
    """
    made: list[Application] = []
    for start in range(0, len(arrivals), BATCH):
        batch = arrivals[start : start + BATCH]
        made += _write(owner_id, batch, at)
        progress(len(batch))
    return made


def _write(owner_id: int, batch: Sequence[Arrival], at: datetime) -> list[Application]:
    for arrival in batch:
        check_salary(arrival.values)
        check_dates(arrival.values)
    made = Application.objects.bulk_create(
        Application(
            owner_id=owner_id,
            company=arrival.company,
            created_at=arrival.created_at or at,
            updated_at=at,
            **arrival.values,
        )
        for arrival in batch
    )
    pairs = list(zip(made, batch, strict=True))
    StatusChange.objects.bulk_create(
        StatusChange(application=application, recorded_at=at, **move)
        for application in made
        for move in first_moves(Status(application.status), application.applied_date, application.response_date, at)
    )
    Note.objects.bulk_create(note for application, arrival in pairs for note in _notes(application, arrival, at))
    publish_all(
        [
            ApplicationCreated(
                owner_id=owner_id,
                at=at,
                application_id=application.pk,
                company_name=application.company.name,
                job_title=application.job_title,
                status=application.status,
            )
            for application in made
        ]
    )
    return made


def _notes(application: Application, arrival: Arrival, at: datetime) -> Iterator[Note]:
    for place, content in enumerate(arrival.notes):
        yield Note(application=application, content=content, is_main=place == 0, created_at=at, updated_at=at)
