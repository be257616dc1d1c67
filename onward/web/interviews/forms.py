"""An interview and how it went, in fields. Their names are the record's."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onward.domain.interviews.choices import InterviewType
from onward.web import words


class Interview(forms.Form):
    """When, where and with whom."""

    interview_type = forms.ChoiceField(
        label=_("What kind"), choices=words.choices(words.INTERVIEW_TYPE), initial=InterviewType.PHONE
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(
        label=_("Time"),
        required=False,
        help_text=_("On your clock."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    duration_minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=24 * 60, initial=60, required=False
    )
    meeting_link = forms.URLField(label=_("Link"), max_length=2000, required=False, assume_scheme="https")
    meeting_location = forms.CharField(label=_("Place"), max_length=255, required=False)
    interviewer_names = forms.CharField(label=_("With whom"), max_length=2000, required=False)
    preparation_notes = forms.CharField(
        label=_("Preparation"), max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def given(self, here: datetime) -> dict[str, Any]:
        """Return what was filled in, by the record's names. :param here: the time on the person's clock"""
        values = dict(self.cleaned_data)
        time, day = values.pop("time"), values.pop("day")
        when = {"day": day} if time is None else {"scheduled_at": datetime.combine(day, time, tzinfo=here.tzinfo)}
        return {**values, **when}


class ChangedInterview(Interview):
    """The same, and how it went."""

    status = forms.ChoiceField(label=_("Did it take place?"), choices=words.choices(words.INTERVIEW_STATUS))
    outcome = forms.ChoiceField(label=_("How it ended"), choices=words.choices(words.INTERVIEW_OUTCOME))
    post_interview_notes = forms.CharField(
        label=_("How it went"), max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
