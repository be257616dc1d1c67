"""What routers of videos have in common: whose links are signed, and videos as they are handed out."""

import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from onward.apis.base import Request
from onward.apis.campus import resource
from onward.apis.campus.schemas.videos import RESERVED
from onward.apis.campus.writing import sight
from onward.apis.messages import renamed
from onward.domain.writing.choices import EntryKind
from onward.domain.writing.models import Entry
from onward.domain.writing.queries import entries as queries
from onward.platform import storage
from onward.platform.refusals import Invalid

PATH = "/api/videos/"
# How long a signed link is good at least. It is the same within an hour, so that players and caches know it again.
GOOD_FOR, SAME_FOR = timedelta(hours=6), timedelta(hours=1)
# The record's names, where they differ from the document's.
NAMES = {"address": "url", "content": "description"}


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
