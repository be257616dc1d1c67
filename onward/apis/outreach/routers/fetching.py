"""Fetching: internships are read from sources in sessions that can be watched and cancelled."""

from contextlib import suppress
from http import HTTPStatus
from uuid import UUID

from django.db import InternalError, OperationalError
from django.db.models import Q
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.filters import ByFlag, ByWord, InAnyCase
from onward.apis.outreach.access import admins, members
from onward.apis.outreach.resource import Resource
from onward.apis.outreach.schemas.fetching import FetchIn, SessionOut, SessionStatus, SourceChanges, SourceRow
from onward.domain.ingestion import queries
from onward.domain.ingestion.choices import Health, Mode
from onward.domain.ingestion.services import runs
from onward.domain.ingestion.services import sources as services
from onward.platform.wire import Id, Reading

router = Router(tags=["Fetching"], auth=members)

SESSION = Reading(SessionOut, queries.followed)
STATUS = Reading(SessionStatus, queries.followed)
SOURCES = Resource(
    queries.sources,
    row=SourceRow,
    filters={"health": ByWord("health", Health), "kind": InAnyCase("kind"), "is_enabled": ByFlag(Q(is_enabled=True))},
    search=("name", "company", "board"),
    orders=("name", "kind", "last_success_at", "last_found", "last_new", "failures"),
    order="name",
    called="source",
)


@router.post("/run", response={HTTPStatus.ACCEPTED: SessionOut}, summary="Fetch internships")
def run(request: Request, body: FetchIn) -> HttpResponse:
    """Begin to read sources; each is read by a job of its own, and what it told of is there as soon as it is read."""
    services.take_over(at=request.now)
    mode, names = Mode(body.mode), body.sources or []
    if mode == Mode.DEFAULT:
        # Passed over, but not where it is a mistake.
        runs.named(names)
        names = []
    started = runs.start(
        at=request.now,
        asked_by_id=request.auth.user_id,
        mode=mode,
        sources=names,
        internship_types=body.internship_types or [],
        locations=body.locations or [],
        threshold=body.threshold,
    )
    return answer(SESSION.required(uid=started.uid), HTTPStatus.ACCEPTED)


@router.get("/status/{session_id}", response=SessionStatus, summary="Watch a fetch")
def status(request: Request, session_id: UUID) -> HttpResponse:
    """Tell how far a fetch is, source by source."""
    return answer(STATUS.required(uid=session_id))


@router.post("/cancel/{session_id}", response=SessionOut, summary="Cancel a fetch")
def cancel(request: Request, session_id: UUID) -> HttpResponse:
    """Stop a fetch. What was saved stays, and nothing more is saved from now on."""
    runs.cancel(run=queries.run(session_id), at=request.now)
    return answer(SESSION.required(uid=session_id))


@router.get("/sources", **SOURCES.lists, summary="List sources")
def list_sources(request: Request) -> HttpResponse:
    """List the sources that there are, and how each does."""
    # A server that has just begun has not looked by itself as yet. Where nothing can be written, what is known is read.
    with suppress(InternalError, OperationalError):
        services.take_over(at=request.now)
    return SOURCES.page(request)


@router.patch("/sources/{source_id}", auth=admins, **SOURCES.changed_by(SourceChanges), summary="Enable a source")
def switch(request: Request, source_id: Id, body: SourceChanges) -> HttpResponse:
    """Say whether a source is asked, from the next fetch on."""
    source = queries.source(pk=source_id)
    services.switch(source=source, is_enabled=body.is_enabled, at=request.now, by_id=request.auth.user_id)
    return SOURCES.show(request, source_id)
