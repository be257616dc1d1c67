from typing import Any

from django import forms


class ResetPassword(forms.Form):
    """Another password, twice."""

    new_password = forms.CharField(
        label="New password",
        help_text="At least 8 characters. Not only digits, not a common one, not like your name or email address.",
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    new_password_confirm = forms.CharField(
        label="New password, again",
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        given = super().clean() or {}
        first, second = given.get("new_password"), given.get("new_password_confirm")
        if first and second and first != second:
            self.add_error("new_password_confirm", "The two passwords do not match.")
        return given
