"""Today: what to do next, and doing it."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from onward.domain.applications import queries as applications
from onward.domain.applications.services.applications import update
from onward.domain.insight.queries import today as queries
from onward.domain.reminders import queries as reminders_read
from onward.domain.reminders import services as reminders
from onward.platform.refusals import Conflict
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in
from onward.web.today.sentence import sentence

SNOOZES = {"tomorrow": 1, "three_days": 3, "week": 7}


@require_safe
@signed_in
def today(request: Any) -> HttpResponse:
    """Show what this day asks."""
    day = queries.today(owner_id=request.actor.user_id, here=request.here)
    context = {"day": day, "here": request.here, "sentence": sentence(day, request.here)}
    return page(request, "today/today.jinja", context)


@require_POST
@signed_in
def reminder(request: Any, pk: int) -> HttpResponse:
    """Tick a reminder off, or put it off."""
    found = reminders_read.numbered(owner_id=request.actor.user_id, pk=pk)
    if request.POST.get("do") == "done":
        # Ticked off twice: it is done.
        with suppress(Conflict):
            reminders.complete(reminder=found, at=request.here)
        messages.success(request, f"Done: {found.title}")
    else:
        later = _later(request)
        there = found.remind_at.astimezone(request.here.tzinfo)
        reminders.update(reminder=found, at=request.here, remind_at=datetime.combine(later, there.timetz()))
        messages.success(request, f"Put off until {later:%A}, {later.day} {later:%B}.")
    return redirect("today:today")


@require_POST
@signed_in
def action(request: Any, pk: int) -> HttpResponse:
    """Tick the next action of an application off, or put it off."""
    found = applications.application(owner_id=request.actor.user_id, pk=pk)
    if request.POST.get("do") == "done":
        update(application=found, at=request.here, next_action="", next_action_date=None)
        messages.success(request, f"Done: {found.next_action or found.job_title}")
    else:
        later = _later(request)
        update(application=found, at=request.here, next_action_date=later)
        messages.success(request, f"Put off until {later:%A}, {later.day} {later:%B}.")
    return redirect("today:today")


def _later(request: Any) -> date:
    day: date = request.here.date()
    if request.POST.get("do") == "monday":
        return day + timedelta(days=7 - day.weekday())
    return day + timedelta(days=SNOOZES.get(request.POST.get("do"), 1))
