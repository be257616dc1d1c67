"""What happens to notifications."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class PreferencesChanged(Event):
    """Somebody chose other mails, or none. :ivar changed: the fields; :ivar by_link: by the link in a mail"""

    name: ClassVar[str] = "notifications.preferences_changed"

    changed: tuple[str, ...]
    by_link: bool
