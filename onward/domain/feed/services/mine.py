"""Writing what somebody says of the feed."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from onward.domain.accounts.models import User
from onward.domain.board.models import Posting
from onward.domain.feed.choices import Often
from onward.domain.feed.models import Dismissal, SavedSearch
from onward.domain.feed.wanted import Wanted
from onward.platform.bin.services import discard
from onward.platform.record import change, locked, locked_for_removal, save
from onward.platform.refusals import Conflict

# As many searches as somebody may keep.
MOST = 50
_TAKEN = "You have saved a search of this name already."


def dismiss(*, owner_id: int, posting: Posting, at: datetime) -> None:
    """Let somebody see a posting no more. Repeating it is no change."""
    Dismissal.objects.bulk_create([Dismissal(owner_id=owner_id, posting=posting, created_at=at)], ignore_conflicts=True)


def take_back(*, owner_id: int, posting: Posting) -> None:
    """Let somebody see a posting again. Repeating it is no change."""
    Dismissal.objects.filter(owner_id=owner_id, posting=posting).delete()


@transaction.atomic
def save_search(*, owner_id: int, name: str, wanted: Wanted, often: str, at: datetime) -> SavedSearch:
    """Keep a search. What is there already is not new.

    :raises Conflict: when one of this name is kept, or there are too many
    """
    # One at a time, so that those who come together are counted, too.
    locked(User(pk=owner_id))
    if SavedSearch.objects.filter(owner_id=owner_id).count() >= MOST:
        raise Conflict(f"You can keep {MOST} searches. Delete one first.")
    try:
        with transaction.atomic():
            return SavedSearch.objects.create(
                owner_id=owner_id,
                name=name,
                wanted=wanted.packed(),
                often=Often(often),
                seen_until=at,
                created_at=at,
                updated_at=at,
            )
    except IntegrityError:
        raise Conflict(_TAKEN, fields={"name": [_TAKEN]}) from None


@transaction.atomic
def update_search(*, search: SavedSearch, at: datetime, **changes: object) -> None:
    """Change a search: its ``name``, ``often``, or what is ``wanted``, packed. The same again is no change.

    :raises Conflict: when one of this name is kept
    """
    row = locked(search)
    changed = change(row, ("name", "often", "wanted"), changes)
    if changed:
        if "wanted" in changed:
            row.seen_until = at
        try:
            with transaction.atomic():
                save(row, [*changed, "seen_until"], at=at)
        except IntegrityError:
            raise Conflict(_TAKEN, fields={"name": [_TAKEN]}) from None
    search.refresh_from_db()


@transaction.atomic
def delete_search(*, search: SavedSearch, at: datetime) -> None:
    """Keep a search no longer, but in its owner's bin."""
    discard(locked_for_removal(search), owner_id=search.owner_id, title=search.name, at=at)


def note_told(*, searches: Collection[SavedSearch], until: datetime, day: date) -> None:
    """Note that somebody has been told of what is in their searches, in the transaction that tells them.

    :param until: when the latest posting came into the index that was looked at
    """
    SavedSearch.objects.filter(pk__in=[search.pk for search in searches]).update(seen_until=until, told_on=day)
