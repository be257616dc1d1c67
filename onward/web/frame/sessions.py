"""Who is signed in with this browser.

The cookie holds the signed name of a session and nothing else. The session is a row like an API's: it stands in the
person's list of sessions, and whoever ends it there ends it here with the next request.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from onward.domain.accounts.visits import Visit
from onward.platform import tokens
from onward.platform.refusals import Missing
from onward.platform.tokens import Actor

# What the list of sessions says they were opened through.
WEB = "web"
_SIGNER = Signer(salt="onward.web.frame.sessions")

View = Callable[..., HttpResponseBase]


def visit(request: HttpRequest) -> Visit:
    """Return what is remembered of a browser that signs in."""
    return Visit(WEB, request.client_address, request.headers.get("user-agent", ""))  # type: ignore[attr-defined]


def remember(response: HttpResponse, *, user_id: int, session_id: UUID, seconds: int | None) -> None:
    """Let a browser keep the name of its session. :param seconds: how long it keeps it; none: until it is closed"""
    response.set_cookie(
        settings.APP_COOKIE_NAME,
        _SIGNER.sign(f"{user_id}.{session_id.hex}"),
        max_age=seconds,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Take the name of its session from a browser, and whatever it has kept of the pages."""
    response.delete_cookie(settings.APP_COOKIE_NAME, samesite="Lax")
    response["Clear-Site-Data"] = '"cache"'


def named_by(cookie: str) -> tuple[int, UUID]:
    """Return the account and the session that a cookie names.

    :raises BadSignature: when it is not one that this server has signed
    :raises ValueError: when it names none
    """
    user_id, _, session_id = _SIGNER.unsign(cookie).partition(".")
    return int(user_id), UUID(hex=session_id)


def actor_of(request: HttpRequest) -> Actor | None:
    """Return the person who is signed in with this browser, whether or not the session owes its second factor."""
    try:
        user_id, session_id = named_by(request.COOKIES.get(settings.APP_COOKIE_NAME, ""))
        return tokens.authenticate_page(
            user_id=user_id,
            session_id=session_id,
            api=WEB,
            at=request.now,  # type: ignore[attr-defined]
        )
    except (BadSignature, ValueError, tokens.BadToken):
        return None


def signed_in(view: View) -> View:
    """Let a view be seen by who is signed in, and lead others to the page where one signs in and comes back from.

    The view finds the person in ``request.actor`` and the time on their clock in ``request.here``. What is not theirs
    does not exist: `Missing` is answered with 404.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        actor = actor_of(request)
        if actor is None or actor.awaits_second_factor:
            way = "sign_in:sign_in" if actor is None else "sign_in:second_factor"
            back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
            return redirect(f"{reverse(way)}?{urlencode({'next': back})}" if back else reverse(way))
        asked: Any = request
        asked.actor = actor
        asked.here = asked.now.astimezone(ZoneInfo(actor.zone))
        try:
            return view(request, *arguments, **named)
        except Missing:
            raise Http404 from None

    guarded.needs_sign_in = True  # type: ignore[attr-defined]
    return guarded


def way_back(request: HttpRequest, usual: str = "") -> str:
    """Return where somebody wanted to go: an address of the app's own, else the usual one or the first page."""
    wanted: str = request.POST.get("next") or request.GET.get("next", "")
    # Without a host allowed: only what begins with one slash is ours.
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/app/")
    return wanted if ours else usual or reverse("today:today")


def came_from(request: HttpRequest) -> str:
    """Return the page that a form was sent from: it is shown again."""
    asked = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    here = f"{asked.path}?{asked.query}" if asked.query else asked.path
    ours = url_has_allowed_host_and_scheme(here, allowed_hosts=None) and here.startswith("/app/")
    return way_back(request, here if ours else "")
