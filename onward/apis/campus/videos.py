"""What routers of videos have in common: whose links are signed, and videos as they are handed out."""

import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import IO, Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from onward.apis.base import Request
from onward.apis.bodies import changed, read_body
from onward.apis.campus import resource
from onward.apis.campus.errors import envelope
from onward.apis.campus.schemas.videos import RESERVED, VideoIn
from onward.apis.campus.writing import sight
from onward.apis.files import upload_form
from onward.apis.forms import is_form, read_form
from onward.apis.messages import renamed
from onward.domain.video import queries as videos
from onward.domain.video.models import Video
from onward.domain.writing.choices import EntryKind
from onward.domain.writing.models import Entry
from onward.domain.writing.queries import entries as queries
from onward.platform import storage
from onward.platform.http.ranges import part_of_file
from onward.platform.refusals import Forbidden, Invalid

PATH = "/api/videos/"
# How long a signed link is good at least. It is the same within an hour, so that players and caches know it again.
GOOD_FOR, SAME_FOR = timedelta(hours=6), timedelta(hours=1)
# The record's names, where they differ from the document's.
NAMES = {"address": "url", "content": "description"}
NEW_VIDEO = upload_form(
    "an MP4, MOV, WebM, Matroska or Ogg file",
    title={"type": "string", "minLength": 1, "maxLength": 255},
    description={"type": "string"},
    visibility={"type": "string", "enum": ["all", "unlisted", "private"], "default": "all"},
)
NEW_VIDEO["requestBody"]["content"]["application/json"] = {"schema": VideoIn.model_json_schema()}


class Videos(resource.Resource):
    """Videos: what is handed out of them has its links signed."""

    def page(self, request: Request, **options: Any) -> HttpResponse:
        """Return a page, as every resource does."""
        return signed(request, super().page(request, **options))

    def show(self, request: Request, key: Any, status: int = 200, **values: Any) -> HttpResponse:
        """Return one video, as every resource does."""
        return signed(request, super().show(request, key, status, **values))


def asks(request: Request) -> dict[str, Any]:
    """Return what statements about videos take of a request."""
    # Nobody can write what stands for a link: it is another one with each request.
    mark = request.__dict__.setdefault("mark", secrets.token_hex(16))
    return {**sight(request), "root": request.build_absolute_uri(f"{request.api_prefix}{PATH}"), "mark": mark}


def signed(request: Request, response: HttpResponse) -> HttpResponse:
    """Sign the links in an answer."""
    root = request.build_absolute_uri(request.api_prefix + PATH)

    def link(found: re.Match[bytes]) -> bytes:
        path, few = found["path"].decode(), bool(found["few"])
        return json.dumps(f"{root}{path}?{signature(request, path, few=few)}")[1:-1].encode()

    mark = re.escape(str(request.__dict__["mark"])).encode()
    response.content = re.sub(mark + rb"(?P<few>!?)(?P<path>[\w/-]+)>", link, response.content)
    return response


def signature(request: Request, path: str, *, few: bool) -> str:
    """Return the query that opens a path under `PATH` for some hours. :param few: whether only few may see it"""
    span = int(SAME_FOR.total_seconds())
    expires = (int(request.now.timestamp()) // span + 1) * span + int(GOOD_FOR.total_seconds())
    return f"expires={expires}&signature={storage.sign(_key(path, few), expires=expires)}"


def _key(path: str, few: bool) -> str:  # noqa: FBT001 - of this module alone
    return f"{RESERVED if few else ''}{PATH}{path}"


def new_video(request: Request) -> tuple[dict[str, Any], UploadedFile | None]:
    """Return what a client says of a new video, as JSON or in a form, and its file where it is sent along.

    :raises Invalid: when it is not said once where the video is
    """
    texts, files = read_form(request) if is_form(request) else (read_body(request), {})
    file = files.get("file")
    given = changed(texts, VideoIn, shown=None)
    sources = [name for name in ("url", "upload") if given.get(name)] + ["file"] * (file is not None)
    if not sources:
        raise Invalid(fields={"file" if is_form(request) else "url": ["This field is required."]})
    if len(sources) > 1:
        raise Invalid(fields={sources[0]: ["Send a url, an upload or a file, and only one of them."]})
    return given, file


def opened(request: Request, path: str, *, few: bool) -> bool:
    """Return whether a request's link opens a path under `PATH`."""
    expires, signature = request.GET.get("expires", ""), request.GET.get("signature", "")
    return storage.is_good(_key(path, few), expires=expires, signature=signature, at=request.now)


def watched(request: Request, pk: int, path: str) -> Video:
    """Return a video to whoever holds a good link to a path of it, or may see it.

    :raises Forbidden: when there is a link that is not good; the same for every id
    :raises Missing: when it is not there, or not to be seen
    """
    if "signature" not in request.GET:
        return videos.video(pk=pk, sight=sight(request))
    found = videos.by_link(pk)
    if found is None or not opened(request, path, few=videos.is_reserved(found.entry)):
        raise Forbidden("This link is not valid, or not any more.")
    return found


def file_of(request: Request, key: str, *, content_type: str) -> HttpResponseBase:
    """Send a file of a video, or the part of it that is asked for."""
    file = storage.open_file(key)
    tag = key.rpartition("/")[2]
    # Django's file hands on what it does not do itself.
    content = cast("IO[bytes]", file)
    answer = part_of_file(request.headers, content, size=file.size, tag=tag, content_type=content_type)
    if isinstance(answer, HttpResponse) and answer.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        answer.content = envelope(416, "The file ends before the part that was asked for.").content
    return answer


@contextmanager
def named() -> Iterator[None]:
    """Name what is refused inside as the document of videos does."""
    try:
        yield
    except Invalid as refusal:
        raise Invalid(refusal.message, code=refusal.code, fields=renamed(refusal.fields, NAMES)) from None


def video_of(request: Request, pk: int) -> Entry:
    """Return a video that who asks may see.

    :raises Missing: when there is none
    """
    return queries.entry(EntryKind.VIDEO, pk=pk, sight=sight(request))
