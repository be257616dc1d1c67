"""Sections 10 and 11 of the campus document: postings of jobs and internships, and applying for them."""

import csv
import io
import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import changed, read_body, refers_to
from onward.apis.campus.access import anybody, own_or_admin, team
from onward.apis.campus.boards import INTERNSHIPS, JOBS, Board
from onward.apis.campus.resource import PAGES, missing
from onward.apis.campus.schemas.boards import (
    NOTICE,
    ApplicantOut,
    PostingIn,
    ResumeSentOut,
    compact,
    recorded,
)
from onward.apis.files import resume_link
from onward.apis.paging import Paged, described
from onward.apis.resource import Verb
from onward.domain.accounts import queries as accounts
from onward.domain.applications import boards, services
from onward.domain.applications.models import Application
from onward.domain.board import services as board_services
from onward.domain.exchange.cells import neutralise
from onward.domain.outreach.services import boards as team_services
from onward.platform.refusals import Missing
from onward.platform.wire import Id

APPLICANTS: Verb = {
    "response": Paged[ApplicantOut],
    "openapi_extra": described(format=("`csv` for a spreadsheet", {"type": "string", "enum": ["json", "csv"]})),
}


def postings_of(board: Board) -> Router:
    """Return the endpoints of a board's postings."""
    router, things = Router(tags=[f"{board.called.title()}s"]), board.postings

    def named(verb: str) -> Verb:
        return {"operation_id": f"{board.called}s_{verb}"}

    @router.get("", auth=anybody, **things.lists, **named("list"), summary=f"List all {board.called}s")
    def list_postings(request: Request) -> HttpResponse:
        """List what can be applied for, the latest first."""
        return things.page(request)

    @router.post("", auth=team, **things.creates, **named("create"), summary=f"Create a new {board.called} posting")
    def create(request: Request, body: PostingIn) -> HttpResponse:
        """Put a posting on the board."""
        fields = recorded(things.said(request, body))
        made = team_services.post(
            by_id=request.auth.user_id, at=request.now, is_internship=board.is_internship, **fields
        )
        return things.made(request, made)

    @router.get("{posting_id}/", auth=anybody, **things.reads, **named("get"), summary=f"Retrieve a {board.called}")
    def get_posting(request: Request, posting_id: Id) -> HttpResponse:
        """Read a posting, closed or not."""
        return things.show(request, posting_id)

    @router.put("{posting_id}/", auth=team, **things.changes, **named("change"), summary=f"Update a {board.called}")
    def change(request: Request, posting_id: Id) -> HttpResponse:
        """Change what is sent; what is absent stays."""
        posting = _found(board, posting_id)
        changes = recorded(things.given(request, posting))
        team_services.update(posting=posting, by_id=request.auth.user_id, at=request.now, **changes)
        return things.show(request, posting_id)

    @router.delete("{posting_id}/", auth=team, **things.deletes, **named("delete"), summary=f"Delete a {board.called}")
    def delete(request: Request, posting_id: Id) -> HttpResponse:
        """Take a posting off the board for good; applications to it stay."""
        board_services.remove(posting=_found(board, posting_id), by_id=request.auth.user_id, at=request.now)
        return things.gone()

    @router.get(
        "{posting_id}/applicants/",
        auth=team,
        **APPLICANTS,
        **named("applicants"),
        summary=f"List who has applied for a {board.called}",
    )
    def list_applicants(request: Request, posting_id: Id) -> HttpResponse:
        """List who has applied: name, status, date and the résumé that was sent; as JSON in pages, or whole as CSV."""
        _found(board, posting_id)
        rows = boards.to_posting(posting_id=posting_id)
        if request.GET.get("format") == "csv":
            return _sheet([_applicant(request, row) for row in rows.iterator()])
        number, size = PAGES.asked(request)
        begin = (number - 1) * size
        page = list(rows[begin : begin + size])
        if not page and number > 1:
            raise Missing("Invalid page.")
        # A page that is not full is the last one, and tells how many there are.
        count = begin + len(page) if len(page) < size else rows.count()
        shown = ",".join(_applicant(request, row).model_dump_json() for row in page)
        return answer(PAGES.envelope(request, count=count, rows=f"[{shown}]"))

    return router


