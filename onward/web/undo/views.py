"""Taking back what was done, and what was deleted within the last month."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onward.domain.undo import services
from onward.platform.bin import queries as bin_read
from onward.platform.bin import services as bin_services
from onward.platform.refusals import Conflict
from onward.web import refusals
from onward.web.frame.act import act
from onward.web.frame.pages import page
from onward.web.frame.sessions import came_from, signed_in
from onward.web.kit import dates
from onward.web.undo import forms


@require_POST
@signed_in
def undo(request: Any, uid: UUID) -> HttpResponse:
    """Take back what was done last."""
    problems = services.undo(owner_id=request.actor.user_id, uid=uid, at=request.here)
    if problems:
        messages.error(request, " ".join(map(refusals.said, problems)))
    else:
        messages.info(request, _("Taken back."))
    return redirect(came_from(request))


@require_POST
@signed_in
def date_anew(request: Any, uid: UUID) -> HttpResponse:
    """Say on which day a move has happened that was written down just now."""
    form, owner_id = forms.Day(request.POST), request.actor.user_id
    if act(form, lambda: services.date_anew(owner_id=owner_id, uid=uid, at=request.here, **form.cleaned_data)):
        said = dates.day(form.cleaned_data["day"], request.here.date())
        messages.success(request, _("It happened %(day)s.") % {"day": said}, extra_tags=str(uid))
    else:
        messages.error(request, " ".join(str(problem) for each in form.errors.values() for problem in each))
    return redirect(came_from(request))


@require_safe
@signed_in
def deleted(request: Any) -> HttpResponse:
    """Show what can still come back."""
    found = bin_read.binned(owner_id=request.actor.user_id)[:200]
    return page(request, "undo/deleted.jinja", {"found": list(found), "here": request.here, "area": "settings"})


@require_POST
@signed_in
def restore(request: Any, pk: int) -> HttpResponse:
    """Bring something back whole."""
    found = bin_read.numbered(owner_id=request.actor.user_id, pk=pk)
    try:
        bin_services.restore(found, at=request.here)
        messages.success(request, _("%(what)s is back.") % {"what": found.title})
    except Conflict as refusal:
        messages.error(request, refusals.refusal(refusal))
    return redirect("undo:deleted")
