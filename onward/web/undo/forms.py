"""What is said of something that was done, in fields."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Day(forms.Form):
    """The day on which it happened."""

    day = forms.DateField(error_messages={"required": _("Choose the day.")})
