"""What a service refers to belongs to the same person, whichever API asked for it."""

import pytest
from django.utils import timezone

from onward.domain.applications import services as applications
from onward.domain.contacts import services as contacts
from onward.domain.interviews import services as interviews
from onward.domain.reminders import services as reminders
from onward.platform.refusals import Invalid
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    ContactFactory,
    InterviewFactory,
    ReminderFactory,
    ResumeFactory,
)

AT = timezone.now()


def refused(field):
    return pytest.raises(Invalid, check=lambda refusal: list(refusal.fields) == [field])


def test_an_application_is_to_a_company_of_ones_own(ada, ben):
    theirs, mine = CompanyFactory(owner=ben), ApplicationFactory(owner=ada)

    with refused("company"):
        applications.create(owner_id=ada.pk, company_id=theirs.pk, job_title="Cook", at=AT)
    with refused("company"):
        applications.update(application=mine, at=AT, company_id=theirs.pk)


def test_an_application_is_sent_with_a_resume_of_ones_own(ada, ben):
    theirs, mine = ResumeFactory(owner=ben), ApplicationFactory(owner=ada)

    with refused("resume"):
        applications.create(owner_id=ada.pk, company_id=mine.company_id, job_title="Cook", at=AT, resume_id=theirs.pk)
    with refused("resume"):
        applications.update(application=mine, at=AT, resume_id=theirs.pk)


def test_an_interview_is_for_an_application_of_ones_own(ada, ben):
    theirs = ApplicationFactory(owner=ben)
    mine = InterviewFactory(application=ApplicationFactory(owner=ada))

    with refused("application"):
        interviews.create(owner_id=ada.pk, application_id=theirs.pk, scheduled_at=AT, at=AT)
    with refused("application"):
        interviews.update(interview=mine, at=AT, application_id=theirs.pk)


def test_a_contact_is_kept_with_an_application_of_ones_own(ada, ben):
    theirs, mine = ApplicationFactory(owner=ben), ContactFactory(owner=ada)

    with refused("application"):
        contacts.add(owner_id=ada.pk, name="Jane", application_id=theirs.pk, at=AT)
    with refused("application"):
        contacts.update(contact=mine, at=AT, application_id=theirs.pk)


def test_a_reminder_is_about_an_application_of_ones_own(ada, ben):
    theirs, mine = ApplicationFactory(owner=ben), ReminderFactory(owner=ada)

    with refused("application"):
        reminders.create(owner_id=ada.pk, title="Call", remind_at=AT, application_id=theirs.pk, at=AT)
    with refused("application"):
        reminders.update(reminder=mine, at=AT, application_id=theirs.pk)
