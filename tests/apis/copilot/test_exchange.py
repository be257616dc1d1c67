"""Importing and exporting applications as the copilot document promises it."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onward.domain.applications.models import Application, SavedJob
from onward.domain.companies.models import Company
from onward.domain.exchange.importing import grid
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    DocumentFactory,
    InterviewFactory,
    NoteFactory,
    SavedJobFactory,
)
from tests.poison import POISON

pytestmark = pytest.mark.django_db

IMPORT = "/copilot/api/v1/import/applications"
EXPORT = "/copilot/api/v1/export/applications"
APPLICATIONS = "/copilot/api/v1/applications"
SHOWN = (
    *("company", "title", "status", "applied_date", "response_date", "interview_date", "offer_date"),
    *("follow_up_date", "notes", "interview_feedback", "attachments", "created_at"),
)


def bring(client, content, name="applications.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.upload(IMPORT, {"file": SimpleUploadedFile(name, content)})


def brought(client, content, name="applications.csv"):
    answered = bring(client, content, name)
    assert answered.status_code == 200, answered.content
    said = answered.json()
    assert said["total_records"] == said["successful"] + said["failed"] + said["duplicates"]
    assert said["successful"] == len(said["created_ids"])
    return said


def sent(client, kind="csv", **asked):
    answered = client.get(f"{EXPORT}.{kind}", asked)
    assert answered.status_code == 200, answered.content
    assert f'.{kind}"' in answered["Content-Disposition"]
    return b"".join(answered.streaming_content)


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def table(client):
    """Return what there is to be seen of somebody's applications, in the order in which they were written down."""
    items = client.get(APPLICATIONS, {"sort_order": "asc", "limit": 1000}).json()["items"]
    return [{name: item[name] for name in SHOWN} for item in items]


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


WHOLE = {
    "company": "Acme",
    "title": "Engineer",
    "status": "interview",
    "applied_date": "2026-01-05",
    "response_date": "2026-01-09",
    "interview_date": "2026-01-20T09:30:00Z",
    "offer_date": "2026-02-01",
    "follow_up_date": "2026-02-05",
    "notes": "They bake",
    "location": "Lyon",
    "url": "https://acme.example/7",
    "source": "Referral",
}


# --- Import


def as_csv(*rows, delimiter=","):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_workbook(*rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", as_csv(WHOLE)),
        ("a.csv", as_csv(WHOLE, delimiter=";")),
        ("a.csv", as_csv(WHOLE).encode("utf-16")),
        ("a.json", json.dumps([WHOLE])),
        ("a.json", "\ufeff" + json.dumps([WHOLE])),
        ("a.xlsx", as_workbook(WHOLE)),
    ],
)
def test_a_file_is_taken_in_whole_and_once(name, content, as_ada):
    said = brought(as_ada, content, name)

    assert (said["success"], said["successful"], said["errors"]) == (True, 1, [])
    (made,) = table(as_ada)
    assert {field: made[field] for field in SHOWN[:9]} == {field: WHOLE[field] for field in SHOWN[:9]}
    application = Application.objects.get()
    assert (application.location, application.job_url, application.source) == (
        "Lyon",
        "https://acme.example/7",
        "referral",
    )
    assert [move.after for move in application.status_changes.order_by("pk")] == ["applied", "interviewing"]
    again = brought(as_ada, content, name)
    assert (again["successful"], again["duplicates"], again["success"]) == (0, 1, True)


