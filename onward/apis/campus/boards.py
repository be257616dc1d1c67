"""The two boards of the campus document, jobs and internships, which differ in their words only."""

import json
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from onward.apis.base import Request
from onward.apis.campus.resource import Resource
from onward.apis.campus.schemas.boards import (
    DAY,
    NOW,
    ApplyForInternshipIn,
    ApplyForJobIn,
    InternshipApplicationOut,
    JobApplicationOut,
    PostingChanges,
    PostingIn,
    PostingOut,
    compact,
    judged,
)
from onward.apis.filters import ByWord, InAnyCase
from onward.apis.paging import Pages
from onward.domain.applications import boards
from onward.domain.applications.choices import Status
from onward.domain.board import queries
from onward.domain.board.choices import JobType, WorkType
from onward.domain.board.models import Posting
from onward.platform.wire import Reading


class _JudgedPages(Pages):
    """Pages of postings, each of which says whether who asks may apply for it."""

    def envelope(self, request: HttpRequest, *, count: int, rows: str) -> str:
        return super().envelope(request, count=count, rows=compact(judged(json.loads(rows))))


class _Postings(Resource):
    """The postings of a board; what is asked for by itself may be closed, what is listed is not."""

    paging = _JudgedPages(usual=20, most=100)

    def __init__(self, rows: Any, **how: Any) -> None:
        super().__init__(lambda: rows().exclude(queries.is_closed(NOW, DAY)), **how)
        self._rows = rows

    def document(self, reading: Reading, request: Request, key: Any, **values: Any) -> str:
        document = super().document(reading, request, key, **values)
        # What a client may change has no verdict in it.
        return compact(judged([json.loads(document)])[0]) if reading is self.reading else document


def _now(request: Request) -> dict[str, Any]:
    return {"now": request.now, "day": request.now.date()}


class Board:
    """One of the boards. :ivar called: what one of its postings is called"""

    def __init__(self, called: str) -> None:
        self.called = called
        self.is_internship = called == "internship"
        self.apply_in = ApplyForInternshipIn if self.is_internship else ApplyForJobIn
        self.postings = _Postings(
            self._published,
            row=PostingOut,
            body=PostingIn,
            changes=PostingChanges,
            filters={
                "company": InAnyCase("company_name"),
                "location": InAnyCase("location"),
                "work_type": ByWord("work_mode", WorkType),
                "job_type": ByWord("job_type", JobType),
            },
            search={"title": "title", "company_name": "company", "location": "location", "description": "description"},
            orders={
                "posted_date": "published_at",
                "title": "title",
                "company": "company_name",
                "closes_at": "closes_on",
                "salary_min": "pay_min",
            },
            order="-published_at",
            values=_now,
            called=called,
        )
        row = InternshipApplicationOut if self.is_internship else JobApplicationOut
        self.applications, self.every_application = (
            Resource(
                partial(rows, is_internship=self.is_internship),
                row=row,
                filters={"status": ByWord("status", Status)},
                search={"posting__title": "title", "posting__company_name": "company"},
                orders=("applied_date", "status"),
                order="-applied_date",
                values=_now,
                called="application",
            )
            for rows in (boards.not_withdrawn, boards.of_person)
        )
        self.application = Reading(row, partial(boards.for_posting, is_internship=self.is_internship))

    def _published(self) -> QuerySet[Posting]:
        return queries.published().filter(is_internship=self.is_internship)

    def posting(self, pk: int) -> Posting:
        """Return a posting of this board. :raises Missing: when it has none of that number"""
        return queries.on_board(pk=pk, is_internship=self.is_internship)


JOBS, INTERNSHIPS = Board("job"), Board("internship")
