import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import OperationalError

from onward.domain.exchange import exporting, tables
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    InterviewFactory,
    NoteFactory,
    UserFactory,
)

EXPORTS = "/tracker/api/v1/exports"
CREATED = datetime(2026, 1, 10, 10, 0, 0, 5000, UTC)


def rows(answer):
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode(), newline="")))


def test_applications_are_exported_with_labels_and_counts(ada, as_ada):
    company = CompanyFactory(owner=ada, name="Müller & Söhne")
    today = datetime.now(UTC).date()
    application = ApplicationFactory(
        owner=ada,
        company=company,
        job_title='Cook, "chef"',
        status="offer",
        priority="high",
        work_type="onsite",
        location="Köln",
        source="company_site",
        applied_date=today - timedelta(days=6),
        response_date=today,
        salary_min=50_000,
        salary_max=60_000,
        job_url="https://a.example/1",
        created_at=CREATED,
    )
    NoteFactory.create_batch(3, application=application)
    InterviewFactory.create_batch(2, application=application)

    answer = as_ada.get(f"{EXPORTS}/applications/")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    name = re.fullmatch(r'attachment; filename="applications_export_(\d{8}_\d{6})\.csv"', answer["Content-Disposition"])
    assert datetime.strptime(name[1], "%Y%m%d_%H%M%S").date() == today  # noqa: DTZ007
    assert rows(answer) == [
        "Company,Job Title,Status,Priority,Work Type,Location,Source,Applied Date,Response Date,Salary Min,Salary Max,"
        "Job URL,Notes Count,Interviews Count,Days Since Applied,Created At".split(","),
        [
            *("Müller & Söhne", 'Cook, "chef"', "Offer Received", "High", "On-site", "Köln", "Company Website"),
            *(str(today - timedelta(days=6)), str(today), "50000", "60000", "https://a.example/1", "3", "2", "6"),
            "2026-01-10T10:00:00.005000Z",
        ],
    ]


def test_what_is_not_known_is_an_empty_cell(ada, as_ada):
    ApplicationFactory(owner=ada, applied_date=None)

    record = dict(zip(*rows(as_ada.get(f"{EXPORTS}/applications/")), strict=True))

    assert {name for name, value in record.items() if value == ""} == {
        *("Work Type", "Location", "Applied Date", "Response Date", "Salary Min", "Salary Max", "Job URL"),
        "Days Since Applied",
    }


def test_companies_are_exported(ada, as_ada):
    company = CompanyFactory(
        owner=ada,
        name="Acme",
        website="https://acme.example",
        industry="Food",
        size="startup",
        location="Ulm",
        notes="two\nlines",
        created_at=CREATED,
    )
    ApplicationFactory.create_batch(2, owner=ada, company=company)

    answer = as_ada.get(f"{EXPORTS}/companies/")

    assert re.search(r'filename="companies_export_\d{8}_\d{6}\.csv"', answer["Content-Disposition"])
    assert rows(answer) == [
        ["Company Name", "Website", "Industry", "Size", "Location", "Applications Count", "Notes", "Created At"],
        [
            *("Acme", "https://acme.example", "Food", "Startup (1-50)", "Ulm", "2", "two\nlines"),
            "2026-01-10T10:00:00.005000Z",
        ],
    ]


def test_interviews_are_exported(ada, as_ada):
    application = ApplicationFactory(owner=ada, company=CompanyFactory(owner=ada, name="Acme"), job_title="Cook")
    InterviewFactory(
        application=application,
        round_number=2,
        interview_type="hr",
        status="no_show",
        outcome="failed",
        scheduled_at=CREATED,
        duration_minutes=45,
        meeting_link="https://meet.example/1",
        meeting_location="Room 1",
        interviewer_names="Ines",
        interviewer_titles="Chef",
        created_at=CREATED,
    )

    answer = as_ada.get(f"{EXPORTS}/interviews/")

    assert re.search(r'filename="interviews_export_\d{8}_\d{6}\.csv"', answer["Content-Disposition"])
    assert rows(answer) == [
        "Company,Job Title,Round,Type,Status,Outcome,Scheduled At,Duration (min),Meeting Link,Location,"
        "Interviewer Names,Interviewer Titles,Created At".split(","),
        [
            *("Acme", "Cook", "2", "HR/Final", "No Show", "Failed", "2026-01-10T10:00:00.005000Z", "45"),
            *("https://meet.example/1", "Room 1", "Ines", "Chef", "2026-01-10T10:00:00.005000Z"),
        ],
    ]


