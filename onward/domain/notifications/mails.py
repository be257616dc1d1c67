"""The mails themselves: each a text and the same as HTML, from two templates."""

from datetime import UTC, date, datetime, time, timedelta
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from onward.domain.applications.choices import Status
from onward.domain.interviews.models import Interview
from onward.domain.notifications import clock, links, queries
from onward.domain.notifications.choices import SWITCHES, NotificationType
from onward.domain.notifications.models import Notification
from onward.domain.notifications.services.sending import Letter
from onward.domain.outreach.queries.due import due_for
from onward.domain.reminders.models import Reminder

# Characters of what somebody wrote to themselves.
MOST_NOTES = 1000
MOST_FOLLOWUPS = 20


def written(letter: Letter, *, at: datetime) -> EmailMultiAlternatives | None:
    """Write a mail; none when there is nothing worth saying."""
    notification = letter.notification
    kind = NotificationType(notification.notification_type)
    context = _context(notification, kind, letter=letter, at=at)
    if context is None:
        return None
    # Sent twice, it is the same mail to the program that receives it.
    name = f"notification.{notification.pk}.{int(notification.created_at.timestamp())}"
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{name}@{domain}>", "Auto-Submitted": "auto-generated"}
    if kind in SWITCHES:
        context["unsubscribe"] = links.address(uid=notification.owner.uid, notification_type=kind)
        # RFC 8058: mail programs show a button that needs no page.
        headers["List-Unsubscribe"] = f"<{context['unsubscribe']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    context |= {"subject": notification.subject, "public_url": settings.PUBLIC_URL, "kind": kind.label}
    mail = EmailMultiAlternatives(
        subject=notification.subject,
        body=render_to_string(f"notifications/mails/{kind}.txt", context),
        to=[notification.owner.email],
        headers=headers,
    )
    mail.attach_alternative(render_to_string(f"notifications/mails/{kind}.html", context), "text/html")
    return mail


def _context(
    notification: Notification, kind: NotificationType, *, letter: Letter, at: datetime
) -> dict[str, Any] | None:
    match kind:
        case NotificationType.INTERVIEW_REMINDER:
            assert notification.interview is not None
            return _about_an_interview(notification.interview, zone=letter.wishes.zone)
        case NotificationType.APPLICATION_STATUS:
            application = notification.application
            assert application is not None
            return {
                "company": application.company.name,
                "job_title": application.job_title,
                "before": Status(notification.details["before"]).label,
                "after": Status(application.status).label,
                "next_action": application.next_action,
                "next_action_date": application.next_action_date,
            }
        case NotificationType.WEEKLY_SUMMARY:
            return _about_a_week(notification, zone=letter.wishes.zone, at=at)
        case NotificationType.CUSTOM if notification.reminder is not None:
            return {"text": _about_a_reminder(notification.reminder, zone=letter.wishes.zone)}
        case NotificationType.CUSTOM if notification.day is not None:
            return _about_followups(notification.owner_id, notification.day)
        case NotificationType.CUSTOM:
            return {"text": notification.details.get("text", "")}


def _about_an_interview(interview: Interview, *, zone: ZoneInfo) -> dict[str, Any]:
    there = clock.zone(interview.timezone)
    differs = (
        interview.has_time
        and interview.scheduled_at.astimezone(there).utcoffset() != interview.scheduled_at.astimezone(zone).utcoffset()
    )
    return {
        "interview": interview,
        "company": interview.application.company.name,
        "job_title": interview.application.job_title,
        "when": _when(interview, zone=zone),
        "when_there": said(interview.scheduled_at, zone=there) if differs else "",
        "notes": interview.preparation_notes[:MOST_NOTES],
        "notes_are_cut": len(interview.preparation_notes) > MOST_NOTES,
    }


def _about_a_reminder(reminder: Reminder, *, zone: ZoneInfo) -> str:
    application = reminder.application
    about = f"{application.company.name}, {application.job_title}" if application is not None else ""
    when = said(reminder.remind_at, zone=zone)
    return "\n\n".join(filter(None, (reminder.title, reminder.description, about, when)))


def _about_followups(user_id: int, day: date) -> dict[str, Any] | None:
    due = due_for(user_id=user_id, by=day)
    lines = [
        f"{followup.due_date.day} {followup.due_date:%B}{' (overdue)' if followup.due_date < day else ''}: "
        f"{followup.lead.posting.company_name}, {followup.lead.posting.title}"
        + (f"\n{followup.notes[:MOST_NOTES]}" if followup.notes else "")
        for followup in due[:MOST_FOLLOWUPS]
    ]
    if not lines:
        return None
    more = due.count() - len(lines)
    return {"text": "\n\n".join([*lines, *([f"And {more} more."] if more else [])])}


def _about_a_week(notification: Notification, *, zone: ZoneInfo, at: datetime) -> dict[str, Any] | None:
    begin = notification.week
    assert begin is not None
    before, until = begin - timedelta(days=7), begin + timedelta(days=7)
    since, turn, end = (datetime.combine(day, time.min, zone).astimezone(UTC) for day in (before, begin, until))
    week = queries.week(
        owner_id=notification.owner_id, begin=begin, since=since, turn=turn, until=end, at=at.astimezone(zone)
    )
    if week.says_nothing:
        return None
    return {
        "week": week,
        "today": at.astimezone(zone).date(),
        "meetings": [(_when(interview, zone=zone), interview) for interview in week.interviews],
        "more_silent": week.silent_count - len(week.silent),
    }


def _when(interview: Interview, *, zone: ZoneInfo) -> str:
    if interview.has_time:
        return said(interview.scheduled_at, zone=zone)
    local = interview.scheduled_at.astimezone(zone)
    return f"{local:%A}, {local.day} {local:%B %Y}"


def said(moment: datetime, *, zone: ZoneInfo) -> str:
    """Format a moment on a clock, with the name of the clock."""
    local = moment.astimezone(zone)
    return f"{local:%A}, {local.day} {local:%B %Y}, {local:%H:%M} ({zone.key})"
