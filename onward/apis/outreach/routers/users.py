"""Users: the accounts of the server, and the team among them."""

from django.http import HttpResponse, JsonResponse
from ninja import Router

from onward.apis.base import Request
from onward.apis.filters import ByWord
from onward.apis.outreach.access import admins, members
from onward.apis.outreach.resource import Resource
from onward.apis.outreach.schemas.accounts import LoadOut, TeamRole, UserRow
from onward.domain.accounts import queries
from onward.domain.accounts.choices import Area
from onward.domain.outreach.queries import leads
from onward.platform.wire import Id

router = Router(tags=["Users"])

USERS = Resource(
    lambda: queries.accounts(Area.OUTREACH),
    row=UserRow,
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


@router.get("/{user_id}/load", auth=members, response=LoadOut, summary="Get the load of a user")
def get_load(request: Request, user_id: Id) -> HttpResponse:
    """Count the internships that somebody works on: without what is converted, declined or dormant."""
    queries.require(pk=user_id)
    by_status = leads.load(user_id=user_id)
    return JsonResponse({"active_load": sum(by_status.values()), "by_status": by_status})
