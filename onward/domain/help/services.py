"""Writing articles and feedback."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F

from onward.domain.help.events import FeedbackAnswered, FeedbackGiven
from onward.domain.help.models import Article, Feedback, HelpfulVote
from onward.platform.events import publish
from onward.platform.record import locked
from onward.platform.refusals import Invalid


def note_view(*, article: Article) -> None:
    """Count that an article was read. Reading goes on where nothing can be written."""
    try:
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(view_count=F("view_count") + 1)
    except DatabaseError:
        return


def vote(*, article: Article, owner_id: int, at: datetime) -> None:
    """Note that somebody was helped by an article. Repeating it is harmless."""
    HelpfulVote.objects.get_or_create(article=article, owner_id=owner_id, defaults={"created_at": at})


def take_back(*, article: Article, owner_id: int) -> None:
    """Take back that somebody was helped. Repeating it is harmless."""
    HelpfulVote.objects.filter(article=article, owner_id=owner_id).delete()


@transaction.atomic
def give(*, owner_id: int, type_: str, title: str, description: str, at: datetime, **more: Any) -> Feedback:
    """Tell the operators something.

    :param more: ``screenshot_url``, ``page_url`` and ``metadata``, where there are any
    """
    made = Feedback.objects.create(
        owner_id=owner_id, type=type_, title=title, description=description, created_at=at, updated_at=at, **more
    )
    publish(FeedbackGiven(owner_id=owner_id, at=at, feedback_id=made.pk, type=type_))
    return made


@transaction.atomic
def answer(*, feedback: Feedback, text: str, by_id: int, at: datetime) -> None:
    """Answer what somebody has told; they are told once for each wording of it.

    :raises Invalid: naming ``answer``, when there is none
    """
    text = text.strip()
    if not text:
        raise Invalid(fields={"answer": ["An answer is required."]})
    feedback = locked(feedback)
    if feedback.answer == text:
        return
    feedback.answer, feedback.answered_at, feedback.answered_by_id, feedback.updated_at = text, at, by_id, at
    feedback.save(update_fields=["answer", "answered_at", "answered_by", "updated_at"])
    publish(
        FeedbackAnswered(
            owner_id=feedback.owner_id,
            at=at,
            feedback_id=feedback.pk,
            title=feedback.title,
            answer=text,
            by_id=by_id,
        )
    )


def write_article(*, article: Article, at: datetime) -> None:
    """Save an article that staff have written or changed."""
    article.tags = _tags(article.tags)
    article.updated_at = at
    article.save()


def _tags(given: Any) -> list[str]:
    """Return the words of a list, each once.

    :raises Invalid: naming ``tags``, when it is none
    """
    if not isinstance(given, Collection) or not all(isinstance(one, str) for one in given):
        raise Invalid(fields={"tags": ["Enter a list of words."]})
    return list(dict.fromkeys(one.strip() for one in given if one.strip()))
