"""What is said of something that was done, in fields."""

from django import forms


class Day(forms.Form):
    """The day on which it happened."""

    day = forms.DateField(error_messages={"required": "Choose the day."})
