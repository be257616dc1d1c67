"""What an answer says of how many requests are left."""

from django.conf import settings
from django.http.response import HttpResponseBase

from onward.platform.throttle.limits import Verdict, unused


def show(answer: HttpResponseBase, verdict: Verdict | None = None) -> None:
    """Set the headers that say how the count stands. :param verdict: none for what is not counted, as a preflight"""
    verdict = verdict or unused(*settings.THROTTLE_ANON)
    answer["X-RateLimit-Limit"] = str(verdict.limit)
    answer["X-RateLimit-Remaining"] = str(verdict.remaining)
    answer["X-RateLimit-Reset"] = str(verdict.reset)
