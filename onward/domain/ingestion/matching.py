"""Which postings of the record the openings are that a source tells of under ids that are new there.

Three statements find all that may be the same as one of a batch, by keys that are indexed, however large the record is;
:mod:`onward.domain.ingestion.judgement.same` says which of them are.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.ingestion.arrival import Arrival
from onward.domain.ingestion.judgement.keys import Keys
from onward.domain.ingestion.judgement.same import Known, Row, judge
from onward.domain.ingestion.models import Sighting, Source


@dataclass(slots=True)
class Met:
    """Of openings that were met before, by the ids that their source has for them.

    :ivar known: the posting that each is
    :ivar reposted: those that this source told of before, under an id that is gone by now
    :ivar doubtful: a posting that it may be, where nobody can tell
    """

    known: dict[str, int] = field(default_factory=dict)
    reposted: set[str] = field(default_factory=set)
    doubtful: dict[str, int] = field(default_factory=dict)


def meet(source: Source, arrivals: Sequence[Arrival]) -> Met:
    """Find which postings openings are that this source tells of under ids that it has not used before."""
    rows = [Row(arrival.external_id, arrival.keys, arrival.url_key) for arrival in arrivals]
    met = Met()
    for external_id, verdict in judge(rows, _candidates(rows), source=source.pk).items():
        posting_id = verdict.same or verdict.repost
        if posting_id:
            met.known[external_id] = posting_id
        if verdict.repost:
            met.reposted.add(external_id)
        if verdict.resembles:
            met.doubtful[external_id] = verdict.resembles
    return met


def _candidates(rows: Collection[Row]) -> list[Known]:
    """Return the postings that share a link or a block of words with one of these."""
    at_link = Sighting.objects.filter(url_key__in={row.url_key for row in rows} - {""})
    alike = Q(heads__in={row.keys.heads for row in rows}) | Q(tails__in={row.keys.tails for row in rows})
    found = Posting.objects.filter(alike | Q(pk__in=set(at_link.values_list("posting_id", flat=True))))
    columns = ("pk", "company_key", "title_key", "place_key", "heads", "tails", "state")
    postings = list(found.values_list(*columns))
    sources: dict[int, set[int]] = defaultdict(set)
    links: dict[int, set[str]] = defaultdict(set)
    seen: Any = Sighting.objects.filter(posting__in=[posting[0] for posting in postings])
    for posting_id, source_id, url_key in seen.values_list("posting_id", "source_id", "url_key"):
        sources[posting_id].add(source_id)
        links[posting_id] |= {url_key} - {""}
    return [
        Known(pk, Keys(*told), frozenset(sources[pk]), frozenset(links[pk]), state == PostingState.CLOSED)
        for pk, *told, state in postings
    ]
