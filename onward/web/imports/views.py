"""Bringing a spreadsheet in: what it would do, how far it is, what came of it, and taking it back."""

import csv
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onward.domain.exchange import queries, services
from onward.domain.exchange.cells import neutralise
from onward.domain.exchange.choices import ImportState
from onward.domain.exchange.models import Import
from onward.platform.refusals import Refusal
from onward.web import refusals
from onward.web.frame.act import act
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in
from onward.web.imports import forms, shown


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def index(request: Any) -> HttpResponse:
    """Take a file or pasted cells, and list what was brought before."""
    form = forms.Bring(request.POST or None, request.FILES or None)
    kept: list[Import] = []
    if request.method == "POST" and act(form, lambda: kept.append(_bring(request, form))):
        return redirect("imports:import", kept[0].pk)
    before = queries.imports(owner_id=request.actor.user_id)[:20]
    context = {"bring": form, "imports": list(before), "here": request.here}
    return page(request, "imports/list.jinja", context, status=422 if form.errors else 200)


def _bring(request: Any, form: forms.Bring) -> Import:
    return services.bring(owner_id=request.actor.user_id, at=request.here, **form.brought())


@require_safe
@signed_in
def one(request: Any, pk: int) -> HttpResponse:
    """Show an import: what it would do, that it runs, or what came of it."""
    found = _own(request, pk)
    if found.state in {ImportState.PLANNED, ImportState.FAILED}:
        return _planned(request, found)
    stayed = services.remaining(found) if found.state == ImportState.TAKEN_BACK else []
    return page(request, "imports/import.jinja", {"found": found, "stayed": stayed, "here": request.here})


def _planned(request: Any, found: Import, refused: Refusal | None = None) -> HttpResponse:
    context = {"here": request.here, **shown.plan(found, at=request.here, refused=refused)}
    return page(request, "imports/plan.jinja", context, status=422 if refused else 200)


@require_POST
@signed_in
def columns(request: Any, pk: int) -> HttpResponse:
    """Read the file again, as its owner says."""
    found = _own(request, pk)
    form = shown.columns_form(request.POST, found, at=request.here)
    if not form.is_valid():
        return _planned(request, found)
    try:
        given = form.cleaned_data["date_order"]
        services.correct(of=found, columns=form.said(found.columns), date_order=given, at=request.here)
    except Refusal as refusal:
        return _planned(request, found, refusal)
    return redirect("imports:import", pk)


@require_POST
@signed_in
def start(request: Any, pk: int) -> HttpResponse:
    """Have it carried out."""
    return _do(request, pk, lambda found: services.start(of=found, at=request.here))


@require_POST
@signed_in
def take_back(request: Any, pk: int) -> HttpResponse:
    """Remove what it has made, but for what was touched since."""
    return _do(request, pk, lambda found: services.take_back(of=found, at=request.here))


@require_POST
@signed_in
def discard(request: Any, pk: int) -> HttpResponse:
    """Forget the file."""
    _do(request, pk, lambda found: services.discard(of=found))
    return redirect("imports:list")


def _do(request: Any, pk: int, service: Any) -> HttpResponse:
    found = _own(request, pk)
    try:
        service(found)
    except Refusal as refusal:
        messages.error(request, refusals.refusal(refusal))
    return redirect("imports:import", pk)


@require_safe
@signed_in
def broken(request: Any, pk: int) -> HttpResponse:
    """Hand out the rows that were broken, with what is wrong, to be corrected and brought again."""
    found = _own(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="broken-rows.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    for row in services.broken_rows(found):
        writer.writerow([neutralise(cell) for cell in row])
    return response


def _own(request: Any, pk: int) -> Import:
    return queries.numbered_import(owner_id=request.actor.user_id, pk=pk)
