"""The files of videos: to members by their token, to players by a signed link."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router

from onward.apis.base import Request
from onward.apis.bodies import read_body
from onward.apis.campus.routers.videos import VIDEOS
from onward.apis.campus.schemas.videos import VideoOut
from onward.apis.campus.videos import file_of, video_of, watched
from onward.apis.campus.writing import check_may_change
from onward.apis.files import token_or_link, upload_form
from onward.apis.forms import is_form, read_form
from onward.domain.video import queries
from onward.domain.video.services import captions
from onward.platform.http.ranges import POLICY
from onward.platform.refusals import Invalid
from onward.platform.wire import Id

router = Router(tags=["Videos"])


def _described(*kinds: str) -> dict[str, Any]:
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    return {
        "security": [{"Bearer": []}],
        "responses": {
            200: {"description": "The file", "content": content},
            206: {"description": "The part of it that was asked for", "content": content},
        },
    }


FILE = _described("video/mp4", "video/webm", "video/quicktime", "video/x-matroska", "video/ogg")


CAPTIONS = {
    "requestBody": {
        "required": True,
        "content": {
            "text/vtt": {"schema": {"type": "string"}},
            "application/x-subrip": {"schema": {"type": "string"}},
            **upload_form("a WebVTT or SubRip file")["requestBody"]["content"],
        },
    }
}


@router.get("{video_id}/file/", auth=token_or_link, response=None, openapi_extra=FILE, summary="Watch a video")
def watch(request: Request, video_id: Id) -> HttpResponseBase:
    """Send the bytes that came, or the part of them that is asked for (`Range`, `If-Range`)."""
    video = watched(request, video_id, f"{video_id}/file/")
    return file_of(request, video.file_key, content_type=video.content_type)


@router.get(
    "{video_id}/poster/",
    auth=token_or_link,
    response=None,
    openapi_extra=_described("image/jpeg"),
    summary="See a picture of a video",
)
def poster(request: Request, video_id: Id) -> HttpResponseBase:
    """Send a picture that was taken of a video, where there is one."""
    video = watched(request, video_id, f"{video_id}/poster/")
    return file_of(request, video.poster_key, content_type="image/jpeg")


@router.get(
    "{video_id}/captions/{lang}/",
    auth=token_or_link,
    response=None,
    openapi_extra=_described("text/vtt"),
    summary="Read the captions of a video",
)
def get_captions(request: Request, video_id: Id, lang: str) -> HttpResponse:
    """Send what is said in a video, in a language, as WebVTT."""
    language = captions.language_of(lang)
    video = watched(request, video_id, f"{video_id}/captions/{language}/")
    found = queries.caption(video, language)
    headers = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(found.content, content_type="text/vtt; charset=utf-8", headers=headers)


@router.put("{video_id}/captions/{lang}/", response=VideoOut, openapi_extra=CAPTIONS, summary="Add captions to a video")
def put_captions(request: Request, video_id: Id, lang: str) -> HttpResponse:
    """Set what is said in a video, in a language (`de`, `pt-BR`): WebVTT or SubRip, as it is or as `file` of a form."""
    language = captions.language_of(lang)
    video = video_of(request, video_id)
    check_may_change(request, video, moderators=False)
    captions.put(entry=video, language=language, content=_sent(request), at=request.now)
    return VIDEOS.show(request, video_id)


@router.delete("{video_id}/captions/{lang}/", response={204: None}, summary="Remove captions of a video")
def delete_captions(request: Request, video_id: Id, lang: str) -> HttpResponse:
    """Remove what is said in a video, in a language."""
    language = captions.language_of(lang)
    video = video_of(request, video_id)
    check_may_change(request, video, moderators=False)
    captions.remove(entry=video, language=language, at=request.now)
    return VIDEOS.gone()


def _sent(request: Request) -> bytes:
    """Return captions as they were sent: in a form, as JSON or as they are."""
    if is_form(request):
        file = read_form(request)[1].get("file")
        if file is None or (file.size or 0) > captions.LONGEST:
            raise Invalid(fields={"file": ["Send captions of up to 1 MB."]})
        return bytes(file.read())
    if (request.content_type or "").lower() != "application/json":
        return request.body
    body = read_body(request)
    content = body.get("content") if isinstance(body, dict) else None
    if not isinstance(content, str):
        raise Invalid(fields={"content": ["This field is required."]})
    return content.encode("utf-8", "replace")
