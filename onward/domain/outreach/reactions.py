"""What the desk does when something happens: leads of what runs find, the team's timeline, and figures anew."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from onward.domain.accounts.choices import Area
from onward.domain.accounts.events import AccountDisabled, RoleRevoked
from onward.domain.accounts.queries import names
from onward.domain.board.choices import PostingState
from onward.domain.board.events import PostingClosed
from onward.domain.companies.events import EmployerAdded, EmployerChanged
from onward.domain.ingestion.events import PostingsRead, StatesChanged
from onward.domain.ingestion.services import runs
from onward.domain.outreach.choices import LeadAction, LeadStatus, MessageType
from onward.domain.outreach.events import (
    DeskEvent,
    FollowUpChanged,
    FollowUpCompleted,
    FollowUpPlanned,
    LeadAdded,
    LeadAssigned,
    LeadChanged,
    LeadClosed,
    LeadConverted,
    LeadFound,
    LeadMoved,
    LeadReopened,
    LeadReposted,
    MessageSaved,
    MessageSent,
    Remarked,
)
from onward.domain.outreach.services import finding, leads
from onward.domain.outreach.services.revision import revise
from onward.domain.outreach.services.timeline import add_lines
from onward.platform.events import Event


class Line(NamedTuple):
    """A line of the timeline. :ivar says: the sentence; :ivar changes: by field, what it was and what it is"""

    action: LeadAction
    says: Callable[[Any], str]
    changes: Callable[[Any], dict[str, list[Any]]] = lambda event: {}


def _moved(event: LeadMoved) -> str:
    return f"Moved from {LeadStatus(event.before).label} to {LeadStatus(event.after).label}."


def _message(event: MessageSaved | MessageSent) -> str:
    return f"{MessageType(event.message_type).label}, version {event.version}"


def _of_state(event: LeadClosed | LeadReopened) -> dict[str, list[Any]]:
    return {"state": [event.before, event.after]}


LINES: dict[type[Event], Line] = {
    LeadFound: Line(LeadAction.FOUND, lambda event: "Found at a source."),
    LeadReposted: Line(LeadAction.REPOSTED, lambda event: "Posted again at a source."),
    LeadClosed: Line(LeadAction.STATE_CHANGED, lambda event: f"Closed. {event.reason}".strip(), _of_state),
    LeadReopened: Line(LeadAction.STATE_CHANGED, lambda event: "Open again.", _of_state),
    LeadAdded: Line(LeadAction.ADDED, lambda event: "Added by hand."),
    LeadChanged: Line(LeadAction.CHANGED, lambda event: f"Changed: {', '.join(map(called, event.fields))}."),
    LeadMoved: Line(LeadAction.STATUS_CHANGED, _moved, lambda event: {"status": [event.before, event.after]}),
    LeadAssigned: Line(
        LeadAction.ASSIGNED,
        lambda event: "Assigned to nobody." if event.after is None else "Assigned.",
        lambda event: {"assigned_to": [event.before, event.after]},
    ),
    LeadConverted: Line(LeadAction.PUBLISHED, lambda event: "Published on the board."),
    Remarked: Line(LeadAction.REMARK_ADDED, lambda event: "Left a remark."),
    FollowUpPlanned: Line(LeadAction.FOLLOWUP_ADDED, lambda event: f"Planned a follow-up for {event.due_date}."),
    FollowUpChanged: Line(
        LeadAction.FOLLOWUP_CHANGED,
        lambda event: f"Changed the follow-up of {event.due_date}.",
        lambda event: {called(name): change for name, change in event.changes.items()},
    ),
    FollowUpCompleted: Line(LeadAction.FOLLOWUP_COMPLETED, lambda event: f"Did the follow-up of {event.due_date}."),
    MessageSaved: Line(LeadAction.MESSAGE_SAVED, lambda event: f"Saved a message: {_message(event)}."),
    MessageSent: Line(LeadAction.MESSAGE_SENT, lambda event: f"Sent a message: {_message(event)}."),
}


def called(field: str) -> str:
    """Return what people call a field of the record."""
    return {"closes_on": "deadline"}.get(field, field.removesuffix("_id"))


def write_line(event: DeskEvent) -> None:
    """Write down what has happened."""
    write_lines([event])


def write_lines(events: Sequence[DeskEvent]) -> None:
    """Write down what has happened, in one statement for many; whom something is assigned to is named."""
    line = LINES[type(events[0])]
    assignees = _assignees(events)
    add_lines(
        [
            {
                "lead_id": event.lead_id,
                "employer_id": event.employer_id,
                "actor_id": event.by_id,
                "action": line.action.value,
                "description": _named(event, assignees) or line.says(event),
                "changes": line.changes(event),
                "created_at": event.at,
            }
            for event in events
        ],
    )


def _assignees(events: Sequence[DeskEvent]) -> dict[int, str]:
    who = {event.after for event in events if isinstance(event, LeadAssigned) and event.after is not None}
    return names(who) if who else {}


def _named(event: DeskEvent, assignees: dict[int, str]) -> str:
    if isinstance(event, LeadAssigned) and event.after in assignees:
        return f"Assigned to {assignees[event.after]}."
    return ""


def employer_told(event: EmployerAdded | EmployerChanged) -> None:
    """Write down what somebody has told of an employer."""
    changes = event.changes if isinstance(event, EmployerChanged) else {}
    line = {
        "employer_id": event.employer_id,
        "actor_id": event.by_id,
        "action": LeadAction.COMPANY_CHANGED.value,
        "description": f"Changed the company: {', '.join(changes)}." if changes else "Added the company.",
        "changes": changes,
        "created_at": event.at,
    }
    add_lines([line])


def postings_read(event: PostingsRead) -> None:
    """Make leads of what a run has read, and count them; what came again is told in the timeline of its lead."""
    ids = [*event.new_ids, *event.seen_ids] if event.makes_leads else []
    made = finding.leads_from(
        posting_ids=ids,
        internship_types=event.internship_types,
        locations=event.locations,
        threshold=event.threshold,
        at=event.at,
    )
    if event.reposted_ids:
        finding.tell_reposted(posting_ids=event.reposted_ids, at=event.at)
    runs.count(event.run_id, event.reading_id, leads=made, filtered=len(ids) - made)


def states_changed(event: StatesChanged) -> None:
    """Tell in the timelines of leads that their openings are closed, or can be applied for again."""
    finding.tell_states(
        posting_ids=event.posting_ids,
        before=event.before,
        after=event.after,
        reason=event.reason,
        by_id=None,
        at=event.at,
    )


def posting_closed(event: PostingClosed) -> None:
    """Tell in the timeline of a lead that a person has closed its opening."""
    finding.tell_states(
        posting_ids=[event.posting_id],
        before=event.before,
        after=PostingState.CLOSED,
        reason=event.reason,
        by_id=event.by_id,
        at=event.at,
    )


def has_left(event: AccountDisabled | RoleRevoked) -> None:
    """Make the open leads and follow-ups of somebody nobody's who is not on the team any more."""
    if event.owner_id is None or (isinstance(event, RoleRevoked) and event.area != Area.OUTREACH):
        return
    leads.give_up(user_id=event.owner_id, by_id=event.by_id, at=event.at)


def counted_anew(event: Event) -> None:
    """Let the figures be counted again at the next look."""
    revise()


def all_counted_anew(events: Sequence[Event]) -> None:
    """Let the figures be counted again at the next look, once for many changes."""
    revise()
