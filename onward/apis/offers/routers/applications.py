"""Applications. "Applications" in the document."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.filters import ByLens
from onward.apis.offers.lenses import PRIORITY, STATUS
from onward.apis.offers.resource import Resource, application_of
from onward.apis.offers.schemas.applications import ApplicationChanges, ApplicationIn, ApplicationResponse
from onward.apis.paging import Slices
from onward.domain.applications import queries, services
from onward.domain.applications.choices import Status

router = Router(tags=["Applications"])

APPLICATIONS = Resource(
    queries.applications,
    row=ApplicationResponse,
    body=ApplicationIn,
    changes=ApplicationChanges,
    filters={"status": ByLens("status", STATUS), "priority": ByLens("priority", PRIORITY)},
    order="-created_at",
    paging=Slices(usual=100, leading=("skip", "limit")),
)


@router.get("", **APPLICATIONS.lists, summary="List applications")
def list_applications(request: Request) -> HttpResponse:
    """List one's applications, the latest first, each with its stages, outcome and reflection."""
    return APPLICATIONS.page(request)


@router.post("", **APPLICATIONS.creates, summary="Create an application")
def create(request: Request, body: ApplicationIn) -> HttpResponse:
    """Take an application into one's record; one that is sent already is dated today unless it says otherwise."""
    at, fields = local_time(request), {"status": Status.WISHLIST, **APPLICATIONS.fields(request, body)}
    application = services.create_at(owner_id=request.auth.user_id, at=at, sent_on=at.date(), **fields)
    return APPLICATIONS.made(request, application)


@router.get("{uid}", **APPLICATIONS.reads, summary="Get an application")
def get_application(request: Request, uid: UUID) -> HttpResponse:
    """Read one application with its stages, outcome and reflection."""
    return APPLICATIONS.show(request, uid)


@router.put("{uid}", **APPLICATIONS.changes, summary="Update an application")
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    at, application = local_time(request), application_of(request, uid)
    fields = APPLICATIONS.given(request, application)
    services.update(application=application, at=at, sent_on=at.date(), unseen={"response_date"}, **fields)
    return APPLICATIONS.show(request, uid)


@router.delete("{uid}", **APPLICATIONS.deletes, summary="Delete an application")
def delete(request: Request, uid: UUID) -> HttpResponse:
    """Delete an application with all that hangs on it."""
    services.delete(application=application_of(request, uid), at=local_time(request))
    return APPLICATIONS.gone()
