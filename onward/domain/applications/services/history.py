"""Mending the history of an application: what never happened is taken back, what happened on another day is dated anew.

A move that is taken back leaves the table of moves, so that no figure can count it; it is kept beside it.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from onward.domain.applications.choices import ANSWERED, Status
from onward.domain.applications.events import HistoryMended, StatusChanged
from onward.domain.applications.models import Application, StatusChange, TakenBackMove
from onward.domain.applications.services.applications import answer_of, check_dates, moment_of
from onward.platform.events import publish
from onward.platform.record import locked
from onward.platform.refusals import Conflict, Invalid, Missing

_COLUMNS = ("before", "after", "changed_at", "recorded_at", "displaced")
TAKEN_BACK, PUT_BACK, DATED_ANEW = "taken back", "put back", "dated anew"


@transaction.atomic
def take_back(*, application: Application, move_id: int, at: datetime) -> Application:
    """Take back a move that never happened. Those after it begin where it began.

    :raises Missing: when the application has no such move
    :raises Conflict: when it is the first: then there would be no history
    """
    application = locked(application)
    moves = list(application.status_changes.order_by("pk"))
    move = _of(moves, move_id)
    place = moves.index(move)
    if not place:
        raise Conflict("An application begins somewhere: its first status cannot be taken back.")
    rest = moves[place + 1 :]
    gone = [move]
    if rest and rest[0].after == move.before:
        # It went back by hand.
        gone.append(rest.pop(0))
    elif rest:
        StatusChange.objects.filter(pk=rest[0].pk).update(before=move.before)
    for each in gone:
        TakenBackMove.objects.create(
            pk=each.pk, application=application, taken_back_at=at, **{name: getattr(each, name) for name in _COLUMNS}
        )
        StatusChange.objects.filter(pk=each.pk).delete()
    _set_answer_back(application, gone, [*moves[:place], *rest])
    _settle(application, rest[-1].after if rest else Status(move.before), move, TAKEN_BACK, at)
    return application


@transaction.atomic
def put_back(*, application: Application, move_id: int, at: datetime) -> Application:
    """Put back a move that was taken back, at the end of the history as it is now.

    :raises Missing: when the application has no such move
    :raises Conflict: when the application has moved on since
    """
    application = locked(application)
    found = TakenBackMove.objects.filter(application=application, pk=move_id).first()
    if found is None:
        raise Missing()
    if application.status != found.before or application.status_changes.filter(pk__gt=found.pk).exists():
        raise Conflict("The application has moved on since: this move has no place any more.")
    StatusChange.objects.create(
        pk=found.pk, application=application, **{name: getattr(found, name) for name in _COLUMNS}
    )
    for name, (_, then) in found.displaced.items():
        _say(application, name, then)
    found.delete()
    found.pk = move_id
    _settle(application, found.after, found, PUT_BACK, at)
    return application


@transaction.atomic
def date_anew(*, application: Application, move_id: int, day: date, at: datetime) -> Application:
    """Date a move. A day that came with it is that day, too.

    :param at: the time on the owner's clock
    :raises Missing: when the application has no such move
    :raises Invalid: when the day is to come, or others happened between
    """
    application = locked(application)
    moves = list(application.status_changes.order_by("pk"))
    move = _of(moves, move_id)
    place = moves.index(move)
    if day > at.date():
        raise Invalid(fields={"day": ["That day is to come."]})
    old = move.changed_at.astimezone(at.tzinfo).date()
    earliest = moves[place - 1].changed_at if place else None
    latest = moves[place + 1].changed_at if place + 1 < len(moves) else at
    if earliest and day < earliest.astimezone(at.tzinfo).date():
        raise Invalid(fields={"day": ["Another move happened after that day."]})
    if day > latest.astimezone(at.tzinfo).date():
        raise Invalid(fields={"day": ["Another move happened before that day."]})
    moment = min(max(moment_of(day, at), earliest or moment_of(day, at)), latest)
    column = "applied_date" if move.after == Status.APPLIED else "response_date"
    if getattr(application, column) == old:
        setattr(application, column, day)
        check_dates(vars(application))
        if column in move.displaced:
            # Taken back, it takes this day along, and not the one that it came with.
            move.displaced[column][1] = day.isoformat()
    StatusChange.objects.filter(pk=move.pk).update(changed_at=moment, displaced=move.displaced)
    _settle(application, Status(application.status), move, DATED_ANEW, at)
    return application


def _of(moves: list[StatusChange], move_id: int) -> StatusChange:
    found = next((move for move in moves if move.pk == move_id), None)
    if found is None:
        raise Missing()
    return found


def _set_answer_back(application: Application, gone: list[StatusChange], left: list[StatusChange]) -> None:
    """Let the application say of its answer what it said before, where nobody has said anything else since."""
    for move in reversed(gone):
        for name, (before, then) in move.displaced.items():
            if answer_of(application)[name] == then:
                _say(application, name, before)
    answered = next((move for move in left if move.after in ANSWERED), None)
    if answered and application.response_date is None and not application.has_undated_response:
        application.response_date = max(answered.changed_at.date(), application.applied_date or date.min)


def _say(application: Application, name: str, value: Any) -> None:
    is_day = name == "response_date" and value is not None
    setattr(application, name, date.fromisoformat(value) if is_day else value)


def _settle(application: Application, status: str, move: StatusChange | TakenBackMove, what: str, at: datetime) -> None:
    before = application.status
    application.status, application.updated_at = status, at
    application.save(update_fields=["status", "applied_date", "response_date", "has_undated_response", "updated_at"])
    about: dict[str, Any] = {
        "owner_id": application.owner_id,
        "at": at,
        "application_id": application.pk,
        "company_name": application.company.name,
        "job_title": application.job_title,
    }
    publish(HistoryMended(**about, move_id=move.pk, what=what))
    if status != before:
        publish(StatusChanged(**about, before=before, after=status))


def last_move(*, application_id: int) -> int | None:
    """Return the number of the last move of an application."""
    moves = StatusChange.objects.filter(application_id=application_id).order_by(F("pk").desc())
    return moves.values_list("pk", flat=True).first()
