"""The first five minutes: three ways to get a search onto the board."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onward.domain.applications.services import applications as services
from onward.domain.exchange import capture as capturing
from onward.domain.exchange import queries
from onward.web import refusals
from onward.web.applications.forms import NewApplication
from onward.web.frame.act import act
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in
from onward.web.imports.forms import Bring
from onward.web.start import forms


@require_safe
@signed_in
def start(request: Any) -> HttpResponse:
    """Show the three ways."""
    return _start(request)


def _start(request: Any, **given: Any) -> HttpResponse:
    context = {"capture": forms.Capture(), "bring": Bring(), "quick": forms.Quick(), **given}
    failed = any(form.errors for form in given.values())
    return page(request, "start/start.jinja", context, status=422 if failed else 200)


@require_POST
@signed_in
def capture(request: Any) -> HttpResponse:
    """Read a link or a text, and show the draft that came of it."""
    form = forms.Capture(request.POST)
    read: list[capturing.Draft] = []
    if not act(form, lambda: read.append(_read(request, form))):
        # What was asked for stays with the form, so that the text alone has to be pasted.
        given = form.data.get("posting", "").strip()
        if given.startswith("http") and form.non_field_errors():
            form = _again(form, given)
        return _start(request, capture=form)
    draft = read[0]
    if link := form.cleaned_data["link"]:
        draft.learn(capturing.LINK, job_url=link)
    company = str(draft.values.get("company_name", ""))
    context = {
        "form": NewApplication(initial=draft.values),
        "sources": {name: refusals.said(where) for name, where in draft.sources.items()},
        "known": queries.at_company(owner_id=request.actor.user_id, name=company),
        "here": request.here,
    }
    return page(request, "applications/new.jinja", context)


def _read(request: Any, form: forms.Capture) -> capturing.Draft:
    return capturing.capture(form.cleaned_data["posting"], owner_id=request.actor.user_id)


def _again(form: forms.Capture, link: str) -> forms.Capture:
    again = forms.Capture({"posting": "", "link": link})
    again.is_valid()
    again.errors.pop("posting", None)
    for problem in form.non_field_errors():
        again.add_error(None, problem)
    return again


@require_POST
@signed_in
def quick(request: Any) -> HttpResponse:
    """Put an application onto the board by company and title alone."""
    form = forms.Quick(request.POST)
    if act(form, lambda: _create(request, form)):
        messages.success(request, _("%(title)s is on your board.") % {"title": form.cleaned_data["job_title"]})
        return redirect("applications:list")
    return _start(request, quick=form)


def _create(request: Any, form: forms.Quick) -> None:
    given = form.cleaned_data
    services.create_at(owner_id=request.actor.user_id, at=request.here, sent_on=request.here.date(), **given)


@require_safe
@signed_in
def anywhere(request: Any) -> HttpResponse:
    """Show how postings are saved from any page: a bookmark, and a phone's share menu."""
    address = request.build_absolute_uri(reverse("applications:new"))
    # Runs on other people's pages, where it is kept as a bookmark; here it is only shown.
    bookmark = (
        f"javascript:location='{address}?url='+encodeURIComponent(location.href)"
        "+'&title='+encodeURIComponent(document.title)"
        "+'&text='+encodeURIComponent(String(getSelection()).slice(0,4000))"
    )
    return page(request, "start/anywhere.jinja", {"bookmark": bookmark})
