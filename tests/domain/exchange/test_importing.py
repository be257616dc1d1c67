import csv
import io
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.activity.models import Activity
from onward.domain.applications import services as applications
from onward.domain.applications.choices import Priority, Source, Status, WorkType
from onward.domain.applications.models import Application, Note, StatusChange
from onward.domain.community.models import Award, Progress
from onward.domain.companies import services as companies
from onward.domain.companies.models import Company
from onward.domain.exchange import exporting
from onward.domain.exchange.cells import restore
from onward.domain.exchange.importing import Fate, carry_out, plan
from onward.domain.exchange.importing.words import CHECKED, NOTHING, plain
from onward.domain.webhooks.choices import WebhookEvent
from onward.domain.webhooks.models import Delivery, Endpoint
from tests.factories import CompanyFactory, UserFactory

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
FILES = Path(__file__).parent / "files"
POISON = [
    *("\0", "a\0b", "\ud800", "\udfff\ud800", "", " ", "\t\r\n", "\u200b", "\u202eabc", "\ufeffx", "\uffff", "A\u0300"),
    *(
        "𝔘𝔫𝔦",
        "🧑🏽‍🚀",
        "%00",
        "%",
        "_",
        "\\",
        "'",
        '"',
        "' OR 1=1 --",
        "{{7*7}}",
        "${7*7}",
        "<script>alert(1)</script>",
    ),
    *(
        "javascript:alert(1)",
        "../../../etc/passwd",
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
    ),
    *("[", "(", "*", "(?:a+)+$", "2147483648", "9223372036854775808", "1e308", "NaN", "0000-00-00", "0001-01-01"),
    *("9999-12-31T23:59:59-14:00", "2026-02-30", "2026-01-01T24:00:00Z", "x" * 100_000, "9" * 5000),
]

pytestmark = pytest.mark.django_db


def imported(source, owner, **columns):
    return carry_out(plan(source, owner_id=owner.pk, at=AT, columns=columns))


def sheet(count, title="Cook"):
    return "Company,Title,Applied\n" + "".join(f"Company {n % 7},{title} {n},2026-03-02\n" for n in range(count))


def exported(owner):
    return b"".join(exporting.applications(owner_id=owner.pk, at=AT))


def test_a_row_becomes_an_application_with_its_company_notes_and_history(ada):
    imported(
        "Company,Role,Stage,Applied,Response Date,Date Added,Notes,Deadline\n"
        "Acme,Cook,Interview,2026-03-02,2026-03-09,2026-02-27T08:00:00Z,Ask for Ines,1 April\n",
        ada,
    )

    application = Application.objects.get()
    assert (application.owner, application.company.name, application.job_title) == (ada, "Acme", "Cook")
    assert (application.status, application.applied_date) == ("interviewing", date(2026, 3, 2))
    assert application.created_at == datetime(2026, 2, 27, 8, tzinfo=UTC)
    assert [(note.content, note.is_main) for note in application.notes.order_by("pk")] == [
        ("Ask for Ines", True),
        ("Deadline: 1 April", False),
    ]
    assert [(c.after, c.changed_at.date()) for c in application.status_changes.order_by("pk")] == [
        ("applied", date(2026, 3, 2)),
        ("interviewing", date(2026, 3, 9)),
    ]


def test_companies_are_made_once_and_found_whatever_their_case(ada):
    acme = CompanyFactory(owner=ada, name="Acme Corp")

    imported("Company,Title\nACME corp,Cook\nBolt,Chef\nbolt,Waiter\n", ada)

    assert sorted(Company.objects.values_list("name", flat=True)) == ["Acme Corp", "Bolt"]
    assert acme.applications.get().job_title == "Cook"


