"""Comparing openings more closely than a request has time for, by a job.

What takes long runs outside of transactions. Each step notes how far it is, and ends the attempt where the ranking was
cancelled, or begun anew by another.
"""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from onward.domain.accounts.models import User
from onward.domain.applications.models import SavedJob
from onward.domain.assistant.providers import comparing
from onward.domain.assistant.writing import WriterFailed
from onward.domain.board.models import Posting
from onward.domain.matching import recommending, semantic
from onward.domain.matching.choices import OPEN, TaskStatus
from onward.domain.matching.events import RankingEnded
from onward.domain.matching.models import Ranking
from onward.domain.matching.openings import JOB, POSTING
from onward.domain.matching.queries import ranking as find_ranking
from onward.domain.resumes.models import Fact, ResumeText
from onward.platform.events import publish
from onward.platform.jobs import enqueue
from onward.platform.record import append
from onward.platform.refusals import Conflict

USUAL, MOST = 20, 100
MOST_ATTEMPTS = 3
LOST = "The comparison was begun several times and never came to an end. Please try again."
BROKEN = "Something went wrong on our side. Please try again."
KEPT_ORDER = "The openings stand in the order of this server: {reason}"


@transaction.atomic
def ask(*, owner_id: int, most: int, at: datetime) -> uuid.UUID:
    """Have the openings that suit somebody compared more closely; returns the uid of the ranking.

    :param most: how many are wanted, `MOST` at most
    """
    uid = uuid.uuid4()
    pk: int = append(Ranking, owner_id=owner_id, most=most, uid=uid, created_at=at, updated_at=at)
    enqueue("matching.rank", account=owner_id, ranking_id=pk)
    return uid


def perform(*, ranking_id: int, clock: Callable[[], datetime]) -> None:
    """Make a ranking. Twice does no harm: of several attempts the last one to begin keeps what it has found."""
    ranking = _begin(ranking_id, clock())
    if ranking is None:
        return
    try:
        _rank(ranking, clock)
    except _Unwanted:
        return
    except BaseException:
        # Being out of time is no Exception.
        _end(ranking, clock(), status=TaskStatus.FAILED, error=BROKEN)
        raise


@transaction.atomic
def cancel(*, owner_id: int, uid: uuid.UUID, at: datetime) -> None:
    """Cancel a ranking that has not ended. What is being compared just now is not kept.

    :raises Conflict: when it has ended
    :raises Missing: when there is none of that uid, or it is another's
    """
    ranking = find_ranking(owner_id=owner_id, uid=uid)
    open_ones = Ranking.objects.filter(pk=ranking.pk, status__in=OPEN)
    if not open_ones.update(status=TaskStatus.CANCELLED, ended_at=at, updated_at=at):
        raise Conflict(f"Cannot cancel task with status: {find_ranking(owner_id=owner_id, uid=uid).status}")
    publish(RankingEnded(owner_id=owner_id, at=at, ranking=uid, status=TaskStatus.CANCELLED.value))


class _Unwanted(Exception):
    """It was cancelled, or another attempt has begun."""


def _begin(ranking_id: int, at: datetime) -> Ranking | None:
    ranking = Ranking.objects.filter(pk=ranking_id, status__in=OPEN).first()
    if ranking is None:
        return None
    if ranking.attempts >= MOST_ATTEMPTS:
        _end(ranking, at, status=TaskStatus.FAILED, error=LOST)
        return None
    # Of a cancellation and several attempts that come at once, the database lets one through.
    began = Ranking.objects.filter(pk=ranking_id, status=ranking.status, attempts=ranking.attempts).update(
        status=TaskStatus.PROCESSING, attempts=ranking.attempts + 1, progress=0, started_at=at, updated_at=at
    )
    ranking.status, ranking.attempts = TaskStatus.PROCESSING, ranking.attempts + 1
    return ranking if began else None


