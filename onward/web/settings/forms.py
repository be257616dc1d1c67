"""Settings, in fields. Their names are the record's."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onward.domain.accounts.services.columns import LONGEST_NAME, Column
from onward.web import words
from onward.web.applications.columns import BOARD, TABLE

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


class Close(Confirmed):
    """What it takes to close the account."""

    code = forms.CharField(
        label=_("A code of your authenticator app, or a backup code"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
    sure = forms.BooleanField(label=_("I know that nothing of it comes back"))

    def __init__(self, *arguments: Any, has_factor: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if has_factor:
            self.fields["code"].required = True
        else:
            del self.fields["code"]


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


class OneColumn(forms.Form):
    """What its menu does to a column of the board: a name, or one of these."""

    _DOES: ClassVar[dict[str, dict[str, Any]]] = {
        "fold": {"folded": True},
        "unfold": {"folded": False},
        "hide": {"hidden": True},
        "left": {"by": -1},
        "right": {"by": 1},
    }
    do = forms.ChoiceField(choices=[(key, key) for key in ("name", *_DOES)])
    name = forms.CharField(max_length=LONGEST_NAME, required=False)

    def given(self) -> dict[str, Any]:
        """Return what changes."""
        return self._DOES.get(self.cleaned_data["do"], {"name": self.cleaned_data["name"]})


def _in_order(sent: Iterable[str], known: Sequence[str]) -> list[str]:
    """Return all that are known: those that were sent in their order, the others after them."""
    return list(dict.fromkeys([*(key for key in sent if key in known), *known]))


def _moved(order: list[str], do: str) -> list[str]:
    """Return an order after somebody has pressed ``up-KEY`` or ``down-KEY``."""
    way, __, key = do.partition("-")
    if key in order and way in {"up", "down"}:
        place = order.index(key)
        order.insert(max(place - 1, 0) if way == "up" else place + 1, order.pop(place))
    return order


class Board(forms.Form):
    """All columns of the board: a name for each, and whether it is shown and folded, in the order that was sent."""

    _KEYS: ClassVar[list[str]] = [column.key for column in BOARD]

    def __init__(self, *arguments: Any, order: Iterable[str] = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        data: Any = self.data
        sent = data.getlist("key") if self.is_bound else order
        self.order = _moved(_in_order(sent, self._KEYS), data.get("do", ""))
        for key in self._KEYS:
            usual = words.COLUMN[key]
            self.fields[f"name-{key}"] = forms.CharField(
                label=gettext("Name of %(column)s") % {"column": usual},
                max_length=LONGEST_NAME,
                required=False,
                widget=forms.TextInput({"placeholder": usual, "autocomplete": "off"}),
            )
            self.fields[f"shown-{key}"] = forms.BooleanField(label=_("Shown"), required=False)
            self.fields[f"folded-{key}"] = forms.BooleanField(label=_("Folded"), required=False)

    @classmethod
    def of(cls, columns: Sequence[Column]) -> Self:
        """Return the form as columns are."""
        said: dict[str, Any] = {}
        for column in columns:
            said[f"name-{column.key}"] = column.name
            said[f"shown-{column.key}"], said[f"folded-{column.key}"] = not column.hidden, column.folded
        return cls(initial=said, order=[column.key for column in columns])

    @property
    def lines(self) -> list[tuple[str, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Return a line for each column: its key, and its three fields."""
        return [(key, self[f"name-{key}"], self[f"shown-{key}"], self[f"folded-{key}"]) for key in self.order]

    def given(self) -> list[Column]:
        """Return the columns as they were sent."""
        said = self.cleaned_data
        return [
            Column(key, said[f"name-{key}"], folded=said[f"folded-{key}"], hidden=not said[f"shown-{key}"])
            for key in self.order
        ]


class Table(forms.Form):
    """Which columns the table shows, in the order that was sent."""

    def __init__(self, *arguments: Any, chosen: Sequence[str] = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        data: Any = self.data
        sent = data.getlist("key") if self.is_bound else chosen
        self.chosen = data.getlist("column") if self.is_bound else chosen
        self.order = _moved(_in_order(sent, TABLE), data.get("do", ""))

    @classmethod
    def of(cls, chosen: Sequence[str]) -> Self:
        """Return the form as the table is."""
        return cls(chosen=chosen)

    def given(self) -> list[str]:
        """Return the columns that are shown."""
        return [name for name in self.order if name in self.chosen]
