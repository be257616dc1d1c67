"""Settings, in fields. Their names are the record's."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

THEMES = {"": _("As the device has it"), "light": _("Light"), "dark": _("Dark")}
DENSITIES = {"": _("Comfortable"), "compact": _("Compact")}


class Profile(forms.Form):
    """Who somebody is, and where."""

    display_name = forms.CharField(label=_("Your name"), max_length=100, required=False)
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("It says which day it is for you."),
        choices=[(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())],
    )

    def given(self) -> dict[str, Any]:
        """Return what was filled in, by the record's names."""
        return {**self.cleaned_data, "display_name": self.cleaned_data["display_name"] or None}


class Password(forms.Form):
    """Another password."""

    old_password = forms.CharField(
        label=_("The password you have"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password = forms.CharField(
        label=_("The new one"),
        strip=False,
        max_length=1000,
        help_text=_("At least eight characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class Confirmed(forms.Form):
    """What is done only by who knows the password."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class Email(Confirmed):
    """Another address."""

    email = forms.EmailField(
        label=_("The new address"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )
    field_order = ("email", "password")


class Code(forms.Form):
    """A code of the authenticator app."""

    code = forms.CharField(
        label=_("Code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )


class Off(Code):
    """What it takes to go without a second factor."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("password", "code")


class Look(forms.Form):
    """How pages look in this browser."""

    theme = forms.ChoiceField(label=_("Theme"), choices=list(THEMES.items()), required=False)
    density = forms.ChoiceField(label=_("Density"), choices=list(DENSITIES.items()), required=False)


class Mails(forms.Form):
    """Which mails somebody wants, and when."""

    interview_reminders = forms.BooleanField(label=_("Reminders of interviews"), required=False)
    interview_reminder_hours = forms.IntegerField(label=_("Hours before"), min_value=1, max_value=168)
    application_updates = forms.BooleanField(label=_("Moves of applications"), required=False)
    weekly_summary = forms.BooleanField(label=_("The week, on Mondays"), required=False)
    quiet_hours_start = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_hours_end = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
