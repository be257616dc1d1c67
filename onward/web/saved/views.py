"""Jobs that were put aside: onto the board with them, or away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onward.domain.applications import services
from onward.domain.applications.queries import numbered_job
from onward.domain.insight.queries.saved import saved
from onward.domain.undo import services as undoing
from onward.platform.refusals import Conflict
from onward.web import refusals
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in

MOST = 200


@require_safe
@signed_in
def index(request: Any) -> HttpResponse:
    """Show what was put aside and not applied for."""
    jobs = saved(owner_id=request.actor.user_id, limit=MOST)
    return page(request, "saved/saved.jinja", {"jobs": jobs, "here": request.here})


@require_POST
@signed_in
def convert(request: Any, pk: int) -> HttpResponse:
    """Put a saved job onto the board, as a wish with all that is known of it."""
    job = numbered_job(owner_id=request.actor.user_id, pk=pk)
    try:
        made = services.convert(saved_job=job, at=request.here)
        messages.success(request, _("%(title)s is on your board.") % {"title": made.job_title})
    except Conflict as refusal:
        messages.error(request, refusals.refusal(refusal))
    return redirect("saved:list")


@require_POST
@signed_in
def delete(request: Any, pk: int) -> HttpResponse:
    """Put a saved job away."""
    job = numbered_job(owner_id=request.actor.user_id, pk=pk)
    kept = services.delete_saved_job(saved_job=job, at=request.here)
    uid = undoing.remember(owner_id=job.owner_id, steps=[{"do": "restore", "kept": kept}], at=request.here)
    said = _("%(what)s is put away.") % {"what": job.job_title or job.company_name}
    messages.success(request, said, extra_tags=str(uid))
    return redirect("saved:list")
