"""Settings: who one is, how one signs in, how pages look, which mails come, taking everything along, and leaving."""

from typing import Any
from uuid import UUID

from django.conf import settings as server
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onward.domain.accounts import codes, queries
from onward.domain.accounts.services import emails, own, passwords, profiles, signing_in
from onward.domain.accounts.services import second_factor as factors
from onward.domain.exchange import exporting
from onward.domain.notifications.queries import preferences_of
from onward.domain.notifications.services import preferences as mails_services
from onward.platform.tokens import sessions as open_sessions
from onward.web.frame import sessions
from onward.web.frame.act import act
from onward.web.frame.look import COOKIE, YEAR, Look
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in
from onward.web.settings import forms


@require_safe
@signed_in
def settings(request: Any) -> HttpResponse:
    """Show all settings."""
    return _settings(request)


def _settings(request: Any, **given: Any) -> HttpResponse:
    user_id = request.actor.user_id
    person = queries.person(pk=user_id)
    look = Look.of(request)
    context = {
        "person": person,
        "profile": forms.Profile(initial={"display_name": person.display_name, "timezone": person.timezone}),
        "email": forms.Email(prefix="email"),
        "password": forms.Password(),
        "begin": forms.Confirmed(prefix="factor"),
        "look": forms.Look(initial={"theme": look.theme, "density": look.density}),
        "mails": forms.Mails(initial=model_to_dict(preferences_of(owner_id=user_id))),
        "code": forms.Code(),
        "off": forms.Off(),
        "has_factor": queries.has_second_factor(pk=user_id),
        "setup": None,
        "awaiting": False,
        "sessions": list(open_sessions(user_id)),
        "mine": request.actor.session_id,
        "here": request.here,
        **given,
    }
    failed = any(getattr(form, "errors", None) for form in given.values())
    return page(request, "settings/settings.jinja", context, status=422 if failed else 200)


@require_POST
@signed_in
def profile(request: Any) -> HttpResponse:
    """Change name and time zone."""
    form, user_id = forms.Profile(request.POST), request.actor.user_id
    if act(form, lambda: profiles.change(user_id=user_id, changes=form.given(), demands={}, at=request.now)):
        return _saved(request, _("Saved."))
    return _settings(request, profile=form)


@sensitive_post_parameters("email-password")
@require_POST
@signed_in
def email(request: Any) -> HttpResponse:
    """Have another address; it counts at once, and the old one is told."""
    form = forms.Email(request.POST, prefix="email")
    if act(form, lambda: _change_email(request, form)):
        return _saved(request, _("You have another address now. A mail to it asks you to verify it."))
    return _settings(request, email=form)


def _change_email(request: Any, form: forms.Email) -> None:
    user_id = request.actor.user_id
    passwords.require(user_id=user_id, password=form.cleaned_data["password"])
    emails.change(user_id=user_id, email=form.cleaned_data["email"], at=request.now)


@sensitive_post_parameters("old_password", "new_password")
@require_POST
@signed_in
def password(request: Any) -> HttpResponse:
    """Choose another password; every other session ends."""
    form = forms.Password(request.POST)
    if act(form, lambda: _change_password(request, form)):
        return _saved(request, _("You have another password now. Everywhere else you are signed out."))
    return _settings(request, password=form)


def _change_password(request: Any, form: forms.Password) -> None:
    old, new = form.cleaned_data["old_password"], form.cleaned_data["new_password"]
    actor = request.actor
    passwords.change(user_id=actor.user_id, session_id=actor.session_id, old=old, new=new, at=request.now)


@sensitive_post_parameters("factor-password")
@require_POST
@signed_in
def second_factor(request: Any) -> HttpResponse:
    """Begin with a second factor, with one's password, or confirm it by its first code."""
    user_id = request.actor.user_id
    if "code" in request.POST:
        form = forms.Code(request.POST)
        if act(form, lambda: factors.confirm(user_id=user_id, code=form.cleaned_data["code"].strip(), at=request.now)):
            return _saved(request, _("From now on a code is asked for, too."))
        return _settings(request, code=form, awaiting=True)
    begin, made = forms.Confirmed(request.POST, prefix="factor"), []
    if act(begin, lambda: made.append(_set_up(request, begin))):
        return _settings(request, setup=made[0], picture=codes.picture(made[0].otpauth_url))
    return _settings(request, begin=begin)


def _set_up(request: Any, form: forms.Confirmed) -> factors.Setup:
    passwords.require(user_id=request.actor.user_id, password=form.cleaned_data["password"])
    return factors.set_up(user_id=request.actor.user_id, at=request.now)


@sensitive_post_parameters("password")
@require_POST
@signed_in
def second_factor_off(request: Any) -> HttpResponse:
    """Go without a second factor."""
    form = forms.Off(request.POST)
    if act(form, lambda: factors.disable(user_id=request.actor.user_id, at=request.now, **form.cleaned_data)):
        return _saved(request, _("No code is asked for any more."))
    return _settings(request, off=form)


@require_POST
@signed_in
def end_session(request: Any, pk: UUID) -> HttpResponse:
    """End a session: with the next request it is signed out."""
    signing_in.end_session(user_id=request.actor.user_id, session_id=pk, at=request.now)
    return _saved(request, _("Signed out there."))


@require_POST
@signed_in
def look(request: Any) -> HttpResponse:
    """Let pages look otherwise in this browser."""
    form = forms.Look(request.POST)
    if not form.is_valid():
        return _settings(request, look=form)
    response = _saved(request, _("Saved."))
    response.set_cookie(
        COOKIE, Look(**form.cleaned_data).kept(), max_age=YEAR, samesite="Lax", secure=server.SESSION_COOKIE_SECURE
    )
    return response


@require_POST
@signed_in
def mails(request: Any) -> HttpResponse:
    """Choose which mails come, and when."""
    form, owner_id = forms.Mails(request.POST), request.actor.user_id
    if act(form, lambda: mails_services.change(owner_id=owner_id, changes=form.cleaned_data, at=request.now)):
        return _saved(request, _("Saved."))
    return _settings(request, mails=form)


@require_safe
@signed_in
def export(request: Any) -> StreamingHttpResponse:
    """Hand out everything as one ZIP."""
    parts = exporting.full_report(owner_id=request.actor.user_id, at=request.here)
    response = StreamingHttpResponse(parts, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="onward-{request.here:%Y-%m-%d}.zip"'
    return response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def close(request: Any) -> HttpResponse:
    """Show what goes and what stays, and close the account with its password."""
    user_id = request.actor.user_id
    form = forms.Close(request.POST or None, has_factor=queries.has_second_factor(pk=user_id))
    if request.method == "POST" and act(form, lambda: _close(request, form)):
        response = redirect("sign_in:closed")
        sessions.forget(response)
        return response
    context = {"form": form, "person": queries.person(pk=user_id)}
    return page(request, "settings/close.jinja", context, status=422 if form.errors else 200)


def _close(request: Any, form: forms.Close) -> None:
    given = form.cleaned_data
    own.close(
        user_id=request.actor.user_id, password=given["password"], code=given.get("code", "").strip(), at=request.now
    )


def _saved(request: Any, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("settings:settings")