def _rank(ranking: Ranking, clock: Callable[[], datetime]) -> None:
    owner_id, now = ranking.owner_id, clock()
    zone = User.objects.values_list("timezone", flat=True).get(pk=owner_id)
    found = recommending.jobs(owner_id=owner_id, at=now.astimezone(ZoneInfo(zone)), most=ranking.most)
    _note(ranking, 30, clock())
    resume, texts = _own_text(owner_id), _texts(found)
    scores, model, warnings = semantic.closeness(resume, texts)
    _note(ranking, 60, clock())
    rows = [one.packed() | {"semantic_score": score, "model": model} for one, score in zip(found, scores, strict=True)]
    # The two say different things; neither is worth more than the other.
    order = sorted(range(len(rows)), key=lambda n: (-(rows[n]["match_score"] + scores[n]), n))
    rows, texts = [rows[n] for n in order], [texts[n] for n in order]
    compared, failed = _by_provider(owner_id, resume, rows, texts)
    result = {"recommendations": compared, "model": model, "warnings": [*warnings, *failed]}
    _note(ranking, 90, clock())
    if not _end(ranking, clock(), status=TaskStatus.COMPLETED, progress=100, result=result):
        raise _Unwanted


def _by_provider(
    owner_id: int, resume: str, rows: list[dict[str, Any]], texts: Sequence[str]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Have a provider put the first ones in order, where there is one; where it fails they stay as they are."""
    first = {f"opening {n + 1}": text for n, text in enumerate(texts[: comparing.MOST])}
    try:
        ordered = comparing.ordered(owner_id=owner_id, resume=resume, openings=first)
    except WriterFailed as problem:
        return rows, [KEPT_ORDER.format(reason=problem.sentence)]
    if ordered is None:
        return rows, []
    places = {name: n for n, name in enumerate(first)}
    best = [rows[places[name]] | {"model": ordered.model} for name in ordered.names]
    return [*best, *rows[len(first) :]], []


def _own_text(owner_id: int) -> str:
    """Return what somebody says of themselves: what they look for, their skills and their default résumé."""
    said = User.objects.values("desired_role", "skills").get(pk=owner_id)
    mine = {"resume__owner_id": owner_id, "resume__is_default": True}
    text = ResumeText.objects.filter(**mine).values_list("text", flat=True).first()
    if not text:
        lines = Fact.objects.filter(**mine, refused_at=None).order_by("pk").values_list("text", flat=True)
        text = "\n".join(lines)
    return "\n".join(filter(None, [said["desired_role"], ", ".join(map(str, said["skills"])), text]))


def _texts(found: Sequence[recommending.Recommendation]) -> list[str]:
    """Return the texts of openings, in their order: two statements."""
    jobs = [one.listed.pk for one in found if one.listed.kind == JOB]
    others = [one.listed.pk for one in found if one.listed.kind != JOB]
    columns = "description", "requirements", "responsibilities"
    told = {(JOB, pk): texts for pk, *texts in SavedJob.objects.filter(pk__in=jobs).values_list("pk", *columns)}
    posted = Posting.objects.filter(pk__in=others).values_list("pk", "description")
    told |= {(POSTING, pk): [text] for pk, text in posted}
    listed = (one.listed for one in found)
    return ["\n".join([f"{one.title}, {one.company}", *told.get((one.kind, one.pk), ())]) for one in listed]


def _mine(ranking: Ranking) -> Any:
    return Ranking.objects.filter(pk=ranking.pk, status=ranking.status, attempts=ranking.attempts)


def _note(ranking: Ranking, progress: int, at: datetime) -> None:
    if not _mine(ranking).update(progress=progress, updated_at=at):
        raise _Unwanted


@transaction.atomic
def _end(ranking: Ranking, at: datetime, **fields: Any) -> bool:
    """Write down how a ranking ended; False where it was cancelled, or is another attempt's by now."""
    if not _mine(ranking).update(ended_at=at, updated_at=at, **fields):
        return False
    publish(RankingEnded(owner_id=ranking.owner_id, at=at, ranking=ranking.uid, status=fields["status"].value))
    return True
