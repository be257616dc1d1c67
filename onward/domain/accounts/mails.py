"""The mails that an account's owner gets: each a text and the same as HTML, from two templates."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def send(
    *, to: str, subject: str, template: str, name: str, context: dict[str, Any], folder: str = "accounts/mails"
) -> None:
    """Send a mail.

    Nothing that somebody typed goes into it, not even their name: whoever registers with another person's address
    shall not choose what that person reads.

    :param name: what makes the mail one of its kind; sent twice, it is the same mail to the program that receives it
    """
    context = {"subject": subject, "public_url": settings.PUBLIC_URL, **context}
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{folder}/{template}.txt", context),
        to=[to],
        headers={"Message-ID": f"<{name}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string(f"{folder}/{template}.html", context), "text/html")
    mail.send()
