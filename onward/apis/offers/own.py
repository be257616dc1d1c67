"""Reading what is one's own."""

from uuid import UUID

from django.db import models

from onward.apis.base import Request
from onward.platform.record import refused
from onward.platform.wire import Reading


def shown(request: Request, reading: Reading, model: type[models.Model], uid: UUID) -> str:
    """Give a row of somebody's as it is shown to them, a JSON document.

    :param reading: of one row; the statement takes ``owner_id`` and ``uid``
    :raises Forbidden: "Not your contact", when it is another's
    :raises Missing: "Contact not found", when it is not there
    """
    document = reading.one(owner_id=request.auth.user_id, uid=uid)
    if document is None:
        raise refused(model._default_manager.all(), uid=uid, called=str(model._meta.verbose_name))
    return document
