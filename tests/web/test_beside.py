"""What is kept beside an application, the palette, the settings, and files of what is shown."""

import csv
import io
from datetime import timedelta

import pyotp
import pytest
from django.utils import timezone
from openpyxl import load_workbook

from onward.domain.accounts import guards
from onward.domain.accounts.models import SecondFactor, User
from onward.domain.applications.models import Application, Outcome
from onward.domain.contacts.models import Contact
from onward.domain.exchange.chosen import SHOWN
from onward.domain.reminders.models import Reminder
from onward.domain.undo.models import Undo
from onward.platform.jobs.models import Job
from onward.platform.tokens.models import Session
from onward.web.applications.columns import TABLE
from tests.factories import (
    PASSWORD,
    ApplicationFactory,
    CompanyFactory,
    ContactFactory,
    InterviewFactory,
    NoteFactory,
    SavedJobFactory,
    StatusChangeFactory,
    TagFactory,
    TaggingFactory,
)
from tests.poison import POISON
from tests.web.browsers import signed_in

LIST = "/app/applications/"
SETTINGS = "/app/settings/"


def text(answer):
    return answer.content.decode()


@pytest.fixture
def made(ada):
    application = ApplicationFactory(
        owner=ada, company=CompanyFactory(owner=ada, name="Nordwind"), job_title="Engineer"
    )
    StatusChangeFactory(application=application, after=application.status, changed_at=timezone.now())
    return application


def test_tags_go_on_and_off(adas, made):
    adas.open(f"{LIST}{made.pk}/")

    adas.send(f"{LIST}{made.pk}/tags/", tag="Dream")
    adas.send(f"{LIST}{made.pk}/tags/", tag="dream")
    assert [tag.name for tag in made.tags.all()] == ["Dream"]

    adas.send(f"{LIST}{made.pk}/tags/{made.tags.get().pk}/")
    assert not made.tags.exists()


def test_a_reminder_and_somebody_are_written_down(adas, ada, made):
    adas.send(f"{LIST}{made.pk}/reminders/", title="Call", day="2030-01-02", time="09:30")
    adas.send(f"{LIST}{made.pk}/people/", name="Recruiter", email="jobs@nordwind.example")

    page = text(adas.get(f"{LIST}{made.pk}/"))
    assert Reminder.objects.get(owner=ada, application=made).title == "Call"
    assert Contact.objects.get(owner=ada, application=made).company_name == "Nordwind"
    assert "Call, 2 Jan 2030, 09:30" in page
    assert "jobs@nordwind.example" in page


@pytest.mark.parametrize(
    ("path", "fields"), [("reminders", {"title": "x"}), ("people", {"email": "x"}), ("tags", {"tag": ""})]
)
def test_what_is_wrong_is_said_and_nothing_is_written(adas, made, path, fields):
    adas.send(f"{LIST}{made.pk}/{path}/", **fields)

    assert "Not saved." in text(adas.get(LIST))
    assert not Reminder.objects.exists()
    assert not Contact.objects.exists()


def test_the_terms_of_an_offer_are_written_down_and_changed(adas, made):
    adas.open(f"{LIST}{made.pk}/offer/")

    adas.send(f"{LIST}{made.pk}/offer/", salary="60000", salary_currency="eur", deadline="2030-01-02")
    adas.send(f"{LIST}{made.pk}/offer/", salary="65000", salary_currency="EUR")

    found = Outcome.objects.get(application=made)
    assert (found.salary, found.salary_currency, found.deadline) == (65000, "EUR", None)
    assert Application.objects.get().status == "offer"


def test_an_interview_goes_into_a_calendar(adas, ada, made):
    interview = InterviewFactory(application=made, owner=ada, scheduled_at=timezone.now() + timedelta(days=1))

    answer = adas.get(f"/app/interviews/{interview.pk}/interview.ics")

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert f"UID:interview-{interview.uid}@onward" in text(answer)


