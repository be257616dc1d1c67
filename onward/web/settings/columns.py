"""The columns of the board and the table: what they are called, in which order they stand, which are shown."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onward.domain.accounts.services import columns as services
from onward.platform.refusals import Missing
from onward.web import words
from onward.web.applications import columns as shown
from onward.web.frame.act import act
from onward.web.frame.pages import page
from onward.web.frame.sessions import came_from, signed_in
from onward.web.settings import forms


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def columns(request: Any) -> HttpResponse:
    """Show all columns of the board and the table, and keep those of the board as they are sent."""
    kept = request.actor.columns
    form = forms.Board(request.POST) if request.method == "POST" else forms.Board.of(shown.of_board(kept))
    if form.is_bound and act(form, lambda: _arrange(request, form)):
        messages.success(request, _("Saved."))
        return redirect("settings:columns")
    context = {"board": form, "table": forms.Table.of(shown.of_table(kept)), "area": "settings"}
    return page(request, "settings/columns.jinja", context, status=422 if form.errors else 200)


def _arrange(request: Any, form: forms.Board) -> None:
    services.arrange(user_id=request.actor.user_id, columns=form.given(), at=request.now)


@require_POST
@signed_in
def column(request: Any, key: str) -> HttpResponse:
    """Change one column of the board, from its menu."""
    if key not in words.COLUMN:
        raise Missing()
    form = forms.OneColumn(request.POST)
    about: dict[str, Any] = {"user_id": request.actor.user_id, "key": key, "usual": shown.BOARD, "at": request.now}
    if act(form, lambda: services.change(**about, **form.given())):
        if form.given().get("hidden"):
            messages.info(request, _("The column is hidden. What stands in it stays, and Settings bring it back."))
    else:
        messages.error(request, " ".join(str(problem) for each in form.errors.values() for problem in each))
    return redirect(came_from(request))


@require_POST
@signed_in
def table(request: Any) -> HttpResponse:
    """Keep which columns the table shows, and in which order."""
    services.choose(user_id=request.actor.user_id, names=forms.Table(request.POST).given(), at=request.now)
    messages.success(request, _("Saved."))
    return redirect(came_from(request))


@require_POST
@signed_in
def usual(request: Any) -> HttpResponse:
    """Have all columns as they come."""
    services.reset(user_id=request.actor.user_id, at=request.now)
    messages.success(request, _("All columns are as usual."))
    return redirect("settings:columns")
