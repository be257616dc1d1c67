"""What is read of articles and feedback. Each gives a queryset with named parameters, for a wire class."""

from django.db import models
from django.db.models import QuerySet

from onward.domain.help.models import Article, Feedback, HelpfulVote
from onward.platform.record import missing
from onward.platform.wire import KEY, Param

OWNER = Param("owner_id", models.BigIntegerField())


def articles() -> QuerySet[Article]:
    """Return the articles that are there for everybody."""
    return Article.objects.filter(is_published=True)


def votes() -> QuerySet[HelpfulVote]:
    """Return how often articles have helped, of accounts that are open."""
    return HelpfulVote.objects.filter(owner__is_active=True)


def one() -> QuerySet[Article]:
    """Return an article; the statement takes ``pk``."""
    return Article.objects.filter(pk=KEY)


def article(slug: str) -> Article:
    """Return an article.

    :raises Missing: when there is none of that name
    """
    found = articles().filter(slug=slug).first() if "\0" not in slug else None
    if found is None:
        raise missing("article")
    return found


def feedback() -> QuerySet[Feedback]:
    """Return what somebody has told; the statement takes ``owner_id``."""
    return Feedback.objects.filter(owner_id=OWNER)
