"""Looking at pages, a few at a time: those of employers, for what they say, and those of openings that may be gone.

Only employers and openings of sources that are enabled: a server that reads from nobody talks to nobody. Robots.txt is
obeyed, and all pages are asked with the manners of a source, on the public internet or where the operator's file allows
its source to go.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from onward.domain.board.choices import PostingState
from onward.domain.companies.choices import Origin
from onward.domain.companies.models import Employer
from onward.domain.companies.services import employers
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Broken, Fetch
from onward.domain.ingestion.judgement.freshness import GONE, NOT_THERE, PAGE_GONE
from onward.domain.ingestion.judgement.pages import read_profile
from onward.domain.ingestion.models import Sighting, Source
from onward.domain.ingestion.services import freshness
from onward.domain.ingestion.sources.jsonld import read_page

# Pages of each kind that are asked for at a time, and seconds after which no other one is.
MOST = 30
LONGEST = 600.0
# After how long a page is asked for again.
EMPLOYERS_AGAIN = timedelta(days=90)
OPENINGS_AGAIN = timedelta(days=7)
# Whose turn at a host comes after all readings.
LAST = 2**40
_MOVED = frozenset({301, 302, 303, 307, 308})


def look(*, at: datetime) -> int:
    """Ask for the pages that are due; returns how many were."""
    ends = time.monotonic() + LONGEST
    count = 0
    for employer, source in _employers(at):
        if time.monotonic() > ends:
            return count
        _read_employer(employer, source)
        count += 1
    for sighting in _openings(at):
        if time.monotonic() > ends:
            return count
        _ask_opening(sighting)
        count += 1
    return count


def _employers(at: datetime) -> Iterator[tuple[Employer, Source]]:
    """Yield employers whose page is due, each with a source that tells of their openings."""
    due = Q(page_read_at=None) | Q(page_read_at__lt=at - EMPLOYERS_AGAIN)
    has_page = ~Q(domain="") | ~Q(website="")
    told = Employer.objects.filter(due, has_page, postings__sightings__source__is_enabled=True).distinct()
    for employer in told.order_by(F("page_read_at").asc(nulls_first=True), "pk")[:MOST]:
        seen = Sighting.objects.filter(posting__employer=employer, source__is_enabled=True).select_related("source")
        if last := seen.order_by("-pk").first():
            yield employer, last.source


def _read_employer(employer: Employer, source: Source) -> None:
    # Whatever comes of it, it is not asked again soon.
    employers.note_page_read(employer_id=employer.pk, at=timezone.now())
    pages = (
        [employer.website] if employer.website else [f"https://{employer.domain}/", f"https://www.{employer.domain}/"]
    )
    for page in pages:
        try:
            with _fetch(source, employer.pk) as fetch:
                fetch.obey_robots(page)
                with fetch.page(page) as body:
                    told = read_profile(read_page(body), url=body.url).told()
        except Broken as problem:
            if problem.status in _MOVED:
                continue
            return
        employers.learn(told={employer.pk: told}, origin=Origin.PAGE, at=timezone.now())
        return


def _openings(at: datetime) -> list[Sighting]:
    """Return where openings were seen that their source does not list just now, and whose own page is due."""
    due = Q(page_asked_at=None) | Q(page_asked_at__lt=at - OPENINGS_AGAIN)
    enabled = Source.objects.filter(is_enabled=True).values_list("pk", flat=True)
    missed = Sighting.objects.filter(due, source__in=list(enabled), missed__gt=0, missed__lt=GONE)
    missed = missed.filter(posting__state=PostingState.UNCERTAIN).exclude(url="").select_related("source")
    return list(missed.order_by(F("page_asked_at").asc(nulls_first=True), "pk")[:MOST])


def _ask_opening(sighting: Sighting) -> None:
    at = timezone.now()
    freshness.note_page_asked(sighting_id=sighting.pk, at=at)
    try:
        with _fetch(sighting.source, sighting.pk) as fetch:
            fetch.obey_robots(sighting.url)
            fetch.page(sighting.url).close()
    except Broken as problem:
        if problem.status in NOT_THERE:
            freshness.close_gone(posting_id=sighting.posting_id, reason=PAGE_GONE, at=at)


def _fetch(source: Source, number: int) -> Fetch:
    """Return a way to pages. They are none of the source's own requests, and may go where those may."""
    return Fetch(Entry(source.name, "jsonld", source.base_url), place=LAST + number)
