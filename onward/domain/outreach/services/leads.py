"""Writing leads: one at a time and many together, by the same services."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.board import services as board
from onward.domain.board.models import Posting
from onward.domain.companies.models import Employer
from onward.domain.companies.services import employers
from onward.domain.ingestion.judgement.keys import written_keys
from onward.domain.outreach.choices import LeadStatus
from onward.domain.outreach.events import LeadAdded, LeadAssigned, LeadChanged, LeadMoved, LeadRemoved
from onward.domain.outreach.models import FollowUp, Lead, LeadStatusChange, RemovedLead
from onward.domain.outreach.queries.leads import OPEN
from onward.domain.outreach.services import followups, remarks
from onward.domain.outreach.services.followups import check_member
from onward.domain.outreach.services.telling import about
from onward.platform.events import publish, publish_all
from onward.platform.record import append_all, change, fields_of, locked, locked_for_removal, save
from onward.platform.refusals import Invalid

FIELDS = fields_of(Lead, but=("posting_id", "status", "assigned_to_id", "touched_at"))


@dataclass(frozen=True, slots=True)
class Done:
    """What came of asking for many leads at once.

    :ivar changed: those that are different now
    :ivar unchanged: those that were so already
    :ivar unknown: the numbers that name none
    """

    changed: list[int]
    unchanged: list[int]
    unknown: list[int]


@transaction.atomic
def change_status(*, lead_ids: Collection[int], to: str, by_id: int | None, at: datetime, remark: str = "") -> Done:
    """Move leads to another status and announce the moves. Any status may follow any.

    Repeating a move is harmless: it is neither recorded nor announced twice, but its remark is kept.

    :param remark: what to say about it, on each of the leads
    """
    leads = _locked(lead_ids)
    moved = [lead for lead in leads if lead.status != to]
    Lead.objects.filter(pk__in=[lead.pk for lead in moved]).update(status=to, touched_at=at, updated_at=at)
    append_all(
        LeadStatusChange,
        [
            {"lead_id": lead.pk, "before": lead.status, "after": to, "changed_by_id": by_id, "changed_at": at}
            for lead in moved
        ],
    )
    publish_all([LeadMoved(**about(lead, by_id, at), before=lead.status, after=to) for lead in moved])
    if remark:
        Lead.objects.filter(pk__in=[lead.pk for lead in leads]).update(touched_at=at)
        remarks.add_to_all(leads=leads, text=remark, by_id=by_id, at=at)
    return _done(lead_ids, leads, moved)


@transaction.atomic
def assign(*, lead_ids: Collection[int], to_id: int | None, by_id: int | None, at: datetime) -> Done:
    """Make leads somebody's, or nobody's, and announce it. Repeating it is harmless.

    :param to_id: somebody on the team; none for nobody
    :raises Invalid: naming ``assigned_to_id``, when they are not on the team
    """
    if to_id is not None:
        check_member(to_id)
    leads = _locked(lead_ids)
    changed = [lead for lead in leads if lead.assigned_to_id != to_id]
    Lead.objects.filter(pk__in=[lead.pk for lead in changed]).update(assigned_to_id=to_id, touched_at=at, updated_at=at)
    if to_id is not None:
        followups.hand_over(lead_ids=[lead.pk for lead in changed], at=at)
    publish_all([LeadAssigned(**about(lead, by_id, at), before=lead.assigned_to_id, after=to_id) for lead in changed])
    return _done(lead_ids, leads, changed)


@transaction.atomic
def update(*, lead: Lead, by_id: int | None, at: datetime, **changes: Any) -> None:
    """Change a lead and what its posting says: all that is given, or nothing.

    :param changes: by field; ``status`` and ``assigned_to_id`` as `change_status` and `assign` do it; what is no field
        of a lead is one of its posting (`board.services.FIELDS`)
    :raises Invalid: naming what cannot be accepted
    """
    to_id = changes.get("assigned_to_id")
    if to_id is not None:
        check_member(to_id)
    lead = locked(lead)
    # The posting before what is counted anew, which is the last row that is locked.
    if written := {name: value for name, value in changes.items() if name in board.FIELDS}:
        _rewrite(lead, written, by_id, at)
    if "assigned_to_id" in changes:
        assign(lead_ids=[lead.pk], to_id=to_id, by_id=by_id, at=at)
    if "status" in changes:
        change_status(lead_ids=[lead.pk], to=changes["status"], by_id=by_id, at=at)
    # Whatever was saved meanwhile is not what this instance says.
    lead = locked(lead)
    if changed := change(lead, FIELDS, changes):
        lead.touched_at = at
        save(lead, [*changed, "touched_at"], at=at)
        publish(LeadChanged(**about(lead, by_id, at), fields=changed))


def _rewrite(lead: Lead, written: dict[str, Any], by_id: int | None, at: datetime) -> None:
    posting: Posting = lead.posting
    before = {name: getattr(posting, name) for name in written}
    after = board.update(posting=posting, by_id=by_id, at=at, **written)
    if not posting.sightings.exists():
        # No source has told of it yet: one that does will say what it says now.
        Posting.objects.filter(pk=posting.pk).update(**compared_by(vars(after)))
    if fields := sorted(name for name in written if getattr(after, name) != before[name]):
        Lead.objects.filter(pk=lead.pk).update(touched_at=at, updated_at=at)
        publish(LeadChanged(**about(lead, by_id, at), fields=fields))


@transaction.atomic
def add(
    *,
    title: str,
    company: Mapping[str, Any],
    by_id: int,
    at: datetime,
    lead: Mapping[str, Any] | None = None,
    **posting: Any,
) -> Lead:
    """Take an internship into the record that somebody knows of, and no source, as a lead with a posting of its own.

    :param company: its ``id`` among the employers, or its ``name``, by which it is found or made
    :param lead: ``status``, ``assigned_to_id`` and fields of the lead
    :param posting: what it says (`board.services.FIELDS`)
    :raises Invalid: naming what cannot be accepted
    """
    values = dict(lead or {})
    if values.get("assigned_to_id") is not None:
        check_member(values["assigned_to_id"])
    employer_id, name = _employer(company, at)
    said = {"is_internship": True, **posting, "title": title, "company_name": name}
    made = board.enter(employer_id=employer_id, at=at, **said, **compared_by(said))
    to, assignee = values.pop("status", LeadStatus.NEW), values.pop("assigned_to_id", None)
    row = Lead.objects.create(posting=made, touched_at=at, created_at=at, updated_at=at, **values)
    publish(LeadAdded(**about(row, by_id, at)))
    change_status(lead_ids=[row.pk], to=to, by_id=by_id, at=at)
    if assignee is not None:
        assign(lead_ids=[row.pk], to_id=assignee, by_id=by_id, at=at)
    return row


def compared_by(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a posting that a person wrote is found by when a source tells of the same one."""
    read = written_keys(
        company=said["company_name"],
        title=said["title"],
        location=said.get("location", ""),
        work_mode=said.get("work_mode", ""),
    )
    return read.columns()


