"""Taking in many applications at once, as from a spreadsheet: a statement writes hundreds of rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.applications.choices import Status
from onward.domain.applications.events import ApplicationCreated
from onward.domain.applications.models import Application, Document, Note, SavedJob, StatusChange
from onward.domain.applications.services.applications import check_dates, check_salary, first_moves
from onward.domain.applications.services.saved_jobs import settle_converted
from onward.domain.companies.models import Company
from onward.platform.events import publish_all
from onward.platform.record import append_all

# How many are written before somebody hears of progress.
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Arrival:
    """An application to be taken in.

    :param company: one of the owner's
    :param values: by column; what is not there is as `create` has it
    :param created_at: when it was first written down, if that was elsewhere and before
    :param notes: the first is its main note
    :param documents: name and address of each
    :param saved_job: the job that it is made of, if it is; locked, and without an application
    """

    company: Company
    values: Mapping[str, Any]
    created_at: datetime | None = None
    notes: Sequence[str] = ()
    documents: Sequence[tuple[str, str]] = ()
    saved_job: SavedJob | None = None


@transaction.atomic
def take_in(
    *,
    owner_id: int,
    arrivals: Sequence[Arrival],
    at: datetime,
    progress: Callable[[int], object] = lambda number: None,
) -> list[int]:
    """Take applications into somebody's record, all of them or none, and announce each.

    :param at: the time on the owner's clock
    :param progress: told after each batch how many it has written
    :returns: their ids
    :raises Invalid: when the salary or the dates of one contradict each other
    """
    made: list[int] = []
    for start in range(0, len(arrivals), BATCH):
        batch = arrivals[start : start + BATCH]
        made += _write(owner_id, batch, at)
        progress(len(batch))
    return made


def _write(owner_id: int, batch: Sequence[Arrival], at: datetime) -> list[int]:
    for arrival in batch:
        check_salary(arrival.values)
        check_dates(arrival.values)
    rows = [_row(owner_id, arrival, at) for arrival in batch]
    _tie_once(owner_id, rows)
    keys = append_all(Application, rows)
    made = list(zip(keys, batch, strict=True))
    append_all(StatusChange, [move for pk, arrival in made for move in _moves(pk, arrival, at)])
    append_all(Note, [note for pk, arrival in made for note in _notes(pk, arrival, at)])
    append_all(Document, [document for pk, arrival in made for document in _documents(pk, arrival, at)])
    publish_all(
        [
            ApplicationCreated(
                owner_id=owner_id,
                at=at,
                application_id=pk,
                company_name=arrival.company.name,
                job_title=arrival.values["job_title"],
                status=arrival.values.get("status", Status.APPLIED),
                saved_job_uid=arrival.saved_job.uid if arrival.saved_job else None,
            )
            for pk, arrival in made
        ]
    )
    if converted := {pk: arrival.saved_job for pk, arrival in made if arrival.saved_job}:
        settle_converted(made=converted, at=at)
    return keys


def _row(owner_id: int, arrival: Arrival, at: datetime) -> dict[str, Any]:
    return {
        "owner_id": owner_id,
        "company_id": arrival.company.pk,
        "created_at": arrival.created_at or at,
        "updated_at": at,
        **arrival.values,
    }


def _tie_once(owner_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Leave a posting to the one application that there is to it, or to the first of these."""
    wanted = {row["posting_id"] for row in rows if row.get("posting_id") is not None}
    if not wanted:
        return
    mine = Application.objects.filter(owner_id=owner_id, posting_id__in=wanted)
    tied = set(mine.values_list("posting_id", flat=True))
    for row in rows:
        posting_id = row.get("posting_id")
        if posting_id in tied:
            row["posting_id"] = None
        elif posting_id is not None:
            tied.add(posting_id)


def _moves(pk: int, arrival: Arrival, at: datetime) -> Iterator[dict[str, Any]]:
    values = arrival.values
    status, applied, answered = (
        values.get("status", Status.APPLIED),
        values.get("applied_date"),
        values.get("response_date"),
    )
    for move in first_moves(status, applied, answered, at):
        yield {"application_id": pk, "recorded_at": at, **move}


def _notes(pk: int, arrival: Arrival, at: datetime) -> Iterator[dict[str, Any]]:
    for place, content in enumerate(arrival.notes):
        yield {"application_id": pk, "content": content, "is_main": place == 0, "created_at": at, "updated_at": at}


def _documents(pk: int, arrival: Arrival, at: datetime) -> Iterator[dict[str, Any]]:
    for name, url in arrival.documents:
        yield {"application_id": pk, "name": name, "file_url": url, "created_at": at, "updated_at": at}
