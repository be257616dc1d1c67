"""Links that are sent by mail: good once, for a while."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from onward.domain.accounts import links
from onward.domain.accounts.choices import LinkPurpose
from onward.domain.accounts.models import Link, User
from onward.platform.record import locked

# Nobody needs more, and nobody can fill somebody else's letter box with our mails.
MOST_IN_AN_HOUR = 5
KEPT = timedelta(days=30)


@transaction.atomic
def issue(
    *, user: User, purpose: LinkPurpose, request: UUID, at: datetime, lifetime: timedelta | None = None
) -> Link | None:
    """Make the link that a request asked for; its life begins now, not when a late mail server wakes up.

    :param request: names the request; asked again for the same one, the same link is given until it was sent
    :param lifetime: where it is another than such links have
    :returns: none when it was sent already, or when enough were sent within the hour
    """
    lifetime = lifetime or links.LIFETIMES[purpose]
    link, made = Link.objects.get_or_create(
        request=request,
        defaults={
            "user": user,
            "purpose": purpose,
            "email": user.email,
            "created_at": at,
            "expires_at": at + lifetime,
        },
    )
    if made:
        recent = Link.objects.filter(user=user, purpose=purpose, created_at__gt=at - timedelta(hours=1))
        if recent.count() > MOST_IN_AN_HOUR:
            link.delete()
            return None
    elif link.sent_at or link.used_at:
        return None
    else:
        link.expires_at = at + lifetime
        link.save(update_fields=["expires_at"])
    return link


def mark_sent(*, link: Link, at: datetime) -> None:
    """Record that the mail is on its way."""
    Link.objects.filter(pk=link.pk).update(sent_at=at)


def claim(*, link: Link, at: datetime) -> User:
    """Use a link up, in the caller's transaction. Of many who try at once exactly one succeeds; the database counts.

    :returns: its owner, locked until the transaction ends
    :raises Invalid: when somebody was quicker, or the owner has left the address meanwhile
    """
    # The account before the link: two links of one account, used at once, would wait for each other for ever.
    user = locked(link.user)
    # Only columns of the link's own stand in the condition. With a joined one the row would be found by a subquery,
    # and PostgreSQL would not look again at what a rival has just done to it.
    claimed = Link.objects.filter(pk=link.pk, used_at=None, expires_at__gt=at).update(used_at=at)
    if not claimed or user.email != link.email or not user.is_active:
        raise links.invalid(LinkPurpose(link.purpose))
    return user


def void(*, user_id: int, purpose: LinkPurpose, at: datetime) -> None:
    """Make every unused link of an account useless."""
    Link.objects.filter(user_id=user_id, purpose=purpose, used_at=None).update(used_at=at)


def forget_old(*, at: datetime) -> int:
    """Remove links that were used or expired more than thirty days ago; returns how many."""
    return Link.objects.filter(Q(used_at__lt=at - KEPT) | Q(expires_at__lt=at - KEPT)).delete()[0]