@pytest.mark.parametrize("name", ["google-sheet.csv", "huntr-like.csv", "german.csv"])
def test_the_same_file_twice_creates_nothing(ada, name):
    content = (FILES / name).read_bytes()
    first = imported(content, ada)
    rows = (Application.objects.count(), Company.objects.count(), Note.objects.count(), StatusChange.objects.count())

    second = imported(content, ada)

    assert first.created
    assert second.created == []
    assert len(second.skipped) == len(first.created) + len(first.skipped)
    assert rows == (
        Application.objects.count(),
        Company.objects.count(),
        Note.objects.count(),
        StatusChange.objects.count(),
    )


def test_a_bad_row_fails_alone(ada):
    lines = sheet(100).splitlines(keepends=True)
    lines[49] = ",Cook,2026-02-03\n"

    outcome = imported("".join(lines), ada)

    assert len(outcome.created) == Application.objects.count() == 99
    assert [(row.number, row.reason) for row in outcome.failed] == [(50, "Company: is empty")]


def test_an_import_that_dies_midway_has_written_nothing(ada, monkeypatch):
    def dying(number):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(plan(sheet(20), owner_id=ada.pk, at=AT), progress=dying)
    assert not Application.objects.exists()
    assert not Company.objects.exists()

    assert len(imported(sheet(20), ada).created) == 20


def test_an_import_takes_few_statements_and_no_more_than_its_rows_do(ada, queries):
    text = "Company,Title,Applied,Status,Notes,Contact\n" + "".join(
        f"Company {n},Cook {n},2026-03-02,Rejected,note {n},person {n}\n" for n in range(800)
    )
    half = "".join(text.splitlines(keepends=True)[:401])
    with queries() as of_half:
        imported(half, UserFactory())
    with queries() as of_all:
        imported(text, ada)

    assert len(of_all) <= 2 * len(of_half)
    assert len(of_all) < 800 / 2
    with queries() as again:
        imported(text, ada)
    assert len(again) < 30


def test_what_came_between_plan_and_writing_is_not_made_twice(ada):
    intended = plan(sheet(3), owner_id=ada.pk, at=AT)
    imported(sheet(2), ada)

    outcome = carry_out(intended)

    assert (len(outcome.created), len(outcome.skipped)) == (1, 2)
    assert Application.objects.count() == 3


def test_four_imports_of_one_file_at_once_make_each_application_once(together):
    owner = UserFactory()

    outcomes = together(4, lambda _: imported(sheet(30), owner))

    assert sum(len(outcome.created) for outcome in outcomes) == Application.objects.count() == 30
    assert Company.objects.count() == 7


def test_progress_is_told(ada):
    told = []
    carry_out(plan(sheet(12), owner_id=ada.pk, at=AT), progress=told.append)
    assert told == [12]


@pytest.mark.parametrize("poison", POISON, ids=range(len(POISON)))
def test_poison_is_stored_or_fails_alone(ada, poison):
    cell = '"' + poison.replace('"', '""') + '"'
    others = [
        *("Status", "Priority", "Work Type", "Location", "Salary", "Salary Min", "Source", "Applied", "Response Date"),
        *(
            "Link",
            "Notes",
            "Next Action",
            "Follow up date",
            "Follow up",
            "Referrer",
            "Cover letter",
            "Created at",
            "Odd",
        ),
    ]
    for number, column in enumerate(["Company", "Title", *others]):
        row = {"Company": f"Acme {number}", "Title": "Cook", column: cell}
        outcome = imported(f"{','.join(row)}\n{','.join(row.values())}\nGood {number},Chef\n", ada)
        assert len(outcome.created) + len(outcome.failed) in {1, 2} or outcome.skipped
        assert Application.objects.filter(company__name=f"Good {number}").count() == 1
    assert exported(ada).count(b"Good ") == 2 + len(others)


hostile = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from("'=+-@\t\r\n＝\",; "),
    max_size=60,
)
names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=80).filter(
    str.strip
)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
sums = st.none() | st.integers(0, 2**31 - 1)


