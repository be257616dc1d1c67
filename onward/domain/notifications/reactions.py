"""What mails and notices follow when something happens."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from onward.domain.accounts.events import EmailVerified, ProfileChanged
from onward.domain.accounts.queries import names
from onward.domain.applications.events import StatusChanged
from onward.domain.board.choices import PostingState
from onward.domain.board.events import PostingClosed, PostingPublished, PostingWithdrawn
from onward.domain.help.events import FeedbackAnswered
from onward.domain.ingestion.choices import RunState
from onward.domain.ingestion.events import PostingsRead, RunEnded, StatesChanged
from onward.domain.interviews.events import (
    InterviewCancelled,
    InterviewCompleted,
    InterviewScheduled,
    InterviewUpdated,
)
from onward.domain.notifications.choices import CareerNoticeType, DeskNoticeType, NoticePriority
from onward.domain.notifications.models import Notice
from onward.domain.notifications.services import career, due_reminders, moves, notices, postings, reminders, sending
from onward.domain.outreach.choices import BulkEnd
from onward.domain.outreach.events import DraftsEnded, LeadAssigned
from onward.domain.outreach.queries import leads as desk
from onward.domain.reminders.events import ReminderChanged, ReminderCompleted, ReminderCreated
from onward.domain.writing.events import EntryWritten, Mentioned
from onward.domain.writing.queries.entries import author_of

# What is written down longer after it happened, as from a spreadsheet, is no news.
NEWS = timedelta(hours=1)


def status_changed(event: StatusChanged) -> None:
    """Plan a mail about the move, and write it into the feed."""
    if event.owner_id is None or event.at < timezone.now() - NEWS:
        return
    moves.tell(
        owner_id=event.owner_id,
        application_id=event.application_id,
        company=event.company_name,
        job_title=event.job_title,
        before=event.before,
        at=event.at,
    )
    career.moved(
        owner_id=event.owner_id,
        application_id=event.application_id,
        company=event.company_name,
        job_title=event.job_title,
        before=event.before,
        after=event.after,
        at=event.at,
    )


def posting_closed(event: PostingClosed | PostingWithdrawn) -> None:
    """Tell those who have saved it."""
    postings.tell(posting_ids=[event.posting_id], change=postings.CLOSED, at=event.at)


def states_changed(event: StatesChanged) -> None:
    """Tell those who have saved them, of openings that are closed and of those that are not any more."""
    if PostingState.CLOSED in (event.before, event.after):
        change = postings.CLOSED if event.after == PostingState.CLOSED else postings.REOPENED
        postings.tell(posting_ids=event.posting_ids, change=change, at=event.at)


def posting_published(event: PostingPublished) -> None:
    """Tell those who have saved it, before it was taken off the board."""
    postings.tell(posting_ids=[event.posting_id], change=postings.REOPENED, at=event.at)


def postings_read(event: PostingsRead) -> None:
    """Tell those who have saved a posting that was closed and is there again."""
    if event.reposted_ids:
        postings.tell(posting_ids=event.reposted_ids, change=postings.REPOSTED, at=event.at)


def interview_scheduled(event: InterviewScheduled) -> None:
    """Plan its reminder."""
    if event.owner_id is None:
        return
    reminders.plan(
        owner_id=event.owner_id,
        interview_id=event.interview_id,
        company=event.company_name,
        job_title=event.job_title,
        scheduled_at=event.scheduled_at,
        at=event.at,
    )


def interview_updated(event: InterviewUpdated) -> None:
    """Plan its reminder anew when its time, its day or its status has changed."""
    if event.owner_id is not None and not {"scheduled_at", "status"}.isdisjoint(event.changed):
        reminders.move(owner_id=event.owner_id, interview_id=event.interview_id, at=event.at)


def interview_over(event: InterviewCompleted | InterviewCancelled) -> None:
    """Drop its reminder."""
    reminders.drop(interview_id=event.interview_id, at=event.at)


def address_verified(event: EmailVerified) -> None:
    """Send what has waited for it."""
    if event.owner_id is not None:
        sending.release_held(at=event.at, owner_id=event.owner_id)


def clock_changed(event: ProfileChanged) -> None:
    """Move the mails that wait to their owner's new clock."""
    if event.owner_id is not None and "timezone" in event.fields:
        reminders.plan_anew(owner_id=event.owner_id, at=event.at)
        due_reminders.plan_anew(owner_id=event.owner_id, at=event.at)


def reminder_created(event: ReminderCreated) -> None:
    """Plan the mail that reminds."""
    if event.owner_id is None:
        return
    due_reminders.plan(
        owner_id=event.owner_id,
        reminder_id=event.reminder_id,
        title=event.title,
        remind_at=event.remind_at,
        at=event.at,
    )


def reminder_changed(event: ReminderChanged) -> None:
    """Update the mail: it has another name, comes at another time, or is wanted again."""
    news = {"title", "remind_at", "completed_at"}
    if event.owner_id is None or not event.is_open or news.isdisjoint(event.changed):
        return
    due_reminders.move(
        owner_id=event.owner_id,
        reminder_id=event.reminder_id,
        title=event.title,
        remind_at=event.remind_at,
        at=event.at,
    )


