"""What the app has, in the order of its rail. An area comes in by a row."""

from typing import NamedTuple


class Area(NamedTuple):
    """A part of the app. :ivar icon: its name in the sprite"""

    key: str
    title: str
    icon: str
    address: str


AREAS = (
    Area("today", "Today", "sun", "today:today"),
    Area("applications", "Applications", "square-kanban", "applications:list"),
    Area("saved", "Saved", "bookmark", "saved:list"),
)
