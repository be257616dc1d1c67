"""Keeping the index of entries: what the database has noted as stale is read and written anew."""

from collections.abc import Callable

from django.db import transaction

from onward.domain.writing.index import ENTRIES, NAME, VERSION, WATCHED, terms_of
from onward.domain.writing.queries.search import indexed
from onward.platform.search.watching import settle, stale, watch


def catch_up(*, wanted: Callable[[], object] = lambda: None) -> int:
    """Write anew what is stale, some at a time, until nothing is; returns how many entries that were.

    The texts are read before anything is locked.

    :param wanted: called before each batch; raises when nobody wants it any more
    """
    watch(NAME, WATCHED, version=VERSION)
    done = 0
    while True:
        wanted()
        notes, entry_ids = stale(NAME)
        if not notes:
            return done
        made = [
            (pk, terms_of(title=title, content=content))
            for pk, title, content in indexed().filter(pk__in=entry_ids).values_list("pk", "title", "content")
        ]
        with transaction.atomic():
            if not settle(notes):
                # Somebody else is at it.
                return done
            ENTRIES.remove(entry_ids)
            ENTRIES.put(made)
        done += len(entry_ids)
