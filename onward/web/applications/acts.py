"""What is done with applications: each act is a form, says how it went, and can be taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from onward.domain.applications import services
from onward.domain.insight.queries.table import keys
from onward.domain.resumes.queries import resumes
from onward.domain.undo import services as undoing
from onward.platform.refusals import Missing, Refusal
from onward.web import refusals, words
from onward.web.applications import forms
from onward.web.applications.asked import Asked
from onward.web.applications.views import own, show
from onward.web.frame.act import act
from onward.web.frame.pages import page
from onward.web.frame.sessions import came_from, signed_in

# A form may name as many applications as its owner has.
MOST = 5000


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def move(request: Any, pk: int) -> HttpResponse:
    """Ask where to, and move an application to another status."""
    found, to = own(request, pk), request.POST.get("to", "")
    if request.method != "POST":
        return page(request, "applications/move.jinja", {"application": found, "back": came_from(request)})
    return _do(request, [pk], "move", {"to": to}, f"{found.company.name}: {words.STATUS.get(to, '')}")


@require_POST
@signed_in
def change(request: Any, pk: int) -> HttpResponse:
    """Change one field in place. Where another has changed it since it was shown, one chooses."""
    name, value = request.POST.get("field", ""), request.POST.get("value", "").strip()
    found = own(request, pk)
    form = forms.Application({name: value})
    if name not in undoing.SETTABLE or name not in form.fields:
        messages.error(request, _("Not changed. There is no such field."))
        return redirect(came_from(request))
    form.full_clean()
    if problems := form.errors.get(name):
        about = {"field": form.fields[name].label, "why": " ".join(map(str, problems))}
        messages.error(request, _("Not changed. %(field)s: %(why)s") % about)
        return redirect(came_from(request))
    now, was = forms.said(found, name), request.POST.get("was")
    if was is not None and was != now and value != now:
        told = [(forms.shown(form, name, each), each) for each in (was, now, value)]
        context = {"application": found, "field": form.fields[name], "name": name, "told": told}
        return page(request, "applications/clash.jinja", {**context, "back": came_from(request)}, status=409)
    given = form.cleaned_data[name]
    plain = given.isoformat() if hasattr(given, "isoformat") else given
    return _do(request, [pk], "set", {name: plain}, _("Saved"))


@require_POST
@signed_in
def many(request: Any) -> HttpResponse:
    """Do something to all that were chosen, each for itself."""
    pks = [int(pk) for pk in request.POST.getlist("pk")[:MOST] if pk.isascii() and pk.isdigit() and len(pk) < 19]
    if "all" in request.POST:
        wanted = Asked(QueryDict(request.POST["all"].removeprefix("?"))).wanted
        pks = keys(owner_id=request.actor.user_id, now=request.here, wanted=wanted)
    if not pks and "all" in request.POST:
        messages.info(request, _("There is nothing like that."))
        return redirect(came_from(request))
    if not pks:
        messages.error(request, _("Choose applications first."))
        return redirect(came_from(request))
    if request.POST.get("do") == "resume":
        return _send_resume(request, pks)
    do, given, said = forms.chosen(request.POST)
    return _do(request, pks, do, given, said)


def _send_resume(request: Any, pks: list[int]) -> HttpResponse:
    """Ask which résumé was sent, and write it down."""
    known = resumes(owner_id=request.actor.user_id)
    form = forms.Sent(request.POST if "resume_id" in request.POST else None, resumes=known)
    if form.is_valid():
        given = form.cleaned_data
        return _do(request, pks, "set", given, _("résumé noted") if given["resume_id"] else _("no résumé sent"))
    context = {"form": form, "pks": pks, "back": came_from(request)}
    return page(request, "applications/resume.jinja", context, status=422 if form.errors else 200)


def _do(request: Any, pks: list[int], do: str, given: dict[str, Any], said: str) -> HttpResponse:
    try:
        done = undoing.act(owner_id=request.actor.user_id, pks=pks, do=do, given=given, at=request.here)
    except Missing:
        raise
    except Refusal as refusal:
        sentence = _("Not moved. %(why)s") if do == "move" else _("Not changed. %(why)s")
        messages.error(request, sentence % {"why": refusals.refusal(refusal)})
    else:
        _say(request, done, pks, said, "moved" if do == "move" else "")
    return redirect(came_from(request))


def _say(request: Any, done: undoing.Done, pks: list[int], said: str, kind: str) -> None:
    uid = str(done.uid or "")
    if len(pks) == 1:
        # A move says from which day it counts, and another can be chosen.
        tags = f"{uid} {kind}".strip() if uid else ""
        messages.success(request, _("%(done)s.") % {"done": said}, extra_tags=tags)
        return
    counted = {"count": done.count + done.later, "all": len(pks), "done": said}
    parts = [_("%(count)s of %(all)s: %(done)s.") % counted]
    if done.later:
        more = ngettext("%(count)s of them follows in a moment.", "%(count)s of them follow in a moment.", done.later)
        parts.append(more % {"count": done.later})
    parts += [f"{title}: {refusals.said(why)}" for title, why in done.refused[:3]]
    if (rest := len(done.refused) - 3) > 0:
        parts.append(ngettext("So was %(count)s more.", "So were %(count)s more.", rest) % {"count": rest})
    (messages.warning if done.refused else messages.success)(request, " ".join(parts), extra_tags=uid)


@require_POST
@signed_in
def add_note(request: Any, pk: int) -> HttpResponse:
    """Write a note."""
    found = own(request, pk)
    form = forms.Note(request.POST)
    if act(form, lambda: services.add_note(application=found, at=request.here, **form.cleaned_data)):
        return redirect(f"{reverse('applications:application', args=[pk])}#story")
    return show(request, pk, form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delete(request: Any, pk: int) -> HttpResponse:
    """Ask, and delete an application with all that hangs on it; for thirty days it can come back."""
    found = own(request, pk)
    if request.method == "POST":
        done = undoing.act(owner_id=request.actor.user_id, pks=[pk], do="delete", given={}, at=request.here)
        said = _("%(title)s at %(company)s is deleted.") % {"title": found.job_title, "company": found.company.name}
        messages.success(request, said, extra_tags=str(done.uid))
        return redirect("applications:list")
    return page(request, "applications/delete.jinja", {"application": found})


@require_POST
@signed_in
def mend(request: Any, pk: int, move_id: int) -> HttpResponse:
    """Take a move back that never happened, put it back, or say on which day it happened."""
    found = own(request, pk)
    form = forms.Mend(request.POST)
    mending: dict[str, Callable[..., Any]] = {
        "take_back": services.take_back,
        "put_back": services.put_back,
        "date": services.date_anew,
    }
    day = {"day": form.data.get("day")}
    if form.is_valid():
        do = form.cleaned_data["do"]
        day = {"day": form.cleaned_data["day"]} if do == "date" else {}
    if act(form, lambda: mending[do](application=found, move_id=move_id, at=request.here, **day)):
        messages.success(request, str(words.MENDED[do]))
    else:
        problems = " ".join(str(problem) for each in form.errors.values() for problem in each)
        messages.error(request, _("Not changed. %(why)s") % {"why": problems})
    return redirect(f"{reverse('applications:application', args=[pk])}#story")
