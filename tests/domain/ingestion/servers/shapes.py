"""The words of each kind of source."""

from collections.abc import Callable, Sequence

from tests.domain.ingestion.servers.boards import ashby, greenhouse, lever, recruitee, smartrecruiters, workable
from tests.domain.ingestion.servers.feeds import (
    adzuna,
    arbeitnow,
    hackernews,
    landingjobs,
    remoteok,
    remotive,
    simplify,
    themuse,
)
from tests.domain.ingestion.servers.hosts import Answer, Request
from tests.domain.ingestion.servers.pages import csv_list, jsonld
from tests.domain.ingestion.servers.posts import Post

Shape = Callable[[Request, Sequence[Post]], Answer]

# By kind: the beginning of its addresses' paths, with the board's name in them, and what it answers there.
SHAPES: dict[str, tuple[str, Shape]] = {
    "greenhouse": ("/v1/boards/northwind/jobs", greenhouse),
    "lever": ("/v0/postings/northwind", lever),
    "ashby": ("/posting-api/job-board/northwind", ashby),
    "workable": ("/api/v1/widget/accounts/northwind", workable),
    "smartrecruiters": ("/v1/companies/northwind/postings", smartrecruiters),
    "recruitee": ("/api/offers/", recruitee),
    "remotive": ("/api/remote-jobs", remotive),
    "arbeitnow": ("/api/job-board-api", arbeitnow),
    "remoteok": ("/api", remoteok),
    "themuse": ("/api/public/jobs", themuse),
    "landingjobs": ("/api/v1/jobs", landingjobs),
    "hackernews": ("/api/v1/", hackernews),
    "adzuna": ("/v1/api/jobs/northwind/search/", adzuna),
    "simplify": ("/listings.json", simplify),
    "jsonld": ("/", jsonld),
    "csv": ("/", csv_list),
}
# Where a source is one page or file, which its entry names whole.
PAGES = {"simplify": "/listings.json", "jsonld": "/careers", "csv": "/openings.csv"}
