"""What the copilot document promises, by its rows (`contract.tsv`): functions that do what a row says, and look.

Each is given a cast: clients of ada, ben, root and of nobody that write the document's paths.
"""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from onward.domain.feed.services import catch_up
from onward.domain.feed.services.markets import count_anew
from tests.factories import PostingFactory

PROMISES: dict[str, Callable[[Any], None]] = {}
JOB = {"company": "Acme", "title": "Developer", "tech_stack": ["Python"], "salary_min": 50_000, "salary_max": 60_000}


def promises(row):
    """Mark what a row of the document promises: a function of the cast, whose clients write paths as the document has them."""

    def marked(promise):
        assert row not in PROMISES, row
        PROMISES[row] = promise
        return promise

    return marked


class Documented:
    """A client that writes the document's paths."""

    def __init__(self, client):
        self._client = client

    def __getattr__(self, method):
        send = getattr(self._client, method)
        return lambda path, *given, **named: send(f"/copilot{path}", *given, **named)

    def does(self, status, method, path, *given):
        answered = getattr(self, method)(f"/api/v1/{path}", *given)
        assert answered.status_code == status, (method, path, answered.status_code, answered.content)
        return answered.json() if answered.content and "json" in answered["Content-Type"] else answered


def job(client, **fields):
    return client.does(201, "post", "jobs", {**JOB, **fields})


def posting(**fields):
    today = timezone.now().date()
    made = PostingFactory(**{"title": "Developer", "skills": ["Python"], "posted_on": today, "places": [], **fields})
    catch_up()
    count_anew()
    return made


def application(client, **fields):
    return client.does(201, "post", "applications", {"company": "Acme", "title": "Developer", **fields})
