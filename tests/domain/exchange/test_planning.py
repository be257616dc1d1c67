from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from onward.domain.applications.models import Application
from onward.domain.exchange.importing import Fate, plan
from tests.factories import ApplicationFactory, CompanyFactory

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
FILES = Path(__file__).parent / "files"

pytestmark = pytest.mark.django_db


def planned(text: str | bytes, owner=None):
    return plan(text, owner_id=owner.pk if owner else 1, at=AT)


def only(text: str, owner=None):
    (row,) = planned(text, owner).rows
    return row


def test_a_google_sheet_is_understood():
    made = planned((FILES / "google-sheet.csv").read_bytes())

    entries = {row.number: row.entry for row in made.of(Fate.CREATE)}
    assert sorted(entries) == [4, 5, 6, 7, 8, 9, 10]
    assert entries[4].company == "Northwind Traders"
    assert entries[4].values == {
        "job_title": "Senior Backend Engineer",
        "status": "interviewing",
        "priority": "high",
        "work_type": "hybrid",
        "source": "linkedin",
        "location": "Berlin, Germany",
        "salary_min": 75_000,
        "salary_max": 90_000,
        "applied_date": date(2026, 1, 25),
        "job_url": "https://boards.example.com/northwind/4021",
    }
    assert entries[4].notes == (
        "Spoke to Ines.\nShe will call back.",
        "Salary: €75,000 - €90,000\nHeard back?: Yes",
    )
    assert entries[5].values["job_url"].startswith("https://blueyonder.example/careers/eng-17")
    assert entries[5].values["work_type"] == "remote"
    assert [(row.number, row.reason) for row in made.of(Fate.SKIP)] == [(11, "the same as row 4")]
    assert [(row.number, row.reason) for row in made.of(Fate.FAIL)] == [
        (13, "Company: is empty"),
        (14, 'Date Applied: "2/30/2026" is not a day of the calendar'),
    ]


def test_another_trackers_export_is_understood():
    made = planned((FILES / "huntr-like.csv").read_bytes())

    entries = {row.number: row.entry for row in made.of(Fate.CREATE)}
    assert sorted(entries) == [2, 3, 4, 5]
    assert [entries[n].values["status"] for n in sorted(entries)] == ["applied", "interviewing", "wishlist", "offer"]
    assert [entries[n].values["priority"] for n in sorted(entries)] == ["high", "medium", "low", "high"]
    assert entries[2].values["next_action_date"] == date(2026, 3, 1)
    assert entries[3].values["next_action"] == "Send references"
    assert entries[2].values["job_description"].startswith("Build the reader.\n\nReact")
    assert entries[4].created_at == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert entries[5].values["applied_date"] == date(2026, 2, 10)
    assert entries[5].created_at == datetime(2026, 1, 8, tzinfo=UTC)
    assert entries[4].notes == ("Salary: £110k+\nExcitement: ★\nDeadline: 2026-04-01",)


def test_a_german_sheet_is_understood():
    made = planned((FILES / "german.csv").read_bytes())

    assert (made.encoding, made.delimiter) == ("windows-1252", "semicolon")
    assert [row.entry.company for row in made.of(Fate.CREATE)] == [
        "Müller & Söhne GmbH",
        "Große Wäsche AG",
        "Straßenbau Weiß KG",
        "Bäckerei Schön",
    ]
    assert [row.entry.values["applied_date"] for row in made.rows] == [
        date(2026, 2, 3),
        date(2026, 3, 14),
        date(2026, 3, 5),
        date(2026, 1, 12),
    ]
    assert [row.entry.values["status"] for row in made.rows] == ["rejected", "applied", "interviewing", "ghosted"]
    assert made.rows[0].entry.notes[1] == "Gehalt: 60.000 € – 70.000 €\nAnsprechpartner: Frau Özdemir"


def test_planning_writes_nothing(ada):
    planned((FILES / "google-sheet.csv").read_bytes(), ada)

    assert not Application.objects.exists()


def test_a_column_without_evidence_is_read_like_the_others():
    made = planned("Company,Title,Applied,Response Date\nA,B,01/02/2026,25/02/2026\n")

    assert made.rows[0].entry.values["applied_date"] == date(2026, 2, 1)
    assert "Applied: dates are read day first, as in the other columns" in made.notes


def test_without_any_evidence_the_month_comes_first_and_the_plan_says_so():
    made = planned("Company,Title,Applied\nA,B,01/02/2026\n")

    assert made.rows[0].entry.values["applied_date"] == date(2026, 1, 2)
    assert made.notes == ("Applied: nothing tells days from months; dates such as 03/04/2026 are read month first",)


def test_a_column_that_contradicts_itself_is_told_of():
    made = planned("Company,Title,Applied\nA,B,25/02/2026\nA,C,26/02/2026\nA,D,2/27/2026\nA,E,1/2/2026\n")

    assert [row.entry.values["applied_date"].day for row in made.rows] == [25, 26, 27, 1]
    assert made.notes[0].startswith("Applied: some dates can only be day first, others only month first")


