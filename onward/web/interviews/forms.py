"""An interview and how it went, in fields. Their names are the record's."""

from datetime import datetime
from typing import Any

from django import forms

from onward.domain.interviews.choices import InterviewStatus, InterviewType, Outcome


class Interview(forms.Form):
    """When, where and with whom."""

    interview_type = forms.ChoiceField(label="What kind", choices=InterviewType.choices, initial=InterviewType.PHONE)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(
        required=False,
        help_text="On your clock.",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    duration_minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=24 * 60, initial=60, required=False)
    meeting_link = forms.URLField(label="Link", max_length=2000, required=False, assume_scheme="https")
    meeting_location = forms.CharField(label="Place", max_length=255, required=False)
    interviewer_names = forms.CharField(label="With whom", max_length=2000, required=False)
    preparation_notes = forms.CharField(
        label="Preparation", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def given(self, here: datetime) -> dict[str, Any]:
        """Return what was filled in, by the record's names. :param here: the time on the person's clock"""
        values = dict(self.cleaned_data)
        time, day = values.pop("time"), values.pop("day")
        when = {"day": day} if time is None else {"scheduled_at": datetime.combine(day, time, tzinfo=here.tzinfo)}
        return {**values, **when}


class ChangedInterview(Interview):
    """The same, and how it went."""

    status = forms.ChoiceField(label="Did it take place?", choices=InterviewStatus.choices)
    outcome = forms.ChoiceField(label="How it ended", choices=Outcome.choices)
    post_interview_notes = forms.CharField(
        label="How it went", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
