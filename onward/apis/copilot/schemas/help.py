"""Help articles, and feedback."""

import json
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from onward.domain.help import queries
from onward.domain.help.choices import FeedbackType
from onward.platform.lens import Unset
from onward.platform.wire import Body, Choice, Count, From, Text, WebAddress, Wire

NOTHING = Unset(stored="", shown=None)
LONGEST_METADATA = 20_000


def _short(value: dict[str, Any] | None) -> dict[str, Any] | None:
    if value and len(json.dumps(value)) > LONGEST_METADATA:
        raise PydanticCustomError("too_long", "This is too much.")
    return value


class ArticleRow(Wire):
    """An article in a list."""

    id: int
    title: str
    slug: str
    excerpt: str
    category: str
    tags: list[str]
    view_count: int
    helpful_votes: Annotated[int, Count(queries.votes, by="article")]


class ArticleRead(ArticleRow):
    """An article, in Markdown."""

    content: str
    updated_at: datetime


class ArticleOut(ArticleRead):
    """An article, in Markdown and as HTML that can be shown as it is."""

    content_html: str


class FeedbackIn(Body):
    """What somebody tells the operators."""

    type: Annotated[str, Choice(FeedbackType)]
    title: Annotated[str, Text(255, shortest=5)]
    description: Annotated[str, Text(5000, shortest=10)]
    screenshot_url: Annotated[str, WebAddress(2000)] | None = None
    page_url: Annotated[
        Annotated[str, Text(2000)] | None, Field(description="Where they were, as the program calls it.")
    ] = None
    metadata: Annotated[dict[str, Any] | None, AfterValidator(_short)] = None


class FeedbackOut(Wire):
    """What somebody has told, and the answer. ``answer`` is null until there is one."""

    id: int
    type: FeedbackType
    title: str
    description: str
    screenshot_url: Annotated[str | None, From("screenshot_url", lens=NOTHING)]
    page_url: Annotated[str | None, From("page_url", lens=NOTHING)]
    metadata: dict[str, Any]
    answer: Annotated[str | None, From("answer", lens=NOTHING)]
    answered_at: datetime | None
    created_at: datetime
