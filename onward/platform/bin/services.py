"""Putting rows into the bin, and taking them out again."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, router, transaction
from django.db.models.deletion import Collector

from onward.platform import storage
from onward.platform.bin import queries
from onward.platform.bin.events import Restored
from onward.platform.bin.models import Binned, BinnedFile
from onward.platform.events import publish
from onward.platform.record import locked, locked_for_removal
from onward.platform.refusals import Conflict, Missing

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field

KEPT = timedelta(days=30)


class Taken(Conflict):
    """What was deleted cannot come back as things are."""

    code = "place_taken"


class _Whole(Collector):
    """Django's own collector of what goes with a row, which here leaves no row to be deleted unseen."""

    def can_fast_delete(self, *arguments: Any, **named: Any) -> bool:
        return False


def discard(row: models.Model, *, owner_id: int, title: str, at: datetime) -> int:
    """Delete a row with all that hangs on it, and keep it in its owner's bin. In the caller's transaction.

    :param row: locked for its removal
    :param title: what it is called to its owner
    :returns: the number under which it is in the bin
    """
    found = _Whole(using=router.db_for_write(type(row)), origin=row)
    found.collect([row])
    found.sort()
    # Sorted for being deleted; rows are made in the other order.
    rows = [
        {"model": model._meta.label_lower, "values": _values(each)}
        for model in reversed(found.data)
        for each in sorted(found.data[model], key=lambda one: one.pk)
    ]
    kept = Binned.objects.create(
        owner_id=owner_id,
        kind=row._meta.label_lower,
        row_id=row.pk,
        title=title[:600],
        rows=rows,
        links=list(_links(found)),
        deleted_at=at,
    )
    # Whoever has a file names it by these two.
    whole: list[Any] = [each for model in found.data for each in found.data[model] if getattr(each, "file_size", 0)]
    files = [
        BinnedFile(binned=kept, file_key=each.file_key, file_size=each.file_size) for each in whole if each.file_key
    ]
    BinnedFile.objects.bulk_create(files)
    row.delete()
    if files:
        _make_room(owner_id)
    return kept.pk


def _values(row: models.Model) -> dict[str, Any]:
    return {field.attname: _text(field, row) for field in row._meta.concrete_fields}


def _text(field: Field, row: models.Model) -> Any:
    value = field.value_from_object(row)
    return value if value is None or isinstance(field, models.JSONField) else field.value_to_string(row)


def _links(found: Collector) -> Iterator[dict[str, Any]]:
    updates: Any = found.field_updates
    for (field, _), groups in updates.items():
        for group in groups:
            for row in group:
                value = getattr(row, field.attname)
                yield {"model": row._meta.label_lower, "pk": row.pk, "column": field.attname, "value": value}


@transaction.atomic
def restore(kept: Binned, *, at: datetime) -> None:
    """Bring something back whole, under the ids that it had. Repeating it finds nothing in the bin.

    :raises Missing: when it is not in the bin any more
    :raises Taken: when its place is taken, or what it belonged to is gone
    """
    kept = locked(kept)
    rows = _with_parents([_made(told) for told in kept.rows])
    try:
        with transaction.atomic():
            for row in rows:
                row.save_base(raw=True, force_insert=True)
    except IntegrityError:
        raise Taken(f"{kept.title} cannot come back: something else has taken its place.") from None
    for link in kept.links:
        holder = apps.get_model(link["model"])._default_manager.filter(pk=link["pk"])
        holder.filter(**{f"{link['column']}__isnull": True}).update(**{link["column"]: link["value"]})
    publish(Restored(owner_id=kept.owner_id, at=at, kind=kept.kind, row_id=kept.row_id, title=kept.title))
    kept.delete()


def _made(told: dict[str, Any]) -> models.Model:
    model: Any = apps.get_model(told["model"])
    values = {}
    for field in model._meta.concrete_fields:
        # A column that came later has its default.
        if field.attname in told["values"]:
            value = told["values"][field.attname]
            kind = field.target_field if field.is_relation else field
            values[field.attname] = value if value is None else kind.to_python(value)
    return model(**values)  # type: ignore[no-any-return]


def _with_parents(rows: list[models.Model]) -> list[models.Model]:
    """See that what rows refer to is there; what may be missing, is left out, and so are rows of who has left.

    :raises Taken: when something else is gone
    """
    made = {(type(row), row.pk) for row in rows}
    left_out: set[tuple[type[models.Model], Any]] = set()
    for row in rows:
        for field in row._meta.concrete_fields:
            target: Any = field.related_model
            value = getattr(row, field.attname)
            if not field.is_relation or value is None:
                continue
            if (target, value) in made and (target, value) not in left_out:
                continue
            # Held, so that it does not go before this is there.
            if target._default_manager.select_for_update(no_key=True).filter(pk=value).exists():
                continue
            if field.null:
                setattr(row, field.attname, None)
            elif target is get_user_model() or (target, value) in left_out:
                left_out.add((type(row), row.pk))
            else:
                what = target._meta.verbose_name
                raise Taken(f"The {what} that it belongs to is deleted. Bring that back first.")
    return [row for row in rows if (type(row), row.pk) not in left_out]


def forget_old(*, at: datetime) -> int:
    """Remove for good what was deleted a month ago, with its files. :returns: how much"""
    return _forget(Binned.objects.filter(deleted_at__lt=at - KEPT).order_by("pk"))


def _make_room(owner_id: int) -> None:
    """Let the files of a bin take up as much as an account may keep, and no more: what was deleted first goes first."""
    total = queries.bytes_of(owner_id=owner_id)
    if total <= settings.STORAGE_PER_ACCOUNT:
        return
    with_files = Binned.objects.filter(owner_id=owner_id, files__isnull=False).order_by("deleted_at", "pk")
    for kept in with_files.annotate(bytes=models.Sum("files__file_size")):
        _forget([kept])
        total -= kept.bytes
        if total <= settings.STORAGE_PER_ACCOUNT:
            return


def _forget(those: Iterable[Binned]) -> int:
    count = 0
    for each in those:
        # Held first: its files are wanted if somebody brings it back at this moment.
        with suppress(Missing), transaction.atomic():
            kept = locked_for_removal(each)
            for key in kept.files.values_list("file_key", flat=True):
                storage.delete_file(key)
            kept.delete()
            count += 1
    return count
