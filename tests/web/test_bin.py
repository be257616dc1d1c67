"""What is deleted, through any API, comes back whole."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from onward.domain.applications.models import Application, Note, SavedJob, StatusChange
from onward.domain.interviews.models import Interview
from onward.platform.bin import services
from onward.platform.bin.models import Binned
from onward.platform.refusals import Conflict
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    ContactFactory,
    InterviewFactory,
    NoteFactory,
    ReminderFactory,
    SavedJobFactory,
    StatusChangeFactory,
    TagFactory,
    TaggingFactory,
)

V1 = "/tracker/api/v1"
AT = timezone.now()


def rows_of(owner):
    """Return all rows that belong to somebody's applications, as the database has them."""
    models = [m for m in apps.get_models() if m.__module__.startswith("onward.domain.")]
    kept = {"activity", "notifications", "community"}
    found = {}
    for model in models:
        if model._meta.app_label not in kept:
            found[model._meta.label] = list(model._base_manager.order_by("pk").values())
    return found


@pytest.fixture
def whole(ada):
    """Make an application with whatever can hang on one."""
    made = ApplicationFactory(owner=ada, interview_feedback={"questions": ["Why?"]}, next_action="Call")
    StatusChangeFactory(application=made, after=made.status)
    NoteFactory(application=made, content="They use Python")
    TaggingFactory(application=made, tag=TagFactory(owner=ada))
    InterviewFactory(application=made, owner=ada, scheduled_at=AT + timedelta(days=2))
    ContactFactory(owner=ada, application=made)
    ReminderFactory(owner=ada, application=made, remind_at=AT + timedelta(days=1))
    SavedJobFactory(owner=ada, application=made, status="converted")
    return made


def test_an_application_comes_back_with_all_that_hung_on_it(ada, as_ada, whole):
    before = rows_of(ada)
    assert as_ada.delete(f"{V1}/applications/{whole.pk}/").status_code == 204
    assert not Application.objects.exists()
    assert not Interview.objects.exists()

    services.restore(Binned.objects.get(), at=AT)

    after = rows_of(ada)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert as_ada.get(f"{V1}/applications/{whole.pk}/").json()["id"] == whole.pk
    assert not Binned.objects.exists()


def test_the_saved_job_that_it_came_of_is_its_own_again(ada, as_ada, whole):
    as_ada.delete(f"{V1}/applications/{whole.pk}/")
    assert SavedJob.objects.get().application_id is None

    services.restore(Binned.objects.get(), at=AT)

    assert SavedJob.objects.get().application_id == whole.pk


@pytest.mark.parametrize(
    ("api", "path", "key"),
    [
        (V1, "companies", "id"),
        (V1, "interviews", "id"),
        *(("/offers/api/v1", path, "id") for path in ("contacts", "reminders", "saved-jobs", "tags")),
    ],
)
def test_whatever_an_api_deletes_comes_back(ada, as_ada, whole, api, path, key):
    before = rows_of(ada)
    listed = as_ada.get(f"{api}/{path}/").json()
    pk = (listed if isinstance(listed, list) else listed["results"])[0][key]

    assert as_ada.delete(f"{api}/{path}/{pk}/").status_code in {200, 204}
    assert rows_of(ada) != before
    for kept in Binned.objects.order_by("-pk"):
        services.restore(kept, at=AT)

    assert {name: rows for name, rows in rows_of(ada).items() if rows != before[name]} == {}


def test_what_belongs_to_something_deleted_comes_back_after_it(ada, as_ada, whole):
    interview = Interview.objects.get()
    as_ada.delete(f"{V1}/interviews/{interview.pk}/")
    as_ada.delete(f"{V1}/applications/{whole.pk}/")
    later, first = Binned.objects.order_by("-pk")

    with pytest.raises(Conflict, match="Bring that back first"):
        services.restore(first, at=AT)
    services.restore(later, at=AT)
    services.restore(first, at=AT)

    assert Interview.objects.get() == interview


def test_what_has_lost_its_place_is_refused_and_stays_in_the_bin(ada, as_ada):
    company = CompanyFactory(owner=ada, name="Nordwind")
    as_ada.delete(f"{V1}/companies/{company.pk}/")
    CompanyFactory(owner=ada, name="nordwind")

    with pytest.raises(Conflict, match="something else has taken its place"):
        services.restore(Binned.objects.get(), at=AT)

    assert Binned.objects.count() == 1


def test_a_company_brings_its_applications_back(ada, as_ada, whole):
    before = rows_of(ada)
    as_ada.delete(f"{V1}/companies/{whole.company_id}/")
    assert not StatusChange.objects.exists()

    for kept in Binned.objects.order_by("-pk"):
        services.restore(kept, at=AT)

    assert {name: rows for name, rows in rows_of(ada).items() if rows != before[name]} == {}
    assert Note.objects.get().content == "They use Python"


def test_after_thirty_days_it_is_gone_for_good(ada, as_ada, whole):
    as_ada.delete(f"{V1}/applications/{whole.pk}/")

    assert services.forget_old(at=timezone.now() + timedelta(days=29)) == 0
    assert services.forget_old(at=timezone.now() + timedelta(days=31)) == 1


def test_the_bin_goes_with_the_account(ada, as_ada, whole):
    as_ada.delete(f"{V1}/applications/{whole.pk}/")

    ada.delete()

    assert not Binned.objects.exists()


def test_the_page_of_the_bin_lists_what_can_come_back_and_brings_it_back(adas, as_ada, ada, whole):
    as_ada.delete(f"{V1}/applications/{whole.pk}/")
    kept = Binned.objects.get()
    page = adas.open("/app/deleted/").content.decode()
    assert whole.job_title in page

    adas.send(f"/app/deleted/{kept.pk}/")

    assert Application.objects.get() == whole
    assert adas.send(f"/app/deleted/{kept.pk}/").status_code == 404
