"""Uploads in pieces, as tus 1.0 has them (https://tus.io): creation, expiration, termination."""

import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.http import http_date
from ninja import Router
from ninja.errors import HttpError

from onward.apis.base import Api, Request
from onward.apis.campus.videos import PATH
from onward.domain.video import queries
from onward.domain.video.models import Upload
from onward.domain.video.services import quota, uploads
from onward.platform import storage
from onward.platform.refusals import Conflict, Invalid
from onward.platform.wire import Id

router = Router(tags=["Video uploads"])

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
PIECE = "application/offset+octet-stream"
LONGEST_METADATA = 2000
LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)
METADATA = re.compile(r"[^\s,]+( [A-Za-z0-9+/=]*)?(,\s*[^\s,]+( [A-Za-z0-9+/=]*)?)*", re.ASCII)

View = Callable[..., HttpResponse]


def _header(name: str, about: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": about}


RESUMABLE = _header("Tus-Resumable", "the version of the protocol: 1.0.0")
CREATES = {"parameters": [RESUMABLE, _header("Upload-Length", "of the whole file, in bytes")]}
SENDS = {
    "parameters": [RESUMABLE, _header("Upload-Offset", "how many bytes have come")],
    "requestBody": {"content": {PIECE: {"schema": {"type": "string", "format": "binary"}}}, "required": True},
}


def resumable(view: View) -> View:
    """Have an endpoint speak the protocol: it asks for its version, and says so in every answer."""

    @wraps(view)
    def wrapped(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        said = request.headers.get("Tus-Resumable", VERSION if request.method == "GET" else "")
        try:
            if said != VERSION:
                raise HttpError(412, f"This server speaks version {VERSION} of the protocol tus.")
            response = view(request, *args, **kwargs)
        except Exception as problem:
            response = Api.known[request.api].on_exception(request, problem)
        if response.status_code == HTTPStatus.PRECONDITION_FAILED:
            response["Tus-Version"] = VERSION
        response["Tus-Resumable"] = VERSION
        return response

    return wrapped


@router.api_operation(["OPTIONS"], "", auth=None, response={204: None}, summary="See what of tus is served")
def capabilities(request: Request) -> HttpResponse:
    """Say which version and extensions of the protocol are served, and how large an upload may be."""
    headers = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(settings.VIDEO_LIMIT)}
    return HttpResponse(status=204, headers={"Tus-Resumable": VERSION, **headers})


@router.post("", response={HTTPStatus.CREATED: dict[str, Any]}, openapi_extra=CREATES, summary="Begin an upload")
@resumable
def create(request: Request) -> HttpResponse:
    """Begin an upload in pieces. When it is whole, `POST /api/videos/ {"title", "upload": id}` makes a video of it."""
    length, metadata = request.headers.get("Upload-Length", ""), request.headers.get("Upload-Metadata", "").strip()
    if not LENGTH.fullmatch(length) or not int(length):
        raise Invalid(fields={"Upload-Length": ["Say how many bytes the file has."]})
    if len(metadata) > LONGEST_METADATA or (metadata and not METADATA.fullmatch(metadata)):
        raise Invalid(
            fields={"Upload-Metadata": ["Send pairs of a key and a value in Base64, with commas between them."]}
        )
    try:
        made = uploads.begin(owner_id=request.auth.user_id, length=int(length), metadata=metadata, at=request.now)
    except quota.TooMuch as refusal:
        raise HttpError(413, refusal.fields["file"][0]) from None
    answer = _shown(made, 0, HTTPStatus.CREATED)
    answer["Location"] = request.build_absolute_uri(f"{request.api_prefix}{PATH}uploads/{made.pk}/")
    return answer


@router.get("{upload_id}/", response=dict[str, Any], summary="See how much of an upload has come")
@resumable
def offset(request: Request, upload_id: Id) -> HttpResponse:
    """Tell how much has come; HEAD tells it, too."""
    upload = _upload(request, upload_id)
    return _shown(upload, storage.size_of(upload.file_key))


@router.patch("{upload_id}/", response={204: None}, openapi_extra=SENDS, summary="Send the next piece of an upload")
@resumable
def add(request: Request, upload_id: Id) -> HttpResponse:
    """Add to what has come. What came before a connection broke counts; of two at once one is refused (423)."""
    upload = _upload(request, upload_id)
    come: int | None = getattr(request, "received", None)
    if come is None:
        come = _received(request, upload)
    answer = HttpResponse(status=204)
    return _described(answer, upload, come)


@router.delete("{upload_id}/", response={204: None}, summary="Give an upload up")
@resumable
def end(request: Request, upload_id: Id) -> HttpResponse:
    """Give an upload up: what has come of it is deleted."""
    try:
        uploads.end(owner_id=request.auth.user_id, upload_id=upload_id, at=request.now)
    except uploads.InUse as refusal:
        raise HttpError(423, refusal.message) from None
    return HttpResponse(status=204)


def _upload(request: Request, pk: int) -> Upload:
    return queries.upload(owner_id=request.auth.user_id, pk=pk, at=request.now)


def _received(request: Request, upload: Upload) -> int:
    """Take a piece that is in the request's memory; return how much has come then."""
    # As it was sent: what has no body counts as JSON.
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != PIECE:
        raise HttpError(415, f'Send the piece as "{PIECE}".')
    said = request.headers.get("Upload-Offset", "")
    if not LENGTH.fullmatch(said):
        raise Invalid(fields={"Upload-Offset": ["Say how many bytes of the file have come."]})
    # An empty body counts as an empty object elsewhere, which would be two bytes of a video here.
    piece = b"" if hasattr(request, "had_no_body") else request.body
    size = max(len(piece), int(request.headers.get("Content-Length") or 0))
    if int(said) + size > upload.length:
        raise HttpError(413, "This is more than the upload has.")
    try:
        pieces = uploads.add_to(upload, offset=int(said))
    except uploads.InUse as refusal:
        raise HttpError(423, refusal.message) from None
    try:
        if len(piece) < size:
            # It was refused before it was read, for a reason that is over by now.
            raise Conflict("Nothing of this piece was kept. Ask how much has come, and send on from there.")
        pieces.write(piece)
    finally:
        pieces.end()
    return pieces.size


def _shown(upload: Upload, come: int, status: int = 200) -> HttpResponse:
    said = {"id": upload.pk, "length": upload.length, "offset": come, "expires_at": upload.expires_at}
    return _described(JsonResponse(said, status=status), upload, come)


def _described(answer: HttpResponse, upload: Upload, come: int) -> HttpResponse:
    answer["Upload-Offset"] = str(come)
    answer["Upload-Length"] = str(upload.length)
    answer["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    if upload.metadata:
        answer["Upload-Metadata"] = upload.metadata
    return answer
