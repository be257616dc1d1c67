"""What a calendar program reads: the token in the address is the proof, and all that it can do is to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onward.domain.outreach import calendar as calendars
from onward.platform.refusals import Missing


@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the open follow-ups of whose link this is."""
    try:
        content = calendars.read(request.GET.get("token", ""), at=request.now)  # type: ignore[attr-defined]
    except Missing:
        raise Http404 from None
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{calendars.PATH}"'
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
