import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from onward.domain.applications.models import Application
from onward.domain.exchange.importing import Fate, carry_out, plan, present
from onward.domain.exchange.importing.rows import Traits
from onward.platform.refusals import Invalid
from tests.factories import ApplicationFactory, CompanyFactory

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
FILES = Path(__file__).parent / "files"

pytestmark = pytest.mark.django_db


def planned(text: str | bytes, owner=None, **columns):
    return plan(text, owner_id=owner.pk if owner else 1, at=AT, columns=columns)


def only(text: str, owner=None, **columns):
    (row,) = planned(text, owner, **columns).rows
    return row


def test_a_google_sheet_is_understood():
    made = planned((FILES / "google-sheet.csv").read_bytes())

    entries = {row.number: row.entry for row in made.of(Fate.CREATE)}
    assert sorted(entries) == [4, 5, 6, 7, 8, 9, 10, 11, 14]
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
        "salary_currency": "EUR",
        "has_undated_response": True,
        "applied_date": date(2026, 1, 25),
        "job_url": "https://boards.example.com/northwind/4021",
    }
    assert entries[4].notes == (
        "Spoke to Ines.\nShe will call back.",
        "Heard back?: Yes",
    )
    assert entries[5].values["job_url"].startswith("https://blueyonder.example/careers/eng-17")
    assert entries[5].values["work_type"] == "remote"
    assert entries[11].values["status"] == "applied"
    assert not made.of(Fate.SKIP)
    assert [(row.number, row.reason, *row.remarks) for row in made.of(Fate.FAIL)] == [
        (13, "Company: is empty", "it has: Forgotten Company, Applied, 3/1/2026")
    ]
    assert entries[14].notes == ("Date Applied: 2/30/2026",)
    assert 'row 1 is above the header, and passed over: "My Job Search"' in made.notes


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
    assert made.rows[0].entry.notes[1] == "Ansprechpartner: Frau Özdemir"
    assert made.rows[0].entry.values["salary_currency"] == "EUR"


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
    assert row.entry.values["status"] == "wishlist"
    assert ("status", "unknown, taken as Wishlist") in row.entry.fields()
    assert row.remarks == (
        'Status: "Phase 7" is unknown; kept as a note',
        'Link: "ask Ines" is no web address; kept as a note',
        'Salary: "DOE" is not read as a sum for a year; kept as a note',
    )
    assert row.entry.values["source"] == "other"


def test_a_short_row_is_fine():
    assert only("Company,Title,Status,Location\nAcme,Cook\n").entry.values["job_title"] == "Cook"


def test_text_that_is_too_long_is_cut_and_kept_whole_in_the_notes():
    row = only(f"Company,Title,Location\nAcme,Cook,{'L' * 300}\n")

    assert row.entry.values["location"] == "L" * 255
    assert row.entry.notes == (f"Location: {'L' * 300}",)


@pytest.mark.parametrize(
    ("text", "field", "value", "remark"),
    [
        ("Employer,Role\nAcme,,x\n", "job_title", "Untitled position", 'Role: is empty; called "Untitled position"'),
        (
            f"Company,Title\nAcme,{'C' * 256}\n",
            "job_title",
            "C" * 255,
            "Title: it is longer than 255 characters, and cut",
        ),
        ("Company,Title,Applied\nAcme,Cook,tomorrow\n", "applied_date", None, 'Applied: "tomorrow" is not a date'),
        ("Company,Title,Applied\nAcme,Cook,31/31/2026\n", "applied_date", None, "is not a day of the calendar"),
        ("Company,Title,Applied\nAcme,Cook,5 May\n", "status", "applied", 'Applied: "5 May" has no year'),
        (
            "Company,Title,Salary Min,Salary Max\nAcme,Cook,9000,8000\n",
            "salary_min",
            None,
            "Salary Min: 9000 is more than the maximum, 8000; both kept as a note",
        ),
        ("Company,Title,Salary\nAcme,Cook,$50000 - €60000\n", "salary_min", None, ""),
        (
            "Company,Title,Applied,Response Date\nAcme,Cook,2026-02-02,2026-02-01\n",
            "response_date",
            None,
            "Response Date: 2026-02-01 is before 2026-02-02, the day it was sent",
        ),
    ],
)
def test_a_cell_that_makes_no_sense_costs_itself_and_not_the_row(text, field, value, remark):
    row = only(text)

    assert (row.fate, row.entry.values.get(field)) == (Fate.CREATE, value)
    assert any(remark in said for said in row.remarks) or not remark
    kept = "\n".join(row.entry.notes)
    assert all(
        cell in f"{kept}{row.entry.values}Acme" for cell in text.splitlines()[1].split(",") if "2026-02" not in cell
    )


