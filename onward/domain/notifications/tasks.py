"""Work on notifications that is done later: sending them, and planning the weekly ones."""

from contextlib import ExitStack
from datetime import timedelta

from django.utils import timezone

from onward.domain.notifications import mails
from onward.domain.notifications.services import (
    announcements,
    calendar,
    followups,
    lacking,
    matches,
    searches,
    sending,
    weekly,
)
from onward.platform.jobs import job, periodic


@job(max_attempts=8)
def send(*, notification_id: int) -> int:
    """Send a notification if its time has come and nobody else sends it."""
    letter = sending.claim(notification_id=notification_id, at=timezone.now())
    if letter is None:
        return 0
    with ExitStack() as connection:
        try:
            mail = mails.written(letter, at=timezone.now())
            if mail is None:
                sending.skip(letter=letter, problem="There was nothing to say.")
                return 0
            # Connected before anything is said to be on its way: what fails here was not sent for certain.
            connection.enter_context(mail.get_connection())
            sending.hand_over(letter=letter, at=timezone.now())
            mail.send()
        except Exception as problem:
            sending.release(letter=letter, problem=problem)
            raise
        sending.mark_sent(letter=letter, at=timezone.now())
    return 1


@job(max_attempts=8)
def announce(*, announcement_id: int) -> int:
    """Write an announcement into everybody's feed."""
    return announcements.tell_everybody(announcement_id=announcement_id, at=timezone.now())


# Clocks differ by quarters of an hour.
@periodic(every=timedelta(minutes=15))
@job(max_attempts=3)
def look_at_the_calendar() -> int:
    """Tell of the week and the day to everybody whose Monday or morning has come, and look after what waits."""
    now = timezone.now()
    planned = weekly.schedule_weekly(at=now) + followups.tell_due(at=now) + calendar.tell_due(at=now)
    planned += searches.tell_due(at=now)
    return planned + sending.release_held(at=now) + sending.give_up(at=now)


@periodic(every=timedelta(hours=1))
@job(max_attempts=2, time_limit=1200)
def look_for_matches() -> int:
    """Tell everybody of new postings that suit them."""
    return matches.tell_due(at=timezone.now())


@periodic(every=timedelta(hours=1))
@job(max_attempts=2, time_limit=1200)
def look_at_what_is_lacking() -> int:
    """Tell everybody whose Monday has come what postings ask for that they lack."""
    return lacking.tell_due(at=timezone.now())