def _employer(company: Mapping[str, Any], at: datetime) -> tuple[int | None, str]:
    """Return which employer is meant, and its name."""
    if company.get("id") is not None:
        known = Employer.objects.filter(pk=company["id"]).first()
        if known is None:
            raise Invalid(fields={"company_id": ["Company not found."]})
        return known.pk, known.name
    name = " ".join(str(company["name"]).split())
    return employers.find_or_make(called=[(name, "")], at=at).get((name, "")), name


@transaction.atomic
def remove(*, lead: Lead, by_id: int | None, at: datetime) -> None:
    """Remove a lead with its remarks, follow-ups, messages and timeline.

    Company and posting stay, and a mark, by which no run brings it back.
    """
    lead = locked_for_removal(lead)
    told = about(lead, by_id, at) | {"lead_id": None}
    posting_id = lead.posting_id
    RemovedLead.objects.get_or_create(posting_id=posting_id, defaults={"removed_by_id": by_id, "removed_at": at})
    lead.delete()
    publish(LeadRemoved(**told, posting_id=posting_id))


@transaction.atomic
def give_up(*, user_id: int, by_id: int | None, at: datetime) -> None:
    """Make the open leads of somebody nobody's, and their open follow-ups: of whoever has left."""
    theirs = list(Lead.objects.filter(assigned_to_id=user_id, status__in=OPEN).values_list("pk", flat=True))
    planned = FollowUp.objects.filter(assigned_to_id=user_id, completed_at=None)
    # All of them together, in the order of their numbers.
    _locked([*theirs, *planned.values_list("lead_id", flat=True)])
    assign(lead_ids=theirs, to_id=None, by_id=by_id, at=at)
    followups.give_up(user_id=user_id, by_id=by_id, at=at)


def _locked(lead_ids: Collection[int]) -> list[Lead]:
    """Lock leads until the transaction ends, in the order of their numbers, and return those that are there."""
    rows = Lead.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=set(lead_ids)).order_by("pk")
    return list(rows.select_related("posting").only("status", "assigned_to", "posting__employer"))


def _done(asked: Collection[int], leads: Sequence[Lead], changed: Sequence[Lead]) -> Done:
    known, different = {lead.pk for lead in leads}, {lead.pk for lead in changed}
    return Done(
        changed=sorted(different),
        unchanged=sorted(known - different),
        unknown=list(dict.fromkeys(pk for pk in asked if pk not in known)),
    )
