"""Writing entries, changing, removing and restoring them."""

import uuid
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from onward.domain.writing.choices import SEEN, EntryKind, EntryStatus
from onward.domain.writing.events import EntryRemoved, EntryRestored, EntryWritten
from onward.domain.writing.models import Entry, Forum, Version
from onward.domain.writing.services import mentions, newcomers
from onward.platform.events import publish
from onward.platform.jobs import enqueue
from onward.platform.markdown import html_of
from onward.platform.record import append, change, locked, missing, save
from onward.platform.refusals import Conflict, Invalid

# How long what was removed can be restored.
KEPT = timedelta(days=30)
WORDS = frozenset({"title", "content"})
NOT_BESIDE = {
    EntryKind.POST: "There is no such post in this thread.",
    EntryKind.COMMENT: "There is no such comment on this video.",
}
FIELDS = WORDS | {"content_html", "status", "tags", "is_pinned", "is_locked"}


def write(
    *,
    kind: EntryKind,
    author_id: int,
    content: str,
    at: datetime,
    beside: Callable[[int], object] = lambda entry_id: None,
    **fields: Any,
) -> Entry:
    """Write an entry of its own: a blog, a thread, a video.

    :param beside: makes, by the entry's id, what stands beside it; in the same transaction
    :param fields: ``title``, of a blog or video ``status``, of a blog ``tags``, of a thread ``forum_id``
    :raises Throttled: when a newcomer has written enough for a day
    :raises Invalid: naming ``content``, when a newcomer's has too many links
    :raises Missing: when the forum is gone
    """
    # Made before the transaction begins: it may take a while.
    html = html_of(content)
    with transaction.atomic():
        if fields.get("forum_id") is not None and not _hold(Forum, fields["forum_id"]):
            raise missing("forum")
        made = _written(kind, author_id, html, at, content=content, **fields)
        beside(made.pk)
    return made


def write_below(
    *, kind: EntryKind, parent: Entry, author_id: int, content: str, at: datetime, reply_to_id: int | None = None
) -> Entry:
    """Write a post in a thread, or a comment on a video.

    :param reply_to_id: the one beside it that it answers
    :raises Conflict: when the thread is locked
    :raises Invalid: naming ``reply_to_id``, when it is not beside it
    :raises Missing: when what it stands under is gone
    :raises Throttled: when a newcomer has written enough for a day
    """
    html = html_of(content)
    with transaction.atomic():
        parent = locked(parent)
        if parent.removed_at is not None:
            raise missing(EntryKind(parent.kind).label.lower())
        if parent.is_locked:
            raise Conflict("This thread is locked.", code="locked")
        if reply_to_id is not None and not _beside(parent, reply_to_id):
            raise Invalid(fields={"reply_to_id": [NOT_BESIDE[kind]]})
        return _written(
            kind,
            author_id,
            html,
            at,
            content=content,
            forum_id=parent.forum_id,
            parent_id=parent.pk,
            reply_to_id=reply_to_id,
            is_told=_is_shown(parent),
        )


def _beside(parent: Entry, pk: int) -> bool:
    return Entry.objects.filter(parent_id=parent.pk, pk=pk, removed_at=None, hidden_at=None).exists()


def _hold(model: type[Forum], pk: int) -> bool:
    """Hold a row that is about to be referred to; return whether it is there."""
    return model._default_manager.select_for_update(no_key=True).filter(pk=pk).values_list("pk").first() is not None


def _written(kind: EntryKind, author_id: int, html: str, at: datetime, *, is_told: bool = True, **fields: Any) -> Entry:
    newcomers.check(user_id=author_id, kind=kind, html=html, at=at)
    values = {"kind": kind.value, "content_html": html, "uid": uuid.uuid4(), **fields}
    pk = append(Entry, author_id=author_id, created_at=at, updated_at=at, **values)
    entry = Entry(pk=pk, author_id=author_id, created_at=at, updated_at=at, **values)
    # Nobody is told of what is below something that they may not see.
    if is_told and entry.status == EntryStatus.PUBLISHED:
        _tell(entry, by_id=author_id, at=at)
    return entry


