"""Who may do what only the server's admins do."""

from onward.platform.refusals import Forbidden
from onward.platform.tokens import Actor
from onward.platform.tokens.bearer import Bearer, with_both_factors


def _an_admin(actor: Actor) -> None:
    with_both_factors(actor)
    if not actor.is_staff:
        raise Forbidden("Admin access required", code="admins_only")


admins = Bearer(_an_admin)
