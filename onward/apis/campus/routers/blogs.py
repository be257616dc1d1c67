"""Section 3 of the campus document: blogs. Everybody reads those that are published."""

from collections.abc import Mapping
from typing import Annotated, Any
from xml.sax.saxutils import escape, quoteattr

from django.db import models
from django.db.models import F, Q
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.campus.access import anybody
from onward.apis.campus.resource import Resource, missing
from onward.apis.campus.schemas.writing import STATUSES, BlogChanges, BlogIn, BlogOut, BlogRead, parted
from onward.apis.campus.writing import READS_HISTORY, changed, history, removed, sight
from onward.apis.filters import ById, ByWord, Condition, Filter
from onward.domain.writing.choices import EntryKind, EntryStatus
from onward.domain.writing.models import Entry
from onward.domain.writing.queries import entries as queries
from onward.domain.writing.services import entries, marks
from onward.platform.search import FoldedAmong, folded
from onward.platform.wire import KEY, Id, Reading, Text

router = Router(tags=["Blogs"])

# How many blogs the feed holds.
FED = 30


class ByTag(Filter):
    """By one of an entry's tags, whatever its case."""

    kind = Annotated[str, Text(50)]
    schema: Mapping[str, Any] = {"type": "string"}
    field = models.JSONField()

    def conditions(self, name: str) -> dict[str, Condition]:
        """Return the conditions that a statement may put."""
        return {name: lambda value: Q(FoldedAmong(F(self.path), value))}

    def chosen(self, request: Any, name: str, value: Any) -> tuple[str, Any]:
        """Return which of the conditions is put, and its parameter."""
        return name, [folded(value)]


FILTERS: dict[str, Filter] = {
    "author": ById("author_id"),
    "tag": ByTag("tags"),
    "status": ByWord("status", STATUSES),
}
SEARCH = ("title", "content")


def _blogs(rows: Any, order: str, orders: tuple[str, ...] = (), counts: Any = None) -> Resource:
    return Resource(
        rows,
        row=BlogOut,
        body=BlogIn,
        changes=BlogChanges,
        filters=FILTERS,
        search=SEARCH,
        orders=orders,
        order=order,
        counts=counts,
        values=sight,
        called="blog",
    )


ORDERS = ("created_at", "updated_at", "title")
BLOGS = _blogs(queries.published_blogs, "-created_at", ORDERS, counts=queries.blog_count)
DRAFTS = _blogs(queries.drafts, "-created_at", ORDERS)
POPULAR = _blogs(queries.published_blogs, "-popularity", counts=queries.blog_count)
# One blog, whether published or not.
BLOG = _blogs(queries.blogs, "-created_at")
READ = Reading(BlogRead, lambda: queries.blogs().filter(pk=KEY))


@router.get("", **BLOGS.lists, auth=anybody, summary="List all blogs")
def list_blogs(request: Request) -> HttpResponse:
    """List published blogs, the latest first; with `status=draft` one's own drafts."""
    drafts = BLOGS.asked(request)["status"] == EntryStatus.DRAFT
    return (DRAFTS if drafts else BLOGS).page(request)


@router.post("", **BLOG.creates, summary="Create a new blog")
def create(request: Request, body: BlogIn) -> HttpResponse:
    """Write a blog, published unless it is to be a draft."""
    fields = BLOG.fields(request, body)
    made = entries.write(kind=EntryKind.BLOG, author_id=request.auth.user_id, at=request.now, **fields)
    return BLOG.made(request, made)


@router.get("popular/", **POPULAR.lists, auth=anybody, summary="List popular blogs")
def popular(request: Request) -> HttpResponse:
    """List all published blogs, those first that most have read lately."""
    return POPULAR.page(request)


@router.get("feed/", auth=anybody, response=None, summary="Read the latest blogs as an Atom feed")
def feed(request: Request) -> HttpResponse:
    """Read the latest published blogs in a program for feeds (Atom, RFC 4287)."""
    rows = Entry.objects.filter(queries.seen_by(NOBODY_SEES), kind=EntryKind.BLOG).select_related("author")
    latest = list(rows.order_by("-created_at", "-pk")[:FED])
    return HttpResponse(_atom(request, latest), content_type="application/atom+xml; charset=utf-8")


# What everybody sees, whoever asks.
NOBODY_SEES = {"asker_id": 0, "sees_hidden": False, "sees_drafts": False}


@router.get("{blog_id}/", **BLOG.reads, auth=anybody, summary="Retrieve a specific blog")
def get_blog(request: Request, blog_id: Id) -> HttpResponse:
    """Read a blog. A member's first reading of a day counts for what is popular; the author's does not."""
    document = READ.one(pk=blog_id, day=request.now.date(), **sight(request))
    if document is None:
        raise missing("blog")
    counts, blog = parted(document)
    if not counts:
        return answer(blog)
    marks.note_visit(entry_id=blog_id, user_id=request.auth.user_id, at=request.now)
    return BLOG.show(request, blog_id)


@router.put("{blog_id}/", **BLOG.replaces, summary="Update a specific blog")
def update(request: Request, blog_id: Id) -> HttpResponse:
    """Change a blog that one has written; what it said before is kept in its history."""
    return changed(request, BLOG, _blog(request, blog_id), moderators=False)


@router.delete("{blog_id}/", **BLOG.deletes, summary="Delete a specific blog")
def delete(request: Request, blog_id: Id) -> HttpResponse:
    """Remove a blog; for thirty days a moderator can restore it."""
    return removed(request, _blog(request, blog_id))


@router.get("{blog_id}/history/", **READS_HISTORY, summary="See what a blog said before")
def blog_history(request: Request, blog_id: Id) -> HttpResponse:
    """List what a blog said before it was changed, the latest first; for its author and moderators."""
    return history(request, _blog(request, blog_id))


def _blog(request: Request, pk: int) -> Entry:
    return queries.entry(EntryKind.BLOG, pk=pk, sight=sight(request))


def _atom(request: Request, blogs: list[Entry]) -> str:
    root = request.build_absolute_uri(f"{request.api_prefix}/api/blogs/")
    updated = max((blog.updated_at for blog in blogs), default=request.now).isoformat()
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>Blogs</title><id>{escape(root)}</id><updated>{updated}</updated>",
        f'<link rel="self" href={quoteattr(root + "feed/")}/>',
    ]
    for blog in blogs:
        address = f"{root}{blog.pk}/"
        name = (blog.author.display_name or blog.author.username) if blog.author else "Somebody"
        lines += [
            f"<entry><id>urn:uuid:{blog.uid}</id><title>{escape(blog.title)}</title>",
            f"<link href={quoteattr(address)}/><published>{blog.created_at.isoformat()}</published>",
            f"<updated>{blog.updated_at.isoformat()}</updated><author><name>{escape(name)}</name></author>",
            *(f"<category term={quoteattr(tag)}/>" for tag in blog.tags),
            f'<content type="html">{escape(blog.content_html)}</content></entry>',
        ]
    return "\n".join([*lines, "</feed>"])
