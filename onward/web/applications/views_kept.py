"""Views of the board and the table that somebody keeps, in the rail and beside the filters."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onward.domain.accounts.services import views as services
from onward.domain.undo import services as undoing
from onward.web.applications import forms
from onward.web.applications.asked import Asked
from onward.web.frame.act import act
from onward.web.frame.sessions import came_from, signed_in


@require_POST
@signed_in
def keep(request: Any) -> HttpResponse:
    """Keep what the board or the table shows now, under a name."""
    form = forms.KeptView(request.POST)
    asked = Asked(QueryDict(request.POST.get("query", "").removeprefix("?")), request.actor.columns)
    query = asked.address(columns=",".join(asked.columns) if asked.view == "table" else None)
    owner = request.actor.user_id
    if act(form, lambda: services.keep(user_id=owner, name=form.cleaned_data["name"], query=query, at=request.now)):
        messages.success(request, _("%(name)s is kept, and in the rail.") % {"name": form.cleaned_data["name"]})
    else:
        problems = " ".join(str(problem) for each in form.errors.values() for problem in each)
        messages.error(request, _("Not kept. %(why)s") % {"why": problems})
    return redirect(reverse("applications:list") + query)


@require_POST
@signed_in
def change(request: Any, view_id: str) -> HttpResponse:
    """Show a view in the rail or not, or delete it."""
    about: dict[str, Any] = {"user_id": request.actor.user_id, "view_id": view_id, "at": request.now}
    if request.POST.get("do") == "delete":
        uid = undoing.delete_view(**about)
        messages.success(request, _("The view is deleted. What it showed is not."), extra_tags=str(uid))
    else:
        services.pin(**about, pinned=request.POST.get("do") == "pin")
    return redirect(came_from(request))