@pytest.mark.parametrize("kind", ["applications", "interviews"])
def test_an_export_can_be_of_one_status_only(ada, as_ada, kind):
    ApplicationFactory.create_batch(2, owner=ada, status="offer")
    InterviewFactory(application=ApplicationFactory(owner=ada), status="completed")
    chosen = {"applications": ("offer", 2), "interviews": ("completed", 1)}[kind]

    assert len(rows(as_ada.get(f"{EXPORTS}/{kind}/", {"status": chosen[0]}))) == 1 + chosen[1]
    assert (
        len(rows(as_ada.get(f"{EXPORTS}/{kind}/", {"status": "rejected" if kind == "applications" else "no_show"})))
        == 1
    )
    assert len(rows(as_ada.get(f"{EXPORTS}/{kind}/", {"status": ""}))) > 1


@pytest.mark.parametrize("kind", ["applications", "interviews"])
@pytest.mark.parametrize("word", ["nonsense", "OFFER", "\0", "%00", "' OR 1=1 --"])
def test_an_unknown_status_is_named(as_ada, kind, word):
    answer = as_ada.get(f"{EXPORTS}/{kind}/", {"status": word})

    assert answer.status_code == 400
    assert answer.json() == {"status": [f'"{word}" is not a valid choice.']}


@pytest.mark.parametrize("kind", ["applications", "companies", "interviews", "full-report"])
def test_nobody_exports_without_signing_in(anonymous, kind):
    assert anonymous.get(f"{EXPORTS}/{kind}/").status_code == 401


@pytest.mark.parametrize("kind", ["applications", "companies", "interviews"])
def test_nobody_sees_another_persons_rows(ada, as_ben, kind):
    InterviewFactory(application=ApplicationFactory(owner=ada))

    assert len(rows(as_ben.get(f"{EXPORTS}/{kind}"))) == 1


def test_no_cell_is_a_live_formula(ada, as_ada):
    live = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠A",
        " =1",
        "'=1",
    ]
    for number, cell in enumerate(live):
        company = CompanyFactory(owner=ada, name=cell, name_key=str(number), industry=cell, location=cell, notes=cell)
        application = ApplicationFactory(
            owner=ada, company=company, job_title=cell, location=cell, applied_date=date(2199, 1, 1)
        )
        InterviewFactory(
            application=application, interviewer_names=cell, interviewer_titles=cell, meeting_location=cell
        )

    for kind in ("applications", "companies", "interviews"):
        found = rows(as_ada.get(f"{EXPORTS}/{kind}/"))
        assert [row[0] for row in found[1:]] == [f"'{cell}" for cell in live]
        assert not [cell for row in found for cell in row if cell.lstrip(" ").startswith(tuple("=+-@\t\r\n＝＋－＠"))]


def test_a_report_holds_all_files_and_a_summary_that_agrees_with_them(ada, as_ada):
    company = CompanyFactory(owner=ada)
    ApplicationFactory.create_batch(2, owner=ada, company=company, status="wishlist", response_date=date(2026, 4, 1))
    ApplicationFactory.create_batch(2, owner=ada, company=company, status="applied")
    answered = ApplicationFactory(owner=ada, company=company, status="rejected", response_date=date(2026, 4, 1))
    InterviewFactory(application=answered, status="completed")

    answer = as_ada.get(f"{EXPORTS}/full-report/")

    assert answer["Content-Type"] == "application/zip"
    assert re.search(r'filename="full_report_\d{8}_\d{6}\.zip"', answer["Content-Disposition"])
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert archive.namelist()[:4] == ["applications.csv", "companies.csv", "interviews.csv", "summary.txt"]
    assert archive.read("applications.csv") == b"".join(as_ada.get(f"{EXPORTS}/applications/").streaming_content)
    assert archive.read("companies.csv") == b"".join(as_ada.get(f"{EXPORTS}/companies/").streaming_content)
    assert archive.read("interviews.csv") == b"".join(as_ada.get(f"{EXPORTS}/interviews/").streaming_content)
    summary = archive.read("summary.txt").decode().splitlines()
    assert summary[0] == "Job search report"
    assert re.fullmatch(r"Made on \d{4}-\d\d-\d\d \d\d:\d\d UTC", summary[1])
    assert summary[3:] == [
        "Applications: 5",
        "  Wishlist: 2",
        "  Applied: 2",
        "  Rejected: 1",
        "Companies: 1",
        "Interviews: 1",
        "  Completed: 1",
        "",
        "Response rate: 33.3% (1 of 3 applications sent were answered)",
    ]


