"""Writing whether openings can still be applied for, as far as their sources tell."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Min, QuerySet

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.ingestion import queries
from onward.domain.ingestion.judgement.freshness import (
    GONE,
    MISSING,
    NOT_LISTED,
    PAST,
    SILENCE,
    SILENT,
    tells_absence,
    usual,
)
from onward.domain.ingestion.models import Reading, Sighting, Source
from onward.domain.ingestion.services.states import change_states
from onward.domain.ingestion.sources import KINDS

# How many are judged by a statement.
CHUNK = 1000


def judge_unseen(*, source: Source, reading: Reading, at: datetime) -> None:
    """Judge the postings that a source did not tell of in a reading that has come to its end.

    Of a whole board, one that is missing is uncertain, and gone when it is missing again. A feed of the latest says
    nothing by its silence, until that has lasted.
    """
    unseen = Sighting.objects.filter(source=source).exclude(reading=reading)
    if KINDS[source.kind].windowed:
        _miss(unseen.filter(missed=0, last_seen_at__lt=at - SILENCE), 1, SILENT, at)
    elif _tells_absence(source, reading):
        # In this order: else one would be missing twice at once.
        _miss(unseen.filter(missed=1), GONE, NOT_LISTED, at)
        _miss(unseen.filter(missed=0), 1, MISSING, at)


def is_all_told(*, source: Source, reading_id: int, more: int) -> bool:
    """Whether what a source has not told of in a reading is gone. :param more: postings that are still to be counted"""
    return _tells_absence(source, Reading.objects.get(pk=reading_id), more)


def _tells_absence(source: Source, reading: Reading, more: int = 0) -> bool:
    found = reading.saved + reading.duplicates + more
    return tells_absence(ended=True, found=found, usual=usual(queries.numbers(source)))


def _miss(rows: QuerySet[Sighting], missed: int, reason: str, at: datetime) -> None:
    for chunk in _chunks(list(rows.values_list("pk", "posting_id"))):
        sighting_ids, posting_ids = [pk for pk, _ in chunk], {posting_id for _, posting_id in chunk}
        Sighting.objects.filter(pk__in=sighting_ids).update(missed=missed)
        # One that another source lists is none the worse.
        listed = Sighting.objects.filter(posting__in=posting_ids).values("posting_id").annotate(least=Min("missed"))
        alone = [posting_id for posting_id, least in listed.values_list("posting_id", "least") if least >= missed]
        if missed < GONE:
            live = Posting.objects.filter(pk__in=alone, state=PostingState.LIVE)
            change_states(live, PostingState.UNCERTAIN, reason=reason, at=at)
        else:
            change_states(Posting.objects.filter(pk__in=alone), PostingState.CLOSED, reason=reason, at=at)
            _hand_over(posting_ids.difference(alone))


def _hand_over(posting_ids: set[int]) -> None:
    """Let postings that are gone at the source which told them say what the first of the other sources says."""
    there = Sighting.objects.filter(posting__in=posting_ids)
    orphans = set(there.filter(missed=GONE, is_telling=True).values_list("posting_id", flat=True))
    heirs = there.filter(posting__in=orphans, missed__lt=GONE).values("posting_id").annotate(heir=Min("pk"))
    there.filter(posting__in=orphans).update(is_telling=False)
    # Whatever its source says next is something new.
    Sighting.objects.filter(pk__in=[row["heir"] for row in heirs]).update(is_telling=True, content_key="")


@transaction.atomic
def close_past(*, at: datetime) -> int:
    """Close what nobody can apply for any more since its closing day has passed; returns how many."""
    past = Posting.objects.exclude(state=PostingState.CLOSED).filter(closes_on__lt=at.date())
    return len(change_states(past, PostingState.CLOSED, reason=PAST, at=at))


@transaction.atomic
def close_gone(*, posting_id: int, reason: str, at: datetime) -> bool:
    """Close a posting whose own page is not there any more; returns whether it was open."""
    return bool(change_states(Posting.objects.filter(pk=posting_id), PostingState.CLOSED, reason=reason, at=at))


def note_page_asked(*, sighting_id: int, at: datetime) -> None:
    """Write down that an opening's own page was asked whether it is still there."""
    Sighting.objects.filter(pk=sighting_id).update(page_asked_at=at)


def _chunks(rows: list[tuple[int, int]]) -> Iterator[Sequence[tuple[int, int]]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
