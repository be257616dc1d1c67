"""The ways into the app, and out of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onward.domain.accounts import queries
from onward.domain.accounts.demands import Demands
from onward.domain.accounts.services import passwords, registration, second_factor, signing_in
from onward.platform.tokens import Tokens
from onward.web.frame import sessions
from onward.web.frame.act import act
from onward.web.frame.pages import page
from onward.web.sign_in import forms

# The address and the password of the demo account, where it may be offered.
Demo = tuple[str, str] | None
MONTH = 30 * 24 * 60 * 60
DEMANDS: Demands = {"password": passwords.problems}


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, *, demo: Demo = None) -> HttpResponse:
    """Sign in by address and password."""
    form = forms.SignIn(request.POST or None)
    opened: list[signing_in.SignIn] = []
    fields = form.data.get("email", ""), form.data.get("password", "")
    if request.POST and act(form, lambda: opened.append(_log_in(request, *fields))):
        kept = MONTH if form.cleaned_data["keep"] else None
        return _enter(request, opened[0].user_id, opened[0].tokens, kept, opened[0].awaits_second_factor)
    if request.method != "POST" and (actor := sessions.actor_of(request)) and not actor.awaits_second_factor:
        return redirect(sessions.way_back(request))
    shown = demo if demo and queries.has_account(email=demo[0]) else None
    return _page(request, "sign_in/sign_in.jinja", form, demo=shown)


def _log_in(request: HttpRequest, email: str, password: str) -> signing_in.SignIn:
    return signing_in.log_in(email=email, password=password, visit=sessions.visit(request), at=_now(request))


@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest, *, demo: Demo = None) -> HttpResponse:
    """Take the code of the second factor."""
    actor = sessions.actor_of(request)
    if actor is None or not actor.awaits_second_factor:
        return redirect(sessions.way_back(request) if actor else reverse("sign_in:sign_in"))
    form = forms.SecondFactor(request.POST or None)
    if request.POST and act(form, lambda: _verify(request, actor.user_id, actor.session_id, form.data["code"])):
        return redirect(sessions.way_back(request))
    return _page(request, "sign_in/second_factor.jinja", form)


def _verify(request: HttpRequest, user_id: int, session_id: UUID, code: str) -> None:
    second_factor.verify(user_id=user_id, session_id=session_id, code=code.strip(), at=_now(request))


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, *, demo: Demo = None) -> HttpResponse:
    """Make an account; a link that verifies the address is on its way."""
    form = forms.SignUp(request.POST or None)
    made: list[registration.Registration] = []
    if request.POST and act(form, lambda: made.append(_register(request, form.cleaned_data))):
        return _enter(request, made[0].user_id, made[0].tokens, MONTH, usual=reverse("start:start"))
    return _page(request, "sign_in/sign_up.jinja", form)


def _register(request: HttpRequest, given: dict[str, Any]) -> registration.Registration:
    return registration.register(
        email=given["email"],
        password=given["password"],
        display_name=given["name"],
        demands=DEMANDS,
        visit=sessions.visit(request),
        at=_now(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def forgot(request: HttpRequest, *, demo: Demo = None) -> HttpResponse:
    """Send a link by which another password can be chosen. The answer is the same whoever has an account."""
    form = forms.Forgot(request.POST or None)
    if request.POST and act(form, lambda: passwords.request_reset(email=form.cleaned_data["email"], at=_now(request))):
        return page(request, "sign_in/forgot_sent.jinja", {"email": form.cleaned_data["email"]})
    return _page(request, "sign_in/forgot.jinja", form)


@require_POST
def sign_out(request: HttpRequest, *, demo: Demo = None) -> HttpResponse:
    """End the session of this browser."""
    response = redirect("sign_in:sign_in")
    if actor := sessions.actor_of(request):
        signing_in.log_out(user_id=actor.user_id, session_id=actor.session_id, refresh=None, at=_now(request))
        messages.info(request, _("You are signed out."))
    sessions.forget(response)
    return response


@require_safe
def closed(request: HttpRequest, *, demo: Demo = None) -> HttpResponse:
    """Show that an account is closed."""
    return page(request, "sign_in/closed.jinja")


def _enter(
    request: HttpRequest,
    user_id: int,
    opened: Tokens,
    seconds: int | None,
    awaits: object = None,
    usual: str = "",
) -> HttpResponse:
    back = sessions.way_back(request, usual)
    response = redirect(f"{reverse('sign_in:second_factor')}?{urlencode({'next': back})}" if awaits else back)
    rotate_token(request)
    sessions.remember(response, user_id=user_id, session_id=opened.session_id, seconds=seconds)
    return response


def _page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return page(request, template, {"form": form, "next": wanted, **more}, status=422 if form.errors else 200)


def _now(request: HttpRequest) -> Any:
    return request.now  # type: ignore[attr-defined]
