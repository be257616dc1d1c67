"""The pages that links in mails lead to.

Opening one changes nothing: mail programs look at links before people do. What changes something is the button.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onward.domain.accounts import links
from onward.domain.accounts.choices import LinkPurpose
from onward.domain.accounts.services import emails, passwords
from onward.platform.refusals import Invalid
from onward.web import refusals
from onward.web.accounts import forms
from onward.web.frame.pages import page

View = Callable[[HttpRequest], HttpResponse]


def _link_page(view: View) -> View:
    """Keep a token that stands in the address to ourselves."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        response = view(request)
        # Not "no-referrer": browsers then hide the origin of a form, too, and the form would be refused as foreign.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(require_http_methods(["GET", "HEAD", "POST"])(shown))


@_link_page
def verify_email(request: HttpRequest) -> HttpResponse:
    """Ask for the one click that verifies an address."""
    at = request.now  # type: ignore[attr-defined]
    token = _token(request)
    try:
        if request.method == "POST":
            emails.verify(token=token, at=at)
            return page(request, "accounts/email_verified.jinja")
        link = links.find_valid(token=token, purpose=LinkPurpose.VERIFY_EMAIL, at=at)
    except Invalid as refusal:
        return _bad_link(request, refusal)
    return page(request, "accounts/verify_email.jinja", {"token": token, "email": link.email})


@_link_page
def reset_password(request: HttpRequest) -> HttpResponse:
    """Ask for another password."""
    at = request.now  # type: ignore[attr-defined]
    token = _token(request)
    form = forms.ResetPassword(request.POST if request.method == "POST" else None)
    try:
        link = links.find_valid(token=token, purpose=LinkPurpose.RESET_PASSWORD, at=at)
        if form.is_valid():
            passwords.reset(token=token, new=form.cleaned_data["new_password"], at=at)
            return page(request, "accounts/password_reset.jinja")
    except Invalid as refusal:
        if not refusal.fields:
            return _bad_link(request, refusal)
        for name, problems in refusal.fields.items():
            form.add_error(name, list(map(refusals.said, problems)))
    context: dict[str, Any] = {"token": token, "form": form, "email": link.email}
    return page(request, "accounts/reset_password.jinja", context, status=400 if form.errors else 200)


def _token(request: HttpRequest) -> str:
    return (request.POST if request.method == "POST" else request.GET).get("token", "")


def _bad_link(request: HttpRequest, refusal: Invalid) -> HttpResponse:
    return page(request, "accounts/bad_link.jinja", {"expired": refusal.code == "expired_token"}, status=400)
