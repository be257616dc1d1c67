"""What people do to one thing at the same moment, as with two windows open. Whatever comes first, nobody is sent away
with "try again": what is gone is not found."""

import pytest

from onward.domain.applications.models import Application
from onward.domain.companies.models import Company
from onward.domain.contacts.models import Contact
from onward.domain.interviews.models import Interview
from onward.domain.reminders.models import Reminder
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, CompanyFactory, ContactFactory, InterviewFactory, ReminderFactory

pytestmark = pytest.mark.django_db

API = "/offers/api/v1"
TIMES = range(8)


def codes(answers):
    assert not [answered for answered in answers if isinstance(answered, Exception)]
    return {answered.status_code for answered in answers}


@pytest.mark.parametrize("time", TIMES)
def test_what_hangs_on_an_application_changes_while_that_goes(together, as_ada, ada, time):
    application = ApplicationFactory(owner=ada, company__owner=ada)
    stage = InterviewFactory(application=application)
    contact = ContactFactory(owner=ada, application=application)
    done, changed, deleted = ReminderFactory.create_batch(3, owner=ada, application=application)
    at_application = f"{API}/applications/{application.uid}"
    acts = [
        lambda: as_ada.delete(at_application),
        lambda: as_ada.put(f"{at_application}/stages/{stage.uid}", {"result": "Passed"}),
        lambda: as_ada.put(f"{API}/contacts/{contact.uid}", {"name": "Cleo Costa"}),
        lambda: as_ada.post(f"{API}/reminders/{done.uid}/complete"),
        lambda: as_ada.put(f"{API}/reminders/{changed.uid}", {"title": "Ring Cleo", "is_completed": True}),
        lambda: as_ada.delete(f"{API}/reminders/{deleted.uid}"),
    ]

    answers = together(len(acts), lambda number: acts[number]())

    assert answers[0].status_code == 200
    assert codes(answers) <= {200, 404}
    assert not any(model.objects.exists() for model in (Application, Interview, Contact, Reminder))


@pytest.mark.parametrize("time", TIMES)
def test_something_is_added_to_an_application_while_that_goes(together, as_ada, ada, time):
    application = ApplicationFactory(owner=ada, company__owner=ada)
    at_application = f"{API}/applications/{application.uid}"
    about = {"application_id": str(application.uid)}
    acts = [
        lambda: as_ada.delete(at_application),
        lambda: as_ada.post(f"{at_application}/stages", {"stage_name": "Phone screen"}),
        lambda: as_ada.post(f"{API}/contacts/", {"name": "Cleo", **about}),
        lambda: as_ada.post(f"{API}/reminders/", {"title": "Call", "remind_at": "2126-03-15T09:00:00Z", **about}),
        lambda: as_ada.post(f"/tracker/api/v1/applications/{application.pk}/notes/", {"content": "They called."}),
    ]

    deletion, *additions = together(len(acts), lambda number: acts[number]())

    assert deletion.status_code == 200
    assert codes(additions) <= {201, 404}
    assert not any(model.objects.exists() for model in (Application, Interview, Contact, Reminder))


@pytest.mark.parametrize("time", TIMES)
def test_two_contacts_change_places_at_once(together, as_ada, ada, time):
    one, other = ApplicationFactory.create_batch(2, owner=ada, company__owner=ada)
    contacts = [ContactFactory(owner=ada, application=application) for application in (one, other)]
    places = [other, one]

    answers = together(
        2,
        lambda number: as_ada.put(
            f"{API}/contacts/{contacts[number].uid}", {"application_id": str(places[number].uid)}
        ),
    )

    assert codes(answers) == {200}
    assert [Contact.objects.get(pk=contact.pk).application for contact in contacts] == places


@pytest.mark.parametrize("time", TIMES)
def test_a_reminder_that_goes_while_it_is_completed_is_not_one_that_was_completed_before(together, as_ada, ada, time):
    reminder = ReminderFactory(owner=ada)
    path = f"{API}/reminders/{reminder.uid}"

    deletion, *completions = together(
        4, lambda number: as_ada.post(f"{path}/complete") if number else as_ada.delete(path)
    )

    assert deletion.status_code == 200
    completed = EventRecord.objects.filter(name="reminder.completed").count()
    # Only who comes after another's completion is told of it.
    assert completed or codes(completions) == {404}


