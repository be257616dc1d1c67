"""Signing in and up, in fields."""

from django import forms


class SignIn(forms.Form):
    """An address and a password."""

    email = forms.EmailField(label="Email", widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        strip=False, max_length=1000, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    keep = forms.BooleanField(label="Keep me signed in", required=False, initial=True)


class SecondFactor(forms.Form):
    """A code of the authenticator app, or a backup code."""

    code = forms.CharField(
        max_length=40,
        help_text="From your authenticator app, or one of your backup codes.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class SignUp(forms.Form):
    """What a new account needs."""

    name = forms.CharField(
        label="Your name",
        max_length=100,
        required=False,
        help_text="How Onward greets you. You can leave it out.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(label="Email", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        strip=False,
        max_length=1000,
        help_text="At least eight characters.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class Forgot(forms.Form):
    """The address to which the link goes."""

    email = forms.EmailField(label="Email", widget=forms.EmailInput(attrs={"autocomplete": "username"}))
