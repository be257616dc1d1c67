"""Searches of the feed that somebody keeps, to be told what is new in them."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.bodies import refers_to, sent
from onward.apis.copilot.postings import shown_wanted, wanted_of
from onward.apis.copilot.schemas.feed import Filters, SavedSearchChanges, SavedSearchIn, SavedSearchOut
from onward.domain.feed import queries, services
from onward.domain.feed.models import SavedSearch
from onward.domain.feed.wanted import Wanted
from onward.platform.wire import Id

router = Router(tags=["Feed"])
_DELETED = {HTTPStatus.NO_CONTENT: None}


@router.get("", response=list[SavedSearchOut], summary="List saved searches")
def list_searches(request: Request) -> HttpResponse:
    """List the searches that one keeps, by their names."""
    rows = queries.saved_searches(owner_id=request.auth.user_id)
    return answer(f"[{','.join(_out(row).model_dump_json() for row in rows)}]")


@router.post("", response={HTTPStatus.CREATED: SavedSearchOut}, summary="Save a search")
def create(request: Request, body: SavedSearchIn) -> HttpResponse:
    """Keep a search; its name must be another one than those of one's other searches."""
    made = services.save_search(
        owner_id=request.auth.user_id, name=body.name, wanted=wanted_of(body.filters), often=body.notify, at=request.now
    )
    return answer(_out(made).model_dump_json(), HTTPStatus.CREATED)


@router.get("/{search_id}", response=SavedSearchOut, summary="Read a saved search")
def read(request: Request, search_id: Id) -> HttpResponse:
    """Read one of one's searches."""
    return answer(_out(_mine(request, search_id)).model_dump_json())


@router.patch(
    "/{search_id}",
    response=SavedSearchOut,
    summary="Change a saved search",
    openapi_extra=refers_to(SavedSearchChanges),
)
def update(request: Request, search_id: Id) -> HttpResponse:
    """Change what is sent; ``filters`` are replaced as a whole."""
    search = _mine(request, search_id)
    said = sent(request, SavedSearchChanges, shown=_out(search).model_dump_json())
    changes: dict[str, Any] = {name: said[name] for name in ("name",) if said.get(name) is not None}
    if said.get("notify") is not None:
        changes["often"] = said["notify"]
    if said.get("filters") is not None:
        changes["wanted"] = wanted_of(Filters(**said["filters"])).packed()
    services.update_search(search=search, at=request.now, **changes)
    return answer(_out(search).model_dump_json())


@router.delete("/{search_id}", response=_DELETED, summary="Delete a saved search")
def delete(request: Request, search_id: Id) -> HttpResponse:
    """Keep a search no longer."""
    services.delete_search(search=_mine(request, search_id), at=request.now)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _mine(request: Request, pk: int) -> SavedSearch:
    return queries.saved_search(owner_id=request.auth.user_id, pk=pk)


def _out(search: SavedSearch) -> SavedSearchOut:
    return SavedSearchOut(
        id=search.pk,
        name=search.name,
        filters=shown_wanted(Wanted.unpacked(search.wanted)),
        notify=search.often,
        created_at=search.created_at,
        updated_at=search.updated_at,
    )