def test_headers_have_other_names_and_other_columns_become_a_note(as_ada):
    brought(as_ada, "Employer,Position,Date applied,Follow up,Recruiter,id\nAcme,Cook,05.01.2026,2026-02-01,Cleo,7\n")

    (made,) = table(as_ada)
    assert (made["company"], made["title"], made["status"]) == ("Acme", "Cook", "applied")
    assert (made["applied_date"], made["follow_up_date"]) == ("2026-01-05", "2026-02-01")
    assert made["notes"] == "Recruiter: Cleo"


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ({"company": ""}, "company", ""),
        ({"title": "\u200b"}, "title", ""),
        ({"status": "hired-ish"}, "status", "hired-ish"),
        ({"applied_date": "2026-02-30"}, "applied_date", "2026-02-30"),
        ({"response_date": "soon"}, "response_date", "soon"),
        ({"interview_date": "2026-01-01T24:61"}, "interview_date", "2026-01-01T24:61"),
        ({"offer_date": "1899-12-31"}, "offer_date", "1899-12-31"),
        ({"follow_up_date": "next week"}, "follow_up_date", "next week"),
        ({"url": "javascript:alert(1)"}, "url", "javascript:alert(1)"),
        ({"applied_date": "2026-01-05", "response_date": "2026-01-04"}, "response_date", "2026-01-04"),
        ({"company": "x" * 256}, "company", "x" * 200 + "…"),
        ({"job_id": "999999"}, "job_id", "999999"),
        ({"job_id": "seven"}, "job_id", "seven"),
        ({"attachments": "[1]"}, "attachments", "[1]"),
        ({"interview_feedback": "{"}, "interview_feedback", "{"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_what_cannot_be_read_fails_its_row_by_field_and_value(kind, row, field, value, as_ada):
    good, bad = {"company": "Good", "title": "Cook"}, {"company": "Acme", "title": "Cook", **row}
    rows = [{name: one.get(name, "") for name in bad} for one in (good, bad, good | {"title": "Baker"})]

    said = brought(as_ada, as_csv(*rows) if kind == "csv" else json.dumps(rows), f"a.{kind}")

    assert (said["success"], said["successful"], said["failed"]) == (False, 2, 1)
    (problem,) = said["errors"]
    assert (problem["row_number"], problem["field"], problem["value"]) == (3, field, value)
    assert problem["error"]
    assert set(Application.objects.values_list("company__name", flat=True)) == {"Good"}
    assert not Company.objects.filter(name="Acme").exists()


def test_what_is_no_text_in_json_fails_its_row(as_ada):
    rows = [
        {"company": {"a": 1}, "title": "Cook"},
        {"company": "Acme", "title": True},
        7,
        {"company": "A", "title": "B"},
    ]

    said = brought(as_ada, json.dumps(rows), "a.json")

    assert [(problem["row_number"], problem["field"]) for problem in said["errors"]] == [
        (2, "company"),
        (3, "title"),
        (4, "row"),
    ]
    assert said["successful"] == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.csv"),
        (b"a,b\n1,2\n", "a.csv"),
        (b"{}", "a.json"),
        (b"[1,", "a.json"),
        (b"[NaN]", "a.json"),
        (b"[" * 100_000, "a.json"),
        (b'[{"company": 1e', "a.json"),
        (b"[" + b"9" * 5000 + b"]", "a.json"),
        (b"PK\x03\x04nonsense", "a.xlsx"),
        (b"%PDF-1.7", "a.pdf"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.csv"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_refused(content, name, as_ada):
    answered = bring(as_ada, content, name)

    assert answered.status_code == 422, answered.content
    assert answered.json()["detail"][0]["loc"] == ["body", "file"]


def test_a_form_without_a_file_is_refused(as_ada):
    for answered in (as_ada.upload(IMPORT, {"file": "text"}), as_ada.upload(IMPORT, {}), as_ada.post(IMPORT, {})):
        assert answered.status_code == 422
        assert answered.json()["detail"][0]["loc"] == ["body", "file"]


def test_the_archive_that_linkedin_hands_out(as_ada):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Profile.csv", "First Name,Last Name\nAda,Ahmed\n")
        archive.writestr(
            "Jobs/Job Applications.csv",
            "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name\n"
            '"11/2/25, 5:52 AM",ada@example.org,,Acme,Baker,http://www.linkedin.com/job-apply/7,cv.pdf\n',
        )
        archive.writestr(
            "Jobs/Job Applications_1.csv", "Application Date,Company Name,Job Title\n12/24/25 9:00 PM,Globex,Cook\n"
        )

    said = brought(as_ada, out.getvalue(), "Basic_LinkedInDataExport.zip")

    assert said["successful"] == 2
    assert [(row["company"], row["applied_date"], row["status"]) for row in table(as_ada)] == [
        ("Acme", "2025-11-02", "applied"),
        ("Globex", "2025-12-24", "applied"),
    ]


def test_an_archive_of_something_else_is_refused(as_ada):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Profile.csv", "First Name\nAda\n")

    assert bring(as_ada, out.getvalue(), "a.zip").status_code == 422


@pytest.mark.parametrize(
    ("there", "row", "is_there"),
    [
        ("2026-01-05", {"applied_date": "2026-01-05"}, True),
        ("2026-01-05", {"applied_date": "2026-01-06"}, False),
        ("2026-01-05", {}, True),
        (None, {"applied_date": "2026-01-06"}, True),
        ("2026-01-05", {"company": " ACME  gmbh ", "title": "head CHEF"}, True),
        ("2026-01-05", {"title": "Chef"}, False),
    ],
)
def test_the_same_application_is_its_company_and_title_on_the_same_day(there, row, is_there, as_ada, ada):
    ApplicationFactory(
        owner=ada,
        company=CompanyFactory(owner=ada, name="Acme GmbH"),
        job_title="Head chef",
        applied_date=there and date.fromisoformat(there),
    )

    said = brought(as_ada, as_csv({"company": "Acme GmbH", "title": "Head Chef", **row}))

    assert said["duplicates"] == is_there


def test_a_row_may_name_a_job_and_is_its_application(as_ada, ada):
    job, taken = SavedJobFactory.create_batch(2, owner=ada, company_name="Acme", job_title="Cook", description="Bread")
    taken.application = ApplicationFactory(owner=ada)
    taken.save()
    strange = SavedJobFactory()
    rows = [{"job_id": str(one.pk), "status": "applied"} for one in (job, taken, strange, job)]

    said = brought(as_ada, as_csv(*rows))

    assert (said["successful"], said["duplicates"], said["failed"]) == (1, 2, 1)
    assert said["errors"][0]["field"] == "job_id"
    made = Application.objects.get(pk=said["created_ids"][0])
    assert (made.company.name, made.job_title, made.job_description) == ("Acme", job.job_title, "Bread")
    assert SavedJob.objects.get(pk=job.pk).application_id == made.pk
    assert as_ada.post(APPLICATIONS, {"job_id": job.pk}).status_code == 400


@pytest.mark.parametrize("time", range(3))
def test_of_two_imports_at_once_one_has_an_effect(time, together, as_ada):
    content = as_csv(*({"company": f"Firm {number}", "title": "Cook"} for number in range(50)))

    answers = [answered.json() for answered in together(6, lambda number: bring(as_ada, content))]

    assert sorted(said["successful"] for said in answers) == [0, 0, 0, 0, 0, 50]
    assert {said["successful"] + said["duplicates"] for said in answers} == {50}
    assert Application.objects.count() == 50


def test_no_cell_makes_an_import_stumble(as_ada):
    names = [*WHOLE, "job_id", "attachments", "interview_feedback", "created_at", "priority"]
    values = [value for kind in ("strings", "dates", "datetimes", "uuids", "documents") for value in POISON[kind]]
    good = {"company": "Acme", "title": "Cook"}
    rows = [{**good, name: value} for name in names for value in [*values, *POISON["integers"], None, True, [[]], {}]]

    said = brought(as_ada, json.dumps(rows), "a.json")
    assert {problem["field"] for problem in said["errors"]} <= {*names}
    texts = [dict.fromkeys(names, value) for value in values if value.isprintable()]
    brought(as_ada, as_csv(*texts))
    assert as_ada.get(APPLICATIONS).status_code == 200
    rows_of(sent(as_ada))
    sent(as_ada, "xlsx")
    sent(as_ada, "pdf")


def test_a_file_of_too_many_rows_is_refused(as_ada, monkeypatch):
    monkeypatch.setattr("onward.domain.exchange.importing.objects.MAX_ROWS", 2)
    assert grid.MAX_ROWS == 50_000

    assert bring(as_ada, json.dumps([{"company": "A", "title": "B"}] * 3), "a.json").status_code == 422


# --- Export


@pytest.fixture
def full(ada):
    """Somebody's record with all that can be exported, among it what looks like something else."""
    ada.timezone = "Asia/Kolkata"
    ada.save()
    acme = CompanyFactory(owner=ada, name="Acme, Ltd.")
    made = [
        ApplicationFactory(
            owner=ada,
            company=acme,
            job_title="=cmd|' /C calc'!A0",
            status="screening",
            applied_date=date(2026, 1, 5),
            response_date=date(2026, 1, 9),
            interview_feedback={"questions": ["Why?"], "skill_areas": [], "notes": "=1"},
            next_action_date=date(2026, 2, 1),
            location="Lyon",
            job_url="https://acme.example/7",
        ),
        # Twice the same to the eye.
        *ApplicationFactory.create_batch(
            2, owner=ada, company=acme, job_title="Baker", status="wishlist", applied_date=None
        ),
        ApplicationFactory(
            owner=ada, company=acme, job_title="Baker", status="ghosted", applied_date=date(2026, 1, 31)
        ),
        ApplicationFactory(
            owner=ada,
            company=acme,
            job_title="株式会社 Ünïcode Иван عربي",
            status="offer",
            source="",
            applied_date=None,
            offer_date=date(2026, 2, 2),
        ),
    ]
    NoteFactory(application=made[0], content='\'=1\n two, "three"', is_main=True)
    DocumentFactory(application=made[0], name="CV", file_url="https://f.example/cv")
    InterviewFactory(owner=ada, application=made[0], scheduled_at=datetime(2026, 1, 12, 9, 0, 0, 120000, tzinfo=UTC))
    for number, application in enumerate(made):
        created = datetime(2026, 1, 10 + number, 20, 0, 0, 123456, tzinfo=UTC)
        Application.objects.filter(pk=application.pk).update(created_at=created)
    return made


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_comes_in_whole_elsewhere_and_adds_nothing_here(kind, full, as_ada, as_ben):
    content = sent(as_ada, kind)

    here, there = brought(as_ada, content, f"a.{kind}"), brought(as_ben, content, f"a.{kind}")

    assert (here["successful"], here["duplicates"], here["failed"]) == (0, 5, 0)
    assert (there["successful"], there["errors"]) == (5, [])
    assert table(as_ben) == table(as_ada)
    assert sent(as_ben, kind) == sent(as_ada, kind) or kind == "xlsx"
    assert brought(as_ben, content, f"a.{kind}")["duplicates"] == 5


def test_nothing_in_a_file_is_a_formula(full, as_ada):
    cells = [cell for row in rows_of(sent(as_ada)) for cell in row.values()]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]

    sheet = openpyxl.load_workbook(io.BytesIO(sent(as_ada, "xlsx"))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}
    assert sheet["B2"].value == "'=cmd|' /C calc'!A0"
    assert sheet["D2"].value == datetime(2026, 1, 5)  # noqa: DTZ001 - a day of a sheet


def test_a_report_says_everything_in_text_that_can_be_taken_out(full, as_ada):
    said = text_of(sent(as_ada, "pdf"))

    for word in ("Acme, Ltd.", "株式会社", "Ünïcode", "Иван", "interview", "2026-01-05", "Lyon", "=cmd|' /C calc'!A0"):
        assert word in said, said


def test_a_long_report_is_whole_and_counts_its_pages(as_ada, ada, monkeypatch):
    monkeypatch.setattr("onward.domain.exchange.report.PART", 3)
    acme = CompanyFactory(owner=ada, name="Incomprehensibilities")
    for number in range(7):
        ApplicationFactory(owner=ada, company=acme, job_title=f"Disproportionableness{number}")

    pdf = sent(as_ada, "pdf")

    said = text_of(pdf)
    assert all(f"Disproportionableness{number}" in said for number in range(7))
    assert said.count("Incomprehensibilities") == 7
    with pypdfium2.PdfDocument(pdf) as document:
        assert [page.get_textpage().get_text_range().split()[-1] for page in document] == ["1", "2", "3"]


def test_a_report_of_nothing_is_a_report(as_ada):
    assert "Applications" in text_of(sent(as_ada, "pdf"))
    assert rows_of(sent(as_ada)) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "interview"}, 1),
        ({"status": "applied"}, 1),
        ({"date_from": "2026-01-16"}, 1),
        ({"date_to": "2026-01-05"}, 1),
        ({"date_from": "2026-01-05", "date_to": "2026-01-31"}, 5),
        # Written down in the evening of the 11th, which is the 12th in India.
        ({"date_from": "2026-01-12", "date_to": "2026-01-12"}, 1),
        ({"date_from": "2026-01-13", "date_to": "2026-01-13", "status": "interested"}, 1),
        ({"date_from": "", "date_to": "", "status": ""}, 5),
    ],
)
def test_an_export_is_of_what_is_asked_for(asked, found, full, as_ada):
    assert len(rows_of(sent(as_ada, **asked))) == found


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"status": "x"}, "status"),
        ({"date_from": "2026-02-30"}, "date_from"),
        ({"date_from": "2026-01-02", "date_to": "2026-01-01"}, "date_to"),
    ],
)
def test_an_export_of_what_cannot_be_is_refused(kind, asked, field, as_ada):
    answered = as_ada.get(f"{EXPORT}.{kind}", asked)

    assert answered.status_code == 422
    assert [problem["loc"] for problem in answered.json()["detail"]] == [["query", field]]


def test_an_export_is_ones_own(full, as_ben):
    assert rows_of(sent(as_ben)) == []


def test_an_export_is_sent_in_parts_of_a_thousand(as_ada, ada, queries):
    acme = CompanyFactory(owner=ada)
    Application.objects.bulk_create(Application(owner=ada, company=acme, job_title=f"Cook {n}") for n in range(1001))

    with queries() as asked:
        parts = list(as_ada.get(f"{EXPORT}.csv").streaming_content)

    assert len(parts) == 2
    # The token and the keys; then rows a thousand at once, and their documents five hundred.
    assert len(asked) == 7


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("company,title\nAc\0me,Cook\nGlobex,Baker\n", "a.csv"),
        ('[{"company":"Ac\\u0000me","title":"Cook"},{"company":"Globex","title":"Baker"}]', "a.json"),
    ],
)
def test_a_null_character_fails_its_row_in_every_kind_of_file(as_ada, content, name):
    said = brought(as_ada, content, name)

    assert [(one["row_number"], one["field"], one["error"]) for one in said["errors"]] == [
        (2, "company", "Null characters are not allowed.")
    ]
    assert Application.objects.get().company.name == "Globex"
