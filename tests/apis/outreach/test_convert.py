"""Publishing what the desk has won."""

import pytest

from onward.domain.board.models import Posting
from onward.domain.outreach.models import Lead, LeadActivity
from tests import factories as make

pytestmark = pytest.mark.django_db

TEXT = {"description": "Bake with us.", "deadline": "2199-05-01", "seats": 3}


@pytest.fixture
def lead():
    return make.LeadFactory(posting__title="Baker's intern", posting__description="As it was found.")


@pytest.fixture
def path(lead):
    return f"/outreach/internships/{lead.pk}/convert"


def test_a_lead_is_published_with_the_desks_text_closing_day_and_seats(as_cleo, lead, path):
    answered = as_cleo.post(path, TEXT)

    said = answered.json()
    assert answered.status_code == 200
    assert (said["status"], said["description"], said["deadline"], said["seats"]) == (
        "converted",
        "Bake with us.",
        "2199-05-01",
        3,
    )
    assert said["published_at"] is not None
    assert "published" in [one["type"] for one in said["activity"]]


def test_it_is_published_once_with_the_text_of_whoever_was_first(as_cleo, as_dora, lead, path):
    first = as_cleo.post(path, TEXT).json()
    second = as_dora.post(path, {"description": "Something else."}).json()

    assert (second["published_at"], second["description"]) == (first["published_at"], "Bake with us.")
    assert LeadActivity.objects.filter(action="published").count() == 1


def test_the_status_alone_publishes_nothing(as_cleo, lead):
    as_cleo.patch(f"/outreach/internships/{lead.pk}/status", {"new_status": "converted"})

    assert Posting.objects.get().published_at is None


def test_what_is_over_already_is_not_published(as_cleo, lead, path):
    refused = as_cleo.post(path, {"deadline": "2001-01-01"})

    assert (refused.status_code, refused.json()["detail"][0]["loc"]) == (422, ["body", "deadline"])
    assert (Posting.objects.get().published_at, Lead.objects.get().status) == (None, "new")


def test_without_a_word_it_is_published_as_it_was_found(as_cleo, lead, path):
    assert as_cleo.post(path).json()["description"] == "As it was found."


def test_applications_and_outcomes_come_back_as_counts(as_cleo, ada, lead, path):
    as_cleo.post(path, TEXT)
    application = make.ApplicationFactory(owner=ada, posting=lead.posting, status="applied")
    make.ApplicationFactory(posting=lead.posting, status="offer")

    said = as_cleo.get(f"/outreach/internships/{lead.pk}").json()

    assert said["applications"] == 2
    assert (said["outcomes"]["applied"], said["outcomes"]["offer"]) == (1, 1)
    assert str(application.uid) not in str(said)


@pytest.mark.django_db(transaction=True)
def test_thirty_who_publish_at_once_publish_once(together, as_cleo, lead, path):
    answers = together(30, lambda number: as_cleo.post(path, {"description": f"Text {number}"}))

    assert {one.status_code for one in answers} == {200}
    assert len({one.json()["description"] for one in answers}) == 1
    assert LeadActivity.objects.filter(action="published").count() == 1
