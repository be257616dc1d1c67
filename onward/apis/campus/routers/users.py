"""Section 2 of the campus document: people and their profiles."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.bodies import changed, read_body, refers_to
from onward.apis.campus.access import is_admin
from onward.apis.campus.resource import Resource, missing
from onward.apis.campus.schemas.profiles import OwnProfileOut, ProfileChanges, ProfileOut, recorded
from onward.apis.forms import is_form, read_form
from onward.apis.resource import Verb
from onward.domain.accounts.demands import Demands
from onward.domain.accounts.models import User
from onward.domain.accounts.services import pictures, profiles
from onward.domain.community.queries.visibility import ASKER, visible_to
from onward.platform.refusals import Forbidden
from onward.platform.wire import KEY, Id, Reading

router = Router(tags=["User profile"])

NO_DEMANDS: Demands = {}
PICTURE = "profile_picture"


def _site(request: Request) -> dict[str, Any]:
    return {"site": request.build_absolute_uri("/")}


def _people() -> QuerySet[User]:
    return User.objects.filter(visible_to(ASKER))


def _everybody() -> QuerySet[User]:
    return User.objects.all()


PEOPLE, EVERYBODY = (
    Resource(
        rows,
        row=ProfileOut,
        search={"username": "username", "display_name": "display name"},
        orders=("username", "created_at"),
        order="-created_at",
        values=_site,
        called="user",
    )
    for rows in (_people, _everybody)
)
PROFILE = Reading(ProfileOut, lambda: _people().filter(pk=KEY))
OWN_PROFILE = Reading(OwnProfileOut, lambda: _everybody().filter(pk=KEY))
CHANGES: Verb = {"response": OwnProfileOut, "openapi_extra": refers_to(ProfileChanges)}


@router.get("", **PEOPLE.lists, summary="List all users")
def list_users(request: Request) -> HttpResponse:
    """List oneself and the people who let themselves be seen; to admins everybody. The latest first."""
    return (EVERYBODY if is_admin(request.auth) else PEOPLE).page(request)


@router.get("{user_id}/profile/", response=OwnProfileOut | ProfileOut, summary="Retrieve a user profile")
def get_profile(request: Request, user_id: Id) -> HttpResponse:
    """Read a profile; of one's own, and to admins, with what others do not see."""
    if user_id == request.auth.user_id or is_admin(request.auth):
        return answer(_own_profile(request, user_id))
    document = PROFILE.one(pk=user_id, asker_id=request.auth.user_id, **_site(request))
    if document is None:
        raise _refused(user_id)
    return answer(document)


@router.put("{user_id}/profile/", **CHANGES, summary="Update a user profile")
def replace_profile(request: Request, user_id: Id) -> HttpResponse:
    """Change what is sent of a profile, as JSON or as a form with a picture; what is absent stays."""
    return change_profile(request, user_id)


@router.patch("{user_id}/profile/", **CHANGES, summary="Partially update a user profile")
def change_profile(request: Request, user_id: Id) -> HttpResponse:
    """Change what is sent of a profile, as JSON or as a form with a picture; what is absent stays."""
    if user_id != request.auth.user_id and not is_admin(request.auth):
        raise _refused(user_id)
    shown = _own_profile(request, user_id)
    given, files = read_form(request) if is_form(request) else (read_body(request), {})
    picture = files.get(PICTURE)
    if picture is not None:
        given.pop(PICTURE, None)
    changes = recorded(changed(given, ProfileChanges, shown=shown))
    if picture is None:
        profiles.change(user_id=user_id, changes=changes, demands=NO_DEMANDS, at=request.now)
    else:
        pictures.change(user_id=user_id, picture=picture, changes=changes, demands=NO_DEMANDS, at=request.now)
    return answer(_own_profile(request, user_id))


def _own_profile(request: Request, user_id: int) -> str:
    document = OWN_PROFILE.one(pk=user_id, **_site(request))
    if document is None:
        raise missing("user")
    return document


def _refused(user_id: int) -> Exception:
    """Return why a profile is refused: it is not for them to see or to change, or there is none."""
    if User.objects.filter(pk=user_id, is_active=True).exists():
        return Forbidden()
    return missing("user")
