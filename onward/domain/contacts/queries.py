"""Reading contacts."""

from uuid import UUID

from django.db.models import QuerySet

from onward.domain.contacts.models import Contact
from onward.platform.record import owned
from onward.platform.wire import OWNER


def contacts() -> QuerySet[Contact]:
    """Return one person's contacts; the statement takes ``owner_id``."""
    return Contact.objects.filter(owner_id=OWNER)


def contact(*, owner_id: int, uid: UUID) -> Contact:
    """Return one of somebody's contacts.

    :raises Forbidden: when it is another's
    :raises Missing: when there is none of that uid
    """
    return owned(Contact.objects.all(), owner_id=owner_id, uid=uid, called="contact")
