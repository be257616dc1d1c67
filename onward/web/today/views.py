"""Today: what to do next, and doing it."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onward.domain.applications import queries as applications
from onward.domain.insight.queries import today as queries
from onward.domain.reminders import queries as reminders_read
from onward.domain.undo import services as undoing
from onward.platform.refusals import Conflict
from onward.web.frame.look import COOKIE, YEAR, Look
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in
from onward.web.kit import dates
from onward.web.today.sentence import sentence

SNOOZES = {"tomorrow": 1, "three_days": 3, "week": 7}


@require_safe
@signed_in
def today(request: Any) -> HttpResponse:
    """Show what this day asks."""
    day = queries.today(owner_id=request.actor.user_id, here=request.here)
    context = {"day": day, "here": request.here, "sentence": sentence(day, request.here), "steps": _steps(request, day)}
    return page(request, "today/today.jinja", context)


def _steps(request: Any, day: queries.Day) -> list[tuple[str, str, bool]]:
    """Return the first steps with their places, until they are done or not wanted any more."""
    steps = [
        (_("Write down an application"), reverse("start:start"), day.begun["application"]),
        (_("Plan an interview"), reverse("applications:list"), day.begun["interview"]),
        (_("Save from anywhere"), reverse("start:anywhere"), False),
    ]
    settled = Look.of(request).settled or all(done for _, _, done in steps[:-1])
    return [] if settled else steps


@require_POST
@signed_in
def settle(request: Any) -> HttpResponse:
    """Show the first steps no more in this browser."""
    response = redirect("today:today")
    kept = Look.of(request)._replace(settled="1").kept()
    response.set_cookie(COOKIE, kept, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


@require_POST
@signed_in
def reminder(request: Any, pk: int) -> HttpResponse:
    """Tick a reminder off, put it off, or drop it."""
    found = reminders_read.numbered(owner_id=request.actor.user_id, pk=pk)
    if request.POST.get("do") == "drop":
        uid = undoing.drop_reminder(reminder=found, at=request.here)
        messages.success(request, _("Dropped: %(what)s") % {"what": found.title}, extra_tags=str(uid))
        return redirect("today:today")
    if request.POST.get("do") == "done":
        # Ticked off twice: it is done.
        with suppress(Conflict):
            uid = undoing.complete_reminder(reminder=found, at=request.here)
            messages.success(request, _("Done: %(what)s") % {"what": found.title}, extra_tags=str(uid))
    else:
        later = _later(request)
        there = found.remind_at.astimezone(request.here.tzinfo)
        until = datetime.combine(later, there.timetz())
        uid = undoing.put_off_reminder(reminder=found, until=until, at=request.here)
        messages.success(request, _put_off(later), extra_tags=str(uid))
    return redirect("today:today")


@require_POST
@signed_in
def action(request: Any, pk: int) -> HttpResponse:
    """Tick the next action of an application off, or put it off."""
    found = applications.application(owner_id=request.actor.user_id, pk=pk)
    done = request.POST.get("do") == "done"
    later = _later(request)
    given = {"next_action": "", "next_action_date": None} if done else {"next_action_date": later.isoformat()}
    kept = undoing.act(owner_id=found.owner_id, pks=[pk], do="set", given=given, at=request.here)
    what = found.next_action or found.job_title
    said = _("Done: %(what)s") % {"what": what} if done else _put_off(later)
    messages.success(request, said, extra_tags=str(kept.uid or ""))
    return redirect("today:today")


@require_POST
@signed_in
def follow_up(request: Any, pk: int) -> HttpResponse:
    """Plan to ask again where nobody has answered."""
    given = {"next_action": _("Ask what became of it"), "next_action_date": _later(request).isoformat()}
    kept = undoing.act(owner_id=request.actor.user_id, pks=[pk], do="set", given=given, at=request.here)
    messages.success(request, _("Planned."), extra_tags=str(kept.uid or ""))
    return redirect("today:today")


def _put_off(later: date) -> str:
    about = {"weekday": dates.weekday(later), "day": dates.date_of_year(later)}
    return _("Put off until %(weekday)s, %(day)s.") % about


def _later(request: Any) -> date:
    day: date = request.here.date()
    if request.POST.get("do") == "monday":
        return day + timedelta(days=7 - day.weekday())
    with suppress(ValueError):
        if chosen := parse_date(request.POST.get("day", "")):
            return max(chosen, day)
    return day + timedelta(days=SNOOZES.get(request.POST.get("do"), 1))
