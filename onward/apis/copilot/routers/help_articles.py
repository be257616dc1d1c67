"""Help articles: what explains Onward to its people."""

import json

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.copilot.resource import Resource
from onward.apis.copilot.schemas.help import ArticleOut, ArticleRead, ArticleRow
from onward.apis.filters import InAnyCase
from onward.apis.paging import CountedSlices
from onward.domain.help import queries, services
from onward.domain.help.models import Article
from onward.platform.markdown import html_of
from onward.platform.wire import Reading

router = Router(tags=["Help"])

ARTICLES = Resource(
    queries.articles,
    row=ArticleRow,
    filters={"category": InAnyCase("category")},
    search=("title", "excerpt", "content"),
    order=("category", "title"),
    paging=CountedSlices(search="q"),
)
ARTICLE = Reading(ArticleRead, queries.one)


@router.get("", **ARTICLES.lists, summary="List help articles")
def list_articles(request: Request) -> HttpResponse:
    """List the articles, or those in which every word of ``q`` stands."""
    return ARTICLES.page(request)


@router.get("{slug}", response=ArticleOut, summary="Read a help article")
def read(request: Request, slug: str) -> HttpResponse:
    """Read an article; that counts as a view."""
    article = queries.article(slug)
    services.note_view(article=article)
    return _shown(article)


@router.post("{slug}/helpful", response=ArticleOut, summary="Say that an article has helped")
def vote(request: Request, slug: str) -> HttpResponse:
    """Count oneself among those whom an article has helped, once."""
    article = queries.article(slug)
    services.vote(article=article, owner_id=request.auth.user_id, at=request.now)
    return _shown(article)


@router.delete("{slug}/helpful", response=ArticleOut, summary="Take that back")
def take_back(request: Request, slug: str) -> HttpResponse:
    """Count oneself among them no longer."""
    article = queries.article(slug)
    services.take_back(article=article, owner_id=request.auth.user_id)
    return _shown(article)


def _shown(article: Article) -> HttpResponse:
    document = json.loads(ARTICLE.required(pk=article.pk))
    return answer(json.dumps({**document, "content_html": html_of(article.content)}, ensure_ascii=False))
