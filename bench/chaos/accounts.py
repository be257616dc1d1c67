"""``python -m bench.chaos.accounts NUMBER``: an empty record with so many accounts; prints their tokens as JSON."""

import json
import sys

import django


def main() -> None:
    """Migrate, make the accounts, and give the first one applications to list."""
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from onward.domain.accounts.models import User
    from onward.domain.applications.models import Application
    from onward.domain.companies.models import Company
    from onward.platform import tokens

    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("flush", verbosity=0, interactive=False)
    at = timezone.now()
    opened = []
    for number in range(int(sys.argv[1])):
        name = f"chaos{number}"
        user = User(username=name, username_key=name, email=f"{name}@example.org", is_email_verified=True)
        user.set_password("a good long password")
        user.save()
        opened.append(
            tokens.open_session(
                user=user, api="tracker", address="127.0.0.1", user_agent="chaos", awaits_second_factor=False, at=at
            ).access
        )
        company = Company.objects.create(owner=user, name="Acme")
        for place in range(20):
            Application.objects.create(owner=user, company=company, job_title=f"Job {place}", applied_date=at.date())
    print(json.dumps(opened))


if __name__ == "__main__":
    main()
