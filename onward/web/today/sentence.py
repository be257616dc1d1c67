"""The sentence with which the day begins."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _noop
from django.utils.translation import ngettext

from onward.domain.insight.queries.today import Day
from onward.web.kit import dates

# Small numbers are written out.
_NUMBERS = (
    *(_noop("no"), _noop("one"), _noop("two"), _noop("three"), _noop("four"), _noop("five"), _noop("six")),
    *(_noop("seven"), _noop("eight"), _noop("nine"), _noop("ten"), _noop("eleven"), _noop("twelve")),
)


def sentence(day: Day, here: datetime) -> str:
    """Return what matters today, as a person would say it. :param here: the time on the reader's clock"""
    if not day.has_applications:
        return _("A search begins with one application.")
    due = sum(item.kind != "quiet" for item in day.items)
    quiet = len(day.items) - due
    said = [_("Nothing has to be done today.")]
    if due:
        said = [_counted(ngettext("%(count)s thing today.", "%(count)s things today.", due), due)]
    said.append(_expected(day, here))
    if quiet and not due:
        gone = ngettext("%(count)s application went quiet.", "%(count)s applications went quiet.", quiet)
        said.append(_counted(gone, quiet))
    return " ".join(filter(None, said))


def _expected(day: Day, here: datetime) -> str:
    first = next((item for item in day.items if item.kind == "interview"), None)
    if first is not None and first.has_time:
        about = {"company": first.company, "time": dates.clock(first.due.astimezone(here.tzinfo))}
        return _("%(company)s expects you at %(time)s.") % about
    if first is not None:
        return _("%(company)s expects you.") % {"company": first.company}
    if day.week:
        weekday = dates.weekday(day.week[0].due.astimezone(here.tzinfo).date())
        return _("%(company)s expects you on %(weekday)s.") % {"company": day.week[0].company, "weekday": weekday}
    return ""


def _counted(sentence: str, count: int) -> str:
    said = sentence % {"count": _(_NUMBERS[count]) if count < len(_NUMBERS) else count}
    return said[:1].upper() + said[1:]
