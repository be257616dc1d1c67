"""How much of everything somebody has: counts that hang on a person's row."""

from django.db import models
from django.db.models import Q, QuerySet

from onward.domain.accounts.models import User
from onward.domain.applications.choices import OutcomeStatus, Status
from onward.domain.applications.models import Application, Reflection
from onward.domain.community.models import Award
from onward.domain.contacts.models import Contact
from onward.domain.interviews.models import Interview
from onward.domain.reminders.models import Reminder
from onward.platform.wire import Count, Param


def person() -> QuerySet[User]:
    """Return one person; the statement takes ``user_id``."""
    return User.objects.filter(pk=Param("user_id", models.BigIntegerField()))


def _offered() -> QuerySet[Application]:
    # An offer that was turned down later was one: its terms say so, where the status has moved on.
    return Application.objects.filter(
        Q(status__in=(Status.OFFER, Status.ACCEPTED)) | Q(outcome__status=OutcomeStatus.OFFER)
    )


APPLICATIONS = Count(Application.objects.all, by="owner")
# Applications that led to an offer, whatever has become of it.
OFFERS = Count(_offered, by="owner")
REJECTIONS = Count(lambda: Application.objects.filter(status=Status.REJECTED), by="owner")
REFLECTIONS = Count(Reflection.objects.all, by="application__owner")
INTERVIEWS = Count(Interview.objects.all, by="owner")
AWARDS = Count(Award.objects.all, by="user")
CONTACTS = Count(Contact.objects.all, by="owner")
# Those that are not done.
REMINDERS = Count(lambda: Reminder.objects.filter(completed_at=None), by="owner")
