"""The front door: the welcome page, robots and the icon."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from onward.web.pages import apis

ROBOTS = "User-agent: *\nAllow: /$\nDisallow: /\n"


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Greet a browser with a page, and a client of the offers document with what that document says."""
    response: HttpResponse
    if "text/html" in request.headers.get("Accept", ""):
        response = render(request, "welcome.html", {"apis": apis.APIS})
    else:
        response = JsonResponse({"message": "Welcome to OfferTracker API"})
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines to the front door."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask by the old name to the icon."""
    return redirect(static("onward/icon.svg"))
