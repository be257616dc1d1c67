"""``onward grant EMAIL AREA ROLE [--revoke]``: who is what in an area."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onward.domain.accounts.choices import ROLES, Area
from onward.domain.accounts.models import User
from onward.domain.accounts.services import roles
from onward.platform.refusals import Refusal

NONE = "none"


class Command(BaseCommand):
    help = "Make somebody something in an area of the server, or take that away again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = "; ".join(f"{area.value}: {', '.join(named)}" for area, named in ROLES.items())
        parser.add_argument("email", metavar="EMAIL", help="of the account")
        parser.add_argument("area", metavar="AREA", choices=Area.values, help=f"one of {', '.join(Area.values)}")
        parser.add_argument("role", metavar="ROLE", help=f"{known}; or {NONE}, to be nothing there")
        parser.add_argument("--revoke", action="store_true", help="take this one role away")

    def handle(self, *, email: str, area: str, role: str, revoke: bool, **options: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"There is no account with the address {email}.")
        try:
            if role == NONE:
                roles.revoke(user=user, area=area, by_id=None, at=timezone.now())
            elif revoke:
                roles.revoke(user=user, area=area, role=role, by_id=None, at=timezone.now())
            else:
                roles.grant(user=user, area=area, role=role, by_id=None, at=timezone.now())
        except Refusal as refusal:
            problems = [problem for field in refusal.fields.values() for problem in field]
            raise CommandError(" ".join(problems) or refusal.message) from None
        theirs = user.roles.filter(area=area).order_by("role").values_list("role", flat=True)
        self.stdout.write(f"{user.email} is {' and '.join(theirs) or 'nothing'} in {area}.")