@pytest.mark.parametrize("path", ["tags/", "tags/1/", "reminders/", "people/", "offer/", "moves/1/", "change/"])
def test_beside_what_is_anothers_nothing_is_written(adas, ben, path):
    theirs = ApplicationFactory(owner=ben)

    answer = adas.send(
        f"{LIST}{theirs.pk}/{path}", tag="x", title="x", name="x", day="2030-01-01", time="09:00", do="date"
    )

    assert answer.status_code == 404
    assert not Contact.objects.exists()
    assert not Reminder.objects.exists()


def test_a_search_finds_notes_and_tags_too(adas, ada, made):
    NoteFactory(application=made, content="They use Haskéll")
    TaggingFactory(application=made, tag=TagFactory(owner=ada, name="Lighthouse"))
    ApplicationFactory(owner=ada)

    for words in ("haskell", "lighthouse nordwind"):
        for view in ("board", "table"):
            assert text(adas.get(LIST, {"q": words, "view": view})).count("data-application=") == 1


def test_filters_stand_in_the_address_and_are_chips(adas, ada, made, queries):
    TaggingFactory(application=made, tag=TagFactory(owner=ada, name="Dream"))
    ApplicationFactory(owner=ada, status="rejected", priority="low")
    asked = {"tag": "DREAM", "status": made.status, "from": "2000-01-01", "going": "1", "quiet": "0", "source": "x"}
    Application.objects.filter(pk=made.pk).update(applied_date=timezone.now().date())

    with queries() as said:
        page = text(adas.get(LIST, asked))

    assert page.count("data-application=") == 1
    assert page.count('aria-label="Without: ') == 4
    assert len(said) == 3


def test_what_is_quiet_has_had_no_answer_for_two_weeks(adas, ada, made):
    old = ApplicationFactory(owner=ada, status="applied", job_title="Old one")
    StatusChangeFactory(application=old, after="applied", changed_at=timezone.now() - timedelta(days=15))

    page = text(adas.get(LIST, {"quiet": "1", "view": "table"}))

    assert "Old one" in page
    assert page.count("data-application=") == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_the_table_shows_is_handed_out_on_all_its_pages(adas, ada, made, kind):
    ApplicationFactory(owner=ada, job_title="Another")

    answer = adas.get(f"{LIST}export.{kind}", {"q": "nordwind"})
    content = b"".join(answer.streaming_content)

    assert answer.status_code == 200
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(content.decode())))
        assert [row["Job Title"] for row in rows] == ["Engineer"]
    else:
        assert content.startswith(b"PK")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_has_the_columns_that_are_shown_in_their_order_and_sorted_as_they_are(adas, ada, kind):
    company = CompanyFactory(owner=ada, name="Sun")
    for title, place in (("B", "=1+1"), ("C", "Kiel"), ("A", "")):
        ApplicationFactory(owner=ada, company=company, job_title=title, location=place, next_action="Call")

    query = {"view": "table", "sort": "-title", "columns": "location,next"}
    content = b"".join(adas.get(f"{LIST}export.{kind}", query).streaming_content)

    if kind == "csv":
        rows = list(csv.reader(io.StringIO(content.decode())))
    else:
        rows = [[cell or "" for cell in row] for row in load_workbook(io.BytesIO(content)).active.values]
    assert rows[0] == ["Company", "Job Title", "Location", "Next Action", "Next Action Date"]
    assert [row[1] for row in rows[1:]] == ["C", "B", "A"]
    # No cell is run as a formula.
    assert rows[2][2].lstrip("'") == "=1+1"
    assert kind == "xlsx" or rows[2][2] == "'=1+1"


def test_every_column_of_the_table_has_its_place_in_a_file():
    assert set(SHOWN) == {"company", "title", *TABLE}


def test_all_that_is_shown_can_be_chosen_at_once(adas, ada, made):
    company = CompanyFactory(owner=ada)
    ApplicationFactory.create_batch(60, owner=ada, company=company, priority="low")

    adas.send(f"{LIST}many/", pk=made.pk, all="?view=table&priority=low", do="priority-high")

    assert Application.objects.filter(priority="high", company=company).count() == 60
    made.refresh_from_db()
    assert made.priority != "high"