@pytest.mark.parametrize("time", TIMES)
def test_applications_change_while_their_company_goes(together, as_ada, ada, time):
    company = CompanyFactory(owner=ada, name="Acme")
    at_company = f"/tracker/api/v1/companies/{company.pk}/"
    applications = ApplicationFactory.create_batch(4, owner=ada, company=company)
    stage = InterviewFactory(application=applications[0])
    at_application = [f"{API}/applications/{application.uid}" for application in applications]
    acts = [
        lambda: as_ada.delete(at_company),
        lambda: as_ada.put(f"{at_application[0]}/stages/{stage.uid}", {"result": "Passed"}),
        # Another spelling of the name at hand is a correction of it.
        lambda: as_ada.put(at_application[1], {"company_name": "ACME", "status": "Offer"}),
        lambda: as_ada.put(at_application[2], {"company_name": "aCME"}),
        lambda: as_ada.delete(at_application[3]),
    ]

    deletion, *others = together(len(acts), lambda number: acts[number]())

    assert deletion.status_code == 204
    assert codes(others) <= {200, 404}
    assert not any(model.objects.exists() for model in (Company, Application, Interview))
    # Each is told of once, whoever removed it.
    assert EventRecord.objects.filter(name="application.deleted").count() == 4


@pytest.mark.parametrize("time", TIMES)
def test_an_application_that_leaves_a_company_at_this_moment_does_not_go_with_it(together, as_ada, ada, time):
    company = CompanyFactory(owner=ada, name="Acme")
    ApplicationFactory(owner=ada, company=company)
    leaving = ApplicationFactory(owner=ada, company=company)
    acts = [
        lambda: as_ada.delete(f"/tracker/api/v1/companies/{company.pk}/"),
        lambda: as_ada.put(f"{API}/applications/{leaving.uid}", {"company_name": "Bolt"}),
    ]

    deletion, moving = together(2, lambda number: acts[number]())

    assert (deletion.status_code, moving.status_code) in {(204, 200), (204, 404)}
    left = list(Application.objects.values_list("company__name", flat=True))
    assert left == (["Bolt"] if moving.status_code == 200 else [])


def test_two_who_remove_a_company_at_once_remove_it_once(together, as_ada, ada):
    company = CompanyFactory(owner=ada, name="Acme")
    ApplicationFactory.create_batch(3, owner=ada, company=company)

    answers = together(4, lambda _: as_ada.delete(f"/tracker/api/v1/companies/{company.pk}/"))

    assert sorted(answered.status_code for answered in answers) == [204, 404, 404, 404]
    assert EventRecord.objects.filter(name="company.deleted").count() == 1


@pytest.mark.parametrize("time", TIMES)
def test_whatever_goes_with_a_company_is_told_of(together, as_ada, ada, time):
    company = CompanyFactory(owner=ada, name="Acme")
    new = {"company": company.pk, "job_title": "Cook"}
    acts = [
        lambda: as_ada.delete(f"/tracker/api/v1/companies/{company.pk}/"),
        lambda: as_ada.post("/tracker/api/v1/applications/", new),
        lambda: as_ada.post("/tracker/api/v1/applications/", new),
    ]

    answers = together(3, lambda number: acts[number]())

    assert not [answered for answered in answers if answered.status_code >= 500]
    created = sum(answered.status_code == 201 for answered in answers)
    gone = EventRecord.objects.filter(name="application.deleted").count()
    assert Application.objects.count() == created - gone
    assert Company.objects.exists() == (answers[0].status_code != 204)


@pytest.mark.parametrize("time", TIMES)
def test_a_new_name_on_another_clock_and_interviews_that_move_wait_for_each_other(together, as_ada, ada, time):
    interviews = InterviewFactory.create_batch(4, application__owner=ada)
    zones = ("Europe/Berlin", "Pacific/Auckland")

    def act(number):
        if number % 3 == 0:
            body = {"username": f"ada{number}", "timezone": zones[number % 2]}
            return as_ada.put("/tracker/api/v1/auth/profile/", body)
        path = f"/tracker/api/v1/interviews/{interviews[number % 4].pk}/"
        return as_ada.patch(path, {"scheduled_at": f"2126-03-{number + 1:02}T09:00:00Z"})

    assert codes(together(12, act)) == {200}
