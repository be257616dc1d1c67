"""Which bodies go to the disk as they come, and where: videos, in forms and in the pieces of an upload."""

import os
import re
from collections import Counter
from collections.abc import Mapping
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from onward.config.bodies import account_of
from onward.domain.video import queries
from onward.domain.video.services import quota, uploads
from onward.platform import storage
from onward.platform.http.bodies import BAD_LENGTH, NOBODY, TOO_LARGE, Unread
from onward.platform.http.middleware import api_paths
from onward.platform.http.multipart import Form
from onward.platform.http.receiving import MALFORMED, Malformed, Sink
from onward.platform.refusals import Refusal

_PIECE = re.compile(r"/api/videos/uploads/([1-9][0-9]{0,17})/?")
_VIDEOS = re.compile(r"/api/videos/?")
PIECE_TYPE, FORM_TYPE = "application/offset+octet-stream", "multipart/form-data"
# What a form has beside its file.
REST = 2 * 1024 * 1024

_find = api_paths(settings.API_PATHS)


def is_large(scope: Mapping[str, Any]) -> bool:
    """Return whether a request's body goes to the disk as it comes."""
    if scope["method"] not in ("POST", "PATCH"):
        return False
    path = _path(scope["path"])
    wanted, pattern = (FORM_TYPE, _VIDEOS) if scope["method"] == "POST" else (PIECE_TYPE, _PIECE)
    if path is None or not pattern.fullmatch(path):
        return False
    kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
    return bool(kind.decode("latin-1").partition(";")[0].strip().lower() == wanted)


def sink_of(request: HttpRequest) -> Sink | Unread | None:
    """Return where the body of a request goes, for which `is_large` holds; None: its endpoint says why nowhere."""
    account = account_of(request)
    if account is None:
        return NOBODY
    declared = request.headers.get("Content-Length", "0")
    if not re.fullmatch(r"[0-9]{1,18}", declared, re.ASCII):
        return BAD_LENGTH
    piece = _PIECE.fullmatch(_path(request.path_info) or "")
    if piece is None:
        return _form(request, account, int(declared))
    return _piece(request, account, int(piece[1]), int(declared))


def _path(path: str) -> str | None:
    api, prefix = _find(path)
    return path[len(prefix) :] if api == "campus" else None


def _form(request: HttpRequest, account: int, declared: int) -> Sink | Unread:
    if declared > settings.VIDEO_LIMIT + REST:
        return TOO_LARGE
    try:
        return FormSink(account, request.headers.get("Content-Type", ""), declared)
    except quota.TooMuch as refusal:
        return Unread(413, refusal.fields["file"][0])
    except Malformed:
        return MALFORMED


def _piece(request: HttpRequest, account: int, upload_id: int, declared: int) -> Sink | None:
    offset = request.headers.get("Upload-Offset", "")
    if not re.fullmatch(r"[0-9]{1,18}", offset, re.ASCII):
        return None
    try:
        upload = queries.upload(owner_id=account, pk=upload_id, at=timezone.now())
        if declared > upload.length - int(offset):
            return None
        return PieceSink(account, uploads.add_to(upload, offset=int(offset)), upload.length - int(offset))
    except Refusal:
        return None


class PieceSink:
    """A piece of an upload, which is added to what has come of it."""

    def __init__(self, account: int, pieces: storage.Pieces, limit: int) -> None:
        self.account, self.limit = account, limit
        self._pieces = pieces

    def write(self, data: bytes) -> None:
        """Add to the upload."""
        self._pieces.write(data)

    def end(self) -> None:
        """Let others add to it."""
        self._pieces.end()

    def give(self, request: HttpRequest) -> None:
        """Tell how much has come."""
        request.received = self._pieces.size  # type: ignore[attr-defined]

    def release(self) -> None:
        """Keep what has come: the upload goes on from there."""


class Promises:
    """How much the forms on their way to this process may bring of each account: it counts as if it were kept."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._bytes: Counter[int] = Counter()

    def give(self, account: int, declared: int) -> int:
        """Promise room for a form, of whose length nothing may be known (0); return how many bytes it may bring.

        :raises TooMuch: when there is not so much room
        """
        with self._lock:
            size = max(0, declared - REST)
            if not declared:
                size = min(settings.VIDEO_LIMIT, max(0, quota.room(account) - self._bytes[account]))
            quota.check_room(owner_id=account, more=size + self._bytes[account])
            self._bytes[account] += size
        return size

    def take_back(self, account: int, size: int) -> None:
        """Take back what was promised."""
        with self._lock:
            self._bytes[account] -= size
            if not self._bytes[account]:
                del self._bytes[account]


PROMISES = Promises()


class FormSink:
    """A form with a video, whose file is written among the private files.

    :param declared: the form's length in bytes; 0: unknown
    :raises Malformed: when it is none
    :raises TooMuch: when the account may not keep so much
    """

    def __init__(self, account: int, content_type: str, declared: int) -> None:
        self.account = account
        self._key = storage.fresh_key(uploads.FOLDER)
        self._pieces: storage.Pieces | None = None
        self._form = Form(content_type, file_field="file", begin=self._begin)
        self._promised = PROMISES.give(account, declared)
        self.limit = self._promised + REST

    def _begin(self) -> storage.Pieces:
        self._pieces = storage.Pieces(self._key)
        return self._pieces

    def write(self, data: bytes) -> None:
        """Read on."""
        self._form.feed(data)

    def end(self) -> None:
        """Have the file on the disk."""
        if self._pieces is not None:
            self._pieces.end()

    def give(self, request: HttpRequest) -> None:
        """Let the request hold the form as if Django had read it."""
        texts, files = QueryDict(mutable=True), MultiValueDict[str, Any]()
        if self._form.is_whole:
            texts.update(self._form.texts)
            if self._form.has_file:
                name = os.path.basename(self._form.file_name) or "video"  # noqa: PTH119 - a client's, not a path of ours
                files["file"] = storage.Received(self._key, name=name, size=self._form.size)
        else:
            request.unread = MALFORMED  # type: ignore[attr-defined]
        request._post, request._files = texts, files  # type: ignore[attr-defined]

    def release(self) -> None:
        """Remove the file, unless a video was made of it."""
        PROMISES.take_back(self.account, self._promised)
        self._promised = 0
        if self._pieces is not None and not uploads.is_named(self._key):
            storage.remove(self._key)
