"""Who may use the desk: its members, and for some things its admins only."""

from onward.domain.accounts.choices import Area, RoleName
from onward.platform.refusals import Forbidden
from onward.platform.tokens import Actor
from onward.platform.tokens.bearer import Bearer, with_both_factors


def role(actor: Actor) -> str | None:
    """Return what somebody is at the desk; superusers are its admins."""
    if actor.is_superuser:
        return RoleName.ADMIN
    # At the desk there is one, which the database holds.
    return next(iter(actor.roles.get(Area.OUTREACH, ())), None)


def _on_the_team(actor: Actor) -> None:
    with_both_factors(actor)
    if role(actor) is None:
        raise Forbidden("You are not on the placement team.", code="not_on_the_team")


def _an_admin(actor: Actor) -> None:
    _on_the_team(actor)
    if role(actor) != RoleName.ADMIN:
        raise Forbidden("Only an admin of the placement team may do this.", code="admins_only")


members = Bearer(_on_the_team)
admins = Bearer(_an_admin)