@st.composite
def records(draw):
    applied, answered = draw(st.none() | days), draw(st.none() | days)
    low, high = draw(sums), draw(sums)
    return {
        "company": draw(st.sampled_from(["Acme", "'=Acme", " Bolt "]) | names),
        "created_at": draw(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))),  # noqa: DTZ001
        "job_title": draw(st.sampled_from(["Cook", "cook", "=1+1"]) | names),
        "status": draw(st.sampled_from(Status.values)),
        "priority": draw(st.sampled_from(Priority.values)),
        "work_type": draw(st.sampled_from(["", *WorkType.values])),
        "source": draw(st.sampled_from(Source.values)),
        "location": draw(hostile),
        "job_url": draw(st.sampled_from(["", "https://a.example/1", "http://b/ä?q='&x=1#f", "HTTPS://[::1]:8080/"])),
        "applied_date": min(applied, answered) if applied and answered else applied,
        "response_date": max(applied, answered) if applied and answered else answered,
        "salary_min": low if low is None or high is None else min(low, high),
        "salary_max": high if low is None or high is None else max(low, high),
    }


@given(st.lists(records(), max_size=5))
def test_what_is_exported_and_imported_is_the_same_record(db, made):
    ada, ben = UserFactory(), UserFactory()
    for fields in made:
        company = companies.find_or_create(owner_id=ada.pk, name=fields.pop("company"), at=AT)
        applications.create(owner_id=ada.pk, company_id=company.pk, at=AT, **fields)

    outcome = imported(exported(ada), ben)

    assert outcome.failed == outcome.skipped == []
    assert exported(ben) == exported(ada)
    assert not Note.objects.filter(application__owner=ben).exists()
    assert all(row.fate is Fate.SKIP for row in plan(exported(ada), owner_id=ben.pk, at=AT).rows)
    assert all(row.fate is Fate.SKIP for row in plan(exported(ada), owner_id=ada.pk, at=AT).rows)


def test_an_export_that_a_spreadsheet_has_rewritten_is_still_understood(ada, ben):
    imported("Company,Title,Applied,Source,Status\nAcme,Cook,2026-03-25,LinkedIn,Offer\n", ada)
    rewritten = exported(ada).decode().replace(",", ";").replace("2026-03-25", "25.03.2026")

    imported(rewritten.encode("utf-16"), ben)

    application = Application.objects.get(owner=ben)
    assert (application.applied_date, application.status, application.source) == (
        date(2026, 3, 25),
        "offer",
        "linkedin",
    )


def test_applications_that_look_alike_all_come_back_from_an_export(ada, ben):
    acme = CompanyFactory(owner=ada, name="Acme")
    for _ in range(3):
        applications.create(owner_id=ada.pk, company_id=acme.pk, job_title="Cook", at=AT, job_url="https://a.example/1")

    imported(exported(ada), ben)
    imported(exported(ada), ben)

    assert Application.objects.filter(owner=ben).count() == 3


def test_what_follows_from_an_import_is_what_follows_from_each_application(ada, as_ada):
    Endpoint.objects.create(owner=ada, name="bot", url="https://bot.example/", events=list(WebhookEvent.values))
    imported(sheet(12), ada)

    assert Activity.objects.filter(owner=ada, action="application_created").count() == 12
    assert Activity.objects.filter(owner=ada, action="company_created").count() == 7
    told = Counter(Delivery.objects.filter(owner=ada).values_list("event", flat=True))
    assert told == {"application.created": 12, "company.created": 7}
    assert Progress.objects.get(user=ada).applications == 12
    reached = set(Award.objects.filter(user=ada).values_list("milestone__key", flat=True))
    assert reached >= {"first_application", "building_momentum"}


