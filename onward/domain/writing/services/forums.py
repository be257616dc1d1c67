"""Making and changing forums."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.writing.models import Entry, Forum
from onward.domain.writing.services.entries import erase
from onward.platform.record import change, locked, locked_for_removal, save

FIELDS = frozenset({"title", "description"})


def create(*, title: str, at: datetime, description: str = "") -> Forum:
    """Make a forum."""
    return Forum.objects.create(title=title, description=description, created_at=at, updated_at=at)


@transaction.atomic
def update(*, forum: Forum, at: datetime, **changes: Any) -> Forum:
    """Change a forum. What is not named stays as it is."""
    forum = locked(forum)
    changed = change(forum, FIELDS, changes)
    if changed:
        save(forum, changed, at=at)
    return forum


@transaction.atomic
def delete(*, forum: Forum) -> None:
    """Delete a forum with all that was written in it, for good."""
    # Entries first: whoever writes below a thread holds that, and then refers to the forum.
    erase(Entry.objects.filter(forum_id=forum.pk))
    forum = locked_for_removal(forum)
    # What was begun meanwhile.
    erase(Entry.objects.filter(forum_id=forum.pk))
    forum.delete()
