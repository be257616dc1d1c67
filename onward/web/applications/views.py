"""Pages of the applications: the board and the table, one application, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from onward.domain.applications import queries
from onward.domain.applications.models import Application
from onward.domain.applications.services import applications as services
from onward.domain.exchange import queries as exchange
from onward.domain.exchange.chosen import SHOWN, as_csv, as_workbook
from onward.domain.exchange.sheet import CONTENT_TYPE
from onward.domain.insight.queries.board import board
from onward.domain.insight.queries.story import story
from onward.domain.insight.queries.table import keys, table
from onward.web.applications import forms
from onward.web.applications.asked import Asked, as_table
from onward.web.applications.columns import shown
from onward.web.applications.sentence import stands
from onward.web.frame.act import act
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in

ROWS = 50
KINDS = {"csv": (as_csv, "text/csv; charset=utf-8"), "xlsx": (as_workbook, CONTENT_TYPE)}


@require_safe
@signed_in
def index(request: Any) -> HttpResponse:
    """Show all applications: the board, or the table where the address says so."""
    asked = Asked(request.GET, request.actor.columns)
    owner, now = request.actor.user_id, request.here
    context = {"asked": asked, "here": now}
    if asked.view == "table":
        offset = (asked.page - 1) * ROWS
        found = table(owner_id=owner, now=now, sort=asked.sort, limit=ROWS, offset=offset, wanted=asked.wanted)
        return page(request, "applications/table.jinja", {**context, "shown": found, "rows": ROWS})
    told = board(owner_id=owner, now=now, limits=asked.limits, begin=asked.begin, wanted=asked.wanted, order=asked.sort)
    return page(request, "applications/board.jinja", {**context, "columns": shown(asked.board, told)})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: Any) -> HttpResponse:
    """Write an application down."""
    form = forms.NewApplication(request.POST or None, initial=_offered(request))
    made: list[Application] = []
    if request.POST and act(form, lambda: made.append(_create(request, form))):
        messages.success(request, _("%(title)s is on your board.") % {"title": made[0].job_title})
        return redirect("applications:application", made[0].pk)
    context = {"form": form, "sources": {}, "known": [], "here": request.here}
    return page(request, "applications/new.jinja", context, status=422 if form.errors else 200)


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
    return show(request, pk, forms.Note())


def show(request: Any, pk: int, note: forms.Note) -> HttpResponse:
    """Show one application; a note that was refused stands in its form."""
    told = story(owner_id=request.actor.user_id, pk=pk, here=request.here)
    said = stands(told, request.here)
    context = {
        "story": told,
        "application": told.application,
        "note": note,
        "said": said,
        "beside": {"tags": forms.Tag(), "people": forms.Person(), "reminders": forms.Reminder()},
        "sent": forms.Document(auto_id="document-%s"),
        "here": request.here,
    }
    return page(request, "applications/application.jinja", context, status=422 if note.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: Any, pk: int) -> HttpResponse:
    """Change what is written about an application."""
    found = own(request, pk)
    initial = {**model_to_dict(found), "company_name": found.company.name}
    form = forms.Application(request.POST or None, initial=initial)
    if request.POST and act(form, lambda: services.update(application=found, at=request.here, **form.given())):
        messages.success(request, _("Saved."))
        return redirect("applications:application", pk)
    context = {"form": form, "application": found}
    return page(request, "applications/edit.jinja", context, status=422 if form.errors else 200)


def own(request: Any, pk: int) -> Application:
    """Return one of the reader's applications. :raises Missing: when it is not theirs"""
    return queries.application(owner_id=request.actor.user_id, pk=pk)


@require_safe
@signed_in
def export(request: Any, kind: str) -> StreamingHttpResponse:
    """Hand out what the table shows, on all its pages, in its columns and its order: as CSV or an Excel workbook."""
    owner, now = request.actor.user_id, request.here
    asked = Asked(as_table(request.GET), request.actor.columns)
    pks = keys(owner_id=owner, now=now, wanted=asked.wanted, sort=asked.sort)
    columns = [column for name in ("company", "title", *asked.columns) for column in SHOWN[name]]
    make, content_type = KINDS[kind]
    parts = make(exchange.of_owner(owner_id=owner), columns, keys=pks)
    response = StreamingHttpResponse(parts, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="applications-{now:%Y-%m-%d}.{kind}"'
    return response