def reminder_completed(event: ReminderCompleted) -> None:
    """Drop the mail."""
    due_reminders.drop(reminder_id=event.reminder_id, at=event.at)


def feedback_answered(event: FeedbackAnswered) -> None:
    """Tell whoever has given feedback what staff answer, in their feed."""
    if event.owner_id is None:
        return
    career.tell(
        [
            notices.notice(
                owner_id=event.owner_id,
                type_=CareerNoticeType.SYSTEM_ANNOUNCEMENT,
                title=f"Answer to your feedback: {event.title}",
                message=event.answer,
                data={"feedback_id": event.feedback_id},
                at=event.at,
            )
        ]
    )


def mentioned(event: Mentioned) -> None:
    """Tell people that they are named in what somebody has written."""
    _tell_of_entry(CareerNoticeType.MENTION, event.user_ids, "{who} has named you", event.entry_id, event)


def answered(event: EntryWritten) -> None:
    """Tell whoever has written something that somebody has answered it."""
    if event.replied_to_id is not None:
        author_id = author_of(event.replied_to_id)
        if author_id is not None and author_id != event.owner_id:
            _tell_of_entry(CareerNoticeType.REPLY, [author_id], "{who} has answered you", event.entry_id, event)


def _tell_of_entry(
    kind: CareerNoticeType, people: Sequence[int], sentence: str, entry_id: int, event: Mentioned | EntryWritten
) -> None:
    by_id = event.owner_id
    who = (names([by_id]).get(by_id, "") if by_id is not None else "") or "Somebody"
    career.tell(
        [
            notices.notice(
                owner_id=owner_id,
                type_=kind,
                title=sentence.format(who=who),
                data={"entry_id": entry_id},
                key=f"{kind.value}:{entry_id}",
                at=event.at,
            )
            for owner_id in people
        ]
    )


# How a run ended, as the first line of a notice says it.
_ENDS = {RunState.FAILED: "The search has failed", RunState.CANCELLED: "The search was cancelled"}


def run_ended(event: RunEnded) -> None:
    """Tell who asked for a run that it is over, and what came of it."""
    if event.owner_id is None:
        return
    line = notices.notice(
        owner_id=event.owner_id,
        type_=DeskNoticeType.RUN_ENDED,
        title=_ENDS.get(event.state, "The search has ended"),
        message=f"Found: {event.found}. New: {event.saved}. New leads: {event.leads}.",
        priority=NoticePriority.HIGH if event.state == RunState.FAILED else NoticePriority.MEDIUM,
        data={"run": str(event.run), "state": RunState(event.state).value},
        at=event.at,
    )
    notices.tell([line])


_DRAFTS = {
    BulkEnd.COMPLETED: "The drafts are written",
    BulkEnd.CANCELLED: "The drafts were cancelled",
    BulkEnd.FAILED: "The drafts have failed",
}


def drafts_ended(event: DraftsEnded) -> None:
    """Tell who asked for drafts that they are over, once however often their job has come to its end."""
    if event.owner_id is None:
        return
    end = BulkEnd(event.end)
    told = {"batch": event.batch, "end": end.value}
    if Notice.objects.filter(owner_id=event.owner_id, type=DeskNoticeType.BULK_ENDED, data=told).exists():
        return
    line = notices.notice(
        owner_id=event.owner_id,
        type_=DeskNoticeType.BULK_ENDED,
        title=_DRAFTS[end],
        message=f"Saved: {event.saved} of {event.total}.",
        priority=NoticePriority.HIGH if end == BulkEnd.FAILED else NoticePriority.MEDIUM,
        data=told,
        at=event.at,
    )
    notices.tell([line])


def lead_assigned(event: LeadAssigned) -> None:
    """Tell somebody whose lead it is now, unless they said so themselves."""
    leads_assigned([event])


def leads_assigned(events: Sequence[LeadAssigned]) -> None:
    """Tell each of those whose leads they are now, once for all of them."""
    theirs: dict[int, list[LeadAssigned]] = defaultdict(list)
    for event in events:
        if event.after is not None and event.after != event.by_id:
            theirs[event.after].append(event)
    if not theirs:
        return
    by_id, at = events[0].by_id, events[0].at
    who = names([by_id]).get(by_id, "") if by_id is not None else ""
    told = []
    for owner_id, assigned in theirs.items():
        ids = [event.lead_id for event in assigned if event.lead_id is not None]
        told.append(
            notices.notice(
                owner_id=owner_id,
                type_=DeskNoticeType.LEAD_ASSIGNED,
                title=f"Assigned to you: {desk.called(ids[0])}"
                if len(ids) == 1
                else f"Assigned to you: {len(ids)} internships",
                message=f"By {who}." if who else "",
                lead_id=ids[0] if len(ids) == 1 else None,
                data={"count": len(ids)},
                at=at,
            )
        )
    notices.tell(told)
