"""Pages of the applications: the board and the table, one application, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onward.domain.applications import queries
from onward.domain.applications.models import Application
from onward.domain.applications.services import applications as services
from onward.domain.applications.services import notes
from onward.domain.insight.queries.board import board
from onward.domain.insight.queries.story import story
from onward.domain.insight.queries.table import SORTS, table
from onward.web import words
from onward.web.applications import forms
from onward.web.frame.act import act
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in, way_back

CARDS = 30
ROWS = 50


@require_safe
@signed_in
def index(request: Any) -> HttpResponse:
    """Show all applications: the board, or the table where the address says so."""
    search = request.GET.get("q", "").strip()[:200]
    if request.GET.get("view") == "table":
        return _table(request, search)
    wanted = CARDS if not request.GET.get("all") else 10_000
    columns = board(owner_id=request.actor.user_id, now=request.here, limit=wanted, search=search)
    return page(request, "applications/board.jinja", {"columns": columns, "q": search, "here": request.here})


def _table(request: Any, search: str) -> HttpResponse:
    sort = request.GET.get("sort", "touched")
    sort = sort if sort in SORTS else "touched"
    number = request.GET.get("page", "1")
    at = min(int(number), 10_000) if number.isascii() and number.isdigit() and len(number) < 8 else 1
    shown = table(owner_id=request.actor.user_id, sort=sort, limit=ROWS, offset=(max(at, 1) - 1) * ROWS, search=search)
    context = {"shown": shown, "q": search, "sort": sort, "number": max(at, 1), "rows": ROWS, "here": request.here}
    return page(request, "applications/table.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: Any) -> HttpResponse:
    """Write an application down."""
    form = forms.NewApplication(request.POST or None, initial=_offered(request))
    made: list[Application] = []
    if request.POST and act(form, lambda: made.append(_create(request, form))):
        messages.success(request, f"{made[0].job_title} is on your board.")
        return redirect("applications:application", made[0].pk)
    return page(request, "applications/new.jinja", {"form": form}, status=422 if form.errors else 200)


def _offered(request: HttpRequest) -> dict[str, str]:
    # What a bookmark or a phone's share menu sends.
    names = {"url": "job_url", "title": "job_title", "text": "job_description", "status": "status"}
    return {field: request.GET[name] for name, field in names.items() if name in request.GET}


def _create(request: Any, form: forms.NewApplication) -> Application:
    return services.create_at(
        owner_id=request.actor.user_id, at=request.here, sent_on=request.here.date(), **form.given()
    )


@require_safe
@signed_in
def application(request: Any, pk: int) -> HttpResponse:
    """Show one application with its story."""
    return _application(request, pk, forms.Note())


def _application(request: Any, pk: int, note: forms.Note) -> HttpResponse:
    told = story(owner_id=request.actor.user_id, pk=pk, here=request.here)
    context = {"story": told, "application": told.application, "note": note, "here": request.here}
    return page(request, "applications/application.jinja", context, status=422 if note.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: Any, pk: int) -> HttpResponse:
    """Change what is written about an application."""
    found = _own(request, pk)
    initial = {**model_to_dict(found), "company_name": found.company.name}
    form = forms.Application(request.POST or None, initial=initial)
    if request.POST and act(form, lambda: services.update(application=found, at=request.here, **form.given())):
        messages.success(request, "Saved.")
        return redirect("applications:application", pk)
    context = {"form": form, "application": found}
    return page(request, "applications/edit.jinja", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def move(request: Any, pk: int) -> HttpResponse:
    """Move an application to another status, and go back to where it was moved from."""
    found = _own(request, pk)
    form = forms.Move(request.POST)
    to = request.POST.get("to", "")
    if act(form, lambda: services.change_status(application=found, to=to, at=request.here)):
        messages.success(request, f"{found.company.name}: {words.STATUS[to]}.")
    else:
        problems = " ".join(str(problem) for each in form.errors.values() for problem in each)
        messages.error(request, f"Not moved. {problems}")
    if "HX-Request" in request.headers:
        # A script loads the page itself, which then says how it went.
        return HttpResponse(status=204)
    return redirect(way_back(request, reverse("applications:application", args=[pk])))


@require_POST
@signed_in
def add_note(request: Any, pk: int) -> HttpResponse:
    """Write a note."""
    found = _own(request, pk)
    form = forms.Note(request.POST)
    if act(form, lambda: notes.add_note(application=found, at=request.here, **form.cleaned_data)):
        return redirect(f"{reverse('applications:application', args=[pk])}#story")
    return _application(request, pk, form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delete(request: Any, pk: int) -> HttpResponse:
    """Ask, and delete an application with its notes, interviews and history."""
    found = _own(request, pk)
    if request.method == "POST":
        services.delete(application=found, at=request.here)
        messages.success(request, f"{found.job_title} at {found.company.name} is deleted.")
        return redirect("applications:list")
    return page(request, "applications/delete.jinja", {"application": found})


def _own(request: Any, pk: int) -> Application:
    return queries.application(owner_id=request.actor.user_id, pk=pk)
