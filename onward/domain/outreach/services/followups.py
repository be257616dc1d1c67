"""Writing follow-ups."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from onward.domain.accounts.choices import Area
from onward.domain.accounts.queries import team
from onward.domain.outreach.events import FollowUpChanged, FollowUpCompleted, FollowUpPlanned
from onward.domain.outreach.models import FollowUp, Lead
from onward.domain.outreach.services.telling import about, touch
from onward.platform.events import publish, publish_all
from onward.platform.events.event import plain
from onward.platform.record import change, locked, save
from onward.platform.refusals import Invalid

FIELDS = ("assigned_to_id", "due_date", "notes")
# Who or what is planned anew is told of anew.
_PLANNED = {"assigned_to_id", "due_date"}


@transaction.atomic
def plan(
    *, lead: Lead, due_date: date, by_id: int, at: datetime, notes: str = "", assigned_to_id: int | None = None
) -> FollowUp:
    """Plan a follow-up, also for a day that is past.

    :param assigned_to_id: whose it is; of nobody named, the one's who plans it
    :raises Invalid: naming ``assigned_to_id``, when they are not on the team
    """
    if assigned_to_id is not None:
        check_member(assigned_to_id)
    touch(lead, at)
    made = FollowUp.objects.create(
        lead=lead,
        due_date=due_date,
        notes=notes,
        assigned_to_id=assigned_to_id or by_id,
        created_by_id=by_id,
        planned_at=at,
        created_at=at,
        updated_at=at,
    )
    publish(FollowUpPlanned(**_told(made, lead, by_id, at)))
    return made


@transaction.atomic
def update(*, followup: FollowUp, by_id: int, at: datetime, **changes: Any) -> None:
    """Change a follow-up's day, notes or whose it is. What is as it was is no change.

    :raises Invalid: naming ``assigned_to_id``, when they are not on the team
    """
    if changes.get("assigned_to_id") is not None:
        check_member(changes["assigned_to_id"])
    lead = followup.lead
    touch(lead, at)
    followup = locked(followup)
    before = {name: getattr(followup, name) for name in FIELDS}
    changed = change(followup, FIELDS, changes)
    if not changed:
        return
    if _PLANNED & set(changed):
        followup.planned_at, followup.told_at = at, None
        changed += ["planned_at", "told_at"]
    save(followup, changed, at=at)
    told = {name: [plain(before[name]), plain(getattr(followup, name))] for name in changed if name in _PLANNED}
    publish(FollowUpChanged(**_told(followup, lead, by_id, at), changes=told))


@transaction.atomic
def complete(*, followup: FollowUp, by_id: int, at: datetime) -> None:
    """Say that a follow-up is done. Repeating it is harmless: who was first is who did it."""
    lead = followup.lead
    touch(lead, at)
    done = FollowUp.objects.filter(pk=followup.pk, completed_at=None)
    if done.update(completed_at=at, completed_by_id=by_id, updated_at=at):
        publish(FollowUpCompleted(**_told(followup, lead, by_id, at)))


def hand_over(*, lead_ids: Collection[int], at: datetime) -> None:
    """Let those whose leads they are now be told of the follow-ups that are nobody's, in the caller's transaction."""
    nobodys = FollowUp.objects.filter(lead_id__in=lead_ids, assigned_to=None, completed_at=None)
    nobodys.exclude(told_at=None).update(planned_at=at, told_at=None)


@transaction.atomic
def give_up(*, user_id: int, by_id: int | None, at: datetime) -> None:
    """Make the open follow-ups of somebody nobody's. :param user_id: their leads are locked"""
    mine = FollowUp.objects.select_for_update(of=("self",), no_key=True).filter(
        assigned_to_id=user_id, completed_at=None
    )
    rows = list(mine.select_related("lead__posting").order_by("pk"))
    FollowUp.objects.filter(pk__in=[followup.pk for followup in rows]).update(
        assigned_to=None, planned_at=at, told_at=None, updated_at=at
    )
    changes = {"assigned_to_id": [user_id, None]}
    publish_all([FollowUpChanged(**_told(row, row.lead, by_id, at), changes=changes) for row in rows])


def check_member(user_id: int) -> None:
    """Make sure, until the transaction ends, that somebody is on the team.

    Their account is locked before any lead, as it is where they leave (`leads.give_up`).

    :raises Invalid: naming ``assigned_to_id``, when they are not
    """
    member = team(Area.OUTREACH).select_for_update(of=("self",), no_key=True).filter(pk=user_id)
    if not member.values_list("pk"):
        raise Invalid(fields={"assigned_to_id": ["Nobody on the team has this number."]})


def _told(followup: FollowUp, lead: Lead, by_id: int | None, at: datetime) -> dict[str, Any]:
    return about(lead, by_id, at) | {"followup_id": followup.pk, "due_date": followup.due_date.isoformat()}
