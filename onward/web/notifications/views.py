"""The page by which somebody is rid of mails of one kind."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from onward.domain.notifications import links
from onward.domain.notifications.services import preferences
from onward.platform.refusals import Invalid
from onward.web import words
from onward.web.frame.pages import page


# Mail programs post here on their own, with neither a cookie nor our form (RFC 8058); the token in the address is
# the proof, and all that it can do is to switch mails off. Opening the address changes nothing: programs look at links
# before people do.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Ask for the one click that stops mails of one kind, or take it."""
    token = request.GET.get("token", "")
    try:
        if request.method == "POST":
            kind = preferences.unsubscribe(token=token, at=request.now)  # type: ignore[attr-defined]
            return _page(request, "unsubscribed", {"kind": words.MAIL[kind]})
        _, kind = links.read(token)
    except Invalid:
        return _page(request, "bad_link", {}, status=400)
    return _page(request, "unsubscribe", {"kind": words.MAIL[kind], "token": token})


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = page(request, f"notifications/{name}.jinja", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