def _tell(entry: Entry, *, by_id: int, at: datetime) -> None:
    publish(EntryWritten(owner_id=by_id, at=at, entry_id=entry.pk, kind=entry.kind, replied_to_id=entry.reply_to_id))
    mentions.tell(entry=entry, at=at)


def update(*, entry: Entry, by_id: int, at: datetime, **changes: Any) -> Entry:
    """Change an entry. What it said before is kept; who is named now and was not is told.

    :raises Conflict: when its author has left with what it said, and it would say something again
    :raises Invalid: naming ``content``, when a newcomer's has too many links
    """
    if "content" in changes and changes["content"] != entry.content:
        changes["content_html"] = html_of(changes["content"])
    with transaction.atomic():
        entry = locked(entry)
        before = Version(
            entry_id=entry.pk, title=entry.title, content=entry.content, replaced_by_id=by_id, replaced_at=at
        )
        was_published = entry.status == EntryStatus.PUBLISHED
        changed = change(entry, FIELDS, changes)
        if not changed:
            return entry
        if "content" in changed:
            if entry.author_id is None and not before.content:
                raise Conflict("Whoever has written this has left, and taken along what it said.")
            newcomers.check_links(user_id=by_id, html=entry.content_html, at=at)
        if not WORDS.isdisjoint(changed):
            before.save()
            entry.edited_at = at
            changed.append("edited_at")
            enqueue("writing.index", key="entries")
        save(entry, changed, at=at)
        if entry.status == EntryStatus.PUBLISHED:
            if not was_published:
                _tell(entry, by_id=by_id, at=at)
            elif "content" in changed and _is_shown(entry) and (entry.parent is None or _is_shown(entry.parent)):
                mentions.tell(entry=entry, at=at)
    return entry


def _is_shown(entry: Entry) -> bool:
    """Return whether everybody who knows of an entry may see it, as far as it does not stand below another."""
    return entry.status in SEEN and entry.removed_at is None and entry.hidden_at is None


@transaction.atomic
def remove(*, entry: Entry, by_id: int, at: datetime) -> None:
    """Remove an entry, with all that stands below it. For thirty days a moderator can restore it."""
    gone = Entry.objects.filter(pk=entry.pk, removed_at=None).update(removed_at=at, removed_by_id=by_id, updated_at=at)
    if not gone:
        raise missing(EntryKind(entry.kind).label.lower())
    publish(EntryRemoved(owner_id=by_id, at=at, entry_id=entry.pk))


@transaction.atomic
def restore(*, entry_id: int, by_id: int, at: datetime) -> Entry:
    """Put back what was removed, to be seen by everybody. Repeating it is harmless.

    :raises Missing: when there is no such entry, or it was removed longer ago
    """
    entry = Entry.objects.select_for_update(no_key=True, of=("self",)).filter(pk=entry_id).first()
    if entry is None or (entry.removed_at is not None and entry.removed_at < at - KEPT):
        raise missing("entry")
    if entry.removed_at is None and entry.hidden_at is None:
        return entry
    entry.removed_at = entry.removed_by_id = entry.hidden_at = None
    save(entry, ["removed_at", "removed_by_id", "hidden_at"], at=at)
    publish(EntryRestored(owner_id=by_id, at=at, entry_id=entry.pk))
    return entry


def forget_removed(*, at: datetime) -> int:
    """Delete for good what was removed more than thirty days ago; returns how many entries that were."""
    return erase(Entry.objects.filter(removed_at__lt=at - KEPT))


@transaction.atomic
def erase(entries: QuerySet[Entry]) -> int:
    """Delete entries with all that stands below them, for good; returns how many that were."""
    these = Q(pk__in=entries.values("pk")) | Q(parent__in=entries.values("pk"))
    # All are held before the first is gone: whoever changes one holds it, and then waits for the count that it is in.
    list(Entry.objects.select_for_update(of=("self",)).filter(these).order_by("pk").values_list("pk"))
    _, each = entries.delete()
    return each.get(Entry._meta.label, 0)


def tags_of(given: Collection[str]) -> list[str]:
    """Return tags, each once whatever its case, as it was written first."""
    found: dict[str, str] = {}
    for tag in given:
        found.setdefault(tag.casefold(), tag)
    return list(found.values())
