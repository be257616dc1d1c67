"""The mails that a test has caused."""

import re
from urllib.parse import parse_qs, urlsplit

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from onward.platform.jobs import run_due


def delivered() -> list[EmailMultiAlternatives]:
    """Run the jobs that are due and give every mail that has been sent."""
    run_due()
    return list(mail.outbox)  # type: ignore[arg-type]


def token_in(message: EmailMultiAlternatives) -> str:
    """Give the token of the link in a mail."""
    (link,) = set(re.findall(r"https?://\S+\?token=\S+", str(message.body)))
    return parse_qs(urlsplit(link).query)["token"][0]
