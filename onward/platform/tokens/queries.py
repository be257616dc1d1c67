"""Reading sessions."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection, models
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Now

from onward.platform.tokens.models import Session
from onward.platform.wire import Param, Statement


def sessions(user_id: int) -> QuerySet[Session]:
    """Return a person's open sessions, those that still owe their second factor among them; the last used first."""
    return Session.objects.filter(user_id=user_id, ended_at=None, expires_at__gt=Now()).order_by(
        "-last_used_at", "-created_at"
    )


def _open_session() -> QuerySet[Session, Any]:
    return Session.objects.filter(
        id=Param("session_id", models.UUIDField()),
        user_id=Param("user_id", models.BigIntegerField()),
        user__is_active=True,
        ended_at=None,
        expires_at__gt=Param("at", models.DateTimeField()),
    ).values_list(
        "user__timezone",
        "awaits_second_factor",
        "user__is_staff",
        "user__email",
        "user__is_superuser",
        "user__views",
        "user__columns",
        "user__roles__area",
        "user__roles__role",
        Case(When(last_used_at__lt=Param("fresh_since", models.DateTimeField()), then=Value(1)), default=Value(0)),
    )


_OPEN_SESSION = Statement(_open_session)


class OpenSession(NamedTuple):
    """What an actor is made of.

    :ivar roles: by area, all that they are there
    :ivar is_stale: whether the session was last noted as used before the moment that was asked for
    """

    zone: str
    awaits_second_factor: bool
    is_staff: bool
    email: str
    is_superuser: bool
    views: Sequence[Mapping[str, Any]]
    columns: Mapping[str, Any]
    roles: dict[str, frozenset[str]]
    is_stale: bool


def open_session(*, session_id: UUID, user_id: int, at: datetime, fresh_since: datetime) -> OpenSession | None:
    """Return what an actor is made of, if the session is open and the account is not disabled.

    One statement, whatever roles they have: a row for each, and one for who has none.
    """
    rows = _OPEN_SESSION.rows(session_id=session_id, user_id=user_id, at=at, fresh_since=fresh_since)
    if not rows:
        return None
    zone, owes, staff, email, superuser, kept, kept_columns, _, _, stale = rows[0]
    areas = {row[7] for row in rows if row[7] is not None}
    roles = {area: frozenset(row[8] for row in rows if row[7] == area) for area in areas}
    # Both drivers hand JSON out as text.
    views = () if kept == "[]" else tuple(json.loads(kept))
    columns = {} if kept_columns == "{}" else json.loads(kept_columns)
    return OpenSession(zone, bool(owes), bool(staff), email, bool(superuser), views, columns, roles, bool(stale))


# Thousands are asked about at once: they are one value of one statement.
_ASKED = {"postgresql": "unnest(%s::uuid[]) AS asked(id)", "sqlite": "(SELECT value AS id FROM json_each(%s)) AS asked"}
_OVER = """
SELECT asked.id FROM {asked} WHERE NOT EXISTS (
    SELECT 1 FROM {sessions} AS session JOIN {users} AS person ON person.id = session.user_id
    WHERE session.id = asked.id AND session.ended_at IS NULL AND session.expires_at > %s AND person.is_active
)
"""


def over(session_ids: Collection[UUID], *, at: datetime) -> list[UUID]:
    """Return those sessions that are over: ended, expired, of a disabled account, or not there any more."""
    on_sqlite = connection.vendor == "sqlite"
    given: Any = json.dumps([found.hex for found in session_ids]) if on_sqlite else list(session_ids)
    sql = _OVER.format(
        asked=_ASKED[connection.vendor], sessions=Session._meta.db_table, users=get_user_model()._meta.db_table
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [given, connection.ops.adapt_datetimefield_value(at)])
        return [UUID(str(row[0])) for row in cursor.fetchall()]


class Rotation(NamedTuple):
    """What the rotation of a refresh token is decided by."""

    user_id: int
    api: str
    refresh_id: UUID
    refresh_issued_at: datetime
    previous_refresh_id: UUID | None
    awaits_second_factor: bool
    expires_at: datetime
    ended_at: datetime | None
    is_active: bool


def rotation(session_id: UUID) -> Rotation | None:
    """Return what the rotation of a session's refresh token is decided by, if there is such a session."""
    row = (
        Session.objects.filter(pk=session_id)
        .values_list(
            "user_id",
            "api",
            "refresh_id",
            "refresh_issued_at",
            "previous_refresh_id",
            "awaits_second_factor",
            "expires_at",
            "ended_at",
            "user__is_active",
        )
        .first()
    )
    return Rotation(*row) if row else None
