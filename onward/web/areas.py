"""What the app has, in the order of its rail. An area comes in by a row."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Area(NamedTuple):
    """A part of the app. :ivar icon: its name in the sprite"""

    key: str
    title: Promise
    icon: str
    address: str


AREAS = (
    Area("today", _("Today"), "sun", "today:today"),
    Area("applications", _("Applications"), "square-kanban", "applications:list"),
    Area("saved", _("Saved"), "bookmark", "saved:list"),
)
