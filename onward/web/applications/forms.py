"""An application, a note and a move, in fields. Their names are the record's."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onward.domain.applications.choices import NoteType, Status, WorkType
from onward.web import words
from onward.web.kit.dates import whole_date

_NOTHING = ("", "—")


class Application(forms.Form):
    """What a person writes about an application."""

    company_name = forms.CharField(label=_("Company"), max_length=255)
    job_title = forms.CharField(label=_("Job title"), max_length=255)
    job_url = forms.URLField(label=_("Link to the posting"), max_length=2000, required=False, assume_scheme="https")
    location = forms.CharField(label=_("Place"), max_length=255, required=False)
    work_type = forms.ChoiceField(
        label=_("Where the work is done"), choices=[_NOTHING, *words.choices(words.WORK_TYPE, WorkType)], required=False
    )
    job_type = forms.ChoiceField(
        label=_("Kind of job"), choices=[_NOTHING, *words.choices(words.JOB_TYPE)], required=False
    )
    applied_date = forms.DateField(
        label=_("Applied on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    deadline = forms.DateField(
        label=_("Apply by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    priority = forms.ChoiceField(
        label=_("Priority"), choices=[_NOTHING, *words.choices(words.PRIORITY)], required=False
    )
    source = forms.ChoiceField(
        label=_("Found through"), choices=[_NOTHING, *words.choices(words.SOURCE)], required=False
    )
    salary_min = forms.IntegerField(label=_("Salary from"), min_value=0, max_value=2**31 - 1, required=False)
    salary_max = forms.IntegerField(label=_("Salary to"), min_value=0, max_value=2**31 - 1, required=False)
    salary_currency = forms.RegexField(
        label=_("Currency"),
        regex=r"^[A-Za-z]{3}$",
        required=False,
        error_messages={"invalid": _("Three letters: EUR, USD.")},
    )
    next_action = forms.CharField(label=_("What comes next"), max_length=255, required=False)
    next_action_date = forms.DateField(
        label=_("By when"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    job_description = forms.CharField(
        label=_("The posting's text"), max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def given(self) -> dict[str, Any]:
        """Return what was filled in, by the record's names."""
        values = dict(self.cleaned_data)
        currency = values.pop("salary_currency").upper()
        return {**values, "salary_currency": currency} if currency else values


class Sent(forms.Form):
    """The résumé that was sent. :param resumes: of the person whose applications these are"""

    resume_id = forms.TypedChoiceField(label=_("Résumé sent"), required=False, coerce=int, empty_value=None)

    def __init__(self, *arguments: Any, resumes: Iterable[Any], **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [(resume.pk, resume.version_name) for resume in resumes]
        self.fields["resume_id"].choices = [("", _("None")), *choices]  # type: ignore[attr-defined]


class NewApplication(Application):
    """An application that is written down for the first time: where it stands, too."""

    status = forms.ChoiceField(label=_("Where it stands"), choices=words.choices(words.STATUS), initial=Status.APPLIED)
    field_order = ("company_name", "job_title", "job_url", "status")


class Mend(forms.Form):
    """What is to be done with a move of the history."""

    do = forms.ChoiceField(choices=[(key, key) for key in words.MENDED])
    day = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the day where one is to be said."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("do") == "date" and not given.get("day") and "day" not in self.errors:
            self.add_error("day", _("Choose the day."))
        return given


def chosen(data: Any) -> tuple[str, dict[str, Any], str]:
    """Return what is to be done to many: the act, what it takes, and what is said of it."""
    do = data.get("do", "")
    if do == "filled":
        do = "tag" if data.get("tag", "").strip() else "next_action"
    if do in Status.values:
        return "move", {"to": do}, str(words.STATUS[Status(do)])
    if do == "tag":
        tag = data.get("tag", "").strip()[:50]
        return "tag", {"tag": tag}, gettext("tagged %(tag)s") % {"tag": tag}
    if do.startswith("priority-"):
        priority = do.removeprefix("priority-")
        return "set", {"priority": priority}, str(words.GIVEN_PRIORITY.get(priority, ""))
    if do == "next_action":
        form = Application({"next_action": data.get("next_action", ""), "next_action_date": data.get("by", "")})
        form.full_clean()
        day = form.cleaned_data.get("next_action_date")
        given = {"next_action": form.cleaned_data.get("next_action", ""), "next_action_date": day and day.isoformat()}
        return "set", given, gettext("next action set")
    return do, {}, gettext("deleted") if do == "delete" else ""


def said(application: Any, name: str) -> str:
    """Return what a field says, as its input has it."""
    value = application.company.name if name == "company_name" else getattr(application, name)
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")


def shown(form: forms.Form, name: str, value: str) -> str:
    """Return what an input has, in the words of a page."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value)) if value else ""  # type: ignore[arg-type]
    if isinstance(field, forms.DateField):
        # What a form says it was may be anything.
        with suppress(forms.ValidationError):
            day = field.to_python(value)
            return whole_date(day) if day else ""
    return value


class Note(forms.Form):
    """Something worth remembering."""

    content = forms.CharField(label=_("Note"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 3}))
    note_type = forms.ChoiceField(label=_("About"), choices=words.choices(words.NOTE_TYPE), initial=NoteType.GENERAL)


class Tag(forms.Form):
    """A tag to be put on."""

    tag = forms.CharField(label=_("Tag"), max_length=50)


class Reminder(forms.Form):
    """Something to be reminded of, on one's own clock."""

    title = forms.CharField(label=_("Remind me of"), max_length=255)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial="09:00"
    )

    def when(self, here: datetime) -> datetime:
        """Return the moment. :param here: the time on the person's clock"""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=here.tzinfo)


class Person(forms.Form):
    """Somebody whom one knows there."""

    name = forms.CharField(label=_("Name"), max_length=255)
    job_title = forms.CharField(label=_("What they do there"), max_length=255, required=False)
    email = forms.EmailField(label=_("Email"), max_length=255, required=False)


class Offer(forms.Form):
    """The terms of an offer."""

    salary = forms.IntegerField(label=_("Salary a year"), min_value=0, max_value=2**31 - 1, required=False)
    salary_currency = forms.RegexField(
        label=_("Currency"),
        regex=r"^[A-Za-z]{3}$",
        required=False,
        error_messages={"invalid": _("Three letters: EUR, USD.")},
    )
    bonus = forms.CharField(label=_("Bonus"), max_length=2000, required=False)
    equity = forms.CharField(label=_("Equity"), max_length=2000, required=False)
    benefits = forms.CharField(
        label=_("Benefits"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    start_date = forms.DateField(
        label=_("Begins on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    deadline = forms.DateField(
        label=_("Answer by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    notes = forms.CharField(
        label=_("Notes"), max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def given(self) -> dict[str, Any]:
        """Return what was filled in, by the record's names."""
        values = dict(self.cleaned_data)
        currency = values.pop("salary_currency").upper()
        return {**values, "salary_currency": currency} if currency else values


class Reflection(forms.Form):
    """What somebody learned from an application."""

    what_worked = forms.CharField(
        label=_("What went well"), max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    what_failed = forms.CharField(
        label=_("What did not"), max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    improvement_plan = forms.CharField(
        label=_("What you will do otherwise"),
        max_length=50_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class KeptView(forms.Form):
    """The name of a view that is kept."""

    name = forms.CharField(label=_("Name"), max_length=50)


class Document(forms.Form):
    """Something that was sent with an application, with its file."""

    file = forms.FileField(label=_("File"), help_text=_("PDF or Word, up to 5 MB."), max_length=1000)
    name = forms.CharField(label=_("What it is called"), max_length=255, required=False)
