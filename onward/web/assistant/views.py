"""What is written for an application: asked for, waited for, stopped, and what was made of it."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from onward.domain.applications import queries as applications
from onward.domain.applications import services as documents
from onward.domain.applications.choices import DocumentType
from onward.domain.applications.models import Application
from onward.domain.assistant import queries, services
from onward.domain.assistant.asking import Asked
from onward.domain.assistant.choices import Kind
from onward.domain.assistant.models import Generation
from onward.domain.resumes.queries import resumes
from onward.platform import throttle
from onward.platform.refusals import Conflict, Invalid, Missing
from onward.web import words
from onward.web.assistant import forms
from onward.web.assistant.marking import marked
from onward.web.frame.act import act
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in
from onward.web.kit.dates import whole_date

KINDS = tuple(forms.ASKED)
RATINGS = range(1, 6)
NO_POSTING = _lazy(
    "The posting's text is missing. Put it into the application first: it is what your résumé is held against."
)


def _own(request: Any, pk: int) -> Application:
    return applications.application(owner_id=request.actor.user_id, pk=pk)


def _written(request: Any, pk: int, written_id: int) -> Generation:
    found = queries.generation(owner_id=request.actor.user_id, pk=written_id, kinds=KINDS)
    if found.application_id != pk:
        raise Missing()
    return found


@require_safe
@signed_in
def index(request: Any, pk: int) -> HttpResponse:
    """Show what was written for an application, and what can be."""
    return _desk(request, _own(request, pk))


def _desk(request: Any, application: Application, **given: Any) -> HttpResponse:
    owner_id = request.actor.user_id
    about: dict[str, Any] = {"resumes": list(resumes(owner_id=owner_id)), "chosen": application.resume_id}
    written = queries.about(owner_id=owner_id, application_id=application.pk, kinds=KINDS)
    context = {
        "area": "applications",
        "application": application,
        "forms": {kind: given.get(kind) or form(**about, prefix=kind) for kind, form in forms.ASKED.items()},
        "tasks": queries.unsettled(owner_id=owner_id, application_id=application.pk, at=request.now),
        "written": [(each, marked(each.content, each.sources)) for each in written],
        "ratings": RATINGS,
        "here": request.here,
    }
    return page(request, "assistant/desk.jinja", context, status=422 if given else 200)


@require_POST
@signed_in
def ask(request: Any, pk: int, kind: str) -> HttpResponse:
    """Have something written; a job does it."""
    application = _own(request, pk)
    if kind not in KINDS:
        raise Http404
    about: dict[str, Any] = {"resumes": list(resumes(owner_id=request.actor.user_id)), "chosen": None}
    form = forms.ASKED[Kind(kind)](request.POST, **about, prefix=kind)
    if act(form, lambda: _ask(request, application, Kind(kind), form.given())):
        return redirect("assistant:desk", pk)
    return _desk(request, application, **{kind: form})


def _ask(request: Any, application: Application, kind: Kind, given: dict[str, Any]) -> None:
    owner_id = request.actor.user_id
    if kind is Kind.JOB_MATCH and not application.job_description.strip():
        raise Invalid(str(NO_POSTING))
    if settings.THROTTLE:
        throttle.guard(f"ai:{owner_id}", *settings.THROTTLE_AI)
    asked = Asked(
        kind=kind,
        posting=application.job_description,
        company_name=application.company.name,
        job_title=application.job_title,
        application_id=application.pk,
        **given,
    )
    services.ask(owner_id=owner_id, asked=asked, at=request.now)


@require_POST
@signed_in
def stop(request: Any, pk: int, task_id: int) -> HttpResponse:
    """Stop something that is being written, or put away what failed: nothing comes of it."""
    _own(request, pk)
    owner_id = request.actor.user_id
    try:
        services.cancel(owner_id=owner_id, task_id=task_id, at=request.now)
    except Conflict:
        # It has begun: without its row, what the writer brings is not kept.
        with suppress(Missing):
            services.delete_task(owner_id=owner_id, task_id=task_id)
    return redirect("assistant:desk", pk)


@require_POST
@signed_in
def favourite(request: Any, pk: int, written_id: int) -> HttpResponse:
    """Make a favourite of it, or none of what is one."""
    services.toggle_favorite(generation=_written(request, pk, written_id), at=request.now)
    return redirect("assistant:desk", pk)


@require_POST
@signed_in
def rate(request: Any, pk: int, written_id: int) -> HttpResponse:
    """Say how good it is, from one to five; none takes that back."""
    found, given = _written(request, pk, written_id), request.POST.get("rating", "")
    rating = int(given) if given in {str(each) for each in RATINGS} else None
    services.mark(generation=found, at=request.now, rating=rating)
    return redirect("assistant:desk", pk)


@require_POST
@signed_in
def keep(request: Any, pk: int, written_id: int) -> HttpResponse:
    """Keep it among the application's documents, as it is now."""
    found, application = _written(request, pk, written_id), _own(request, pk)
    kind = DocumentType.COVER_LETTER if found.kind == Kind.COVER_LETTER else DocumentType.OTHER
    name = _("%(kind)s, %(day)s") % {"kind": words.WRITTEN[found.kind], "day": whole_date(request.here.date())}
    documents.add_document(application=application, name=name, doc_type=kind, notes=found.content, at=request.here)
    messages.success(request, _("It is among the application's documents."))
    return redirect("assistant:desk", pk)


@require_POST
@signed_in
def delete(request: Any, pk: int, written_id: int) -> HttpResponse:
    """Delete it."""
    services.delete(generation=_written(request, pk, written_id), at=request.now)
    messages.success(request, _("Deleted."))
    return redirect("assistant:desk", pk)
