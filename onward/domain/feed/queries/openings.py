"""Open postings as the feed shows them, and what one person has to do with them."""

from typing import Any

from django.db.models import BigIntegerField, Count, F, JSONField, QuerySet

from onward.domain.applications.models import Application, SavedJob
from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.board.queries import SEEN_BY_ALL
from onward.domain.feed.models import Brief
from onward.domain.feed.reading import word_of_source
from onward.domain.ingestion.models import Sighting, Source
from onward.platform.record import name_key
from onward.platform.refusals import Missing
from onward.platform.search.among import Among
from onward.platform.wire import Param, Statement

_IDS: Any = Param("ids", JSONField())
_OWNER: Any = Param("owner_id", BigIntegerField())

_BRIEFS = Statement(
    lambda: Brief.objects.filter(Among(F("posting_id"), _IDS)).values_list("posting_id", "seniority", "source")
)
_REPOSTED = Statement(
    lambda: (
        Sighting.objects.filter(Among(F("posting_id"), _IDS))
        .values("posting_id", "source_id")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
        .values_list("posting_id")
    )
)
_SAVED = Statement(
    lambda: SavedJob.objects.filter(Among(F("posting_id"), _IDS), owner=_OWNER).values_list("posting_id", "pk")
)
_APPLIED_AT = Statement(lambda: Application.objects.filter(owner=_OWNER).values_list("company__name_key").distinct())


def openings() -> QuerySet[Posting]:
    """Return the open postings ``ids`` that anybody may see."""
    return Posting.objects.filter(SEEN_BY_ALL, Among(F("pk"), _IDS)).exclude(state=PostingState.CLOSED)


def opening_with_its_text() -> QuerySet[Posting]:
    """Return the open posting ``pk``, if anybody may see it."""
    return Posting.objects.filter(SEEN_BY_ALL, pk=Param("pk", BigIntegerField())).exclude(state=PostingState.CLOSED)


def opening(*, pk: int) -> Posting:
    """Return an open posting that anybody may see.

    :raises Missing: when there is none of that number
    """
    found = Posting.objects.filter(SEEN_BY_ALL, pk=pk).exclude(state=PostingState.CLOSED).first()
    if found is None:
        raise Missing("Posting not found")
    return found


def about(*, owner_id: int, companies: dict[int, str]) -> dict[int, dict[str, Any]]:
    """Return what the feed says of postings besides what they say themselves, by their ids.

    ``is_repost``: their source tells them anew under another id; ``applied_before``: this person has applied to a
    company of that name; ``job_id``: of the job that they track for it.

    :param companies: by the ids of postings the names of their companies
    """
    ids = list(companies)
    briefs = {pk: (seniority, source) for pk, seniority, source in _BRIEFS.rows(ids=ids)}
    reposted = {pk for (pk,) in _REPOSTED.rows(ids=ids)}
    saved = dict(_SAVED.rows(ids=ids, owner_id=owner_id))
    applied = {key for (key,) in _APPLIED_AT.rows(owner_id=owner_id)}
    return {
        pk: {
            "seniority": briefs.get(pk, ("", ""))[0] or None,
            "source": briefs.get(pk, ("", ""))[1] or None,
            "is_repost": pk in reposted,
            "applied_before": name_key(name) in applied,
            "job_id": saved.get(pk),
        }
        for pk, name in companies.items()
    }


def is_read(source: str) -> bool:
    """Return whether the server reads such sources. :param source: one of `SOURCES`"""
    rows = Source.objects.filter(is_enabled=True).values_list("kind", "base_url").distinct()
    return any(word_of_source(kind, base_url) == source for kind, base_url in rows)
