"""Users: the accounts of the server, and the team among them."""

from collections.abc import Collection
from typing import Any

from django.http import HttpResponse, JsonResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.filters import ByWord
from onward.apis.outreach.access import admins, members
from onward.apis.outreach.resource import Resource
from onward.apis.outreach.schemas.accounts import LoadOut, TeamRole, UserChanges, UserIn, UserRow
from onward.domain.accounts import queries, usernames
from onward.domain.accounts.choices import Area
from onward.domain.accounts.demands import Demands
from onward.domain.accounts.services import members as services
from onward.domain.accounts.services import passwords
from onward.domain.outreach.queries import leads
from onward.platform.wire import Id

router = Router(tags=["Users"])

DEMANDS: Demands = {"username": usernames.problems, "password": passwords.problems}

USERS = Resource(
    lambda: queries.accounts(Area.OUTREACH),
    row=UserRow,
    body=UserIn,
    changes=UserChanges,
    filters={"role": ByWord("area_role", TeamRole)},
    search=("name", "email", "username"),
    orders={"name": "name", "email": "email", "role": "area_role", "created_at": "created_at"},
    order="name",
    called="user",
)


@router.get("", auth=admins, **USERS.lists, summary="List users")
def list_users(request: Request) -> HttpResponse:
    """List all accounts by name, on the team or not."""
    return USERS.page(request)


@router.post("", auth=admins, **USERS.creates, summary="Add a user")
def create(request: Request, body: UserIn) -> HttpResponse:
    """Make an account for somebody on the team; without a password they are invited by mail."""
    fields = _named(body.model_dump(), but=[name for name in ("first_name", "last_name") if getattr(body, name)])
    made = services.add(by=request.auth, area=Area.OUTREACH, demands=DEMANDS, at=local_time(request), **fields)
    return USERS.made(request, made)


@router.patch("/{user_id}", auth=admins, **USERS.changes, summary="Update a user")
def update(request: Request, user_id: Id) -> HttpResponse:
    """Change what is sent. Whoever is switched off is signed out, and their open internships are nobody's."""
    user = queries.person(pk=user_id)
    given = USERS.given(request, user)
    services.change(
        by=request.auth,
        area=Area.OUTREACH,
        user=user,
        changes=_named(given, but=given),
        demands=DEMANDS,
        at=local_time(request),
    )
    return USERS.show(request, user_id)


def _named(fields: dict[str, Any], *, but: Collection[str]) -> dict[str, Any]:
    """Return what is said of somebody with a whole name in its parts. :param but: the parts that are given apart"""
    name = fields.pop("name", "")
    if not name:
        return fields
    first, _, last = " ".join(name.split()).rpartition(" ")
    parts = {"first_name": first or last, "last_name": last if first else ""}
    return {**fields, **{part: value for part, value in parts.items() if part not in but}}


@router.get("/{user_id}/load", auth=members, response=LoadOut, summary="Get the load of a user")
def get_load(request: Request, user_id: Id) -> HttpResponse:
    """Count the internships that somebody works on: without what is converted, declined or dormant."""
    queries.require(pk=user_id)
    by_status = leads.load(user_id=user_id)
    return JsonResponse({"active_load": sum(by_status.values()), "by_status": by_status})
