"""Pages of the interviews: one more, and how one went."""

from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onward.domain.applications import queries as applications
from onward.domain.interviews import queries, services
from onward.domain.interviews.models import Interview
from onward.domain.undo import services as undoing
from onward.web.frame.act import act
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in
from onward.web.interviews import forms


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: Any, pk: int) -> HttpResponse:
    """Add an interview to an application; one that was merely applied for is interviewing then."""
    application = applications.application(owner_id=request.actor.user_id, pk=pk)
    form = forms.Interview(request.POST or None)
    if request.POST and act(form, lambda: _add(request, pk, form)):
        messages.success(request, _("The interview is in your story."))
        return redirect("applications:application", pk)
    context = {"form": form, "application": application, "interview": None}
    return page(request, "interviews/interview.jinja", context, status=422 if form.errors else 200)


def _add(request: Any, pk: int, form: forms.Interview) -> None:
    given = {"day": None, **form.given(request.here)}
    services.add_stage(owner_id=request.actor.user_id, application_id=pk, at=request.here, **given)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: Any, pk: int) -> HttpResponse:
    """Change an interview, or say how it went."""
    found = _own(request, pk)
    form = forms.ChangedInterview(request.POST or None, initial=_initial(request, found))
    if request.POST and act(
        form, lambda: services.update(interview=found, at=request.here, **form.given(request.here))
    ):
        messages.success(request, _("Saved."))
        return redirect("applications:application", found.application_id)
    context = {"form": form, "application": found.application, "interview": found}
    return page(request, "interviews/interview.jinja", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def delete(request: Any, pk: int) -> HttpResponse:
    """Remove an interview."""
    found = _own(request, pk)
    kept = services.delete(interview=found, at=request.here)
    uid = undoing.remember(owner_id=found.owner_id, steps=[{"do": "restore", "kept": kept}], at=request.here)
    messages.success(request, _("The interview is removed."), extra_tags=str(uid))
    return redirect("applications:application", found.application_id)


def _own(request: Any, pk: int) -> Interview:
    return queries.interview(owner_id=request.actor.user_id, pk=pk)


def _initial(request: Any, found: Interview) -> dict[str, Any]:
    there = found.scheduled_at.astimezone(request.here.tzinfo)
    return {**model_to_dict(found), "day": found.day or there.date(), "time": there.time() if found.has_time else None}


@require_safe
@signed_in
def calendar(request: Any, pk: int) -> HttpResponse:
    """Hand an interview out for a calendar program."""
    found = _own(request, pk)
    response = HttpResponse(queries.as_calendar(found, at=request.now), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="interview.ics"'
    return response
