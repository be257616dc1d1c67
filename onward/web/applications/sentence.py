"""Where an application stands, as a person would say it."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application
from onward.domain.insight.queries.story import Story
from onward.domain.insight.queries.wanted import QUIET_DAYS
from onward.web.kit import dates


def stands(story: Story, here: datetime) -> str:
    """Return the sentence. :param here: the time on the reader's clock"""
    application = story.application
    since = story.moves[-1][1].astimezone(here.tzinfo).date() if story.moves else here.date()
    if story.interview is not None:
        return _("They expect you %(moment)s.") % {"moment": dates.moment(story.interview.scheduled_at, here)}
    match application.status:
        case Status.ACCEPTED:
            return _("You said yes. It begins here.")
        case Status.OFFER:
            due = story.outcome.deadline if story.outcome else None
            return _on(_("They want you. Your answer is due %(day)s."), due, here) or _("They want you.")
        case Status.REJECTED:
            return _on(_("It ended %(day)s. What you learned stays."), since, here)
        case Status.WITHDRAWN:
            return _on(_("You stepped back %(day)s."), since, here)
        case Status.GHOSTED:
            return _("They never answered.")
        case Status.WISHLIST:
            return _on(_("Still a wish; apply by %(day)s."), application.deadline, here) or _("Still a wish.")
    return _goes_on(application, since, here)


def _goes_on(application: Application, since: date, here: datetime) -> str:
    days = (here.date() - since).days
    if application.status == Status.APPLIED and days > QUIET_DAYS:
        sentence = ngettext("Nobody has answered for %(count)s day.", "Nobody has answered for %(count)s days.", days)
        return sentence % {"count": days}
    if action := application.next_action:
        dated = _on(_("Next: %(action)s, %(day)s."), application.next_action_date, here, action=action)
        return dated or _("Next: %(action)s.") % {"action": action}
    if application.status == Status.APPLIED:
        return _on(_("Sent %(day)s."), since, here)
    return _("It is on its way.")


def _on(sentence: str, day: date | None, here: datetime, **more: str) -> str:
    return sentence % {"day": dates.day(day, here.date()), **more} if day else ""