def test_an_answer_of_an_unknown_day_counts_as_one_and_gets_no_day(ada, as_ada):
    imported(
        "Company,Title,Status,Applied,Source\nA,Cook,Rejected,2026-03-02,LinkedIn\nB,Cook,Applied,2026-03-02,LinkedIn\n"
        "C,Cook,Turned down the offer,2026-03-02,Indeed\nD,Cook,Withdrew,2026-03-02,Indeed\n",
        ada,
    )

    dashboard = as_ada.get("/tracker/api/v1/analytics/dashboard/").json()
    assert (dashboard["response_rate"], dashboard["avg_response_days"]) == (50.0, None)
    by_source = as_ada.get("/tracker/api/v1/analytics/response-rate/").json()["by_source"]
    assert [(each["source"], each["with_response"]) for each in by_source] == [("indeed", 1), ("linkedin", 1)]
    report = zipfile.ZipFile(io.BytesIO(b"".join(as_ada.get("/tracker/api/v1/exports/full-report/").streaming_content)))
    assert b"Response rate: 50.0% (2 of 4" in report.read("summary.txt")
    first = as_ada.get(f"/tracker/api/v1/applications/{Application.objects.order_by('pk')[0].pk}/").json()
    assert (first["has_response"], first["response_date"]) == (True, None)


@pytest.mark.parametrize(
    ("change", "answered"),
    [
        ({"response_date": "2026-03-09"}, (True, "2026-03-09")),
        ({"status": "rejected"}, (True, None)),
        ({"status": "applied"}, (False, None)),
        ({"location": "Ulm"}, (True, None)),
    ],
)
def test_what_is_said_later_of_an_answer_of_an_unknown_day_is_taken(ada, as_ada, change, answered):
    imported("Company,Title,Status,Applied\nA,Cook,Interview,2026-03-02\n", ada)

    path = f"/tracker/api/v1/applications/{Application.objects.get().pk}/"
    changed = as_ada.patch(path, change).json()

    assert (changed["has_response"], changed["response_date"]) == answered


def test_the_main_note_is_shown_by_every_api_that_knows_one(ada, as_ada):
    imported("Company,Title,Comments\nA,Cook,Ask for Ines\n", ada)
    assert as_ada.get("/offers/api/v1/applications").json()[0]["notes"] == "Ask for Ines"


HEADERS = [
    *("Status", "Priority", "Location", "Salary", "Salary Min", "Source", "Applied", "Response", "Link", "Notes"),
    *("Comments", "Next Action", "Follow up", "Referrer", "Created at", "Contact", "Job ID", "Deadline", "Remote?", ""),
]
CELLS = st.sampled_from(
    [
        *("Rejected", "No offer", "maybe", "5", "★★", "60-70k", "€90,000 - €80,000", "3/4", "2026-03-02", "31/31/2026"),
        *("https://a.example/1", "[Here](https://a.example/2)", "yes", "Remote", "Total", "R-17", "Ines", "=1+1"),
    ]
) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@given(st.data())
def test_every_cell_is_found_again_in_the_record_or_in_what_is_said(db, data):
    ada = UserFactory()
    headers = ["Company", "Title", *data.draw(st.permutations(HEADERS))[:6]]
    names = st.sampled_from(["Acme", "Bolt", ""])
    rows = data.draw(st.lists(st.tuples(names, names, *([CELLS | st.just("")] * 6)), max_size=5))
    text = io.StringIO()
    csv.writer(text).writerows([headers, *rows])

    made = plan(text.getvalue(), owner_id=ada.pk, at=AT)
    carry_out(made)

    record = [
        *Application.objects.values_list(
            "job_title", "location", "job_url", "referrer_name", "next_action", "company__name"
        ),
        *Note.objects.values_list("content"),
    ]
    said = [*made.notes, *(reading.text for reading in made.readings)]
    said += [text for row in made.rows for text in (row.reason, *row.remarks)]
    said += [value for row in made.rows if row.entry for _, value in row.entry.fields()]
    found = "\n".join([*(str(text) for row in record for text in row), *said])
    for row in rows:
        for header, cell in zip(headers, row, strict=True):
            # What is read as a day or a sum is not written as it was.
            read = header in {"Applied", "Response", "Created at", "Follow up", "Salary", "Salary Min"} and any(
                map(str.isdigit, cell)
            )
            shown = restore(cell).strip().replace("\u200b", "").replace("\ufeff", "")
            assert shown in found or read or plain(shown) in CHECKED | NOTHING or "a.example/2" in cell, (header, cell)
