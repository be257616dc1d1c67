"""What is kept beside an application: tags, reminders, people, documents and the terms of an offer."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onward.domain.applications import queries, services
from onward.domain.applications.models import Application
from onward.domain.contacts import services as contacts
from onward.domain.insight.queries.story import outcome_of, reflection_of
from onward.domain.reminders import services as reminders
from onward.domain.undo import services as undoing
from onward.platform import storage
from onward.web.applications import forms
from onward.web.applications.views import own
from onward.web.frame.act import act
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in


def _done(request: Any, pk: int, form: django_forms.Form, service: Callable[[], object], said: str) -> HttpResponse:
    """Do it, and show the application again; what is wrong is said in the corner."""
    if act(form, service):
        messages.success(request, said)
    else:
        problems = [
            f"{form.fields[name].label}: {' '.join(map(str, each))}"
            if name in form.fields
            else " ".join(map(str, each))
            for name, each in form.errors.items()
        ]
        messages.error(request, _("Not saved. %(why)s") % {"why": " ".join(problems)})
    return redirect("applications:application", pk)


@require_POST
@signed_in
def tag(request: Any, pk: int) -> HttpResponse:
    """Put a tag on, which is made where there is none of that name."""
    found, form = own(request, pk), forms.Tag(request.POST)
    return _done(request, pk, form, lambda: _tag(request, found, form), _("Tagged."))


def _tag(request: Any, found: Application, form: forms.Tag) -> None:
    undoing.act(owner_id=found.owner_id, pks=[found.pk], do="tag", given=form.cleaned_data, at=request.here)


@require_POST
@signed_in
def untag(request: Any, pk: int, tag_id: int) -> HttpResponse:
    """Take a tag off."""
    found = own(request, pk)
    services.remove_tag(
        application=found, tag=queries.numbered_tag(owner_id=found.owner_id, pk=tag_id), at=request.here
    )
    return redirect("applications:application", pk)


@require_POST
@signed_in
def remind(request: Any, pk: int) -> HttpResponse:
    """Plan a reminder."""
    found, form = own(request, pk), forms.Reminder(request.POST)
    return _done(request, pk, form, lambda: _remind(request, found, form), _("You will be reminded."))


def _remind(request: Any, found: Application, form: forms.Reminder) -> None:
    title, when = form.cleaned_data["title"], form.when(request.here)
    about: dict[str, Any] = {"owner_id": found.owner_id, "application_id": found.pk}
    reminders.create(title=title, remind_at=when, at=request.here, **about)


@require_POST
@signed_in
def person(request: Any, pk: int) -> HttpResponse:
    """Write somebody down whom one knows there."""
    found, form = own(request, pk), forms.Person(request.POST)
    return _done(request, pk, form, lambda: _meet(request, found, form), _("Written down."))


def _meet(request: Any, found: Application, form: forms.Person) -> None:
    about: dict[str, Any] = {"owner_id": found.owner_id, "application_id": found.pk}
    contacts.add(at=request.here, company_name=found.company.name, **about, **form.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def offer(request: Any, pk: int) -> HttpResponse:
    """Write down what an offer says; an application that has one stands at offer."""
    found = own(request, pk)
    known = outcome_of(application_id=pk)
    form = forms.Offer(request.POST or None, initial=model_to_dict(known) if known else None)
    if request.method == "POST" and act(form, lambda: _offer(request, found, form)):
        messages.success(request, _("Saved."))
        return redirect("applications:application", pk)
    context = {"form": form, "application": found}
    return page(request, "applications/offer.jinja", context, status=422 if form.errors else 200)


def _offer(request: Any, found: Application, form: forms.Offer) -> None:
    known = outcome_of(application_id=found.pk)
    if known is None:
        services.record_outcome(application=found, at=request.here, **form.given())
    else:
        services.update_outcome(outcome=known, at=request.here, **form.given())


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reflection(request: Any, pk: int) -> HttpResponse:
    """Write down what an application has taught."""
    found = own(request, pk)
    known = reflection_of(application_id=pk)
    form = forms.Reflection(request.POST or None, initial=model_to_dict(known) if known else None)
    if request.method == "POST" and act(form, lambda: _reflect(request, found, form)):
        messages.success(request, _("Saved."))
        return redirect("applications:application", pk)
    context = {"form": form, "application": found}
    return page(request, "applications/reflection.jinja", context, status=422 if form.errors else 200)


def _reflect(request: Any, found: Application, form: forms.Reflection) -> None:
    known = reflection_of(application_id=found.pk)
    if known is None:
        services.write_reflection(application=found, at=request.here, **form.cleaned_data)
    else:
        services.update_reflection(reflection=known, at=request.here, **form.cleaned_data)


@require_POST
@signed_in
def keep_document(request: Any, pk: int) -> HttpResponse:
    """Keep a document with its file."""
    found, form = own(request, pk), forms.Document(request.POST, request.FILES)
    return _done(request, pk, form, lambda: _keep(request, found, form), _("Kept."))


def _keep(request: Any, found: Application, form: forms.Document) -> None:
    file, name = form.cleaned_data["file"], form.cleaned_data["name"]
    services.keep_document(application=found, file=file, file_name=file.name, name=name, at=request.here)


@require_safe
@signed_in
def document(request: Any, pk: int, document_id: int) -> FileResponse:
    """Hand out the file of a document, to be saved and never to be shown."""
    found = queries.document_of(owner_id=request.actor.user_id, application_id=pk, pk=document_id)
    return storage.download(found.file_key, name=found.file_name, content_type=found.content_type)


@require_POST
@signed_in
def delete_document(request: Any, pk: int, document_id: int) -> HttpResponse:
    """Delete a document; for thirty days it can come back."""
    found = queries.document_of(owner_id=request.actor.user_id, application_id=pk, pk=document_id)
    kept = services.delete_document(document=found, at=request.here)
    step = {"do": "restore", "kept": kept}
    uid = undoing.remember(owner_id=request.actor.user_id, steps=[step], at=request.here)
    messages.success(request, _("%(title)s is deleted.") % {"title": found.name}, extra_tags=str(uid))
    return redirect("applications:application", pk)
