"""The front door: the welcome page, robots and the icon."""

import re
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from onward.domain.accounts.drawing.bounds import FORMATS
from onward.platform import storage
from onward.platform.refusals import Missing
from onward.web.frame.pages import page

PICTURE = re.compile(r"[0-9a-f]{32}(\.(?:png|jpg|webp|gif))")
KINDS = dict(FORMATS.values())
ROBOTS = "User-agent: *\nAllow: /$\nAllow: /board/\nDisallow: /\n"


@require_safe
def welcome(request: HttpRequest, *, apis: Sequence[object]) -> HttpResponse:
    """Greet a browser with a page that lists the APIs, and a client of the offers document as that document says."""
    response: HttpResponse
    if "text/html" in request.headers.get("Accept", ""):
        response = page(request, "pages/welcome.jinja", {"apis": apis})
    else:
        response = JsonResponse({"message": "Welcome to OfferTracker API"})
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines to the front door, and to what is published on the board."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def picture(request: HttpRequest, *, name: str) -> HttpResponse:
    """Show the picture of a profile to whoever knows its address, which nobody can guess."""
    found = PICTURE.fullmatch(name)
    if found is None:
        raise Http404
    try:
        with storage.open_file(f"pictures/{name}") as file:
            content = file.read()
    except Missing:
        raise Http404 from None
    headers = {"Cache-Control": "private, max-age=86400", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return HttpResponse(content, content_type=KINDS[found[1]], headers=headers)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask by the old name to the icon."""
    return redirect(static("onward/icon.svg"))


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Tell a phone what the app is, and that it takes what is shared."""
    return JsonResponse(
        {
            "name": "Onward",
            "short_name": "Onward",
            "start_url": reverse("today:today"),
            "scope": "/app/",
            "display": "standalone",
            "icons": [{"src": static("onward/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
            "share_target": {
                "action": reverse("applications:new"),
                "method": "GET",
                "params": {"url": "url", "title": "title", "text": "text"},
            },
        },
        content_type="application/manifest+json",
    )
