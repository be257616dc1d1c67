"""What hangs on an application, or on none: it is named by its uid here, and by its row in the record."""

from typing import Any

from onward.apis.base import Request
from onward.apis.offers.routers.applications import application_of


def with_application(request: Request, fields: dict[str, Any]) -> dict[str, Any]:
    """Say the application by its row, where one is named. Null names none.

    :raises Forbidden: when it is another's
    :raises Missing: when it is not there
    """
    if fields.get("application_id") is not None:
        fields["application_id"] = application_of(request, fields["application_id"]).pk
    return fields
