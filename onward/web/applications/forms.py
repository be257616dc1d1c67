"""An application, a note and a move, in fields. Their names are the record's."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from onward.domain.applications.choices import JobType, NoteType, Priority, Source, Status, WorkType
from onward.web import words

_NOTHING = ("", "—")


class Application(forms.Form):
    """What a person writes about an application."""

    company_name = forms.CharField(label="Company", max_length=255)
    job_title = forms.CharField(label="Job title", max_length=255)
    job_url = forms.URLField(label="Link to the posting", max_length=2000, required=False, assume_scheme="https")
    location = forms.CharField(max_length=255, required=False)
    work_type = forms.ChoiceField(label="Where the work is done", choices=[_NOTHING, *WorkType.choices], required=False)
    job_type = forms.ChoiceField(label="Kind of job", choices=[_NOTHING, *JobType.choices], required=False)
    applied_date = forms.DateField(
        label="Applied on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    deadline = forms.DateField(
        label="Apply by", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    priority = forms.ChoiceField(choices=[_NOTHING, *Priority.choices], required=False)
    source = forms.ChoiceField(label="Found through", choices=[_NOTHING, *Source.choices], required=False)
    salary_min = forms.IntegerField(label="Salary from", min_value=0, max_value=2**31 - 1, required=False)
    salary_max = forms.IntegerField(label="Salary to", min_value=0, max_value=2**31 - 1, required=False)
    salary_currency = forms.RegexField(
        label="Currency", regex=r"^[A-Za-z]{3}$", required=False, error_messages={"invalid": "Three letters: EUR, USD."}
    )
    next_action = forms.CharField(label="What comes next", max_length=255, required=False)
    next_action_date = forms.DateField(
        label="By when", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    job_description = forms.CharField(
        label="The posting's text", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def given(self) -> dict[str, Any]:
        """Return what was filled in, by the record's names."""
        values = dict(self.cleaned_data)
        currency = values.pop("salary_currency").upper()
        return {**values, "salary_currency": currency} if currency else values


class Sent(forms.Form):
    """The résumé that was sent. :param resumes: of the person whose applications these are"""

    resume_id = forms.TypedChoiceField(label="Résumé sent", required=False, coerce=int, empty_value=None)

    def __init__(self, *arguments: Any, resumes: Iterable[Any], **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [(resume.pk, resume.version_name) for resume in resumes]
        self.fields["resume_id"].choices = [("", "None"), *choices]  # type: ignore[attr-defined]


class NewApplication(Application):
    """An application that is written down for the first time: where it stands, too."""

    status = forms.ChoiceField(
        label="Where it stands", choices=[(key, words.STATUS[key]) for key in Status], initial=Status.APPLIED
    )
    field_order = ("company_name", "job_title", "job_url", "status")


class Mend(forms.Form):
    """What is to be done with a move of the history."""

    do = forms.ChoiceField(choices=[(key, key) for key in words.MENDED])
    day = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the day where one is to be said."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("do") == "date" and not given.get("day") and "day" not in self.errors:
            self.add_error("day", "Choose the day.")
        return given


def chosen(data: Any) -> tuple[str, dict[str, Any], str]:
    """Return what is to be done to many: the act, what it takes, and what is said of it."""
    do = data.get("do", "")
    if do == "filled":
        do = "tag" if data.get("tag", "").strip() else "next_action"
    if do in Status.values:
        return "move", {"to": do}, words.STATUS[Status(do)]
    if do == "tag":
        return "tag", {"tag": data.get("tag", "").strip()[:50]}, f"tagged {data.get('tag', '').strip()[:50]}"
    if do.startswith("priority-"):
        priority = do.removeprefix("priority-")
        return "set", {"priority": priority}, f"priority {words.PRIORITY.get(priority, '').lower()}"
    if do == "next_action":
        form = Application({"next_action": data.get("next_action", ""), "next_action_date": data.get("by", "")})
        form.full_clean()
        day = form.cleaned_data.get("next_action_date")
        given = {"next_action": form.cleaned_data.get("next_action", ""), "next_action_date": day and day.isoformat()}
        return "set", given, "next action set"
    return do, {}, "deleted" if do == "delete" else ""


def said(application: Any, name: str) -> str:
    """Return what a field says, as its input has it."""
    value = application.company.name if name == "company_name" else getattr(application, name)
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")


class Note(forms.Form):
    """Something worth remembering."""

    content = forms.CharField(label="Note", max_length=50_000, widget=forms.Textarea(attrs={"rows": 3}))
    note_type = forms.ChoiceField(
        label="About", choices=[(key, words.NOTE_TYPE[key]) for key in NoteType], initial=NoteType.GENERAL
    )


class Tag(forms.Form):
    """A tag to be put on."""

    tag = forms.CharField(max_length=50)


class Reminder(forms.Form):
    """Something to be reminded of, on one's own clock."""

    title = forms.CharField(label="Remind me of", max_length=255)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial="09:00")

    def when(self, here: datetime) -> datetime:
        """Return the moment. :param here: the time on the person's clock"""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=here.tzinfo)


class Person(forms.Form):
    """Somebody whom one knows there."""

    name = forms.CharField(max_length=255)
    job_title = forms.CharField(label="What they do there", max_length=255, required=False)
    email = forms.EmailField(max_length=255, required=False)


class Offer(forms.Form):
    """The terms of an offer."""

    salary = forms.IntegerField(label="Salary a year", min_value=0, max_value=2**31 - 1, required=False)
    salary_currency = forms.RegexField(
        label="Currency", regex=r"^[A-Za-z]{3}$", required=False, error_messages={"invalid": "Three letters: EUR, USD."}
    )
    bonus = forms.CharField(max_length=2000, required=False)
    equity = forms.CharField(max_length=2000, required=False)
    benefits = forms.CharField(max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    start_date = forms.DateField(
        label="Begins on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    deadline = forms.DateField(
        label="Answer by", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    notes = forms.CharField(max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def given(self) -> dict[str, Any]:
        """Return what was filled in, by the record's names."""
        values = dict(self.cleaned_data)
        currency = values.pop("salary_currency").upper()
        return {**values, "salary_currency": currency} if currency else values


class Reflection(forms.Form):
    """What somebody learned from an application."""

    what_worked = forms.CharField(
        label="What went well", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    what_failed = forms.CharField(
        label="What did not", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    improvement_plan = forms.CharField(
        label="What you will do otherwise", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class KeptView(forms.Form):
    """The name of a view that is kept."""

    name = forms.CharField(label="Name", max_length=50)


class Document(forms.Form):
    """Something that was sent with an application, with its file."""

    file = forms.FileField(label="File", help_text="PDF or Word, up to 5 MB.", max_length=1000)
    name = forms.CharField(label="What it is called", max_length=255, required=False)
