"""Keeping the index of messages: what the database has noted as stale is read and written anew."""

from collections.abc import Callable

from django.db import transaction

from onward.domain.messaging.index import MESSAGES, NAME, VERSION, WATCHED, of_chat, words_of
from onward.domain.messaging.queries.search import indexed
from onward.platform.search.watching import settle, stale, watch


def catch_up(*, wanted: Callable[[], object] = lambda: None) -> int:
    """Write anew what is stale, some at a time, until nothing is; returns how many messages that were.

    The texts are read before anything is locked.

    :param wanted: called before each batch; raises when nobody wants it any more
    """
    watch(NAME, WATCHED, version=VERSION)
    done = 0
    while True:
        wanted()
        notes, pks = stale(NAME)
        if not notes:
            return done
        made = [
            (pk, {*of_chat(chat_id), *words_of(content)})
            for pk, chat_id, content in indexed().filter(pk__in=pks).values_list("pk", "chat_id", "content")
        ]
        with transaction.atomic():
            if not settle(notes):
                # Somebody else is at it.
                return done
            MESSAGES.remove(pks)
            MESSAGES.put(made)
        done += len(pks)
