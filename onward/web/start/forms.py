"""The ways into a search: a link or a text, or two fields."""

from django import forms
from django.utils.translation import gettext_lazy as _

from onward.domain.applications.choices import Status
from onward.domain.exchange.capture import LONGEST
from onward.web import words


class Capture(forms.Form):
    """A link to a posting, or its text."""

    posting = forms.CharField(
        label=_("Link or posting"),
        max_length=LONGEST,
        error_messages={"required": _("Paste a link, or the text of a posting.")},
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": _("https://… or the whole text")}),
    )
    # What could not be read: it is kept for the text that is pasted instead.
    link = forms.URLField(max_length=2000, required=False, assume_scheme="https", widget=forms.HiddenInput)


class Quick(forms.Form):
    """Company and title."""

    company_name = forms.CharField(label=_("Company"), max_length=255)
    job_title = forms.CharField(label=_("Job title"), max_length=255)
    status = forms.ChoiceField(
        label=_("Where it stands"),
        choices=words.choices(words.STATUS, (Status.WISHLIST, Status.APPLIED, Status.INTERVIEWING)),
        initial=Status.APPLIED,
    )