def applications_of(board: Board) -> Router:
    """Return the endpoints of people's applications to a board's postings."""
    router, body = Router(tags=[f"User {board.called}s"]), board.apply_in
    called, things = board.called, board.applications
    path = f"{{user_id}}/{called}s/"
    applies: Verb = {"response": {HTTPStatus.CREATED: things.whole}, "openapi_extra": refers_to(body)}

    def named(verb: str) -> Verb:
        return {"operation_id": f"user_{called}s_{verb}"}

    @router.get(path, **things.lists, **named("list"), summary=f"List all {called}s applied by a specific user")
    def list_applications(request: Request, user_id: Id) -> HttpResponse:
        """List somebody's applications, the latest first; those that were withdrawn where that status is asked for."""
        own_or_admin(request, user_id)
        asked = board.every_application if request.GET.get("status", "").strip() else things
        return asked.page(request, person_id=user_id)

    @router.post(path, **applies, **named("apply"), summary=f"Apply for a {called}")
    def apply(request: Request, user_id: Id) -> HttpResponse:
        """Apply, or take up again what was withdrawn. The application is in the record, and so in every other API.

        The placement team sees the name, the status and the date of it, and the résumé that was sent.
        """
        own_or_admin(request, user_id)
        said = changed(read_body(request), body, shown=None)
        posting_id = said.pop(f"{called}_id")
        fields = {name: value for name, value in said.items() if value not in (None, "")}
        at = local_time(request)
        if user_id != request.auth.user_id:
            at = accounts.local_time(pk=user_id, at=request.now)
        try:
            services.apply_to(
                owner_id=user_id, posting_id=posting_id, at=at, is_internship=board.is_internship, **fields
            )
        except Missing:
            raise missing(called) from None
        row = json.loads(_shown(request, user_id, posting_id))
        return answer(compact({**row, "notice": NOTICE}), HTTPStatus.CREATED)

    @router.get(
        f"{path}{{posting_id}}/", **things.reads, **named("get"), summary=f"Retrieve a {called} that was applied for"
    )
    def get_application(request: Request, user_id: Id, posting_id: Id) -> HttpResponse:
        """Read somebody's application; its status is that of the record, whoever moves it there."""
        own_or_admin(request, user_id)
        return answer(_shown(request, user_id, posting_id))

    @router.delete(f"{path}{{posting_id}}/", **things.deletes, **named("withdraw"), summary=f"Withdraw from a {called}")
    def withdraw(request: Request, user_id: Id, posting_id: Id) -> HttpResponse:
        """Withdraw an application: it stays in the record, as withdrawn, and may be taken up again."""
        own_or_admin(request, user_id)
        try:
            found = boards.application(owner_id=user_id, posting_id=posting_id, is_internship=board.is_internship)
        except Missing:
            raise missing("application") from None
        services.withdraw(application=found, at=accounts.local_time(pk=user_id, at=request.now))
        return things.gone()

    def _shown(request: Request, user_id: int, posting_id: int) -> str:
        values = {"person_id": user_id, "pk": posting_id, "now": request.now, "day": request.now.date()}
        document = board.application.one(**values)
        if document is None:
            raise missing("application")
        return document

    return router


def _found(board: Board, posting_id: int) -> Any:
    try:
        return board.posting(posting_id)
    except Missing:
        raise missing(board.called) from None


def _applicant(request: Request, application: Application) -> ApplicantOut:
    person, resume = application.owner, application.resume
    name = f"{person.first_name} {person.last_name}".strip() or person.display_name or person.username
    sent = resume and ResumeSentOut(name=resume.version_name, url=resume_link(request, resume) or None)
    return ApplicantOut(name=name, status=application.status, applied_date=application.applied_date, resume=sent)


def _sheet(applicants: list[ApplicantOut]) -> HttpResponse:
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow(["name", "status", "applied_date", "resume"])
    for one in applicants:
        told = (one.name, one.status.value, str(one.applied_date or ""), one.resume.name if one.resume else "")
        sheet.writerow([neutralise(cell) for cell in told])
    headers = {"Content-Disposition": 'attachment; filename="applicants.csv"'}
    return HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


jobs, internships = postings_of(JOBS), postings_of(INTERNSHIPS)
user_jobs, user_internships = applications_of(JOBS), applications_of(INTERNSHIPS)
