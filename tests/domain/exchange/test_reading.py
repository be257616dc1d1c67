import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.exchange.importing import grid, reading
from onward.domain.exchange.importing.reading import read
from onward.platform.refusals import Invalid

SHEET = "Company,Title,Location\r\nMüller,Größe,Köln\r\nAcme,Cook,Łódź"


def cells(source):
    return [line.cells for line in table(source).lines]


def table(source):
    (found,) = read(source).tables
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_any_unicode_encoding_is_read(encoding):
    assert cells(SHEET.encode(encoding)) == [["Müller", "Größe", "Köln"], ["Acme", "Cook", "Łódź"]]


def test_what_is_not_utf_8_is_windows_1252():
    file = read("Company,Title\nMüller – Söhne,€\n".encode("cp1252") + b"\x81,x\n")

    assert file.encoding == "windows-1252"
    assert file.tables[0].lines[0].cells == ["Müller – Söhne", "€"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    text = SHEET.replace(",", delimiter).replace("Köln", "Köln, Deutz; NRW" if delimiter not in ",;" else "Köln")
    assert len(cells(text)[0]) == 3


def test_excels_own_word_about_the_delimiter_is_believed():
    assert cells("sep=;\nCompany;Title\nA, B and C;Cook\n") == [["A, B and C", "Cook"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do_and_quoted_ones_are_kept(end):
    assert cells(f'Company,Title{end}Acme,"Cook\nand waiter"{end}{end}') == [["Acme", "Cook\nand waiter"]]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    sheet = table('Company,Title\n\nAcme,"two\nlines"\n,,\nBolt,Cook\n')

    assert sheet.header.number == 1
    assert [line.number for line in sheet.lines] == [3, 5]


def test_a_header_may_have_a_title_above_it_and_may_be_repeated():
    sheet = table("My hunt,\n,\nCompany,Title\nAcme,Cook\nCOMPANY,title\nBolt,Cook\n")

    assert sheet.header.number == 3
    assert [line.number for line in sheet.lines] == [4, 6]


def test_a_quotation_mark_that_never_closes_costs_one_row():
    sheet = table('Company,Title\nAcme,Cook\nBolt,"Chef\nCrab,Waiter\nDuck,Cook\n')

    assert [line.number for line in sheet.lines] == [2, 3, 4, 5]
    assert "never closed" in sheet.lines[1].problem
    assert sheet.lines[3].cells == ["Duck", "Cook"]


def test_characters_that_only_python_takes_for_line_ends_are_no_line_ends():
    assert cells("Company,Title\nAc\u2028me,Co\x0bo\x1ck\n") == [["Ac\u2028me", "Co\x0bo\x1ck"]]


def test_nul_is_dropped():
    assert cells(b"Company,Title\nAc\0me,Cook\n") == [["Acme", "Cook"]]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (b"", "empty"),
        (b"\n\n , \n", "empty"),
        (b"PK\x03\x04 and so on", "no Excel workbook that can be read"),
        (b"\xd0\xcf\x11\xe0", "old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"Foo,Bar\n1,2\n", 'a company or a job title. Row 1 has: "Foo", "Bar".'),
        (b"Company,Salary\nAcme,1\n", 'No column of the file is a job title. Row 1 has: "Company", "Salary".'),
        (b"Role,Salary\nCook,1\n", "No column of the file is a company."),
    ],
)
def test_what_cannot_be_imported_is_refused_with_what_was_found(source, why):
    with pytest.raises(Invalid) as refused:
        read(source)
    assert why in refused.value.message
    assert refused.value.fields == {"file": [refused.value.message]}


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Invalid, match="larger than 20 MB"):
        read(b"Company,Title\n" + b"A,B\n" * (reading.MAX_BYTES // 4))


def test_a_file_of_too_many_rows_is_refused():
    with pytest.raises(Invalid, match="more than 50,000 rows"):
        read(b"Company,Title\n" + b"A,B\n" * (grid.MAX_ROWS + 1))


def test_as_many_rows_as_are_allowed_are_read_and_empty_ones_do_not_count():
    assert len(table(b"Company,Title\n" + b"A,B\n,\n" * grid.MAX_ROWS).lines) == grid.MAX_ROWS


def test_a_file_of_too_many_lines_is_refused_though_they_are_empty():
    with pytest.raises(Invalid, match="more than 50,000 rows"):
        read(b"Company,Title\n" + b"\n" * grid.MAX_LINES)


def steps(source, monkeypatch):
    """Count the characters that are split into rows, and the calls that reading a file takes."""
    found = 0

    class Physical(reading._Physical):
        def __iter__(self):
            nonlocal found
            for line in super().__iter__():
                found += len(line)
                yield line

    def call(frame, event, argument):
        nonlocal found
        found += 1

    with monkeypatch.context() as counting:
        counting.setattr(reading, "_Physical", Physical)
        sys.setprofile(call)
        try:
            read(source)
        except Invalid:
            pass
        finally:
            sys.setprofile(None)
    return found


@pytest.mark.parametrize("head", [b"", b"Company,Title\nAcme,Cook\n"], ids=["alone", "below a table"])
@pytest.mark.parametrize(
    "hostile",
    [b'"' * 20_001, b"," * 100_000, b"\n" * 60_000, b'"a\n' * 20_001, b"\xff\xfe" + b"\0" * 99_999],
    ids=["quotes", "commas", "line ends", "open quotes", "nul"],
)
def test_a_hostile_file_twice_as_long_takes_twice_as_many_steps(hostile, head, monkeypatch):
    once, twice = steps(head + hostile, monkeypatch), steps(head + hostile + hostile, monkeypatch)

    assert twice <= 2.5 * once


@given(st.binary(max_size=300) | st.text(st.sampled_from('",;\t\r\nab \ufeff'), max_size=60).map(str.encode))
def test_no_bytes_break_the_reader(noise):
    for source in (noise, b"Company,Title\n" + noise):
        try:
            read(source)
        except Invalid:
            pass
