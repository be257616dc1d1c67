"""An application, a note and a move, in fields. Their names are the record's."""

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


class NewApplication(Application):
    """An application that is written down for the first time: where it stands, too."""

    status = forms.ChoiceField(
        label="Where it stands", choices=[(key, words.STATUS[key]) for key in Status], initial=Status.APPLIED
    )
    field_order = ("company_name", "job_title", "job_url", "status")


class Move(forms.Form):
    """Another status."""

    to = forms.ChoiceField(choices=[(key, words.STATUS[key]) for key in Status])


class Note(forms.Form):
    """Something worth remembering."""

    content = forms.CharField(label="Note", max_length=50_000, widget=forms.Textarea(attrs={"rows": 3}))
    note_type = forms.ChoiceField(
        label="About", choices=[(key, words.NOTE_TYPE[key]) for key in NoteType], initial=NoteType.GENERAL
    )