@pytest.mark.parametrize(
    ("text", "fate", "reason", "remark"),
    [
        ("Company,Title\n,Cook,x\n", "fail", "Company: is empty", "it has: Cook, x"),
        ("Company,Title\nArchived in March\n", "skip", "nothing else stands in the row", "it has: Archived in March"),
        ("Company,Title,Salary\nTotal,,4\n", "skip", "a row of totals", "it has: Total, 4"),
    ],
)
def test_a_row_that_is_no_application_is_named_with_what_it_has(text, fate, reason, remark):
    row = only(text)
    assert (row.fate, row.reason, row.remarks) == (fate, reason, (remark,))


def test_a_company_that_is_called_total_is_one():
    assert only("Company,Title,Status\nTotal,Engineer,Applied\n").fate is Fate.CREATE


@pytest.mark.parametrize("name", ["A" * 256, "ﷺ" * 255])
def test_a_companys_name_that_is_too_long_is_cut_and_kept_whole_in_the_notes(name):
    row = only(f"Company,Title\n{name},Cook\n")

    assert name.startswith(row.entry.company)
    assert row.entry.notes == (f"Company: {name}",)


def cases():
    with (FILES / "statuses-and-doubles.csv").open(encoding="utf-8") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("case", cases()[1:], ids=lambda case: f"{case[3]} {case[2]}")
def test_each_row_of_a_real_sheet_becomes_what_its_owner_meant(case):
    made = planned((FILES / "statuses-and-doubles.csv").read_bytes())
    row = made.rows[[row[0] + row[2] for row in cases()[1:]].index(case[0] + case[2])]

    assert row.fate is Fate.CREATE
    if case[6] == "unknown":
        assert row.entry.unknown == {"status"}
    elif case[6]:
        assert row.entry.values["status"] == case[6]


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


@pytest.mark.parametrize(
    ("columns", "first", "second", "same"),
    [
        ("Link", "https://a.example/1", "https://www.a.example/1/?utm_source=mail", True),
        ("Link", "https://a.example/1", "https://a.example/2", False),
        ("Link", "https://a.example/1", "", True),
        ("Location", "Seattle", "Austin", False),
        ("Location", "Seattle", "SEATTLE ", True),
        ("Referrer", "Ines", "Omar", False),
        ("Contact", "ines@acme.example", "omar@acme.example", False),
        ("Job ID", "R-1", "R-2", False),
        ("Date Applied", "2026-03-01", "2026-03-02", False),
        ("Notes", "one", "two", True),
        ("Status", "Applied", "Rejected", False),
        ("Status", "Rejected", "Absage", True),
        ("Status", "Phase 7", "Phase 8", False),
        ("Status", "Rejected", "", True),
        ("Priority", "High", "low", False),
        ("Salary", "60k EUR", "70k EUR", False),
        ("Response Date", "2026-03-05", "2026-03-06", False),
        ("Deadline", "May", "June", False),
    ],
)
def test_two_rows_are_the_same_only_where_nothing_tells_them_apart(ada, columns, first, second, same):
    text = f"Company,Title,{columns}\nAcme,Cook,{first}\nAcme,Cook,{second}\n"
    expected = ["create", "skip" if same else "create"]

    assert [row.fate for row in planned(text, ada).rows] == expected
    carry_out(planned(f"Company,Title,{columns}\nAcme,Cook,{first}\n", ada))
    assert [row.fate for row in planned(text, ada).rows] == ["skip", expected[1]]
    carry_out(planned(text, ada))
    assert [row.fate for row in planned(text, ada).rows] == ["skip", "skip"]


def test_a_row_that_is_another_one_tells_it_what_it_adds():
    text = (
        "Company,Title,Link,Status,Notes\nAcme,Cook,,,one\nAcme,Cook,https://a.example/1,Rejected,two\n"
        "Acme,Cook,https://a.example/2,,\n"
    )
    first, second, third = planned(text).rows

    assert (first.entry.values["job_url"], first.entry.values["status"]) == ("https://a.example/1", "rejected")
    assert first.entry.notes[:2] == ("one", "two")
    assert (second.fate, third.fate) == (Fate.SKIP, Fate.CREATE)


