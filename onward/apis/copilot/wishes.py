"""The settings of this document, over the preferences that the tracker knows as well.

Two of its categories are switches of the tracker, and how often it sums up is the tracker's weekly summary together
with the briefings of the day. A time of the record may have seconds, and one end of the quiet hours may stand there
alone, which counts for nothing: neither is shown, and neither is lost by what was shown coming back.
"""

from collections.abc import Mapping
from datetime import time
from typing import Any

from onward.domain.notifications.choices import CareerNoticeType, Digest
from onward.domain.notifications.queries import preferences_of
from onward.domain.notifications.wishes import COLUMN_OF
from onward.platform.refusals import Invalid

_PLAIN = ("email_enabled", "push_enabled", "in_app_enabled")
_QUIET = ("quiet_hours_start", "quiet_hours_end")


def shown(*, owner_id: int) -> dict[str, Any]:
    """Return somebody's preferences in the words of this document."""
    stored = preferences_of(owner_id=owner_id)
    start, end = (getattr(stored, name) for name in _QUIET)
    both = start is not None and end is not None
    return {
        **{name: getattr(stored, name) for name in _PLAIN},
        "categories": {
            kind.value: getattr(stored, COLUMN_OF[kind]) if kind in COLUMN_OF else stored.categories.get(kind, True)
            for kind in CareerNoticeType
        },
        "quiet_hours_start": f"{start:%H:%M}" if both else None,
        "quiet_hours_end": f"{end:%H:%M}" if both else None,
        "digest_frequency": _digest(daily=stored.daily_briefings, weekly=stored.weekly_summary).value,
    }


def read(said: Mapping[str, Any], *, owner_id: int, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return what to change of the preferences.

    :param said: what differs from what was shown
    :raises Invalid: when that leaves one end of the quiet hours
    """
    changes = {name: said[name] for name in _PLAIN if name in said}
    others = dict(preferences_of(owner_id=owner_id).categories)
    for name, is_wanted in said.get("categories", {}).items():
        kind = CareerNoticeType(name)
        if kind in COLUMN_OF:
            changes[COLUMN_OF[kind]] = is_wanted
        elif shown["categories"][name] != is_wanted:
            others[name] = is_wanted
            changes["categories"] = others
    if "digest_frequency" in said:
        changes |= _switches(Digest(said["digest_frequency"]))
    if not set(_QUIET).isdisjoint(said):
        changes |= _quiet_hours({name: said.get(name, shown[name]) for name in _QUIET})
    return changes


def _digest(*, daily: bool, weekly: bool) -> Digest:
    return Digest.DAILY if daily else Digest.WEEKLY if weekly else Digest.NEVER


def _switches(digest: Digest) -> dict[str, bool]:
    # Whoever wants to be told daily has said nothing of the weekly summary.
    daily = {"daily_briefings": digest == Digest.DAILY}
    return daily if digest == Digest.DAILY else daily | {"weekly_summary": digest == Digest.WEEKLY}


def _quiet_hours(ends: Mapping[str, str | None]) -> dict[str, time | None]:
    missing = [name for name, value in ends.items() if value is None]
    if len(missing) == 1:
        raise Invalid(fields={missing[0]: ["Quiet hours need both ends, or neither."]})
    return {name: None if value is None else time.fromisoformat(value) for name, value in ends.items()}