def test_a_saved_job_goes_onto_the_board_or_away_and_back(adas, ada, ben, queries):
    job, other = SavedJobFactory(owner=ada, job_title="Pilot"), SavedJobFactory(owner=ada, job_title="Cook")
    theirs = SavedJobFactory(owner=ben, job_title="Theirs")
    with queries() as asked:
        page = text(adas.open("/app/saved/"))
    assert "Pilot" in page
    assert "Theirs" not in page
    assert len(asked) == 2

    adas.send(f"/app/saved/{job.pk}/board/")
    adas.send(f"/app/saved/{job.pk}/board/")
    assert Application.objects.get(owner=ada).job_title == "Pilot"
    adas.send(f"/app/saved/{other.pk}/delete/")
    assert "Nothing is put aside." in text(adas.get("/app/saved/"))
    adas.send(f"/app/undo/{Undo.objects.get().uid}/")
    assert "Cook" in text(adas.get("/app/saved/"))
    assert adas.send(f"/app/saved/{theirs.pk}/board/").status_code == 404
    assert adas.send(f"/app/saved/{theirs.pk}/delete/").status_code == 404


def test_who_has_accepted_may_withdraw_the_rest_by_one_step(adas, ada, made):
    Application.objects.filter(pk=made.pk).update(status="accepted")
    ApplicationFactory.create_batch(2, owner=ada, status="applied")
    page = text(adas.open(f"{LIST}{made.pk}/"))
    assert "Withdraw whatever is still going" in page

    adas.send(f"{LIST}many/", all="?going=1", do="withdrawn")

    assert sorted(Application.objects.values_list("status", flat=True)) == ["accepted", "withdrawn", "withdrawn"]
    adas.send(f"{LIST}many/", all="?going=1", do="withdrawn")
    assert "There is nothing like that." in text(adas.get(LIST))


def test_the_palette_finds_applications_people_and_places_in_three_statements(adas, ada, made, queries):
    ContactFactory(owner=ada, application=made, name="Nora Nordwind")

    with queries() as asked:
        page = text(adas.get("/app/palette/", {"q": "nordwind"}))

    assert page.count('role="option"') == 2
    assert len(asked) == 3
    assert "Settings" in text(adas.get("/app/palette/", {"q": "SETT"}))
    assert "Engineer" in text(adas.get("/app/palette/"))


def test_the_palette_shows_nothing_of_others(adas, ben):
    ApplicationFactory(owner=ben, job_title="Theirs")

    assert "Theirs" not in text(adas.get("/app/palette/", {"q": "theirs"}))


def test_name_zone_and_mails_are_changed(adas, ada):
    adas.open(SETTINGS)

    adas.send(f"{SETTINGS}profile/", display_name="Ada", timezone="Europe/Berlin")
    adas.send(f"{SETTINGS}mails/", interview_reminders="on", interview_reminder_hours="5")
    wrong = adas.send(f"{SETTINGS}mails/", interview_reminder_hours="500")

    found = User.objects.get(pk=ada.pk)
    assert (found.display_name, found.timezone) == ("Ada", "Europe/Berlin")
    assert found.notification_preferences.interview_reminder_hours == 5
    assert wrong.status_code == 422


def test_another_password_ends_every_other_session_and_needs_the_old_one(adas, ada):
    other = signed_in(ada)
    adas.open(SETTINGS)

    wrong = adas.send(f"{SETTINGS}password/", old_password="x", new_password="a quiet sea at dawn 9")
    adas.send(f"{SETTINGS}password/", old_password=PASSWORD, new_password="a quiet sea at dawn 9")

    assert wrong.status_code == 422
    assert adas.get(SETTINGS).status_code == 200
    assert other.get(SETTINGS).status_code == 302


def test_a_second_factor_is_set_up_confirmed_and_given_up(adas, ada):
    adas.open(SETTINGS)
    for password in ("", "not hers"):
        refused = adas.send(f"{SETTINGS}second-factor/", **{"factor-password": password})
        assert refused.status_code == 422
        assert not SecondFactor.objects.exists()
    page = text(adas.send(f"{SETTINGS}second-factor/", **{"factor-password": PASSWORD}))
    secret = page.split("type <code>")[1].split("</code>")[0]
    assert "data:image/png" in page

    wrong = adas.send(f"{SETTINGS}second-factor/", code="000000")
    assert wrong.status_code == 422
    adas.send(f"{SETTINGS}second-factor/", code=pyotp.TOTP(secret).now())
    assert "Go without it" in text(adas.get(SETTINGS))

    refused = adas.send(f"{SETTINGS}second-factor/off/", password="x", code="1")
    assert refused.status_code == 422