def test_a_row_that_is_in_the_record_says_what_it_says_otherwise(ada):
    carry_out(planned("Company,Title,Status,Notes\nAcme,Cook,Applied,Ask Ines\n", ada))

    row = only("Company,Title,Status,Notes\nAcme,Cook,Rejected,Ask Omar\n", ada)

    assert row.remarks[:1] == ('status: here "rejected", in the record "applied"',)
    assert "not in the record: Ask Omar" in row.remarks


def test_one_link_for_two_companies_is_two_applications():
    url = "https://jobs.example/7"
    assert [row.fate for row in planned(f"Company,Title,URL\nA,B,{url}\nC,B,{url}\n").rows] == ["create", "create"]


def test_its_owner_says_what_a_column_is():
    row = only("Firma,Kolonne,Stelle\nAcme,Absage,Cook\n", Kolonne="status", Firma="Company")
    assert row.entry.values["status"] == "rejected"


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"Colonne": "status"}, 'There is no column "Colonne". The file has: "Company", "Title".'),
        ({"Title": "colour"}, '"Title" cannot be read as "colour". A column can be: company, job title, status'),
    ],
)
def test_what_its_owner_says_of_a_column_must_make_sense(columns, why):
    with pytest.raises(Invalid) as refused:
        planned("Company,Title\nAcme,Cook\n", **columns)
    assert why in refused.value.message


@pytest.mark.parametrize(
    ("header", "cell", "status"),
    [
        ("Applied?", "x", "applied"),
        ("Applied?", "FALSE", "wishlist"),
        ("Date Applied", "", "wishlist"),
        ("Date Applied", "2026-03-01", "applied"),
        ("Response", "rejected by mail", "rejected"),
    ],
)
def test_without_a_status_it_is_applied_only_where_something_says_so(header, cell, status):
    assert only(f"Company,Title,{header},Location\nAcme,Cook,{cell},Ulm\n").entry.values["status"] == status


def test_the_preview_says_what_each_word_is_read_as():
    made = planned("Company,Title,Status\nA,B,Absage\nC,D,Absage\nE,F,Phase 7\n")

    assert [(r.text, r.meaning, r.cells) for r in made.readings] == [
        ("Absage", "rejected", 2),
        ("Phase 7", "unknown", 1),
    ]


def test_a_salary_that_names_no_currency_is_said_and_kept_as_it_is_written():
    made = planned("Company,Title,Salary\nAcme,Cook,60000\n")

    assert made.rows[0].entry.notes == ("Salary: 60000",)
    assert "salaries that name no currency: 1; they are kept as USD, and as written in a note" in made.notes


def test_each_row_finds_its_own_application_again_after_its_owner_has_moved_them(ada):
    text = "Company,Title,Status,Priority\nAcme,Cook,Applied,\nAcme,Cook,Rejected,\nAcme,Cook,,High\n"
    carry_out(planned(text, ada))
    first, second = Application.objects.order_by("pk")
    Application.objects.filter(pk=first.pk).update(status="rejected")
    Application.objects.filter(pk=second.pk).update(status="withdrawn")

    assert {row.fate for row in planned(text, ada).rows} == {Fate.SKIP}


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Gehalt (€)", "1.234,50"),
        ("Salary", "1.500,50 €"),
        ("Salary", "EUR 1,234.56"),
        ("Salary", "45€/h"),
        ("Salary", "100-120 CAD"),
        ("Salary", "70.000-60.000"),
        ("Link", "ftp://x.example/a"),
        ("Link", "javascript:alert(1)"),
        ("Currency", "doubloons"),
    ],
)
def test_a_cell_that_does_not_go_into_its_field_whole_is_kept_and_said(header, cell):
    row = only(f'Company,Title,{header}\nAcme,Cook,"{cell}"\n')

    assert row.entry.notes == (f"{header}: {cell}",)
    assert any(said.startswith(f"{header}: ") and "kept as a note" in said for said in row.remarks)


def test_the_preview_says_in_which_currency_a_sum_will_be():
    assert ("salary_currency", "USD, as none is known") in only("Company,Title,Salary\nA,B,60000\n").entry.fields()


def test_where_a_column_says_nothing_the_other_one_of_its_meaning_is_read():
    made = planned("Company,Title,Salary,$$ range,Priority,Stars\nA,B,,60-70k,,★★★\nC,D,50k,60-70k,★,★★★\n")
    first, second = (row.entry for row in made.rows)

    assert (first.values["salary_max"], first.values["priority"], first.notes[0]) == (70_000, "high", "Stars: ★★★")
    assert second.values["salary_max"] == 50_000
    assert "$$ range: 60-70k" in second.notes[0]


