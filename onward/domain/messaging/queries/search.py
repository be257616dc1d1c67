"""Searching the messages of a chat by their words."""

from collections.abc import Sequence

from django.db.models import F, QuerySet, Subquery

from onward.domain.messaging.index import MESSAGES, NAME, in_chat, words_of
from onward.domain.messaging.models import Message
from onward.domain.messaging.queries.chats import CHAT
from onward.platform.search.among import AmongRows
from onward.platform.search.models import Stale
from onward.platform.search.terms import terms
from onward.platform.wire import Statement

# As many are found, the latest ones.
MOST = 1_000
# Words that are looked for; what comes after them is passed over.
MOST_WORDS = 12
# So many that were written last, in all chats, are read as they are: those that the index does not know yet.
JUST_WRITTEN = 1_000


def indexed() -> QuerySet[Message]:
    """Return the messages that are in the index."""
    return Message.objects.filter(removed_at=None).exclude(content="")


def _just_written() -> QuerySet[Message, tuple[int, str]]:
    stale = Stale.objects.filter(index=NAME).order_by("-id").values("row_id")[:JUST_WRITTEN]
    rows = Message.objects.filter(AmongRows(F("pk"), Subquery(stale)), chat_id=CHAT, removed_at=None)
    return rows.values_list("pk", "content")


_JUST_WRITTEN = Statement(_just_written)


def numbers(*, chat_id: int, words: Sequence[str], after: int) -> list[int]:
    """Return the numbers of a chat's messages that have all of these terms, the latest first, `MOST` at most.

    Who may read them is not asked here.

    :param after: only numbers above this one
    """
    if not words:
        return []
    there, written = MESSAGES.find_beside(
        in_chat(chat_id, words), _JUST_WRITTEN, least=after, most=MOST, chat_id=chat_id
    )
    wanted = set(words)
    # What they say now counts, whatever the index has of them.
    fresh = {pk: wanted <= words_of(content) for pk, content in written}
    known = [pk for pk in there if pk not in fresh and pk > after]
    return sorted([*known, *(pk for pk, has in fresh.items() if has and pk > after)], reverse=True)[:MOST]


def looked_for(text: str) -> list[str]:
    """Return the terms of what somebody looks for, each once; none where it has no word that tells anything."""
    return list(dict.fromkeys(terms(text)))[:MOST_WORDS]
