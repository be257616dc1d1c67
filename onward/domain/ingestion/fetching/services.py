"""Whose turn it is at a host, and when it may be asked next. All of it stands in the database, for all processes."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from onward.domain.ingestion.models import Host, Turn
from onward.platform.record import append

# Readings that may use a host at the same time.
MOST = 2
# A turn that nobody has renewed for so long is free: the process that had it is gone.
LEASE = timedelta(seconds=15)
# Seconds. No host is left alone for longer; what says so was written by a clock that has been put back.
LONGEST = 60.0


def line_up(*, origin: str, place: int, at: datetime) -> int:
    """Wait for a turn at a host; returns the turn's number.

    :param place: of those that wait, the lowest comes first. Nobody else has it: what is left of a turn of this place
        was its user's own, before they were interrupted
    """
    host_id = Host.objects.filter(origin=origin).values_list("pk", flat=True).first()
    if host_id is None:
        Host.objects.bulk_create([Host(origin=origin)], ignore_conflicts=True)
        host_id = Host.objects.values_list("pk", flat=True).get(origin=origin)
    Turn.objects.filter(host=host_id, place=place).delete()
    pk: int = append(Turn, host_id=host_id, place=place, has_come=False, seen_at=at)
    return pk


def renew(*, turn_id: int, at: datetime) -> bool:
    """Go on waiting, or go on using a turn; False when it was given to somebody else in the meantime."""
    return bool(Turn.objects.filter(pk=turn_id).update(seen_at=at))


def take(*, turn_id: int, at: datetime) -> bool:
    """Take one's turn if it has come."""
    mine = Turn.objects.filter(pk=turn_id).first()
    if mine is None or _ahead(mine, at) >= MOST:
        return False
    with transaction.atomic():
        Host.objects.select_for_update().get(pk=mine.host_id)
        Turn.objects.filter(host=mine.host_id, seen_at__lt=at - LEASE).exclude(pk=turn_id).delete()
        return _ahead(mine, at) < MOST and bool(Turn.objects.filter(pk=turn_id).update(has_come=True, seen_at=at))


def _ahead(mine: Turn, at: datetime) -> int:
    """Count the turns that have come and those that come before this one."""
    before = Q(place__lt=mine.place) | Q(place=mine.place, pk__lt=mine.pk)
    others = Turn.objects.filter(host=mine.host_id, seen_at__gte=at - LEASE).exclude(pk=mine.pk)
    return others.filter(Q(has_come=True) | before).count()


def leave(*, turn_id: int) -> None:
    """Leave the turn to whoever is next."""
    Turn.objects.filter(pk=turn_id).delete()


def reserve(*, origin: str, spacing: float, now: float) -> float:
    """Reserve the next moment at which a host may be asked; returns it, in seconds since 1970.

    :param spacing: seconds in which nobody else asks
    :param now: in seconds since 1970
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ingestion_host SET free_from = "
            "CASE WHEN free_from > %s AND free_from < %s THEN free_from ELSE %s END + %s "
            "WHERE origin = %s RETURNING free_from",
            [now, now + LONGEST, now, spacing, origin],
        )
        (free_from,) = cursor.fetchone()
    return float(free_from) - spacing


def rest(*, origin: str, until: float) -> None:
    """Let nobody ask a host before a moment, in seconds since 1970."""
    Host.objects.filter(origin=origin, free_from__lt=until).update(free_from=until)
