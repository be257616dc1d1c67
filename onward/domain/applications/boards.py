"""Reading applications to postings on this server's own board."""

from django.db import models
from django.db.models import FilteredRelation, Q, QuerySet

from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application
from onward.platform.refusals import Missing
from onward.platform.wire import KEY, Param

PERSON = Param("person_id", models.BigIntegerField())


def _was_on_board(*, is_internship: bool) -> Q:
    on_board = Q(posting__published_at__isnull=False) | Q(posting__removed_at__isnull=False)
    return on_board & Q(posting__is_internship=is_internship)


def of_person(*, is_internship: bool) -> QuerySet[Application]:
    """Return somebody's applications to what is or was on the board; the statement takes ``person_id``.

    A wish is none as yet. ``board_posting`` is the posting, as long as it is on the board.
    """
    return (
        Application.objects.filter(_was_on_board(is_internship=is_internship), owner_id=PERSON)
        .exclude(status=Status.WISHLIST.value)
        .annotate(board_posting=FilteredRelation("posting", condition=Q(posting__published_at__isnull=False)))
    )


def not_withdrawn(*, is_internship: bool) -> QuerySet[Application]:
    """Return those of `of_person` that were not withdrawn."""
    return of_person(is_internship=is_internship).exclude(status=Status.WITHDRAWN.value)


def for_posting(*, is_internship: bool) -> QuerySet[Application]:
    """Return the one of `of_person` that is for a posting; the statement takes ``person_id`` and ``pk``, its number."""
    return of_person(is_internship=is_internship).filter(posting_id=KEY)


def application(*, owner_id: int, posting_id: int, is_internship: bool) -> Application:
    """Return somebody's application for what is or was on the board, with its company.

    :raises Missing: when there is none
    """
    rows = Application.objects.filter(_was_on_board(is_internship=is_internship), owner_id=owner_id)
    found = rows.exclude(status=Status.WISHLIST).select_related("company").filter(posting_id=posting_id).first()
    if found is None:
        raise Missing()
    return found


def to_posting(*, posting_id: int) -> QuerySet[Application]:
    """Return the applications to a posting with their résumés and whose they are, the latest first."""
    rows = Application.objects.filter(posting_id=posting_id).exclude(status=Status.WISHLIST)
    return rows.select_related("resume", "owner").order_by("-applied_date", "-pk")
