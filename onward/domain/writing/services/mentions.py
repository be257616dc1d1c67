"""Who is named in an entry."""

import re
from datetime import datetime

from onward.domain.accounts.models import User
from onward.domain.writing.events import Mentioned
from onward.domain.writing.models import Entry, Mention
from onward.platform.events import publish

# Of one text; who writes more names wants to be heard by too many.
MOST = 10
_NAME = re.compile(r"(?<![\w@./-])@([\w.+-]{1,150})")


def tell(*, entry: Entry, at: datetime) -> None:
    """Note who is named in an entry, and tell those who were not before; in the transaction that writes it."""
    names = list(dict.fromkeys(name.rstrip(".+-").casefold() for name in _NAME.findall(entry.content)))[:MOST]
    if not names:
        return
    named = set()
    for name in names:
        named |= set(User.objects.filter(username__iexact=name, is_active=True).values_list("pk", flat=True)[:1])
    named -= {entry.author_id}
    known = set(Mention.objects.filter(entry_id=entry.pk, user_id__in=named).values_list("user_id", flat=True))
    new = sorted(named - known)
    if new:
        # The entry is held: nobody else writes them meanwhile.
        Mention.objects.bulk_create(Mention(entry_id=entry.pk, user_id=pk) for pk in new)
        publish(Mentioned(owner_id=entry.author_id, at=at, entry_id=entry.pk, user_ids=tuple(new)))
