"""A group goes on without whoever has made it."""

from datetime import datetime

from django.db import transaction

from onward.domain.community.choices import GroupRole
from onward.domain.community.models import Group, Membership
from onward.platform.record import locked_for_removal


def leave(*, user_id: int, at: datetime) -> None:
    """Give somebody's groups to whoever is in them longest, admins first; a group of nobody else goes."""
    for pk in list(Group.objects.filter(creator_id=user_id).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            group = locked_for_removal(Group(pk=pk))
            others = Membership.objects.filter(group=group).exclude(user_id=user_id).order_by("joined_at", "pk")
            heir = others.filter(role=GroupRole.ADMIN).first() or others.first()
            if heir is None:
                group.delete()
                continue
            group.creator_id, group.description, group.updated_at = heir.user_id, "", at
            group.save(update_fields=["creator_id", "description", "updated_at"])
            Membership.objects.filter(pk=heir.pk).update(role=GroupRole.ADMIN)
