"""Which postings of the record the openings are that a source tells of under ids that are new there.

Three statements find all that may be the same as one of a batch, by keys that are indexed, however large the record is;
:mod:`onward.domain.ingestion.judgement.same` says which of them are.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from hashlib import md5
from typing import Any

from django.db.models import Case, Exists, Max, Min, OuterRef, Q, When
from django.db.models.functions import MD5

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.ingestion.arrival import Arrival
from onward.domain.ingestion.judgement.keys import Keys
from onward.domain.ingestion.judgement.same import Known, Row, judge
from onward.domain.ingestion.models import Reading, Sighting, Source

# Postings that a batch is compared with: of more in the same words, those at the same places come first.
MOST = 5_000


@dataclass(slots=True)
class Met:
    """Of openings that were met before, by the ids that their source has for them.

    :ivar known: the posting that each is
    :ivar reposted: those that this source told of before, under an id that is gone by now
    :ivar entered: those that no source has told of before, but a person has written down
    :ivar doubtful: a posting that it may be, where nobody can tell
    :ivar waiting: those that this source tells in the same words under an id that it has not listed yet this time:
        whether they are posted again or are others shows at its end
    """

    known: dict[str, int] = field(default_factory=dict)
    reposted: set[str] = field(default_factory=set)
    entered: set[str] = field(default_factory=set)
    doubtful: dict[str, int] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)


class Moment(Enum):
    """When openings are compared: while their source is still being read, or after it has told all that it lists."""

    MIDWAY = "midway"
    AT_THE_END = "at the end"
    # Of a feed, or of a board that told too little, nobody knows what is gone.
    NOBODY_KNOWS = "nobody knows"


def meet(source: Source, arrivals: Sequence[Arrival], *, reading: Reading, when: Moment) -> Met:
    """Find which postings openings are that this source tells of under ids that it has not used before."""
    rows = [Row(arrival.external_id, arrival.keys, arrival.url_key) for arrival in arrivals]
    met = Met()
    candidates, unlisted = _candidates(rows, source, reading)
    if when == Moment.AT_THE_END:
        gone = _in_the_same_words([posting for posting in candidates if posting.id in unlisted], arrivals)
        candidates = [replace(one, is_closed=one.is_closed or one.id in gone) for one in candidates]
    entered = {posting.id for posting in candidates if not posting.sources}
    for external_id, verdict in judge(rows, candidates, source=source.pk).items():
        posting_id = verdict.same or verdict.repost
        if posting_id:
            met.known[external_id] = posting_id
        if posting_id in entered:
            met.entered.add(external_id)
        if verdict.repost:
            met.reposted.add(external_id)
        if verdict.resembles:
            met.doubtful[external_id] = verdict.resembles
    if when == Moment.MIDWAY:
        told = {posting.keys for posting in candidates if posting.id in unlisted and posting.keys.company}
        met.waiting = {row.external_id for row in rows if row.keys in told and row.external_id not in met.known}
    return met


def _in_the_same_words(unlisted: Sequence[Known], arrivals: Sequence[Arrival]) -> set[int]:
    """Return which postings say what one of the arrivals says, to the letter."""
    said = {(arrival.keys, _digest(arrival.values["description"])) for arrival in arrivals}
    wanted = {keys for keys, _ in said}
    alike = {posting.id: posting.keys for posting in unlisted if posting.keys in wanted}
    texts = Posting.objects.filter(pk__in=alike).values_list("pk", MD5("description"))
    return {pk for pk, text in texts if (alike[pk], text) in said}


def _digest(text: str) -> str:
    """Return what the database makes of a text, so that no long ones are read from it. It keeps nothing secret."""
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def _candidates(rows: Collection[Row], source: Source, reading: Reading) -> tuple[list[Known], set[int]]:
    """Return the postings that share a link or a block of words with one of these.

    And which of them this source has told of and not listed in this reading yet, though they are not gone: closed ones
    that it listed the last time are among them.
    """
    alike = Q(heads__in={row.keys.heads for row in rows}) | Q(tails__in={row.keys.tails for row in rows})
    # What this source lists under another id is another opening, however many there are in the same words.
    listed_here = Sighting.objects.filter(posting=OuterRef("pk"), source=source, reading=reading)
    near = Case(When(place_key__in={row.keys.place for row in rows}, then=0), default=1)
    at_links = _at_links(rows)
    found = Posting.objects.filter(alike | Q(pk__in=at_links.values())).exclude(Exists(listed_here))
    columns = ("pk", "company_key", "title_key", "place_key", "heads", "tails", "state")
    postings = list(found.order_by(near, "pk").values_list(*columns)[:MOST])
    sources: dict[int, set[int]] = defaultdict(set)
    missed = set()
    seen: Any = Sighting.objects.filter(posting__in=[posting[0] for posting in postings])
    for posting_id, source_id, times in seen.values_list("posting_id", "source_id", "missed"):
        sources[posting_id].add(source_id)
        if source_id == source.pk and times:
            missed.add(posting_id)
    links: dict[int, set[str]] = defaultdict(set)
    for url_key, posting_id in at_links.items():
        links[posting_id].add(url_key)
    known = [
        Known(
            pk,
            Keys(*told),
            frozenset(sources[pk]),
            frozenset(links[pk]),
            state == PostingState.CLOSED and (source.pk not in sources[pk] or pk in missed),
        )
        for pk, *told, state in postings
    ]
    return known, {one.id for one in known if source.pk in one.sources and not one.is_closed}


def _at_links(rows: Collection[Row]) -> dict[str, int]:
    """Return the postings whose links these rows have, each alone: one that several share says nothing."""
    told = Counter(row.url_key for row in rows if row.url_key)
    alone = [url_key for url_key, times in told.items() if times == 1]
    # The index holds no empty ones, which the planner must be told.
    owners = Sighting.objects.filter(url_key__in=alone).exclude(url_key="").values("url_key")
    found = owners.annotate(one=Min("posting"), other=Max("posting")).values_list("url_key", "one", "other")
    return {url_key: one for url_key, one, other in found if one == other}
