"""Where an application stands, as a person would say it."""

from datetime import datetime

from onward.domain.applications.choices import Status
from onward.domain.insight.queries.story import Story
from onward.domain.insight.queries.wanted import QUIET_DAYS
from onward.web.kit import dates


def stands(story: Story, here: datetime) -> str:
    """Return the sentence. :param here: the time on the reader's clock"""
    application = story.application
    today = here.date()
    since = story.moves[-1][1].astimezone(here.tzinfo).date() if story.moves else today
    if story.interview is not None:
        return f"They expect you {dates.moment(story.interview.scheduled_at, here)}."
    match application.status:
        case Status.ACCEPTED:
            return "You said yes. It begins here."
        case Status.OFFER:
            until = story.outcome.deadline if story.outcome else None
            return f"They want you. Your answer is due {dates.day(until, today)}." if until else "They want you."
        case Status.REJECTED:
            return f"It ended {dates.day(since, today)}. What you learned stays."
        case Status.WITHDRAWN:
            return f"You stepped back {dates.day(since, today)}."
        case Status.GHOSTED:
            return "They never answered."
        case Status.WISHLIST:
            until = application.deadline
            return f"Still a wish; apply by {dates.day(until, today)}." if until else "Still a wish."
    days = (today - since).days
    if application.status == Status.APPLIED and days > QUIET_DAYS:
        return f"Nobody has answered for {days} days."
    if application.next_action:
        due = application.next_action_date
        return f"Next: {application.next_action}{', ' + dates.day(due, today) if due else ''}."
    return f"Sent {dates.day(since, today)}." if application.status == Status.APPLIED else "It is on its way."
