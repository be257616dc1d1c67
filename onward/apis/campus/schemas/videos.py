"""Videos and comments, as the campus document shows them and as they are sent."""

from datetime import datetime
from typing import Annotated

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Concat
from pydantic import BeforeValidator

from onward.apis.campus.schemas.people import PersonOut
from onward.apis.campus.schemas.profiles import absolute
from onward.apis.campus.schemas.writing import (
    LIKE_COUNT,
    LONGEST_COMMENT,
    LONGEST_TEXT,
    IsDeleted,
    Title,
    count_in,
    counts,
    is_liked,
)
from onward.domain.video import queries
from onward.domain.video.models import LONGEST_ADDRESS
from onward.domain.writing.choices import EntryKind, EntryStatus
from onward.domain.writing.queries import entries
from onward.platform.database.literal import Literal
from onward.platform.lens import Lens
from onward.platform.wire import (
    EMPTY_IS_NULL,
    Body,
    Count,
    From,
    Id,
    Many,
    OneOf,
    Param,
    Text,
    WebAddress,
    Wire,
    empty_is,
)
from onward.platform.wire.fields import Path

# Where the videos are, under the address that was asked; and what stands for a link that is signed afterwards.
ROOT = Param("root", models.TextField())
MARK = Param("mark", models.TextField())
VISIBILITY = Lens.one_to_one(
    {EntryStatus.PUBLISHED: "all", EntryStatus.UNLISTED: "unlisted", EntryStatus.DRAFT: "private"}
)
VisibilityWord = Annotated[str, OneOf(*VISIBILITY.words)]
# Before the path of what only few may see.
RESERVED = "!"


def _path(at: Path, *rest: object) -> Concat:
    return Concat(Cast(F(at("pk")), models.TextField()), *rest, output_field=models.TextField())


def _signed(at: Path, *rest: object) -> Concat:
    """Return what stands for a link to what is under a video. :param at: the path to the video's entry"""
    few = Q(**{at("status"): Literal(EntryStatus.DRAFT.value)}) | Q(**{f"{at('hidden_at')}__isnull": False})
    begin = Case(When(few, then=Value(RESERVED)), default=Value(""), output_field=models.TextField())
    return Concat(MARK, begin, _path(at, *rest), Value(">"), output_field=models.TextField())


def _file_or(at: Path, there: Concat) -> Case:
    elsewhere = When(Q(**{at("video__file_key"): ""}), then=F(at("video__address")))
    return Case(elsewhere, default=there, output_field=models.TextField())


def _url(at: Path) -> Case:
    return _file_or(at, Concat(ROOT, _path(at, Value("/file/")), output_field=models.TextField()))


def _stream_url(at: Path) -> Case:
    return _file_or(at, _signed(at, Value("/file/")))


def _poster_url(at: Path) -> Case:
    there = When(~Q(**{at("video__poster_key"): ""}), then=_signed(at, Value("/poster/")))
    return Case(there, default=None, output_field=models.TextField())


def _caption_url(at: Path) -> Concat:
    return _signed(lambda path: at(f"video__entry__{path}"), Value("/captions/"), F(at("language")), Value("/"))


class CaptionOut(Wire):
    """What is said in a video, in one language: `url` is of a WebVTT file and signed for some hours."""

    lang: Annotated[str, From("language")]
    url: Annotated[str, From(_caption_url)]


class VideoOut(Wire):
    """A video. `stream_url` and `poster_url` are signed for some hours, for players; `url` needs the token.

    `duration`, in seconds, is null while it is not known, or cannot be found.
    """

    id: int
    title: str
    url: Annotated[str, From(_url, writes="address")]
    stream_url: Annotated[str, From(_stream_url)]
    description: Annotated[str, From("content")]
    description_html: Annotated[str, From("content_html")]
    uploaded_by_id: Annotated[int | None, From("author_id")]
    uploaded_by: Annotated[PersonOut | None, From("author")]
    visibility: Annotated[VisibilityWord, From("status", lens=VISIBILITY)]
    duration: Annotated[float | None, From("video__duration")]
    poster_url: Annotated[str | None, From(_poster_url)]
    captions: Annotated[list[CaptionOut], Many(queries.captions, by="video_id")]
    view_count: Annotated[int, Count(entries.readers, by="entry_id")]
    like_count: Annotated[int, LIKE_COUNT]
    liked: Annotated[bool, From(is_liked)]
    comment_count: Annotated[int, From(count_in(EntryKind.COMMENT))]
    created_at: datetime
    updated_at: datetime
    edited_at: datetime | None


class VideoOpened(Wire):
    """A video that is being opened, and whether that counts: as somebody's first time of the day."""

    counts: Annotated[bool, From(counts)]
    video: Annotated[VideoOut, From("")]


class VideoWords(Body):
    """What a client says of a video."""

    title: Title
    description: Annotated[str, Text(LONGEST_TEXT), empty_is("")] = ""
    visibility: Annotated[VisibilityWord, empty_is("all")] = "all"


Address = Annotated[str | None, WebAddress(LONGEST_ADDRESS), BeforeValidator(absolute), EMPTY_IS_NULL]


class VideoIn(VideoWords):
    """What a client says of a new video: where it is, or which upload it is."""

    url: Address = None
    upload: Annotated[Id | None, EMPTY_IS_NULL] = None


class VideoUpdate(VideoWords):
    """What a client says of a video that is there. Of one that is kept here the `url` stays."""

    url: Address = None


class VideoChanges(VideoUpdate, partial=True):
    """What a client changes about a video. What is absent, or as it was shown, stays."""


# Comments

Comment = Annotated[str, Text(LONGEST_COMMENT, shortest=1)]


class CommentOut(Wire):
    """A comment on a video. Where its author's account is gone, so are `creator` and what it said (`is_deleted`)."""

    id: int
    video_id: Annotated[int, From("parent_id")]
    creator_id: Annotated[int | None, From("author_id")]
    creator: Annotated[PersonOut | None, From("author")]
    content: str
    content_html: str
    reply_to_id: int | None
    like_count: Annotated[int, LIKE_COUNT]
    liked: Annotated[bool, From(is_liked)]
    is_deleted: IsDeleted
    created_at: datetime
    updated_at: datetime
    edited_at: datetime | None


class CommentIn(Body):
    """What a client says of a comment."""

    content: Comment
    reply_to_id: Annotated[Id | None, EMPTY_IS_NULL] = None


class CommentText(Body):
    """What a comment says; whom it answers stays."""

    content: Comment


class CommentChanges(CommentText, partial=True):
    """What a client changes about a comment."""
