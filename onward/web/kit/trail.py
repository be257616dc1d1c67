"""The trail: the way of an application as a small line, drawn from its history.

A dot is a status in its colour, distance is time, a ring is a planned interview. The end turns to dashes while nobody
answers, and warns once that is longer than usual.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_noop

from onward.domain.applications.choices import WAITING, Status
from onward.domain.insight.queries.wanted import QUIET_DAYS
from onward.web import words
from onward.web.kit.dates import day, moment
from onward.web.languages import spoken_now

# Two dots keep this much of the width between them, however close the days are.
GAP = 0.09
# Nobody has answered for longer than this: more than usual.
QUIET_AFTER = timedelta(days=QUIET_DAYS)

# What is told of a move, and of the interview that is planned.
_MOVE = gettext_noop("%(status)s %(day)s")
_INTERVIEW = gettext_noop("interview %(moment)s")


class Dot(NamedTuple):
    """A status at its place. :ivar x: from 0 to the trail's width"""

    x: float
    status: str


class Trail(NamedTuple):
    """What is drawn, in units of the drawing.

    :ivar end: how far the line goes
    :ivar ring: where the planned interview stands, if there is one
    :ivar waits: the end is dashed
    :ivar quiet: it has been so for longer than usual
    """

    dots: list[Dot]
    end: float
    ring: float | None
    waits: bool
    quiet: bool


def draw(
    moves: Sequence[tuple[str, datetime]], *, now: datetime, width: float, interview: datetime | None = None
) -> Trail:
    """Lay a history out on a line.

    :param moves: statuses with their times, the first first; of none nothing is drawn
    :param width: of the drawing; four units at both ends stay free
    :param interview: the next one that is planned
    """
    if not moves:
        return Trail([], 0.0, None, waits=False, quiet=False)
    begin = moves[0][1]
    last = max(now, interview or now, moves[-1][1])
    whole = max((last - begin).total_seconds(), 1.0)
    left, room = 4.0, width - 8.0
    places: list[float] = []
    for _, at in moves:
        wanted = (at - begin).total_seconds() / whole
        places.append(max(wanted, places[-1] + GAP) if places else 0.0)
    tail = 0.0 if interview is None else GAP
    # Pushed beyond the end by their gaps: all are drawn together.
    scale = min(1.0, (1.0 - tail) / places[-1]) if places[-1] else 1.0
    dots = [
        Dot(round(left + room * place * scale, 1), status) for place, (status, _) in zip(places, moves, strict=True)
    ]
    ring = None
    if interview is not None:
        wanted = left + room * (interview - begin).total_seconds() / whole
        ring = round(min(max(wanted, dots[-1].x + room * GAP), left + room), 1)
    waits = moves[-1][0] in WAITING and ring is None
    end = left + room * (now - begin).total_seconds() / whole if ring is None else ring
    quiet = waits and now - moves[-1][1] > QUIET_AFTER
    return Trail(dots, round(max(end, dots[-1].x), 1), ring, waits, quiet)


def told(moves: Sequence[tuple[str, datetime]], here: datetime, interview: datetime | None = None) -> str:
    """Return what the drawing shows, for those who do not see it. :param here: the time on the reader's clock"""
    gettext, today = spoken_now().gettext, here.date()
    pattern = gettext(_MOVE)
    said = [
        pattern % {"status": words.STATUS[Status(key)], "day": day(at.astimezone(here.tzinfo).date(), today)}
        for key, at in moves
    ]
    if interview is not None:
        said.append(gettext(_INTERVIEW) % {"moment": moment(interview, here)})
    return ", ".join(said)
