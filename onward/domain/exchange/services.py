"""Bringing a file of applications in: reading it, correcting how it is read, carrying it out and taking it back."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from onward.domain.applications import services as applications
from onward.domain.applications.models import Application, Document, Note, StatusChange, Tagging
from onward.domain.contacts.models import Contact
from onward.domain.exchange import importing
from onward.domain.exchange.choices import ImportState
from onward.domain.exchange.events import ImportEnded
from onward.domain.exchange.importing import Fate, Line, Order, Plan, Row
from onward.domain.exchange.models import Import
from onward.domain.interviews.models import Interview
from onward.domain.reminders.models import Reminder
from onward.platform import storage
from onward.platform.events import publish
from onward.platform.jobs import enqueue
from onward.platform.record import locked
from onward.platform.refusals import Conflict, Refusal

# Files of imports are kept so long, for their broken rows and for being read again.
KEPT = timedelta(days=30)
# Rows that were not added, of which the reasons are kept.
MOST_PROBLEMS = 2000
STILL_GOING = "This import is being carried out."


def bring(*, owner_id: int, content: bytes, file_name: str, at: datetime) -> Import:
    """Keep a file that somebody wants to bring in. Nothing of it is in their record before `start`.

    :raises Invalid: when it is no file of rows, or too large
    """
    importing.first_lines(content)
    if len(content) > importing.MAX_BYTES:
        # Says so in the words of a file that is read.
        importing.read(content)
    name = PurePath(file_name.replace("\\", "/")).name.replace("\0", "")[-255:] or "file"
    with storage.stored(ContentFile(content), folder=folder(owner_id), suffix=".dat") as key:
        return Import.objects.create(
            owner_id=owner_id, file_name=name, file_key=key, created_at=at, updated_at=at, columns={}
        )


@transaction.atomic
def correct(*, of: Import, columns: Mapping[str, str], date_order: str, at: datetime) -> Import:
    """Keep what somebody says of the columns of a file.

    :param columns: the field, by the header; all that is said
    :raises Invalid: when the file cannot be read so
    :raises Conflict: when it is too late
    """
    found = _planned(of)
    found.columns, found.date_order, found.updated_at = dict(columns), date_order, at
    plan_of(found, at=at)
    found.save(update_fields=["columns", "date_order", "updated_at"])
    return found


def plan_of(found: Import, *, at: datetime) -> Plan:
    """Return what an import would do. :raises Invalid: when the file cannot be read as it is said"""
    return importing.plan(
        content_of(found),
        owner_id=found.owner_id,
        at=at,
        columns=found.columns,
        order=Order(found.date_order) if found.date_order else None,
    )


def content_of(found: Import) -> bytes:
    """Return the file of an import. :raises Missing: when it is no longer kept"""
    with storage.open_file(found.file_key) as file:
        content: bytes = file.read()
    return content


@transaction.atomic
def start(*, of: Import, at: datetime) -> Import:
    """Have an import carried out by a job. Repeating it is harmless.

    :raises Invalid: when the file cannot be read
    :raises Conflict: when it was carried out before
    """
    found = locked(of)
    if found.state == ImportState.RUNNING:
        return found
    _planned(found)
    plan_of(found, at=at)
    found.state, found.updated_at = ImportState.RUNNING, at
    found.save(update_fields=["state", "updated_at"])
    enqueue("exchange.carry_out", import_id=found.pk, zone=str(at.tzinfo), account=found.owner_id)
    return found


def carry_out(*, import_id: int, at: datetime) -> int:
    """Carry an import out that was asked for, whole or not at all. :returns: how many applications it made"""
    try:
        with transaction.atomic():
            found = Import.objects.select_for_update(no_key=True).filter(pk=import_id).first()
            if found is None or found.state != ImportState.RUNNING:
                return 0
            outcome = importing.carry_out(plan_of(found, at=at))
            others = [*outcome.failed, *outcome.skipped]
            found.made, found.added = outcome.made, len(outcome.made)
            found.skipped, found.broken = len(outcome.skipped), len(outcome.failed)
            found.problems = [_told(row) for row in others[:MOST_PROBLEMS]]
            _end(found, ImportState.DONE, at)
            return found.added
    except Refusal as refusal:
        with transaction.atomic():
            found = locked(Import.objects.get(pk=import_id))
            found.problem = refusal.message
            _end(found, ImportState.FAILED, at)
        return 0


def _end(found: Import, state: ImportState, at: datetime) -> None:
    found.state, found.ran_at, found.updated_at = state, at, at
    found.save()
    publish(ImportEnded(owner_id=found.owner_id, at=at, import_id=found.pk, state=state))


def _told(row: Row) -> dict[str, object]:
    return {
        "row": row.number,
        "sheet": row.sheet,
        "fate": row.fate.value,
        "reason": row.reason,
        "remarks": list(row.remarks)[:5],
    }


@transaction.atomic
def take_back(*, of: Import, at: datetime) -> None:
    """Remove what an import has made, but for the applications that were touched since. Repeating it is harmless.

    :raises Conflict: when it has not been carried out
    """
    found = locked(of)
    if found.state not in {ImportState.DONE, ImportState.TAKEN_BACK} or found.ran_at is None:
        raise Conflict("Only an import that was carried out can be taken back.")
    touched = set(_touched(found).values_list("pk", flat=True))
    for application in _of(found).exclude(pk__in=touched):
        applications.delete(application=application, at=at)
    found.made = sorted(touched)
    found.state, found.updated_at = ImportState.TAKEN_BACK, at
    found.save(update_fields=["made", "state", "updated_at"])


def remaining(found: Import) -> list[Application]:
    """Return the applications that an import has made and that are there, with their companies."""
    return list(_of(found).select_related("company").order_by("pk"))


def _of(found: Import) -> QuerySet[Application]:
    return Application.objects.filter(owner_id=found.owner_id, pk__in=found.made)


def _touched(found: Import) -> QuerySet[Application]:
    """Return those that somebody has done something with since they were made."""

    def newer(model: type, column: str) -> Exists:
        rows = model.objects.filter(application_id=OuterRef("pk"))  # type: ignore[attr-defined]
        return Exists(rows.filter(**{f"{column}__gt": found.ran_at}))

    since = [newer(model, "updated_at") for model in (Note, Interview, Contact, Reminder, Document)]
    since += [newer(StatusChange, "recorded_at"), newer(Tagging, "created_at")]
    return _of(found).filter(Q(*since, updated_at__gt=found.ran_at, _connector=Q.OR))


@transaction.atomic
def discard(*, of: Import) -> None:
    """Forget a file that was brought; what it has made stays. :raises Conflict: while it is carried out"""
    found = locked(of)
    if found.state == ImportState.RUNNING:
        raise Conflict(STILL_GOING)
    storage.delete_file(found.file_key)
    found.delete()


def broken_rows(found: Import) -> Iterator[list[str]]:
    """Yield the rows that were broken as they stand in the file, with what is wrong; the first is the header.

    :raises Missing: when the file is no longer kept
    """
    reasons = {(each["sheet"], each["row"]): each["reason"] for each in found.problems if each["fate"] == Fate.FAIL}
    file = importing.read(content_of(found), importing.Meanings(found.columns))
    for number, table in enumerate(file.tables):
        if not number:
            yield ["Problem", *table.header.cells]
        for line in table.lines:
            if reason := reasons.get((table.sheet, line.number)):
                yield [reason, *line.cells]


def beginning(found: Import) -> list[Line]:
    """Return how the file of an import begins. :raises Missing: when it is no longer kept"""
    return importing.first_lines(content_of(found))


def _planned(found: Import) -> Import:
    found = locked(found)
    if found.state == ImportState.RUNNING:
        raise Conflict(STILL_GOING)
    if found.state not in {ImportState.PLANNED, ImportState.FAILED}:
        raise Conflict("This import was carried out before. Bring the file again to import it once more.")
    return found


def folder(owner_id: int) -> str:
    """Return where somebody's files are kept."""
    return f"imports/user_{owner_id}"


def forget_old(*, at: datetime) -> int:
    """Remove files that were brought a month ago, and files that no row names. :returns: how many"""
    removed = 0
    old = Import.objects.filter(created_at__lt=at - KEPT).exclude(state=ImportState.RUNNING)
    for found in old.exclude(file_key=""):
        with transaction.atomic():
            storage.delete_file(found.file_key)
            Import.objects.filter(pk=found.pk).update(file_key="")
        removed += 1
    for owner_id in Import.objects.order_by("owner_id").values_list("owner_id", flat=True).distinct():
        kept = set(Import.objects.filter(owner_id=owner_id).values_list("file_key", flat=True))
        removed += storage.sweep(folder=folder(owner_id), keep=kept, before=at - timedelta(days=1))
    return removed
