"""Searching threads and posts by their words."""

from typing import Any

from django.db.models import F, JSONField, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Concat, Left

from onward.domain.writing.choices import EntryKind
from onward.domain.writing.index import ENTRIES, FOUND_KINDS, NAME, terms_of
from onward.domain.writing.models import Entry
from onward.domain.writing.queries.entries import standing
from onward.platform.database.literal import Literal
from onward.platform.search.among import Among, AmongRows
from onward.platform.search.models import Stale
from onward.platform.search.terms import terms
from onward.platform.wire import Param, Statement

# As many are found, the newest ones.
MOST = 1_000
# Words that are looked for; what comes after them is passed over.
MOST_WORDS = 12
# What was written last is read as it is, so that it is found at once: so many entries, of each so many characters.
JUST_WRITTEN, READ = 40, 10_000

KEYS: Any = Param("keys", JSONField())

_FOUND = Q(kind__in=[Literal(kind.value) for kind in FOUND_KINDS])
_WITH_PARENT = Q(kind=Literal(EntryKind.THREAD.value)) | Q(parent__removed_at=None, parent__hidden_at=None)


def indexed() -> QuerySet[Entry]:
    """Return the entries that are in the index."""
    return Entry.objects.filter(_FOUND, standing())


def found() -> QuerySet[Entry]:
    """Return those of ``keys`` that everybody may see, as they are now, whatever the index has."""
    return indexed().filter(_WITH_PARENT, Among(F("pk"), KEYS))


def _just_written() -> QuerySet[Entry, tuple[int, str]]:
    stale = Stale.objects.filter(index=NAME).order_by("-id").values("row_id")[:JUST_WRITTEN]
    content = Left("content", Literal(READ), output_field=TextField())
    text = Concat("title", Literal("\n"), content, output_field=TextField())
    rows = indexed().filter(_WITH_PARENT, AmongRows(F("pk"), Subquery(stale)))
    return rows.annotate(text=text).values_list("pk", "text")


_JUST_WRITTEN = Statement(_just_written)


def numbers(words: list[str]) -> list[int]:
    """Return the numbers of the entries that have all of these terms, the newest first, `MOST` at most."""
    if not words:
        return []
    there, written = ENTRIES.find_beside([[word] for word in words], _JUST_WRITTEN, most=MOST)
    wanted = set(words)
    fresh = {pk for pk, text in written if wanted <= terms_of(title="", content=text)}
    return sorted({*there, *fresh}, reverse=True)[:MOST]


def looked_for(text: str) -> list[str]:
    """Return the terms of what somebody looks for, each once; none where it has no word that tells anything."""
    return list(dict.fromkeys(terms(text)))[:MOST_WORDS]
