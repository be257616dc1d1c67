import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from onward.domain.exchange.importing import workbook
from onward.domain.exchange.importing.reading import read
from onward.platform.refusals import Invalid

FORMATS = ["General", "yyyy-mm-dd", '#,##0 "€"', "0%", "[$CHF-807] #,##0", "d/m/yy h:mm"]


def book(sheets, *, merged=(), links=None, hidden=()):
    """Write a workbook: rows of XML cells by the names of its sheets. Merged areas and links are on the first."""
    links = links or {}
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "<Relationships>{}</Relationships>"
    names = list(sheets)
    files = {
        "xl/workbook.xml": f'<workbook xmlns:r="{office}"><sheets>'
        + "".join(
            f'<sheet name="{name}" r:id="s{n}" state="{"hidden" if name in hidden else "visible"}"/>'
            for n, name in enumerate(names)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations.format(
            "".join(f'<Relationship Id="s{n}" Target="worksheets/{n}.xml"/>' for n in range(len(names)))
        ),
        "xl/styles.xml": "<styleSheet><numFmts>"
        + "".join(f'<numFmt numFmtId="{n + 164}" formatCode="{escape(f, QUOTE)}"/>' for n, f in enumerate(FORMATS))
        + "</numFmts><cellXfs>"
        + "".join(f'<xf numFmtId="{n + 164}"/>' for n in range(len(FORMATS)))
        + "</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": "<sst><si><t>Sha</t></si><si><r><t>Sha</t></r><r><t>red</t></r><rPh><t>x</t></rPh></si></sst>",
        "xl/worksheets/_rels/0.xml.rels": relations.format(
            "".join(
                f'<Relationship Id="l{n}" Target="{url}" TargetMode="External"/>'
                for n, url in enumerate(links.values())
            )
        ),
    }
    for n, rows in enumerate(sheets.values()):
        body = "".join(f'<row r="{number}">{"".join(cells)}</row>' for number, cells in enumerate(rows, 1))
        after = "".join(f'<mergeCell ref="{area}"/>' for area in merged) if n == 0 else ""
        after += "".join(f'<hyperlink ref="{ref}" r:id="l{i}"/>' for i, ref in enumerate(links)) if n == 0 else ""
        files[f"xl/worksheets/{n}.xml"] = (
            f'<worksheet xmlns:r="{office}"><sheetData>{body}</sheetData><x>{after}</x></worksheet>'
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return packed.getvalue()


QUOTE = {'"': "&quot;"}


def text(*cells):
    return [f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in cells]


HEADER = text("Company", "Role", "Notes")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c t="s"><v>1</v></c>', "Shared"),
        ("<c><v>60000</v></c>", "60000"),
        ("<c><v>0.1</v></c>", "0.1"),
        ('<c s="1"><v>46027</v></c>', "2026-01-05"),
        ('<c s="5"><v>46027.5</v></c>', "2026-01-05 12:00:00"),
        ('<c s="2"><v>60000</v></c>', "60000 €"),
        ('<c s="3"><v>0.8</v></c>', "80%"),
        ('<c s="4"><v>90000</v></c>', "90000 CHF"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="str"><f>A1</f><v>seen</v></c>', "seen"),
        ("<c><f>A1+1</f></c>", "=A1+1"),
        ('<c t="e"><v>#REF!</v></c>', "#REF!"),
    ],
)
def test_a_cell_is_read_as_its_owner_sees_it(cell, shown):
    (table,) = read(book({"Jobs": [HEADER, [*text("Acme", "Cook"), cell]]})).tables
    assert table.lines[0].cells[2] == shown


def test_links_and_merged_cells_belong_to_the_rows_that_show_them():
    rows = [HEADER, text("Acme", "Cook"), ["<c r='B3' t='inlineStr'><is><t>Chef</t></is></c>"]]
    rows.append([*text("Bolt", "Dev"), '<c t="str"><f>HYPERLINK("https://b.example/3","go")</f><v>go</v></c>'])
    (table,) = read(book({"Jobs": rows}, merged=["A2:A3"], links={"B2": "https://a.example/1"})).tables

    assert [line.cells[0] for line in table.lines] == ["Acme", "Acme", "Bolt"]
    assert [dict(line.links) for line in table.lines] == [{1: "https://a.example/1"}, {}, {2: "https://b.example/3"}]


def test_every_sheet_that_has_applications_is_read_and_the_others_are_named():
    rows = [HEADER, text("Acme", "Cook")]
    file = read(book({"Jobs": rows, "Lists": [text("Statuses")], "Old": rows, "Away": rows}, hidden={"Away"}))

    assert [table.sheet for table in file.tables] == ["Jobs", "Old"]
    assert file.notes[0].startswith('Sheet "Lists": passed over, with its 1 rows. No column of the file')
    assert file.notes[1] == 'Sheet "Away": it is hidden, and passed over'


@pytest.mark.parametrize(
    "broken",
    [
        b"PK\x03\x04",
        book({"Jobs": [HEADER, ['<c r="A1"><v>x</v></c>']]}),
        book({"Jobs": [HEADER, ["<c/>" * 200_000]]}),
    ],
)
def test_a_broken_workbook_is_refused(broken):
    with pytest.raises(Invalid):
        read(broken)


def test_a_workbook_that_unpacks_to_more_than_is_read_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1000)
    with pytest.raises(Invalid, match="Unpacked"):
        read(book({"Jobs": [HEADER]}))