def test_nothing_is_lost():
    row = only(
        "Company,Title,Status,Priority,Salary,Source,Link,Contact,\n"
        "Acme,Cook,Phase 7,Someday,DOE,A friend's blog,ask Ines,ines@example.org,stray,beyond\n"
    )

    assert row.entry.notes == (
        "Status: Phase 7\nPriority: Someday\nSalary: DOE\nSource: A friend's blog\nLink: ask Ines\n"
        "Contact: ines@example.org\nColumn 9: stray\nColumn 10: beyond",
    )
    assert row.entry.values["status"] == "applied"
    assert row.entry.values["source"] == "other"


def test_a_short_row_is_fine():
    assert only("Company,Title,Status,Location\nAcme,Cook\n").entry.values["job_title"] == "Cook"


def test_text_that_is_too_long_is_cut_and_kept_whole_in_the_notes():
    row = only(f"Company,Title,Location\nAcme,Cook,{'L' * 300}\n")

    assert row.entry.values["location"] == "L" * 255
    assert row.entry.notes == (f"Location: {'L' * 300}",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Company,Title\n,Cook\n", "Company: is empty"),
        ("Employer,Role\nAcme,  \n", "Role: is empty"),
        (f"Company,Title\n{'A' * 256},Cook\n", "Company: is longer than 255 characters"),
        (f"Company,Title\n{'ﷺ' * 255},Cook\n", "Company: is too long"),
        (f"Company,Title\nAcme,{'C' * 256}\n", "Title: is longer than 255 characters"),
        ("Company,Title,Applied\nAcme,Cook,tomorrow\n", 'Applied: "tomorrow" is not a date'),
        ("Company,Title,Applied\nAcme,Cook,5 May\n", 'Applied: "5 May" has no year'),
        (
            "Company,Title,Salary Min,Salary Max\nAcme,Cook,9000,8000\n",
            "Salary Min: 9000 is more than the 8000 of Salary Max",
        ),
        (
            "Company,Title,Applied,Response Date\nAcme,Cook,2026-02-02,2026-02-01\n",
            "Response Date: 2026-02-01 is before 2026-02-02, the day it was sent",
        ),
        ("Company,Title,Applied\n,Cook,31/31/2026\n", None),
    ],
)
def test_a_bad_row_fails_with_a_reason_that_names_the_column(text, reason):
    row = only(text)

    assert (row.number, row.fate) == (2, Fate.FAIL)
    assert row.reason == (reason or 'Applied: "31/31/2026" is not a day of the calendar; Company: is empty')


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.example/1", "http://", "http://[", "see mail", "x" * 3000]
)
def test_what_is_no_web_address_is_no_link(url):
    row = only(f"Company,Title,Link\nAcme,Cook,{url}\n")

    assert "job_url" not in row.entry.values
    assert row.entry.notes == (f"Link: {url}",)


def test_where_a_job_was_found_is_seen_from_its_link():
    assert only("Company,Title,URL\nA,B,https://de.linkedin.com/jobs/view/1\n").entry.values["source"] == "linkedin"
    assert only("Company,Title,URL\nA,B,https://notlinkedin.com/1\n").entry.values["source"] == "other"


def test_rows_are_the_same_whatever_their_case_and_spacing(ada):
    company = CompanyFactory(owner=ada, name="Acme Corp")
    ApplicationFactory(owner=ada, company=company, job_title="Head  Cook", applied_date=date(2026, 3, 2))

    assert only("Company,Title,Applied\nACME  corp,head cook,2026-03-02\n", ada).fate is Fate.SKIP
    assert only("Company,Title,Applied\nAcme Corp,Head Cook,2026-03-03\n", ada).fate is Fate.CREATE
    assert only("Company,Title\nAcme Corp,Head Cook\n", ada).fate is Fate.CREATE


def test_another_persons_applications_are_not_in_the_way(ada, ben):
    company = CompanyFactory(owner=ben, name="Acme")
    ApplicationFactory(owner=ben, company=company, job_title="Cook", applied_date=None)

    assert only("Company,Title\nAcme,Cook\n", ada).fate is Fate.CREATE


def test_the_same_posting_is_the_same_application(ada):
    ApplicationFactory(owner=ada, job_url="https://www.jobs.example/7?utm_source=mail")

    made = planned(
        "Company,Title,URL\nA,B,https://jobs.example/7/\nC,D,https://jobs.example/8\nE,F,http://jobs.example/8?ref=x\n",
        ada,
    )

    assert [(row.fate.value, row.reason) for row in made.rows] == [
        ("skip", "already in the record: the same job URL"),
        ("create", ""),
        ("skip", "the same job URL as row 3"),
    ]


@pytest.mark.parametrize(
    "url", ["https://acme.example", "https://acme.example/careers", "https://acme.example/de/jobs/"]
)
def test_an_address_that_many_postings_share_makes_nothing_the_same(url):
    made = planned(f"Company,Title,URL\nAcme,Cook,{url}\nAcme,Waiter,{url}\n")

    assert [row.fate for row in made.rows] == [Fate.CREATE, Fate.CREATE]


def test_rows_of_a_template_that_nobody_filled_in_are_passed_over():
    made = planned("Company,Title,Replied?,Total\nAcme,Cook,TRUE,0\n,,FALSE,0\n,,FALSE,\n")

    assert len(made.rows) == 1
