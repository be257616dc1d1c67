"""The page of a certificate."""

from datetime import UTC
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from onward.domain.learning.queries import courses
from onward.web.frame.pages import page


@require_safe
def certificate(request: HttpRequest, *, uid: str) -> HttpResponse:
    """Confirm a certificate. :raises Http404: when there is none of that address"""
    try:
        found = courses.certificate_by(uid=UUID(uid))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    context = {"certificate": found, "completed_at": found.completed_at.astimezone(UTC)}
    return page(request, "certificates/certificate.jinja", context)
