"""Certificates on paper."""

import json
from datetime import UTC, datetime

from onward.domain.learning.models import Certificate
from onward.platform.typesetting import Typesetter, printable

TYPESETTER = Typesetter("onward.domain.learning.typesetting")


def pdf_of(certificate: Certificate, *, address: str) -> bytes:
    """Return a certificate as a PDF of one page. :param address: of the public page that confirms it

    :raises subprocess.SubprocessError: when it cannot be typeset
    """
    said = {
        "name": printable(certificate.name),
        "course": printable(certificate.course_title),
        "instructor": printable(certificate.instructor_name),
        "day": day_of(certificate.completed_at),
        "address": address,
    }
    return TYPESETTER.run(given=json.dumps(said).encode())


def day_of(moment: datetime) -> str:
    """Return the day in UTC, in words: 3 March 2026."""
    day = moment.astimezone(UTC)
    return f"{day.day} {day:%B %Y}"