def test_an_empty_record_is_headers_and_zeros(as_ada):
    assert len(rows(as_ada.get(f"{EXPORTS}/applications/"))) == 1
    archive = zipfile.ZipFile(io.BytesIO(b"".join(as_ada.get(f"{EXPORTS}/full-report/").streaming_content)))
    assert "Response rate: 0.0% (0 of 0 applications sent were answered)" in archive.read("summary.txt").decode()


def test_today_is_the_owners_day(db, signed_in):
    far = UserFactory(timezone="Pacific/Kiritimati")
    ApplicationFactory(owner=far, applied_date=date(2026, 1, 1))
    here = datetime.now(UTC) + timedelta(hours=14)

    record = dict(zip(*rows(signed_in(far).get(f"{EXPORTS}/applications/")), strict=True))

    assert record["Days Since Applied"] == str((here.date() - date(2026, 1, 1)).days)


@pytest.mark.parametrize("kind", ["applications", "companies", "interviews"])
def test_a_page_of_rows_costs_one_question(ada, as_ada, monkeypatch, kind, queries):
    monkeypatch.setattr(tables, "PAGE", 4)
    company = CompanyFactory(owner=ada)
    for application in ApplicationFactory.create_batch(10, owner=ada, company=company):
        InterviewFactory(application=application)
    CompanyFactory.create_batch(9, owner=ada)

    with queries() as asked:
        found = rows(as_ada.get(f"{EXPORTS}/{kind}/"))

    assert len(found) == 11
    # The session with its user, which rows there are, then three pages of four.
    assert len(asked) == 1 + 1 + 3


def test_rows_are_in_the_order_in_which_they_were_made(ada, as_ada, monkeypatch):
    monkeypatch.setattr(tables, "PAGE", 3)
    made = ApplicationFactory.create_batch(7, owner=ada)

    found = rows(as_ada.get(f"{EXPORTS}/applications/"))

    assert [row[1] for row in found[1:]] == [application.job_title for application in made]


def failing_after(pages, monkeypatch):
    read = exporting.pages

    def fail(*args):
        for number, page in enumerate(read(*args)):
            if number == pages:
                raise OperationalError("the connection is gone")
            yield page

    monkeypatch.setattr(exporting, "pages", fail)
    monkeypatch.setattr(tables, "PAGE", 2)


@pytest.mark.parametrize("kind", ["applications", "full-report"])
def test_a_failure_midway_breaks_the_file_off(ada, as_ada, monkeypatch, kind):
    ApplicationFactory.create_batch(6, owner=ada)
    failing_after(1, monkeypatch)

    answer = as_ada.get(f"{EXPORTS}/{kind}/")

    # The server cuts the connection of a stream that raises; a ZIP has no directory until its end.
    with pytest.raises(OperationalError):
        b"".join(answer.streaming_content)


@pytest.mark.parametrize("kind", ["applications", "companies", "interviews", "full-report"])
def test_a_database_that_is_down_is_an_error_and_no_file(ada, as_ada, monkeypatch, kind):
    InterviewFactory(application=ApplicationFactory(owner=ada))
    failing_after(0, monkeypatch)

    assert as_ada.get(f"{EXPORTS}/{kind}/").status_code == 503


def test_the_document_says_what_is_sent(anonymous):
    paths = anonymous.get("/tracker/api/schema/").json()["paths"]

    content = {
        path: list(item["get"]["responses"]["200"]["content"]) for path, item in paths.items() if "exports" in path
    }
    assert content == {
        "/tracker/api/v1/exports/applications/": ["text/csv"],
        "/tracker/api/v1/exports/companies/": ["text/csv"],
        "/tracker/api/v1/exports/interviews/": ["text/csv"],
        "/tracker/api/v1/exports/full-report/": ["application/zip"],
    }
