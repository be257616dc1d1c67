"""The jobs that somebody has put aside and not applied for."""

from datetime import date
from functools import cache
from typing import NamedTuple

from django.db import models
from django.db.models import F

from onward.domain.applications.choices import SavedJobStatus
from onward.domain.applications.queries import saved_jobs
from onward.platform.wire import Param, Statement
from onward.platform.wire.values import plain_day


class Saved(NamedTuple):
    """A job that was put aside."""

    id: int
    company: str
    title: str
    location: str
    job_url: str
    notes: str
    deadline: date | None


@cache
def _statement() -> Statement:
    waiting = saved_jobs().filter(status=SavedJobStatus.ACTIVE, application__isnull=True)
    rows = waiting.order_by(F("deadline").asc(nulls_last=True), "-created_at", "-pk").values_list(
        *("pk", "company_name", "job_title", "location", "job_url", "notes", "deadline")
    )
    limit = Param("limit", models.IntegerField()).as_sql(None, None)[1][0]
    return Statement(lambda: ["SELECT * FROM (", rows, ") t LIMIT ", limit])


def saved(*, owner_id: int, limit: int) -> list[Saved]:
    """Return somebody's saved jobs, the most urgent first."""
    return [Saved._make((*row[:-1], plain_day(row[-1]))) for row in _statement().rows(owner_id=owner_id, limit=limit)]
