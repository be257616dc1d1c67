"""What the offers API says of all its things: uids name them, and lists are plain arrays."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse

from onward.apis import resource
from onward.apis.base import Request
from onward.apis.bodies import takes
from onward.apis.offers.schemas.done import Done
from onward.apis.paging import Slices
from onward.domain.applications import queries as applications
from onward.domain.applications.models import Application
from onward.platform.record import refused
from onward.platform.refusals import Refusal
from onward.platform.wire import Body


def application_of(request: Request, uid: UUID) -> Application:
    """Return one of somebody's applications, with its company, for a change.

    :raises Forbidden: when it is another's
    :raises Missing: when it is not there
    """
    return applications.named(owner_id=request.auth.user_id, uid=uid)


class Resource(resource.Resource):
    """A thing of the offers API."""

    paging = Slices(usual=100)
    key = "uid"
    links = {"application": lambda request, uid: application_of(request, uid).pk}
    # What a change leaves out stays as it is.
    whole_bodies = frozenset()
    deletes = {"response": Done}

    def describes(self, body: type[Body]) -> dict[str, Any]:
        return takes(body)

    def missing(self, key: Any) -> Refusal:
        return refused(self.model._default_manager.all(), uid=key, called=self.called)

    def gone(self) -> HttpResponse:
        return JsonResponse({"detail": f"{self.called.capitalize()} deleted"})
