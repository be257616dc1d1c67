"""Section 8 of the campus document: videos."""

from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.campus.resource import missing
from onward.apis.campus.schemas.videos import (
    VISIBILITY,
    VideoChanges,
    VideoIn,
    VideoOpened,
    VideoOut,
    VideoUpdate,
)
from onward.apis.campus.schemas.writing import LikeOut, parted
from onward.apis.campus.videos import NEW_VIDEO, Videos, asks, named, new_video, signed, video_of
from onward.apis.campus.writing import READS_HISTORY, check_may_change, history, liked, removed, unliked
from onward.apis.filters import ById, ByLens
from onward.domain.video import queries
from onward.domain.video.services import videos
from onward.domain.writing.services import marks
from onward.platform.wire import KEY, Id, Reading

router = Router(tags=["Videos"])

LISTED = Videos(
    queries.listed_videos,
    row=VideoOut,
    filters={"uploaded_by": ById("author_id"), "visibility": ByLens("status", VISIBILITY)},
    search={"title": "title", "content": "description"},
    orders=("created_at", "updated_at", "title"),
    order="-created_at",
    counts=queries.video_count,
    values=asks,
    called="video",
)
VIDEOS = Videos(
    queries.videos,
    row=VideoOut,
    body=VideoUpdate,
    changes=VideoChanges,
    order="-created_at",
    values=asks,
    called="video",
)
OPENED = Reading(VideoOpened, lambda: queries.videos().filter(pk=KEY))


@router.get("", **LISTED.lists, summary="List all videos")
def list_videos(request: Request) -> HttpResponse:
    """List videos, the latest first: those for all, and one's own of any visibility."""
    return LISTED.page(request)


@router.post("", response={HTTPStatus.CREATED: VideoOut}, openapi_extra=NEW_VIDEO, summary="Upload a new video")
def create(request: Request) -> HttpResponse:
    """Add a video: by its address, by an upload that is whole (as JSON), or with its file (as a form)."""
    given, file = new_video(request)
    said = VIDEOS.said(request, VideoIn.model_construct(**given))
    common = {"author_id": request.auth.user_id, "at": request.now, "content": "", **said}
    address, upload_id = common.pop("address", None), common.pop("upload", None)
    with named():
        if file is not None:
            made = videos.add_file(file=file, **common)
        elif upload_id is not None:
            made = videos.add_upload(upload_id=upload_id, **common)
        else:
            made = videos.add(address=address, **common)
    return VIDEOS.made(request, made)


@router.get("{video_id}/", **VIDEOS.reads, summary="Retrieve a specific video")
def get_video(request: Request, video_id: Id) -> HttpResponse:
    """Read about a video. A member's first time of a day counts as a view; the author's own does not."""
    document = OPENED.one(pk=video_id, day=request.now.date(), **asks(request))
    if document is None:
        raise missing("video")
    counts, video = parted(document, "video")
    if not counts:
        return signed(request, answer(video))
    marks.note_visit(entry_id=video_id, user_id=request.auth.user_id, at=request.now)
    return VIDEOS.show(request, video_id)


@router.put("{video_id}/", **VIDEOS.replaces, summary="Update video details")
def update(request: Request, video_id: Id) -> HttpResponse:
    """Change a video that one has added; what it said before is kept in its history."""
    video = video_of(request, video_id)
    check_may_change(request, video, moderators=False)
    with named():
        videos.update(entry=video, by_id=request.auth.user_id, at=request.now, **VIDEOS.given(request, video))
    return VIDEOS.show(request, video_id)


@router.delete("{video_id}/", **VIDEOS.deletes, summary="Delete a specific video")
def delete(request: Request, video_id: Id) -> HttpResponse:
    """Remove a video with its comments; for thirty days a moderator can restore it."""
    return removed(request, video_of(request, video_id))


@router.get("{video_id}/history/", **READS_HISTORY, summary="See what a video's description said before")
def video_history(request: Request, video_id: Id) -> HttpResponse:
    """List what title and description said before, the latest first; for the author and moderators."""
    return history(request, video_of(request, video_id))


@router.post("{video_id}/like/", response=LikeOut, summary="Like a specific video")
def like(request: Request, video_id: Id) -> HttpResponse:
    """Like a video."""
    return liked(request, video_of(request, video_id))


@router.delete("{video_id}/like/", response=LikeOut, summary="Take back a like of a video")
def unlike(request: Request, video_id: Id) -> HttpResponse:
    """Like a video no longer."""
    return unliked(request, video_of(request, video_id))
