"""What the demo user keeps beside the applications: jobs put aside, and things to be reminded of."""

from datetime import UTC, datetime, time, timedelta
from functools import partial

from onward.demo.story import Step
from onward.demo.vocabulary import FINDS, FIRMS, NUDGES, Find, Nudge
from onward.domain.applications import queries
from onward.domain.applications import services as applications
from onward.domain.applications.choices import SavedJobStatus
from onward.domain.notifications.services import due_reminders
from onward.domain.reminders import services as reminders

FIRM = {firm.name: firm for firm in FIRMS}
MORNING = time(9)


def steps(*, owner_id: int, at: datetime) -> list[Step]:
    """Return what is put aside and what is written down, and when."""
    return [
        *((at - timedelta(days=find.days_ago), partial(_find, owner_id, find, at)) for find in FINDS),
        *((at - timedelta(days=nudge.days_ago), partial(_note, owner_id, nudge, at)) for nudge in NUDGES),
    ]


def _find(owner_id: int, find: Find, at: datetime) -> None:
    firm = FIRM[find.firm]
    found_at = at - timedelta(days=find.days_ago)
    saved = applications.save_job(
        owner_id=owner_id,
        company_name=firm.name,
        company_website=f"https://www.{firm.address}",
        job_title=find.title,
        job_url=f"https://careers.{firm.address}/jobs/{find.title.lower().replace(',', '').replace(' ', '-')}",
        location=firm.location,
        priority=find.priority,
        excitement=find.excitement,
        source=find.source,
        notes=find.notes,
        deadline=None if find.deadline is None else at.date() + timedelta(days=find.deadline),
        at=found_at,
    )
    if find.archived:
        applications.update_saved_job(
            saved_job=queries.saved_job(owner_id=owner_id, uid=saved.uid),
            status=SavedJobStatus.ARCHIVED,
            at=found_at + timedelta(hours=1),
        )


def _note(owner_id: int, nudge: Nudge, at: datetime) -> None:
    reminder = reminders.create(
        owner_id=owner_id,
        title=nudge.title,
        reminder_type=nudge.kind,
        remind_at=datetime.combine(at.date() + timedelta(days=nudge.due), MORNING, tzinfo=UTC),
        at=at - timedelta(days=nudge.days_ago),
    )
    # Nobody reads mail there.
    due_reminders.drop(reminder_id=reminder.pk, at=at)
    if nudge.done is not None:
        reminders.complete(reminder=reminder, at=at - timedelta(days=nudge.done))
