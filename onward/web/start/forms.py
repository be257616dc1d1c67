"""The ways into a search: a link or a text, or two fields."""

from django import forms

from onward.domain.applications.choices import Status
from onward.domain.exchange.capture import LONGEST
from onward.web import words


class Capture(forms.Form):
    """A link to a posting, or its text."""

    posting = forms.CharField(
        label="Link or posting",
        max_length=LONGEST,
        error_messages={"required": "Paste a link, or the text of a posting."},
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "https://… or the whole text"}),
    )
    # What could not be read: it is kept for the text that is pasted instead.
    link = forms.URLField(max_length=2000, required=False, assume_scheme="https", widget=forms.HiddenInput)


class Quick(forms.Form):
    """Company and title."""

    company_name = forms.CharField(label="Company", max_length=255)
    job_title = forms.CharField(label="Job title", max_length=255)
    status = forms.ChoiceField(
        label="Where it stands",
        choices=[(key, words.STATUS[key]) for key in (Status.WISHLIST, Status.APPLIED, Status.INTERVIEWING)],
        initial=Status.APPLIED,
    )
