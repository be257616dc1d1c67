"""Keeping the index of postings: what the database has noted as stale is read and written anew."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.utils import timezone

from onward.domain.board.models import Posting
from onward.domain.board.queries import SEEN_BY_ALL
from onward.domain.feed import reading
from onward.domain.feed.index import NAME, POSTINGS, VERSION, WATCHED
from onward.domain.feed.keys import day_of
from onward.domain.feed.models import Brief
from onward.domain.feed.services.markets import note_days
from onward.domain.ingestion.models import Sighting
from onward.platform.record import append_all
from onward.platform.search import spelling
from onward.platform.search.watching import settle, stale, watch


def catch_up(*, at: datetime | None = None, wanted: Callable[[], object] = lambda: None) -> int:
    """Write anew what is stale, some at a time, until nothing is; returns how many postings that were.

    The texts are read before anything is locked.

    :param wanted: called before each batch; raises when nobody wants it any more
    """
    watch(NAME, WATCHED, version=VERSION)
    done = 0
    while True:
        wanted()
        notes, posting_ids = stale(NAME)
        if not notes:
            if done:
                POSTINGS.settle()
            return done
        now = at or timezone.now()
        made = _read(posting_ids, now)
        with transaction.atomic():
            if not settle(notes):
                # Somebody else is at it.
                return done
            _write(posting_ids, made)
        done += len(posting_ids)


def _read(posting_ids: Collection[int], at: datetime) -> list[reading.Read]:
    """Read those of these postings that anybody may see."""
    rows = list(Posting.objects.filter(SEEN_BY_ALL, pk__in=posting_ids).values(*reading.COLUMNS).order_by("pk"))
    telling = Sighting.objects.filter(posting__in=[row["id"] for row in rows], is_telling=True)
    sources = {
        posting_id: reading.word_of_source(kind, base_url)
        for posting_id, kind, base_url in telling.order_by("-pk").values_list(
            "posting_id", "source__kind", "source__base_url"
        )
    }
    return [reading.read(row, source=sources.get(row["id"], "manual"), at=at) for row in rows]


def _write(posting_ids: Collection[int], made: Sequence[reading.Read]) -> None:
    there = Brief.objects.filter(posting_id__in=posting_ids).values_list("posting_id", "key", "made_at")
    old = {posting_id: (number, made_at) for posting_id, number, made_at in there}
    numbers = [number for number, _ in old.values()]
    POSTINGS.remove(numbers)
    Brief.objects.filter(pk__in=numbers).delete()
    new = [one for one in made if one.brief["posting_id"] not in old]
    for one in made:
        if one.brief["posting_id"] in old:
            one.brief["made_at"] = old[one.brief["posting_id"]][1]
    append_all(Brief, [one.brief for one in made])
    POSTINGS.put([(one.brief["key"], one.terms) for one in made if one.brief["is_open"]])
    spelling.learn(NAME, chain.from_iterable(set(one.words) for one in new))
    note_days({day_of(number) for number in (*numbers, *(one.brief["key"] for one in made))})
