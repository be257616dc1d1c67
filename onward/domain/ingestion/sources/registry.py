"""Which kinds of sources there are, and what is known of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from onward.domain.ingestion.entry import Entry

if TYPE_CHECKING:
    from onward.domain.ingestion.fetching import Fetch
    from onward.domain.ingestion.found import Found, Rejected

SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
# Words, with spaces between them.
NAME = re.compile(r"\w[\w .&+#'(),-]{0,99}")
# A part of a host's name.
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


@dataclass(frozen=True)
class Credit:
    """Who is to be named beside what came from there. :ivar link: where to"""

    text: str
    link: str


@dataclass(frozen=True)
class Adapter:
    """A kind of source.

    :ivar windowed: whether it shows only its latest postings, so that one that is missing may still be open
    :ivar public: scheme and host of its public address, with ``{board}`` where that is a part of it; empty when it has
        none
    :ivar spacing: seconds between two requests to the public host
    :ivar a_day: the most requests to the public host in a day; None: as many as it takes
    :ivar board: which boards there can be; None: it knows no boards
    """

    kind: str
    credit: Credit
    public: str = ""
    board: re.Pattern[str] | None = None
    windowed: bool = False
    spacing: float = 0.5
    a_day: int | None = None

    def read(self, source: Entry, fetch: "Fetch") -> Iterator["Found | Rejected"]:
        """Read all that a source has, as it comes in.

        :raises Broken: when the reading failed; what came before may be kept
        :raises NotModified: when nothing has changed since the last one
        """
        # Only where something is read: the parsers take memory.
        reader: Any = import_module(f"onward.domain.ingestion.sources.{self.kind}")
        with fetch:
            yield from reader.read(source, fetch)


def _kinds(*adapters: Adapter) -> dict[str, Adapter]:
    return {adapter.kind: adapter for adapter in adapters}


KINDS = _kinds(
    Adapter(
        "greenhouse",
        Credit("Greenhouse", "https://www.greenhouse.com"),
        public="https://boards-api.greenhouse.io",
        board=SLUG,
    ),
    Adapter("lever", Credit("Lever", "https://www.lever.co"), public="https://api.lever.co", board=SLUG),
    Adapter("ashby", Credit("Ashby", "https://www.ashbyhq.com"), public="https://api.ashbyhq.com", board=NAME),
    Adapter(
        "workable", Credit("Workable", "https://www.workable.com"), public="https://apply.workable.com", board=SLUG
    ),
    Adapter(
        "smartrecruiters",
        Credit("SmartRecruiters", "https://www.smartrecruiters.com"),
        public="https://api.smartrecruiters.com",
        board=SLUG,
        # A request for each posting.
        spacing=0.2,
    ),
    Adapter(
        "recruitee", Credit("Recruitee", "https://recruitee.com"), public="https://{board}.recruitee.com", board=LABEL
    ),
    Adapter(
        "remotive",
        Credit("Remotive", "https://remotive.com"),
        public="https://remotive.com",
        windowed=True,
        a_day=4,
    ),
    Adapter(
        "arbeitnow", Credit("Arbeitnow", "https://www.arbeitnow.com"), public="https://www.arbeitnow.com", windowed=True
    ),
    Adapter("remoteok", Credit("Remote OK", "https://remoteok.com"), public="https://remoteok.com", windowed=True),
    Adapter("themuse", Credit("The Muse", "https://www.themuse.com"), public="https://www.themuse.com", windowed=True),
    Adapter(
        "landingjobs", Credit("Landing.jobs", "https://landing.jobs"), public="https://landing.jobs", windowed=True
    ),
    Adapter(
        "hackernews",
        Credit("Hacker News", "https://news.ycombinator.com"),
        public="https://hn.algolia.com",
        windowed=True,
    ),
    Adapter(
        "adzuna",
        Credit("Adzuna", "https://www.adzuna.com"),
        public="https://api.adzuna.com",
        # The country.
        board=SLUG,
        windowed=True,
        spacing=2.5,
        a_day=250,
    ),
    Adapter(
        "simplify",
        Credit("SimplifyJobs", "https://github.com/SimplifyJobs"),
        public="https://raw.githubusercontent.com",
    ),
    Adapter("jsonld", Credit("", "")),
    Adapter("csv", Credit("", "")),
    # What is searched for.
    Adapter(
        "jobspy",
        Credit("JobSpy", "https://github.com/speedyapply/JobSpy"),
        public="https://www.indeed.com",
        board=NAME,
        windowed=True,
        a_day=24,
    ),
)


def address(source: Entry, path: str, **parameters: str | int) -> str:
    """Return an address of a source: its own scheme and host, or else the kind's public ones, and a path.

    :param path: with ``{board}`` where the board's name belongs
    """
    board = quote(source.board, safe="")
    base = source.base_url or KINDS[source.kind].public.format(board=board)
    query = f"?{urlencode(parameters)}" if parameters else ""
    return base.rstrip("/") + path.format(board=board) + query


def file_address(source: Entry, path: str) -> str:
    """Return the address of a source that is one file: what the entry says, or else the public one.

    An entry that says a host and no path has the same file there.
    """
    if urlsplit(source.base_url).path.strip("/"):
        return source.base_url
    return address(source, path)


def is_public(source: Entry) -> bool:
    """Return whether a source is asked at its kind's public host."""
    public = KINDS[source.kind].public.format(board=source.board)
    return not source.base_url or urlsplit(source.base_url).hostname == urlsplit(public).hostname
