"""Who may do what on campus, as far as a role decides it; whose rows are seen is decided in the queries.

An endpoint says who may come in at all (``auth=``): `anybody`, `members`, or who has a role.
"""

from uuid import UUID

from django.http import HttpRequest

from onward.apis.base import Request
from onward.domain.accounts import queries
from onward.domain.accounts.choices import Area, RoleName
from onward.platform.refusals import Forbidden
from onward.platform.tokens import Actor, signed_in
from onward.platform.tokens.bearer import Bearer, bearer_token, with_both_factors

# Whose rows there are none.
NOBODY = Actor(user_id=0, session_id=UUID(int=0), zone="UTC", awaits_second_factor=False, is_staff=False, email="")


def is_admin(actor: Actor) -> bool:
    """Return whether somebody is an admin of the server, who may do everything here."""
    return actor.is_staff or actor.is_superuser


def is_instructor(actor: Actor) -> bool:
    """Return whether somebody may make courses."""
    return is_admin(actor) or RoleName.INSTRUCTOR in actor.roles.get(Area.CAMPUS, ())


def is_moderator(actor: Actor) -> bool:
    """Return whether somebody looks after what members write."""
    return is_admin(actor) or RoleName.MODERATOR in actor.roles.get(Area.CAMPUS, ())


def is_on_team(actor: Actor) -> bool:
    """Return whether somebody looks after postings: the placement team, and admins."""
    return is_admin(actor) or Area.OUTREACH in actor.roles


class Anybody(Bearer):
    """Lets those in who say nothing of themselves; a token that does not hold is refused even so."""

    def __call__(self, request: HttpRequest) -> Actor:
        return NOBODY if bearer_token(request) is None else super().__call__(request)


def _the_team(actor: Actor) -> None:
    with_both_factors(actor)
    if not is_on_team(actor):
        raise Forbidden("Only the placement team and admins may do this.")


def _instructors(actor: Actor) -> None:
    with_both_factors(actor)
    if not is_instructor(actor):
        raise Forbidden("Only instructors and admins may do this.")


def _moderators(actor: Actor) -> None:
    with_both_factors(actor)
    if not is_moderator(actor):
        raise Forbidden("Only moderators and admins may do this.")


def _admins(actor: Actor) -> None:
    with_both_factors(actor)
    if not is_admin(actor):
        raise Forbidden("Only admins may do this.")


anybody = Anybody(with_both_factors)
members = signed_in
team = Bearer(_the_team)
instructors = Bearer(_instructors)
moderators = Bearer(_moderators)
admins = Bearer(_admins)


def own_or_admin(request: Request, user_id: int) -> None:
    """Let somebody at what is under ``/users/{id}/``: at their own, and admins at everybody's.

    :raises Forbidden: when it is another's, or nobody's: who has an account is not told
    :raises Missing: when an admin asks for an account that is not there
    """
    if user_id == request.auth.user_id:
        return
    if not is_admin(request.auth):
        raise Forbidden()
    queries.require(pk=user_id)
