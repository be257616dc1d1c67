"""A file of applications, what its columns are, and what is done with it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onward.domain.exchange.choices import DateOrder
from onward.domain.exchange.importing import ALIASES, MAX_BYTES
from onward.web import words

_FIELDS = [
    ("", _("A line of the notes")),
    *((name, words.IMPORT_FIELD[name]) for name in ALIASES if name != "counted"),
]
_PASTED = "pasted.csv"


class Bring(forms.Form):
    """A file, or the cells of one."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.json,.zip"}),
    )
    cells = forms.CharField(
        label=_("Or paste the cells"),
        max_length=5_000_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": _("Company, title, status …")}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all, and what is too large."""
        given: dict[str, Any] = super().clean() or {}
        file = given.get("file")
        if not file and not given.get("cells", "").strip() and not self.errors:
            self.add_error("file", _("Choose a file, or paste the cells."))
        if file and file.size > MAX_BYTES:
            self.add_error("file", _("The file is larger than %(size)s MB.") % {"size": MAX_BYTES // 1024**2})
        return given

    def brought(self) -> dict[str, Any]:
        """Return content and name, as the service takes them."""
        file = self.cleaned_data.get("file")
        if file:
            return {"content": file.read(), "file_name": file.name}
        return {"content": self.cleaned_data["cells"].encode(), "file_name": _PASTED}


class Columns(forms.Form):
    """What each column is taken for, and which number of a date is the day."""

    date_order = forms.ChoiceField(
        label=_("Dates such as 03/04/2026"),
        required=False,
        choices=[
            ("", _("As the column tells")),
            (DateOrder.DAY_FIRST, _("Day first")),
            (DateOrder.MONTH_FIRST, _("Month first")),
        ],
    )

    def __init__(self, data: Any = None, *, taken: Mapping[str, str], **more: Any) -> None:
        """Make a field for each column. :param taken: what each is taken for, by its header"""
        super().__init__(data, **more)
        self._taken = dict(taken)
        for number, (header, field) in enumerate(self._taken.items()):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header, choices=_FIELDS, required=False, initial=field
            )

    def said(self, before: Mapping[str, str]) -> dict[str, str]:
        """Return what its owner says of columns, by their headers. :param before: what they have said so far"""
        found = dict(before)
        for number, (header, field) in enumerate(self._taken.items()):
            chosen = self.cleaned_data.get(f"column_{number}", "")
            if chosen != field:
                found[header] = chosen or "notes"
        return found
