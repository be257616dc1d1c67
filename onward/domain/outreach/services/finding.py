"""Making leads of what runs find, hundreds with a statement."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.ingestion.found import Place
from onward.domain.ingestion.judgement import filters
from onward.domain.ingestion.judgement.places import place_key, spots
from onward.domain.outreach.events import LeadClosed, LeadFound, LeadReopened, LeadReposted
from onward.domain.outreach.models import Lead
from onward.platform.events import publish_all
from onward.platform.record import KeyShare, append_all

# How many postings are asked about with a statement.
BATCH = 1000


@transaction.atomic
def leads_from(
    *,
    posting_ids: Sequence[int],
    internship_types: Collection[str] = (),
    locations: Collection[str] = (),
    threshold: int = 0,
    at: datetime,
) -> int:
    """Make a lead of each internship among postings that has none and passes what a run asks for.

    What somebody has removed stays away.

    :param internship_types: these; where none is named, any
    :param locations: in one of these cities, regions or countries, or "Remote"; where none is named, anywhere
    :param threshold: with this score at least
    :returns: how many were made
    """
    made = 0
    for start in range(0, len(posting_ids), BATCH):
        wanted = Posting.objects.filter(
            pk__in=posting_ids[start : start + BATCH],
            is_internship=True,
            score__gte=threshold,
            lead__isnull=True,
            removed_lead__isnull=True,
        )
        if internship_types:
            wanted = wanted.filter(internship_type__in=internship_types)
        made += _make(_at_places(wanted.order_by("pk"), locations), at)
    return made


def _at_places(wanted: Any, locations: Collection[str]) -> list[tuple[int, int | None]]:
    """Return the postings that are in one of some places, each with its employer."""
    if not locations:
        return list(wanted.values_list("pk", "employer_id"))
    sought = filters.wanted(locations=locations)
    rows = wanted.values_list("pk", "employer_id", "places", "location", "work_mode")
    return [
        (pk, employer_id)
        for pk, employer_id, places, location, work_mode in rows
        if sought.has_place(
            place_key=place_key(spots([Place(**place) for place in places] or [Place(location)], work_mode)),
            location=location,
            work_mode=work_mode,
        )
    ]


def _make(postings: Sequence[tuple[int, int | None]], at: datetime) -> int:
    keys = append_all(
        Lead,
        [
            {"uid": uuid.uuid4(), "posting_id": pk, "touched_at": at, "created_at": at, "updated_at": at}
            for pk, _ in postings
        ],
    )
    publish_all(
        [
            LeadFound(owner_id=None, at=at, lead_id=key, employer_id=employer_id, by_id=None)
            for key, (_, employer_id) in zip(keys, postings, strict=True)
        ]
    )
    return len(keys)


@transaction.atomic
def tell_reposted(*, posting_ids: Sequence[int], at: datetime) -> None:
    """Announce of leads that their openings are posted again, under another id: same lead, same status."""
    publish_all(
        [
            LeadReposted(owner_id=None, at=at, lead_id=pk, employer_id=employer_id, by_id=None)
            for pk, employer_id in _leads_of(posting_ids)
        ]
    )


@transaction.atomic
def tell_states(
    *, posting_ids: Sequence[int], before: str, after: str, reason: str, by_id: int | None, at: datetime
) -> None:
    """Announce of leads that their openings are closed, or can be applied for again. Of doubts nothing is said."""
    if PostingState.CLOSED not in (before, after):
        return
    event = LeadClosed if after == PostingState.CLOSED else LeadReopened
    publish_all(
        [
            event(
                owner_id=None,
                at=at,
                lead_id=pk,
                employer_id=employer_id,
                by_id=by_id,
                before=before,
                after=after,
                reason=reason,
            )
            for pk, employer_id in _leads_of(posting_ids)
        ]
    )


def _leads_of(posting_ids: Sequence[int]) -> list[tuple[int, int | None]]:
    """Return the leads of postings, each with its employer.

    None is removed before its timeline tells what is told now; but for that, others go on changing them.
    """
    theirs = KeyShare(Lead.objects.filter(posting_id__in=posting_ids).values("pk"))
    return list(Lead.objects.filter(pk__in=theirs).order_by("pk").values_list("pk", "posting__employer_id"))
