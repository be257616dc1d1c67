"""Posts and reactions as the offers document shows them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from onward.apis.offers.lenses import POST_TYPE, REACTION, TEXT
from onward.domain.community.models import Reaction
from onward.domain.community.queries import posts
from onward.domain.community.queries.visibility import ASKER
from onward.platform.wire import EMPTY_IS_NULL, Body, Count, From, OneOf, Text, Wire, empty_is
from onward.platform.wire.fields import Path

TypeWord = Annotated[str, OneOf(*POST_TYPE.words)]
ReactionWord = Annotated[str, OneOf(*REACTION.words)]


def _name(at: Path) -> Coalesce:
    return Coalesce(at("display_name"), at("username"))


def _own_reaction(at: Path) -> Subquery:
    mine = Reaction.objects.filter(post_id=OuterRef(at("pk")), user_id=ASKER)
    return Subquery(mine.annotate(word=REACTION.case("reaction")).values("word"))


class Author(Wire):
    """Who has written a post."""

    id: Annotated[UUID, From("uid")]
    username: str
    display_name: Annotated[str, From(_name)]


class PostResponse(Wire):
    """A post, with what people think of it and what who asks does."""

    id: Annotated[UUID, From("uid")]
    user_id: Annotated[UUID, From("author__uid")]
    group_id: Annotated[UUID | None, From("group__uid")]
    post_type: Annotated[TypeWord, From("post_type", lens=POST_TYPE)]
    title: Annotated[str | None, From("title", lens=TEXT)]
    content: str
    is_public: bool
    reaction_count: Annotated[int, Count(posts.reactions, by="post_id")]
    created_at: datetime
    updated_at: datetime
    author: Annotated[Author, From("author")]
    user_reaction: Annotated[ReactionWord | None, From(_own_reaction)]


class ReactionResponse(Wire):
    """What somebody thinks of a post."""

    id: Annotated[UUID, From("uid")]
    post_id: Annotated[UUID, From("post__uid")]
    user_id: Annotated[UUID, From("user__uid")]
    reaction: Annotated[ReactionWord, From("reaction", lens=REACTION)]
    created_at: datetime


class PostIn(Body):
    """What a client says of a new post. Only the content must be given."""

    content: Annotated[str, Text(shortest=1)]
    post_type: Annotated[TypeWord, empty_is("Update")] = "Update"
    title: Annotated[str, Text(255)] | None = None
    group_id: Annotated[UUID | None, EMPTY_IS_NULL] = None
    is_public: Annotated[bool, empty_is(usual=True)] = True


class PostChanges(Body):
    """What a client changes about a post. What is absent stays as it is, and so does what a post always has."""

    title: Annotated[str, Text(255)] | None = None
    content: Annotated[str, Text(shortest=1)] | None = None
    is_public: Annotated[bool | None, EMPTY_IS_NULL] = None


class ReactionIn(Body):
    """What a client says of a post."""

    reaction: Annotated[ReactionWord, empty_is("Like")] = "Like"
