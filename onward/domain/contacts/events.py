"""What happens to contacts."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class ContactEvent(Event):
    """Something about one contact. :ivar application_id: of the application that it is kept with, if it is"""

    contact_id: int
    contact_name: str
    application_id: int | None


@dataclass(frozen=True, kw_only=True)
class ContactAdded(ContactEvent):
    """Somebody wrote down whom they know."""

    name: ClassVar[str] = "contact.added"


@dataclass(frozen=True, kw_only=True)
class ContactChanged(ContactEvent):
    """What is known of a contact changed. :ivar changed: the fields"""

    name: ClassVar[str] = "contact.changed"
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class ContactDeleted(ContactEvent):
    """A contact left the record."""

    name: ClassVar[str] = "contact.deleted"
