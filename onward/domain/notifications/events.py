"""What happens to notifications."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class PreferencesChanged(Event):
    """Somebody chose other mails, or none. :ivar changed: the fields"""

    name: ClassVar[str] = "notifications.preferences_changed"

    changed: tuple[str, ...]
