"""Flagging entries, and deciding about flags."""

from datetime import datetime

from django.db import transaction

from onward.domain.writing.choices import Verdict
from onward.domain.writing.events import EntryFlagged, EntryRemoved, EntryRestored
from onward.domain.writing.models import Entry, Flag
from onward.platform.events import publish
from onward.platform.record import clash, locked, missing
from onward.platform.refusals import Conflict, Invalid

# So many open flags hide an entry until a moderator decides.
HIDING = 3


def flag(*, entry: Entry, user_id: int, reason: str, at: datetime, note: str = "") -> Flag:
    """Flag an entry.

    :raises Invalid: naming ``entry_id``, when it is their own
    :raises Conflict: when they have flagged it already
    """
    if entry.author_id == user_id:
        raise Invalid(fields={"entry_id": ["This is your own: change it, or delete it."]})
    refusal = Conflict("You have flagged this already.", code="flagged")
    with clash(constraint="flag_is_one", column="writing_flag.entry_id", refusal=refusal), transaction.atomic():
        entry = locked(entry)
        if entry.removed_at is not None:
            raise missing("entry")
        made = Flag.objects.create(entry_id=entry.pk, user_id=user_id, reason=reason, note=note, created_at=at)
        hides = entry.hidden_at is None and Flag.objects.filter(entry_id=entry.pk, verdict="").count() >= HIDING
        if hides:
            Entry.objects.filter(pk=entry.pk).update(hidden_at=at, updated_at=at)
        publish(EntryFlagged(owner_id=user_id, at=at, entry_id=entry.pk, is_hidden=hides))
    return made


@transaction.atomic
def resolve(*, flag: Flag, verdict: Verdict, by_id: int, at: datetime) -> None:
    """Decide about an entry, and so about all its open flags: keep it, or remove it.

    :raises Conflict: when it has been decided already
    """
    entry = locked(Entry(pk=flag.entry_id))
    resolved = Flag.objects.filter(entry_id=entry.pk, verdict="")
    if not resolved.filter(pk=flag.pk).exists():
        raise Conflict("This flag is resolved already.", code="resolved")
    resolved.update(verdict=verdict, resolved_at=at, resolved_by_id=by_id)
    if verdict is Verdict.REMOVE and entry.removed_at is None:
        Entry.objects.filter(pk=entry.pk).update(removed_at=at, removed_by_id=by_id, hidden_at=None, updated_at=at)
        publish(EntryRemoved(owner_id=by_id, at=at, entry_id=entry.pk))
    elif verdict is Verdict.KEEP and entry.hidden_at is not None:
        Entry.objects.filter(pk=entry.pk).update(hidden_at=None, updated_at=at)
        publish(EntryRestored(owner_id=by_id, at=at, entry_id=entry.pk))
