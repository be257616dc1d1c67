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
from onward.domain.community.queries import groups
from onward.domain.resumes import queries as resumes
from onward.platform.record import missing, refused
from onward.platform.refusals import Refusal
from onward.platform.wire import Body

# What is other people's is handed out a page at a time.
OF_OTHERS = Slices(usual=50, most=500)


def application_of(request: Request, uid: UUID) -> Application:
    """Return one of somebody's applications, with its company, for a change.

    :raises Forbidden: when it is another's
    :raises Missing: when it is not there
    """
    return applications.named(owner_id=request.auth.user_id, uid=uid)


def resume_of(request: Request, named: str) -> int:
    """Return the key of one of somebody's résumés.

    :raises Missing: when it is not there, or another's, or the text can name none
    """
    try:
        uid = UUID(named)
    except ValueError:
        raise missing("resume version") from None
    return resumes.named(owner_id=request.auth.user_id, uid=uid)


def done(sentence: str) -> HttpResponse:
    """Return a sentence that says what has been done."""
    return JsonResponse({"detail": sentence})


class Resource(resource.Resource):
    """A thing of the offers API."""

    paging = Slices(usual=100)
    key = "uid"
    links = {
        "application": lambda request, uid: application_of(request, uid).pk,
        "group": lambda request, uid: groups.group(asker_id=request.auth.user_id, uid=uid).pk,
        "resume": resume_of,
    }
    # What a change leaves out stays as it is.
    whole_bodies = frozenset()
    deletes = {"response": Done}

    def describes(self, body: type[Body]) -> dict[str, Any]:
        return takes(body)

    def missing(self, key: Any) -> Refusal:
        return refused(self.model._default_manager.all(), uid=key, called=self.called)

    def gone(self) -> HttpResponse:
        return done(f"{self.called.capitalize()} deleted")


class Shared(Resource):
    """A thing of several people: what somebody may not see is not there for them."""

    paging = OF_OTHERS

    def missing(self, key: Any) -> Refusal:
        return missing(self.called)