def test_another_address_needs_the_password_and_the_old_one_is_told(adas, ada):
    was = ada.email
    for given in ({"email-email": "new@example.org"}, {"email-email": "new@example.org", "email-password": "wrong"}):
        assert adas.send(f"{SETTINGS}email/", **given).status_code == 422
        ada.refresh_from_db()
        assert ada.email == was

    answer = adas.send(f"{SETTINGS}email/", **{"email-email": "New@example.org", "email-password": PASSWORD})

    assert answer.status_code == 302
    ada.refresh_from_db()
    assert (ada.email, ada.is_email_verified) == ("new@example.org", False)
    asked = set(Job.objects.values_list("kind", flat=True))
    assert asked >= {"accounts.send_verification", "accounts.tell_old_address"}


def test_an_address_that_somebody_has_is_refused_beside_its_field(adas, ada, ben):
    answer = adas.send(f"{SETTINGS}email/", **{"email-email": ben.email, "email-password": PASSWORD})

    assert answer.status_code == 422
    ada.refresh_from_db()
    assert ada.email != ben.email


def test_guessing_a_password_through_an_open_session_is_stopped(adas):
    wrong = {"email-email": "new@example.org", "email-password": "wrong"}
    answers = [adas.send(f"{SETTINGS}email/", **wrong) for _ in range(guards.PASSWORD.limit + 1)]

    assert "Too many tries" in text(answers[-1])


def test_a_session_is_ended_from_the_list_and_nobody_elses(adas, ada, ben):
    other, bens = signed_in(ada), signed_in(ben)
    adas.open(SETTINGS)
    theirs = Session.objects.get(user=ben)
    mine = Session.objects.filter(user=ada).order_by("-created_at").first()

    assert adas.send(f"{SETTINGS}sessions/{theirs.pk}/").status_code == 404
    adas.send(f"{SETTINGS}sessions/{mine.pk}/")

    assert bens.get(SETTINGS).status_code == 200
    assert other.get(SETTINGS).status_code == 302


def test_a_look_is_kept_by_the_browser(adas):
    adas.open(SETTINGS)

    adas.send(f"{SETTINGS}look/", theme="dark", density="compact")

    assert 'data-theme="dark" data-density="compact"' in text(adas.get("/app/"))
    adas.cookies["onward_look"] = '"><script>'
    assert "<script>" not in text(adas.get("/app/")).split("<head>")[0]


def test_everything_is_taken_along(adas, made):
    answer = adas.get(f"{SETTINGS}export/")

    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_no_value_breaks_a_setting_or_what_is_beside(adas, made):
    adas.open(SETTINGS)
    for value in POISON:
        value = str(value)
        answers = [
            adas.send(f"{SETTINGS}profile/", display_name=value, timezone=value),
            adas.send(f"{SETTINGS}email/", **{"email-email": value, "email-password": value}),
            adas.send(f"{SETTINGS}second-factor/", **{"factor-password": value}),
            adas.send(f"{SETTINGS}look/", theme=value, density=value),
            adas.send(f"{SETTINGS}mails/", interview_reminder_hours=value, quiet_hours_start=value),
            adas.send(f"{LIST}{made.pk}/reminders/", title=value, day=value, time=value),
            adas.send(f"{LIST}{made.pk}/people/", name=value, email=value, job_title=value),
            adas.send(f"{LIST}{made.pk}/offer/", salary=value, bonus=value, notes=value),
            adas.get("/app/palette/", {"q": value}),
            adas.get(LIST, dict.fromkeys(("tag", "company", "resume", "from", "to", "columns", "sort", "page"), value)),
        ]
        assert all(answer.status_code < 500 for answer in answers), ascii(value)
