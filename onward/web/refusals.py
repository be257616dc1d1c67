"""What the domain says to people, in their language. Its own sentences are words of the APIs and stay English."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from onward.domain.accounts.services.second_factor import WrongCode
from onward.domain.accounts.services.signing_in import WrongCredentials
from onward.platform.refusals import Refusal, Throttled

# Where an API's sentence would say nothing to a person.
_IN_OTHER_WORDS: Mapping[type[Refusal], Promise] = {
    WrongCredentials: _("The email or the password is not right."),
    WrongCode: _("This code is not right, or was used before."),
    Throttled: _("Too many tries. Wait some minutes and try again."),
}
# Named here that they are translated; a sentence of the domain that is missing here is said in English.
_SENTENCES = (
    gettext_noop("This cannot be done."),
    gettext_noop("What was sent is not valid."),
    gettext_noop("You do not have permission to perform this action."),
    gettext_noop("This clashes with what is there already."),
    gettext_noop("The server has no room left for this. Nothing of it was kept; try again later."),
    gettext_noop("An application begins somewhere: its first status cannot be taken back."),
    gettext_noop("The application has moved on since: this move has no place any more."),
    gettext_noop("That day is to come."),
    gettext_noop("Another move happened after that day."),
    gettext_noop("Another move happened before that day."),
    gettext_noop("There is an application for this job already."),
    gettext_noop("You have applied for this already."),
    gettext_noop("Saved job already converted"),
    gettext_noop("salary_min must not be greater than salary_max."),
    gettext_noop("response_date must not be before applied_date."),
    gettext_noop("Wrong password."),
    gettext_noop("Invalid password."),
    gettext_noop("An account with this email already exists."),
    gettext_noop("There is no such time zone."),
    gettext_noop("2FA is already enabled for your account."),
    gettext_noop("2FA has not been set up. Set it up first."),
    gettext_noop("2FA is not enabled for your account."),
    gettext_noop("Enter a name without characters that cannot be seen."),
    gettext_noop("Quiet hours cannot end when they start; send null for both to have none."),
    gettext_noop("This is the last admin. Make somebody else an admin first."),
    gettext_noop("At least one column is shown."),
    gettext_noop("There is another view of this name."),
    gettext_noop("The submitted file is empty."),
    gettext_noop("Only PDF and Word documents (DOC, DOCX) are allowed."),
    gettext_noop("There is no such action."),
    gettext_noop("There is nothing to be changed."),
    gettext_noop("Choose one of the statuses."),
    gettext_noop("Choose one of the priorities."),
    gettext_noop("Write the tag's name."),
    gettext_noop("Something of it is not there any more."),
    gettext_noop("Only an import that was carried out can be taken back."),
    gettext_noop("This import is being carried out."),
    gettext_noop("This import was carried out before. Bring the file again to import it once more."),
    gettext_noop("The file is empty."),
    gettext_noop("There is no résumé that can be read, so the text is general and claims nothing of you."),
    gettext_noop("Your account has no name: sign the text yourself."),
    gettext_noop("The résumé is not there any more."),
    gettext_noop("The work was begun several times and never came to an end. Please try again."),
    gettext_noop("Something went wrong on our side. Please try again."),
    # Why a page could not be read, and which one where it has no name.
    gettext_noop("That site"),
    gettext_noop("The host has no address that may be asked."),
    gettext_noop("The time was up before an answer was complete."),
    gettext_noop("No secure connection could be made."),
    gettext_noop("What came back is not an HTTP answer."),
    gettext_noop("The host does not take connections there."),
    gettext_noop("The connection was cut."),
    gettext_noop("The host cannot be reached."),
    gettext_noop("The host redirects in a circle."),
    gettext_noop("This is not a web address."),
    gettext_noop("Only http:// and https:// addresses can be asked."),
    gettext_noop("It leads from one host to another without an end."),
    # Where a draft's field was read.
    gettext_noop("the posting's own data"),
    gettext_noop("the page"),
    gettext_noop("the text"),
    gettext_noop("the link"),
    # When no view answers.
    gettext_noop("The request is not valid."),
    gettext_noop("The form has gone stale or came from another site. Go back, reload the page and try again."),
    gettext_noop("The address leads nowhere. It may have moved or never been."),
    gettext_noop("The database does not answer. Try again in a moment."),
    gettext_noop("Something went wrong on our side. Nothing that was saved before is lost."),
    gettext_noop("The server's disk is full, so nothing can be saved for the moment. What was saved before is safe."),
)
# Sentences with something in them: what it is has the same name on both sides.
_PATTERNS: tuple[tuple[re.Pattern[str], Promise], ...] = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (
            r"(?P<host>\S+|That site) could not be read: (?P<why>.*) "
            r"Paste the posting's text instead; the link is kept\.",
            _("%(host)s could not be read: %(why)s Paste the posting's text instead; the link is kept."),
        ),
        (
            r"(?P<host>\S+|That site) shows programs no posting\. Paste its text instead; the link is kept\.",
            _("%(host)s shows programs no posting. Paste its text instead; the link is kept."),
        ),
        (r"It answered with (?P<status>\d+)\.", _("It answered with %(status)s.")),
        (
            r"There are (?P<count>\d+) views already\. Delete one first\.",
            _("There are %(count)s views already. Delete one first."),
        ),
        (r"A name has 1 to (?P<count>\d+) characters\.", _("A name has 1 to %(count)s characters.")),
        (
            r"The file has more than (?P<count>[\d,]+) rows\. Split it, and import the parts one by one\.",
            _("The file has more than %(count)s rows. Split it, and import the parts one by one."),
        ),
        (r"At most (?P<count>\d+) characters\.", _("At most %(count)s characters.")),
        (r"File size must not exceed (?P<size>\d+)MB\.", _("File size must not exceed %(size)sMB.")),
        (
            r"Your files take up (?P<kept>[\d.]+) MB of the (?P<most>\d+) MB that an account may keep here\. "
            r"Delete some of them first\.",
            _(
                "Your files take up %(kept)s MB of the %(most)s MB that an account may keep here. "
                "Delete some of them first."
            ),
        ),
        (
            r"(?P<what>.+) cannot come back: something else has taken its place\.",
            _("%(what)s cannot come back: something else has taken its place."),
        ),
        (
            r"The (?P<what>.+) that it belongs to is deleted\. Bring that back first\.",
            _("The %(what)s that it belongs to is deleted. Bring that back first."),
        ),
        (r"The file is larger than (?P<size>\d+) MB\.", _("The file is larger than %(size)s MB.")),
        (
            r"This is (?P<kind>.+), not a CSV file or an Excel workbook\. Save the sheet as CSV and import that\.",
            _("This is %(kind)s, not a CSV file or an Excel workbook. Save the sheet as CSV and import that."),
        ),
    )
)


def refusal(given: Refusal) -> str:
    """Return a refusal's sentence for a person: of one about fields, what is wrong with them."""
    if other := _IN_OTHER_WORDS.get(type(given)):
        return str(other)
    problems = [problem for each in given.fields.values() for problem in each]
    return " ".join(map(said, problems)) or said(given.message)


def said(sentence: str) -> str:
    """Return a sentence of the domain in the language of the page."""
    for pattern, template in _PATTERNS:
        if found := pattern.fullmatch(sentence):
            return str(template) % {name: said(value) for name, value in found.groupdict().items()}
    return gettext(sentence) if sentence else ""
