"""Job sites without an interface for programs, searched by the package python-jobspy, which operators add themselves.

It makes its own requests, by its own rules, so it runs in a process of its own, which ends when the reading does.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from typing import IO
from urllib.parse import urlsplit

from onward.domain.ingestion.cleaning import digest, instant, link, title, words
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Broken, Fetch
from onward.domain.ingestion.fetching.body import Body
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.pay import pay
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import Listing
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.registry import KINDS
from onward.domain.ingestion.sources.types import says_internship

# Which site is searched, by a part of its host's name.
SITES = {
    "indeed": "indeed",
    "linkedin": "linkedin",
    "glassdoor": "glassdoor",
    "google": "google",
    "zip": "zip_recruiter",
}
RESULTS = 100
# Seconds that a search may take.
LONGEST = 300.0
PROGRAM = "onward.domain.ingestion.sources.jobspy_search"


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Search a site for the words that the entry names as its board."""
    if find_spec("jobspy") is None:
        raise Broken("The package python-jobspy is not installed: see the documentation of sources.")
    url = source.base_url or KINDS["jobspy"].public
    host = urlsplit(url).hostname or ""
    site = next((site for part, site in SITES.items() if part in host), None)
    if site is None:
        raise Broken(f"base_url: must be the address of one of {', '.join(SITES.values())}.")
    fetch.take_turn(url)
    with tempfile.TemporaryFile() as output:
        _search([site, source.board, str(RESULTS)], output, fetch)
        output.seek(0)
        yield from each(Listing(Body(url, {}, output, b"")), _found)


def _search(arguments: list[str], output: IO[bytes], fetch: Fetch) -> None:
    # It needs none of our keys.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ONWARD_", "DJANGO_"))}
    process = subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-m", PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    try:
        waited = 0.0
        while process.poll() is None:
            if waited >= LONGEST:
                raise Broken(f"The search took longer than {LONGEST:.0f} seconds.")
            fetch.wait(0.5)
            waited += 0.5
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
    if process.returncode:
        raise Broken("The search failed: the site refuses programs, or has changed.")


def _found(job: Item) -> Found:
    url = link(job.get("job_url"))
    external_id = job.line("id") or (digest(url) if url else digest(job.line("title"), job.line("company")))
    html, text = description(job.get("description"))
    kind = job.line("job_type")
    return Found(
        external_id=external_id,
        url=url,
        title=title(job.get("title"), external_id),
        company=job.line("company"),
        company_url=link(job.get("company_url_direct")),
        places=places(place(job.get("location"))),
        work_mode="remote" if job.get("is_remote") is True else "",
        internship=says_internship(kind),
        employment_type=kind,
        description_html=html,
        description=text,
        pay=pay(*(job.get(name) for name in ("min_amount", "max_amount", "currency", "interval"))),
        skills=words((job.line("skills", most=2000)).split(",")),
        department=job.line("job_function"),
        level=job.line("job_level"),
        apply_url=link(job.get("job_url_direct")),
        posted_at=instant(job.get("date_posted")),
    )
