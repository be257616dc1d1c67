"""Writing sources: which there are, which are asked, and how they are."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from onward.domain.ingestion.choices import Origin
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.events import SourceSwitched
from onward.domain.ingestion.models import Source
from onward.domain.ingestion.sources.builtin import BUILTIN
from onward.platform.events import publish
from onward.platform.record import change, locked, save

# Readings in a row that may fail before a source is left alone, for how long at first and at most.
PATIENCE = 3
FIRST_REST = timedelta(hours=1)
LONGEST_REST = timedelta(days=1)
FAILURE_LENGTH = 500

# What is said of a source where it is named; the rest is how it does.
SAID = ("kind", "base_url", "board", "company", "daily_limit")
# When one of these changes, what was taken in came from somewhere else.
WHERE = {"kind", "base_url", "board"}


def take_over(*, at: datetime) -> list[str]:
    """Bring the table of sources up to date with what the operator's file and this program name.

    What the file names is asked from then on; what this program names, when an admin enables it. One that is named no
    longer is kept with its history, and not asked. Doing it again changes nothing.

    :returns: the names of those that are new or have changed
    """
    said: dict[str, tuple[Origin, Entry]] = {entry.name: (Origin.BUILT_IN, entry) for entry in BUILTIN}
    said |= {entry.name: (Origin.FILE, entry) for entry in settings.SOURCES}
    known = {source.name: source for source in Source.objects.all()}
    touched = [name for name, source in known.items() if _changes(source, said.get(name), at)]
    new = [name for name in said if name not in known]
    if not touched and not new:
        return []
    with transaction.atomic():
        for name in sorted(touched):
            source = locked(known[name])
            _apply(source, _changes(source, said.get(name), at), at)
        made = [
            Source(
                name=name,
                origin=origin,
                is_enabled=origin == Origin.FILE,
                created_at=at,
                updated_at=at,
                **{field: getattr(entry, field) for field in SAID},
            )
            for name, (origin, entry) in said.items()
            if name in new
        ]
        # Another process may be doing the same.
        Source.objects.bulk_create(made, ignore_conflicts=True)
    return [*touched, *new]


def _changes(source: Source, said: tuple[Origin, Entry] | None, at: datetime) -> dict[str, Any]:
    """Return what is to change about a source that is there, given what names it now."""
    if said is None:
        is_named = source.origin == Origin.ADMIN or source.left_at is not None
        return {} if is_named else {"left_at": at, "is_enabled": False}
    origin, entry = said
    if origin == Origin.BUILT_IN and source.origin == Origin.ADMIN:
        # Somebody's own, who had the name first.
        return {}
    wanted = {"origin": origin, "left_at": None, **{field: getattr(entry, field) for field in SAID}}
    if source.left_at is not None or origin != source.origin:
        wanted["is_enabled"] = origin == Origin.FILE
    return {name: value for name, value in wanted.items() if getattr(source, name) != value}


def _apply(source: Source, changes: dict[str, Any], at: datetime) -> None:
    changed = change(source, changes.keys(), changes)
    if WHERE & set(changed):
        source.etags = {}
        changed.append("etags")
    save(source, changed, at=at)


@transaction.atomic
def switch(*, source: Source, is_enabled: bool, at: datetime, by_id: int | None = None) -> Source:
    """Enable or disable a source; enabled again, it begins without failures. Repeating it changes nothing."""
    source = locked(source)
    if source.is_enabled == is_enabled:
        return source
    source.is_enabled = is_enabled
    source.failures, source.resting_until = 0, None
    save(source, ["is_enabled", "failures", "resting_until"], at=at)
    publish(SourceSwitched(owner_id=by_id, at=at, source_id=source.pk, source=source.name, is_enabled=is_enabled))
    return source


def kept(reason: str) -> str:
    """Return what a database keeps of a reason that may quote somebody else's words."""
    return reason[:FAILURE_LENGTH].replace("\0", "").encode("utf-8", "replace").decode()


def note_success(source: Source, *, found: int, new: int, etags: Mapping[str, Any], at: datetime) -> None:
    """Write down that a source was read to its end. :param source: locked"""
    source.last_success_at, source.last_found, source.last_new = at, found, new
    source.failures, source.failure, source.resting_until = 0, "", None
    source.etags = dict(etags)
    source.save(
        update_fields=["last_success_at", "last_found", "last_new", "failures", "failure", "resting_until", "etags"]
    )


def note_failure(source: Source, *, reason: str, at: datetime) -> None:
    """Write down that a source could not be read; after three times in a row it is left alone for a while.

    :param source: locked
    """
    source.failures += 1
    source.failure, source.last_failure_at = kept(reason), at
    source.resting_until = at + rest_after(source.failures) if source.failures >= PATIENCE else None
    source.save(update_fields=["failures", "failure", "last_failure_at", "resting_until"])


def rest_after(failures: int) -> timedelta:
    """Return for how long a source is left alone after so many failures in a row: an hour, doubling to a day."""
    doubled: timedelta = FIRST_REST * 2 ** min(failures - PATIENCE, 10)
    return min(doubled, LONGEST_REST)
