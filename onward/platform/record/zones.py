"""Time zones, by their IANA names."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Return whether there is a time zone of this name."""
    return name in _known()


def known_zone(name: str) -> None:
    """Refuse what is no time zone; a validator for model fields.

    :raises ValidationError: when there is none of this name
    """
    if not is_zone(name):
        raise ValidationError("There is no such time zone. Give an IANA name such as Europe/Berlin.", code="zone")
