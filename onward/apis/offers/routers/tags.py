"""Tags: a library of labels of one's own, and what they are on. "Tags" in the document."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, context, local_time
from onward.apis.offers.resource import Resource, application_of, done
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.tags import ApplicationTagResponse, TagChanges, TagIn, TagResponse
from onward.apis.paging import is_empty
from onward.domain.applications import queries, services
from onward.platform.wire import UID, Reading

router = Router(tags=["Tags"])

TAGS = Resource(queries.tags, row=TagResponse, body=TagIn, changes=TagChanges)
LIBRARY = Reading(TagResponse, lambda: queries.tags().order_by("name_key", "pk"))
OF_APPLICATION = Reading(ApplicationTagResponse, lambda: queries.taggings().filter(application__uid=UID))
ASSIGNED = Reading(ApplicationTagResponse, lambda: queries.taggings().filter(uid=UID))


@router.get("", response=list[TagResponse], summary="List tags")
def list_tags(request: Request) -> HttpResponse:
    """List one's tags, by name."""
    return answer(LIBRARY.all(**context(request)))


@router.post("", **TAGS.creates, summary="Create a tag")
def create(request: Request, body: TagIn) -> HttpResponse:
    """Take a tag into one's library. Its name is unique there."""
    fields = TAGS.fields(request, body)
    return TAGS.made(request, services.create_tag(owner_id=request.auth.user_id, at=local_time(request), **fields))


@router.put("{uid}", **TAGS.changes, summary="Update a tag")
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    tag = queries.tag(owner_id=request.auth.user_id, uid=uid)
    services.update_tag(tag=tag, at=local_time(request), **TAGS.given(request, tag))
    return TAGS.show(request, uid)


@router.delete("{uid}", **TAGS.deletes, summary="Delete a tag")
def delete(request: Request, uid: UUID) -> HttpResponse:
    """Delete a tag, also from the applications that it is on."""
    services.delete_tag(tag=queries.tag(owner_id=request.auth.user_id, uid=uid), at=local_time(request))
    return TAGS.gone()


@router.get(
    "application/{application_id}", response=list[ApplicationTagResponse], summary="List the tags of an application"
)
def list_tags_of_application(request: Request, application_id: UUID) -> HttpResponse:
    """List the tags that are on an application, as they were assigned."""
    rows = OF_APPLICATION.all(**context(request), uid=application_id)
    if is_empty(rows):
        # Nothing may mean that there is no such application, or that it is another's.
        application_of(request, application_id)
    return answer(rows)


@router.post(
    "application/{application_id}/assign/{tag_id}",
    response={HTTPStatus.CREATED: ApplicationTagResponse},
    summary="Assign a tag",
)
def assign(request: Request, application_id: UUID, tag_id: UUID) -> HttpResponse:
    """Put a tag on an application."""
    application = application_of(request, application_id)
    tag = queries.tag_to_assign(owner_id=request.auth.user_id, uid=tag_id)
    uid = services.assign_tag(application=application, tag=tag, at=local_time(request))
    return answer(ASSIGNED.required(**context(request), uid=uid), HTTPStatus.CREATED)


@router.delete("application/{application_id}/remove/{tag_id}", response=Done, summary="Remove a tag")
def remove(request: Request, application_id: UUID, tag_id: UUID) -> HttpResponse:
    """Take a tag off an application."""
    application = application_of(request, application_id)
    tag = queries.tag_on(application_id=application.pk, uid=tag_id)
    services.remove_tag(application=application, tag=tag, at=local_time(request))
    return done("Tag removed from application")
