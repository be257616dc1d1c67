"""Tags: a library of labels of one's own, and what they are on. "Tags" in the document."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import sent, takes
from onward.apis.offers.lists import is_empty
from onward.apis.offers.own import shown
from onward.apis.offers.routers.applications import application_of
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.tags import ApplicationTagResponse, TagChanges, TagIn, TagResponse
from onward.domain.applications import queries, services
from onward.domain.applications.models import Tag
from onward.platform.wire import Reading

router = Router(tags=["Tags"])

LIBRARY = Reading(TagResponse, lambda: queries.tags().order_by("name", "pk"))
READING = Reading(TagResponse, lambda: queries.tags().filter(uid=queries.UID))
OF_APPLICATION = Reading(ApplicationTagResponse, lambda: queries.taggings().filter(application__uid=queries.UID))
ASSIGNED = Reading(ApplicationTagResponse, lambda: queries.taggings().filter(uid=queries.UID))


def _shown(request: Request, uid: UUID) -> str:
    return shown(request, READING, Tag, uid)


@router.get("", response=list[TagResponse], summary="List tags")
def list_tags(request: Request) -> HttpResponse:
    """List one's tags, by name."""
    return answer(LIBRARY.all(owner_id=request.auth.user_id))


@router.post("", response={HTTPStatus.CREATED: TagResponse}, summary="Create a tag")
def create(request: Request, body: TagIn) -> HttpResponse:
    """Take a tag into one's library. Its name is unique there."""
    tag = services.create_tag(owner_id=request.auth.user_id, at=local_time(request), **body.model_dump())
    return answer(_shown(request, tag.uid), HTTPStatus.CREATED)


@router.put("{uid}", response=TagResponse, summary="Update a tag", openapi_extra=takes(TagChanges))
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    given = sent(request, TagChanges, shown=_shown(request, uid))
    tag = queries.tag(owner_id=request.auth.user_id, uid=uid)
    changes = {name: value for name, value in given.items() if value is not None}
    services.update_tag(tag=tag, at=local_time(request), **changes)
    return answer(_shown(request, uid))


@router.delete("{uid}", response=Done, summary="Delete a tag")
def delete(request: Request, uid: UUID) -> dict[str, str]:
    """Delete a tag, also from the applications that it is on."""
    services.delete_tag(tag=queries.tag(owner_id=request.auth.user_id, uid=uid), at=local_time(request))
    return {"detail": "Tag deleted"}


@router.get(
    "application/{application_id}", response=list[ApplicationTagResponse], summary="List the tags of an application"
)
def list_tags_of_application(request: Request, application_id: UUID) -> HttpResponse:
    """List the tags that are on an application, as they were assigned."""
    rows = OF_APPLICATION.all(owner_id=request.auth.user_id, uid=application_id)
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
    return answer(ASSIGNED.required(owner_id=request.auth.user_id, uid=uid), HTTPStatus.CREATED)


@router.delete("application/{application_id}/remove/{tag_id}", response=Done, summary="Remove a tag")
def remove(request: Request, application_id: UUID, tag_id: UUID) -> dict[str, str]:
    """Take a tag off an application."""
    application = application_of(request, application_id)
    tag = queries.tag_on(application_id=application.pk, uid=tag_id)
    services.remove_tag(application=application, tag=tag, at=local_time(request))
    return {"detail": "Tag removed from application"}