def test_notes_come_first_as_the_main_note_whatever_their_columns_are_called():
    row = only("Company,Title,Comments,Notes,Deadline\nAcme,Cook,one,two,May\n")
    assert row.entry.notes == ("one\n\nNotes: two", "Deadline: May")


@pytest.mark.parametrize(
    "url", ["https://acme.example", "https://acme.example/careers", "https://acme.example/de/jobs/"]
)
def test_an_address_that_many_postings_share_makes_nothing_the_same(url):
    made = planned(f"Company,Title,URL\nAcme,Cook,{url}\nAcme,Waiter,{url}\n")

    assert [row.fate for row in made.rows] == [Fate.CREATE, Fate.CREATE]


def test_rows_of_a_template_that_nobody_filled_in_are_passed_over():
    made = planned("Company,Title,Replied?,Total\nAcme,Cook,TRUE,0\n,,FALSE,0\n,,FALSE,\n")

    assert len(made.rows) == 1


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (",x,,,", "applied"),
        (",x,3/10/2026,,", "screening"),
        (",x,3/10,yes,", "interviewing"),
        (",,TRUE,TRUE,x", "rejected"),
        (",,no,,", "wishlist"),
    ],
)
def test_columns_of_stages_say_how_far_it_came(row, status):
    made = only(f"Company,Title,Applied?,Phone screen date,Interview,Rejected?\nAcme,Cook{row}\n")
    assert made.entry.values["status"] == status


def test_tables_below_and_beside_each_other_are_read_by_headers_of_their_own():
    below = planned("Company,Role,Status\nA,B,Applied\n,,\nEmployer,Position,Why\nC,D,too junior\n")
    beside = planned("Company,Role,,Company,Role\nA,B,,C,D\nE,F,,,\n")

    assert [row.entry.company for row in below.rows] == ["A", "C"]
    assert below.rows[1].entry.notes == ("Why: too junior",)
    assert [row.entry.company for row in beside.rows] == ["A", "E", "C"]


def test_a_title_may_have_its_company_with_it():
    made = planned("Card Name,List Name\nCook @ Acme,Applied\nChef at Bolt,Rejected\nCall Ines,Done\n")

    assert [row.entry and (row.entry.company, row.entry.values["job_title"]) for row in made.rows] == [
        ("Acme", "Cook"),
        ("Bolt", "Chef"),
        None,
    ]


def test_a_sheet_without_titles_is_taken_and_its_owner_is_told():
    made = planned("Company,Status\nAcme,Applied\n")

    assert made.rows[0].entry.values["job_title"] == "Untitled position"
    assert made.notes == ('No column is the job title: every application is called "Untitled position"',)


@pytest.mark.parametrize(
    ("cell", "url", "notes"),
    [
        ("[Cook](https://acme.example/1)", "https://acme.example/1", ("Link: Cook",)),
        ('"=HYPERLINK(""https://acme.example/1"",""Link"")"', "https://acme.example/1", ()),
        ("https://acme.example/1 (closed)", "https://acme.example/1", ("Link: https://acme.example/1 (closed)",)),
    ],
)
def test_a_link_is_found_however_a_program_writes_it(cell, url, notes):
    entry = only(f"Company,Title,Link\nAcme (https://notion.example/a),Cook,{cell}\n").entry

    assert (entry.company, entry.values["job_url"]) == ("Acme", url)
    assert entry.notes == ("\n".join(("Company: https://notion.example/a", *notes)),)


@pytest.mark.parametrize("column", ["Link", "Location"])
def test_rows_of_one_name_are_compared_no_oftener_than_their_number_asks(monkeypatch, column):
    monkeypatch.setattr(present, "COMPARED", 20)
    compared = []
    differ = Traits.differ
    monkeypatch.setattr(Traits, "differ", lambda self, other: compared.append(1) or differ(self, other))

    def comparisons(number):
        compared.clear()
        cells = (f"https://acme.example/{n}" if column == "Link" else f"Town {n}" for n in range(number))
        made = planned(f"Company,Title,{column}\n" + "".join(f"Acme,Cook,{cell}\n" for cell in cells))
        assert len(made.of(Fate.CREATE)) == number
        return len(compared)

    assert comparisons(200) <= 2.2 * comparisons(100)
