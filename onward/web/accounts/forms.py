from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ResetPassword(forms.Form):
    """Another password, twice."""

    new_password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 8 characters. Not only digits, not a common one, not like your name or email address."),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    new_password_confirm = forms.CharField(
        label=_("New password, again"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        given = super().clean() or {}
        first, second = given.get("new_password"), given.get("new_password_confirm")
        if first and second and first != second:
            self.add_error("new_password_confirm", _("The two passwords do not match."))
        return given
