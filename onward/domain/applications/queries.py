"""Reading applications."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from onward.domain.applications.choices import Status
from onward.domain.applications.models import (
    Application,
    Document,
    Note,
    Outcome,
    Reflection,
    SavedJob,
    StatusChange,
    Tag,
    Tagging,
)
from onward.platform.database.literal import Literal
from onward.platform.record import missing, owned
from onward.platform.refusals import Invalid, Missing
from onward.platform.wire import KEY, OWNER, From, Param, day_of, days_between

TODAY = Param("today", models.DateField())


def applications() -> QuerySet[Application]:
    """Return one person's applications; the statement takes ``owner_id``."""
    return Application.objects.filter(owner_id=OWNER)


def notes() -> QuerySet[Note]:
    """Return the notes of one application, the latest first; the statement takes ``owner_id`` and ``pk``."""
    return Note.objects.filter(application__owner_id=OWNER, application_id=KEY).order_by("-created_at", "-pk")


def note() -> QuerySet[Note]:
    """Return one note of one application; the statement takes ``owner_id``, ``pk`` and ``note``."""
    return notes().filter(pk=Param("note", models.BigIntegerField()))


def application(*, owner_id: int, pk: int) -> Application:
    """Return one of somebody's applications, with its company.

    :raises Missing: when there is none of that number, or it is another's
    """
    found = Application.objects.select_related("company").filter(owner_id=owner_id, pk=pk).first()
    if found is None:
        raise Missing()
    return found


def named(*, owner_id: int, uid: UUID) -> Application:
    """Return one of somebody's applications, with its company.

    :raises Forbidden: when it is another's
    :raises Missing: when there is none of that uid
    """
    rows = Application.objects.select_related("company")
    return owned(rows, owner_id=owner_id, uid=uid, called="application")


def referred_to(*, owner_id: int, pk: int) -> Application:
    """Return one of somebody's applications, with its company, for what refers to it.

    :raises Invalid: when there is none of that number, or it is another's
    """
    try:
        return application(owner_id=owner_id, pk=pk)
    except Missing:
        raise Invalid(fields={"application": ["Application not found."]}) from None


# Whole days since it was sent; the statement takes ``today``, the reader's.
DAYS_SINCE_APPLIED = From(lambda at: days_between(F(at("applied_date")), TODAY))


def answered(at: Callable[[str], str] = str) -> Q:
    """Match the applications that have been answered, on whatever day. :param at: the path to one of its columns"""
    return Q(**{f"{at('response_date')}__isnull": False}) | Q(**{at("has_undated_response"): True})


def _has_response(at: Any) -> Any:
    return ExpressionWrapper(answered(at), output_field=BooleanField())


HAS_RESPONSE = From(_has_response)


def _offer_date(at: Callable[[str], str]) -> Any:
    moves = StatusChange.objects.filter(application_id=OuterRef(at("pk")), after=Literal(Status.OFFER))
    moved = Subquery(moves.order_by("-pk").values("changed_at")[:1])
    return Coalesce(F(at("offer_date")), day_of(moved, F(at("owner__timezone"))))


# The day on which the offer came: as it is written down, else that of the move to it, on the owner's clock.
OFFER_DATE = From(_offer_date, writes="offer_date")


def with_feedback() -> QuerySet[Application]:
    """Return the applications whose interviews somebody has summed up, the latest first; takes ``owner_id``."""
    return applications().exclude(interview_feedback=None).order_by("-created_at", "-pk")


def numbered_job(*, owner_id: int, pk: int) -> SavedJob:
    """Return one of the jobs that somebody has put aside.

    :raises Missing: when there is none of that number, or it is another's
    """
    found = SavedJob.objects.filter(owner_id=owner_id, pk=pk).first()
    if found is None:
        raise missing("job")
    return found


def outcomes() -> QuerySet[Outcome]:
    """Return what came of one person's applications; the statement takes ``owner_id``."""
    return Outcome.objects.filter(application__owner_id=OWNER)


def outcome(*, application_id: int, uid: UUID) -> Outcome:
    """Return the outcome of an application.

    :raises Missing: when it has none of that uid
    """
    found = Outcome.objects.filter(application_id=application_id, uid=uid).first()
    if found is None:
        raise missing("outcome")
    return found


def reflections() -> QuerySet[Reflection]:
    """Return what one person learned from their applications; the statement takes ``owner_id``."""
    return Reflection.objects.filter(application__owner_id=OWNER)


def reflection(*, application_id: int, uid: UUID) -> Reflection:
    """Return the reflection on an application.

    :raises Missing: when there is none of that uid
    """
    found = Reflection.objects.filter(application_id=application_id, uid=uid).first()
    if found is None:
        raise missing("reflection")
    return found


def documents() -> QuerySet[Document]:
    """Return the documents of one person's applications, the latest first; the statement takes ``owner_id``."""
    return Document.objects.filter(application__owner_id=OWNER).order_by("-created_at", "-pk")


def document(*, owner_id: int, uid: UUID) -> Document:
    """Return a document of one of somebody's applications.

    :raises Forbidden: when it is another's
    :raises Missing: when there is none of that uid
    """
    rows = Document.objects.all()
    return owned(rows, owner_id=owner_id, uid=uid, called="document", owner="application__owner_id")


def document_of(*, owner_id: int, application_id: int, pk: int) -> Document:
    """Return a document of one of somebody's applications. :raises Missing: when there is none, or it is another's"""
    rows = Document.objects.filter(application__owner_id=owner_id, application_id=application_id)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found


def tags() -> QuerySet[Tag]:
    """Return one person's tags; the statement takes ``owner_id``."""
    return Tag.objects.filter(owner_id=OWNER)


def tag(*, owner_id: int, uid: UUID) -> Tag:
    """Return one of somebody's tags.

    :raises Forbidden: when it is another's
    :raises Missing: when there is none of that uid
    """
    return owned(Tag.objects.all(), owner_id=owner_id, uid=uid, called="tag")


def numbered_tag(*, owner_id: int, pk: int) -> Tag:
    """Return one of somebody's tags. :raises Missing: when there is none of that number, or it is another's"""
    found = Tag.objects.filter(owner_id=owner_id, pk=pk).first()
    if found is None:
        raise missing("tag")
    return found


def tag_to_assign(*, owner_id: int, uid: UUID) -> Tag:
    """Return one of somebody's tags, to be put on an application; what others call their tags is nobody's business.

    :raises Missing: when there is none of that uid, or it is another's
    """
    found = Tag.objects.filter(owner_id=owner_id, uid=uid).first()
    if found is None:
        raise missing("tag")
    return found


def tag_on(*, application_id: int, uid: UUID) -> Tag:
    """Return a tag that is on an application.

    :raises Missing: when it is not on it
    """
    found = Tag.objects.filter(taggings__application_id=application_id, uid=uid).first()
    if found is None:
        raise Missing("Tag not assigned to this application")
    return found


def taggings() -> QuerySet[Tagging]:
    """Return the tags on one person's applications, as they were assigned; the statement takes ``owner_id``."""
    return Tagging.objects.filter(application__owner_id=OWNER).order_by("created_at", "pk")


def saved_jobs() -> QuerySet[SavedJob]:
    """Return the jobs that one person has put aside; the statement takes ``owner_id``."""
    return SavedJob.objects.filter(owner_id=OWNER)


def saved_job(*, owner_id: int, uid: UUID) -> SavedJob:
    """Return one of the jobs that somebody has put aside.

    :raises Forbidden: when it is another's
    :raises Missing: when there is none of that uid
    """
    return owned(SavedJob.objects.all(), owner_id=owner_id, uid=uid, called="saved job")
