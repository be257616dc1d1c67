"""Exporting internships: many rows as a file."""

import csv
import io
import tracemalloc
from datetime import date

import pytest
from openpyxl import load_workbook

from onward.domain.board.models import Posting
from onward.domain.outreach.models import Lead
from tests.factories import (
    EmployerFactory,
    FollowUpFactory,
    LeadFactory,
    PostingFactory,
    RemarkFactory,
)

pytestmark = pytest.mark.django_db

EXPORT = "/outreach/internships/bulk/export"


def sent(answered):
    assert answered.status_code == 200, answered.content
    return b"".join(answered.streaming_content)


def lines(answered):
    return list(csv.DictReader(io.StringIO(sent(answered).decode())))


def cells(answered):
    sheet = load_workbook(io.BytesIO(sent(answered))).active
    head, *rows = sheet.iter_rows()
    return [dict(zip([cell.value for cell in head], row, strict=True)) for row in rows]


def test_bulk_export_gives_the_chosen_internships_as_csv(as_cleo, cleo):
    posting = PostingFactory(
        title="Intern", employer=EmployerFactory(name="Acme", industry="Rockets"), posted_on=date(2026, 3, 1), score=70
    )
    chosen = LeadFactory(
        posting=posting, assigned_to=cleo, status="replied", contact={"name": "Sam"}, metadata={"a": 1}
    )
    RemarkFactory(lead=chosen, text="First")
    RemarkFactory(lead=chosen, text="Call again")
    FollowUpFactory(lead=chosen, due_date=date(2026, 4, 2))
    LeadFactory()

    answered = as_cleo.post(EXPORT, {"internship_ids": [chosen.pk, chosen.pk], "format": "csv"})

    (line,) = lines(answered)
    assert answered["Content-Type"] == "text/csv; charset=utf-8"
    assert answered["Content-Disposition"].startswith('attachment; filename="internships_')
    told = {
        "ID": str(chosen.pk),
        "Title": "Intern",
        "Company": "Acme",
        "Industry": "Rockets",
        "Status": "Replied",
        "Assigned To": "Cleo Costa",
        "Assignee Email": "cleo@example.org",
        "Posted": "2026-03-01",
        "Score": "70",
        "Next Follow-up": "2026-04-02",
        "Contact": '{"name": "Sam"}',
        "Metadata": '{"a": 1}',
        "Remarks": "2",
        "Last Remark": "Call again",
        "Stale": "no",
    }
    assert {name: line[name] for name in told} == told


@pytest.mark.parametrize("word", ["xlsx", "excel"])
def test_bulk_export_gives_them_as_a_workbook_with_numbers_and_days(as_cleo, cleo, word):
    chosen = LeadFactory(posting=PostingFactory(title="Ingénieur <&>", posted_on=date(2026, 3, 1), score=70))

    (row,) = cells(as_cleo.post(EXPORT, {"internship_ids": [chosen.pk], "format": word}))

    assert (row["ID"].value, row["Title"].value, row["Score"].value) == (chosen.pk, "Ingénieur <&>", 70)
    assert (row["Posted"].value.date(), row["Posted"].number_format) == (date(2026, 3, 1), "yyyy\\-mm\\-dd")
    assert row["Deadline"].value is None


@pytest.mark.parametrize("live", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1"])
def test_no_cell_of_a_file_is_a_formula(as_cleo, cleo, live):
    chosen = LeadFactory(posting=PostingFactory(title=live, company_name=live, location=f"x\x0b{live}"))
    asked = {"internship_ids": [chosen.pk]}

    (line,) = lines(as_cleo.post(EXPORT, asked))
    (row,) = cells(as_cleo.post(EXPORT, {**asked, "format": "xlsx"}))

    assert line["Title"] == f"'{live}"
    assert row["Title"].value == f"'{live}"
    assert {cell.data_type for cell in row.values()} <= {"s", "n", "d", "inlineStr"}


def test_the_filters_of_the_list_choose_as_well_and_order_the_file(as_cleo, cleo, dora):
    LeadFactory(posting=PostingFactory(title="B of Lyon", score=1), status="replied")
    LeadFactory(posting=PostingFactory(title="A of Lyon", score=2), status="replied", assigned_to=dora)
    LeadFactory(posting=PostingFactory(title="Of Oslo", location="Oslo"), status="replied")
    LeadFactory()

    def found(**filters):
        return [line["Title"] for line in lines(as_cleo.post(EXPORT, {"filters": filters}))]

    assert found(status="replied", location="lyon", ordering="title") == ["A of Lyon", "B of Lyon"]
    assert found(search="of oslo") == ["Of Oslo"]
    assert found(assigned_to=dora.pk) == ["A of Lyon"]
    assert found(status="replied", ordering="-score")[0] == "A of Lyon"
    assert len(found()) == len(lines(as_cleo.post(EXPORT, {}))) == 4
    refused = as_cleo.post(EXPORT, {"filters": {"status": "nearly"}})
    assert (refused.status_code, refused.json()["detail"][0]["loc"]) == (422, ["body", "filters", "status"])


def test_numbers_that_name_no_internship_are_told_and_the_rest_is_done(as_cleo, cleo):
    chosen = LeadFactory()

    answered = as_cleo.post(EXPORT, {"internship_ids": [2**62, chosen.pk, 999999]})

    assert answered["X-Unknown-Ids"] == f"{2**62},999999"
    assert [line["ID"] for line in lines(answered)] == [str(chosen.pk)]


def test_refuses_what_it_cannot_export_by_the_name_of_the_field(as_cleo, cleo):
    for body, name in (
        ({"format": "pdf"}, "format"),
        ({"internship_ids": []}, "internship_ids"),
        ({"internship_ids": ["seven"]}, "internship_ids"),
        ({"internship_ids": list(range(5001))}, "internship_ids"),
    ):
        answered = as_cleo.post(EXPORT, body)
        assert (answered.status_code, answered.json()["detail"][0]["loc"][1]) == (422, name)
    assert as_cleo.post(EXPORT, {"internship_ids": [1], "filters": {}}).status_code == 422


def peak(answered):
    tracemalloc.start()
    size = sum(map(len, answered.streaming_content))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size, most


@pytest.mark.once
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_many_rows_takes_no_more_memory_than_one_of_few(as_cleo, cleo, kind):
    def more(count):
        postings = Posting.objects.bulk_create(
            Posting(title="Intern", company_name="Acme", location="Lyon", description="x" * 2000) for _ in range(count)
        )
        Lead.objects.bulk_create(Lead(posting=posting) for posting in postings)

    # More than are read at once.
    more(2500)
    size, most = peak(as_cleo.post(EXPORT, {"format": kind}))
    more(5000)
    larger, more_memory = peak(as_cleo.post(EXPORT, {"format": kind}))

    assert larger > size * 2.5
    assert more_memory < most * 1.3 + 200_000
