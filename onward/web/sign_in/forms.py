"""Signing in and up, in fields."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignIn(forms.Form):
    """An address and a password."""

    email = forms.EmailField(label=_("Email"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    keep = forms.BooleanField(label=_("Keep me signed in"), required=False, initial=True)


class SecondFactor(forms.Form):
    """A code of the authenticator app, or a backup code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("From your authenticator app, or one of your backup codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class SignUp(forms.Form):
    """What a new account needs."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        required=False,
        help_text=_("How Onward greets you. You can leave it out."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Email"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        help_text=_("At least eight characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class Forgot(forms.Form):
    """The address to which the link goes."""

    email = forms.EmailField(label=_("Email"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
