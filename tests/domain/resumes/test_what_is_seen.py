"""What a person sees on the page is what is read."""

import random
from contextlib import suppress
from pathlib import Path

import pytest

from onward.domain.resumes.formats import PDF, recognise
from onward.domain.resumes.parsing import docx
from onward.domain.resumes.parsing.bounds import Unreadable as Broken
from onward.domain.resumes.parsing.tidying import tidied
from onward.domain.resumes.text import PROBLEMS, WARNINGS, Unreadable, extract
from tests.domain.resumes import papers
from tests.domain.resumes.papers import paragraph

FILES = Path(__file__).with_name("files")


def pdf_says(*streams, **more):
    return extract(papers.pdf_of(*streams, **more), content_type=PDF.content_type)


def docx_says(*body, **more):
    # In this process: nothing here means harm.
    return tidied(docx.read(papers.docx_of("".join(body), **more))).text


def at(x, y, text, before="", size=11):
    return f"BT /F1 {size} Tf {before} {x} {y} Td ({text}) Tj ET\n".encode("latin-1")


# Files that other programs got wrong

CASES = {
    "form-fields.pdf": """Application form 12-B
Dana Fielding
dana@example.org
Experience
Project Coordinator, Clearfield Institute, March 2019 - present
- Planned 40 meetings and wrote the minutes
Skills: Microsoft Excel""",
    "ligature-without-name.pdf": """Dana Fielding
dana@example.org
Experience
Scientific Officer, Clearfield Institute, March 2019 - present
- Defined flexible workflows for 14 scientific staff
- Cut the time to file a finding from 9 days to 2
Skills
Microsoft Office, Workflow automation, Data flow modelling""",
    "soft-hyphen-as-hyphen.pdf": """Dana Fielding
dana@example.org
Experience
DevOps Engineer, Clearfield Institute, March 2019 - February 2024
• Hands-on operation of 300 services in a multi-account cloud
• Trained models with scikit-learn for a cross-functional team
Skills
Python, scikit-learn, T-SQL""",
    "space-mapped-to-four-characters.pdf": """Dana Fielding
dana@example.org (555) 555-0100
Experience
Project Coordinator, Clearfield Institute, March 2019 - present
Planned 40 meetings and wrote the minutes
Skills
Microsoft Excel, Budgeting""",
    "strict-ooxml.docx": """Dana Fielding
dana@example.org
Experience
Project Coordinator, Clearfield Institute, March 2019 - present
• Planned 40 meetings and wrote the minutes
Skills
Microsoft Excel, Budgeting""",
    "what-is-not-shown.docx": """Dana Fielding
dana@example.org
Experience
Project Coordinator, Clearfield Institute	March 2019 - present
• Planned 40 meetings and wrote the minutes
Skills
Microsoft Excel, Budgeting""",
}


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_read_as_a_person_reads_it(name):
    with (FILES / name).open("rb") as file:
        kind = recognise(file)
    assert kind is not None

    found = extract((FILES / name).read_bytes(), content_type=kind.content_type)

    assert found.text == CASES[name]
    assert found.warnings == ([WARNINGS["hidden"]] if name == "what-is-not-shown.docx" else [])


# On a PDF's page

SEEN = at(50, 750, "Ada Ahmed")
DARK = b"q 0.1 0.2 0.4 rg 40 600 200 100 re f Q\n"
SCAN = b"q 500 0 0 700 50 50 cm BI /W 100 /H 100 /CS /G /BPC 8 ID " + b"\x00\xff" * 5000 + b" EI Q\n"


@pytest.mark.parametrize(
    ("stream", "kept"),
    [
        (at(50, 650, "Java Oracle", "1 g"), False),
        (at(50, 650, "Java Oracle", "0.99 0.98 1 rg"), False),
        (at(50, 750, "Java Oracle", "1 g"), False),
        (at(50, 650, "Java Oracle", "0.6 g"), True),
        (DARK + at(50, 650, "Java Oracle", "1 g"), True),
        (DARK + at(50, 650, "Java Oracle", "0.1 0.2 0.4 rg"), False),
        (at(50, 650, "Java Oracle") + b"q 1 g 40 600 200 100 re f Q\n", False),
        (b"q 0 0 10 10 re W n " + at(50, 650, "Java Oracle") + b"Q\n", False),
        (at(50, 650, "Java Oracle", size=1), False),
        (at(50, 650, "Java Oracle", size=6), True),
        (at(-500, 650, "Java Oracle"), False),
        (at(50, 1650, "Java Oracle"), False),
        (at(50, 650, "Java Oracle", "3 Tr"), False),
        (at(50, 750, "Java Oracle", "3 Tr"), False),
        (SCAN + at(60, 650, "Java Oracle", "3 Tr"), True),
        (at(0, 0, "Java Oracle", "0 1 -1 0 300 400 cm"), True),
    ],
    ids=[
        "white on white",
        "nearly white on white",
        "white on black letters",
        "grey on white",
        "white on dark",
        "dark on the same dark",
        "painted over",
        "cut off",
        "tiny",
        "small",
        "left of the page",
        "above the page",
        "invisible",
        "invisible on letters",
        "recognised by a scanner",
        "sideways",
    ],
)
def test_only_what_can_be_seen_on_a_page_is_read(stream, kept):
    found = pdf_says(SEEN + stream)

    assert ("Java Oracle" in found.text, found.text.startswith("Ada Ahmed")) == (kept, True)
    assert found.warnings == ([] if kept else [WARNINGS["hidden"]])


def test_a_word_that_is_divided_is_taken_together_where_the_document_says_how_it_is_written():
    lines = [
        "We ran experi-",
        "ments and cross-",
        "functional work, led cus-",
        "tomers in 2019-",
        "Present",
        "Experiments",
    ]

    found = pdf_says(papers.lines_of(*lines))

    assert found.text == "We ran experiments and cross-functional work, led cus-tomers in 2019-\nPresent\nExperiments"


def test_a_word_that_is_set_wide_is_a_word():
    words = "EXPERIENCE AND SKILLS"
    apart = b"".join(at(50 + 17 * place, 700, letter) for place, letter in enumerate(words) if letter != " ")

    assert pdf_says(SEEN + apart + at(50, 600, "Vitamin A B C")).text == f"Ada Ahmed\n{words}\nVitamin A B C"


def test_what_is_filled_in_stands_behind_its_label():
    labels = at(50, 700, "Name") + at(50, 680, "Skills") + at(50, 660, "I confirm this.")
    filled = {(100, 698): "Ada Ahmed", (100, 678): "Python", (100, 640): "Ada A."}

    assert pdf_says(labels, filled=filled).text == "Name Ada Ahmed\nSkills Python\nI confirm this.\nAda A."


TYPE_3 = (
    "<</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[0.1 0 0 0.1 0 0]/FirstChar 65/LastChar 67"
    "/Widths[10 10 10]/Encoding<</Type/Encoding/Differences[65{names}]>>/CharProcs<<{procs}>>>>"
)


def pictures(*names):
    """A font of three glyphs, each a square."""
    procs = "".join(f"{name} {{square}}" for name in names)
    return TYPE_3.format(names="".join(names), procs=procs)


@pytest.mark.parametrize(
    ("names", "text", "warnings"),
    [
        (("/a65", "/a66", "/a67"), "ABC\tx", []),
        (("/f_i", "/one.oldstyle", "/uni00E9"), "fi1é\tx", []),
        (("/odieresis.sc", "/T_h", "/germandbls"), "öThß\tx", []),
        (("/g1", "/B", "/C"), "\ufffdBC\tx", ["unmapped"]),
    ],
)
def test_letters_are_told_by_the_names_of_their_glyphs(names, text, warnings):
    stream = b"BT /F2 11 Tf 50 700 Td (ABC) Tj ET\n" + at(90, 700, "x") + at(50, 600, "some text of letters")

    found = pdf_says(stream, font=pictures(*names))

    assert found.text.splitlines()[0] == text
    assert found.warnings == [WARNINGS[word] for word in warnings]


def test_a_text_of_which_few_letters_can_be_told_is_none():
    stream = b"BT /F2 11 Tf 50 700 Td (ABCABCABC) Tj ET\n" + at(50, 600, "page one")

    with pytest.raises(Unreadable) as refusal:
        pdf_says(stream, font=pictures("/g1", "/g2", "/g3"))

    assert refusal.value.message == PROBLEMS["unmapped"]


# In a Word document


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def line(*runs, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def prompt(text, showing):
    return f"<w:sdt><w:sdtPr>{showing}</w:sdtPr><w:sdtContent>{line(run(text))}</w:sdtContent></w:sdt>"


SHADED = '<w:tcPr><w:shd w:fill="203040"/></w:tcPr>'
WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (line(run("Java", "<w:vanish/>")), False),
        (line(run("Java", '<w:vanish w:val="0"/>')), True),
        (line(run("Java", '<w:webHidden/><w:caps/>')), True),
        (line(run("Java", '<w:rStyle w:val="Secret"/>')), False),
        (line(run("Java"), properties='<w:pStyle w:val="Deeper"/>'), False),
        (line(run("Java", WHITE)), False),
        (line(run("Java", f'{WHITE}<w:highlight w:val="black"/>')), True),
        (f"<w:tbl><w:tr><w:tc>{SHADED}{line(run('Java', WHITE))}</w:tc></w:tr></w:tbl>", True),
        (line(run("Java", '<w:sz w:val="2"/>')), False),
        (line(run("Java", '<w:sz w:val="12"/>')), True),
        (line(f"<w:del>{run('Java')}</w:del>"), False),
        (line(f"<w:ins>{run('Java')}</w:ins>"), True),
        (line(f"<w:moveFrom>{run('Java')}</w:moveFrom>"), False),
        (line(f"<w:moveTo>{run('Java')}</w:moveTo>"), True),
        (line(f"<w:hyperlink>{run('Java')}</w:hyperlink>"), True),
        (prompt("Java", "<w:showingPlcHdr/>"), False),
        (prompt("Java", '<w:showingPlcHdr w:val="false"/>'), True),
        (prompt("Java", "<w:text/>"), True),
        (line('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("Java"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'), False),
        (line(f'<w:fldSimple w:instr="AUTHOR">{run("Java")}</w:fldSimple>'), True),
        ("<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val='Deeper'/></w:pPr></w:pPrChange></w:pPr>" + run("Java") + "</w:p>", True),
    ],
)  # fmt: skip
def test_only_what_word_shows_is_read(body, kept):
    styles = (
        f'<w:styles xmlns:w="{papers.W}"><w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Deeper"><w:basedOn w:val="Secret"/></w:style></w:styles>'
    )

    found = docx_says(line(run("Ada Ahmed")), body, also={"word/styles.xml": styles.encode()})

    assert found == ("Ada Ahmed\nJava" if kept else "Ada Ahmed")


def test_a_paragraph_whose_end_was_deleted_goes_on():
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"

    assert docx_says(line(run("Ada "), properties=gone), line(run("Ahmed")), line(run("Cook"))) == "Ada Ahmed\nCook"


def test_signs_and_hyphens_are_what_they_look_like():
    signs = '<w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Symbol" w:char="B7"/>'
    words = f"<w:r>{signs}<w:t xml:space='preserve'> T</w:t><w:noBreakHyphen/><w:t>SQL, co</w:t><w:softHyphen/><w:t>llege&#13;art</w:t></w:r>"

    assert docx_says(line(words)) == "• T-SQL, college art"


def test_lists_are_marked_as_word_marks_them():
    def item(text, number, depth=0):
        return line(run(text), properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')

    def level(depth, form, text):
        return f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'

    lists = (
        f'<w:numbering xmlns:w="{papers.W}">'
        f'<w:abstractNum w:abstractNumId="7">{level(0, "decimal", "%1.")}{level(1, "lowerRoman", "%1.%2)")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="8">{level(0, "bullet", "o")}{level(1, "none", "")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
        "</w:numbering>"
    )
    body = [item("Work", 1), item("a", 1, 1), item("b", 1, 1), item("School", 1), item("c", 1, 1), item("d", 2)]

    found = docx_says(*body, item("e", 2, 1), item("f", 0), also={"word/numbering.xml": lists.encode()})

    assert found == "1. Work\n1.i) a\n1.ii) b\n2. School\n2.i) c\n• d\ne\nf"


def test_heads_notes_and_feet_are_read_where_the_document_names_them():
    def part(tag, text, attributes=""):
        return f'<w:{tag} xmlns:w="{papers.W}" {attributes}>{line(run(text))}</w:{tag}>'

    def note(number, text, kind=""):
        return f'<w:footnote w:id="{number}" {kind}>{line(run(text))}</w:footnote>'

    names = {"h1": "header1", "h2": "header2", "f1": "footer1"}
    targets = "".join(f'<Relationship Id="{key}" Target="{name}.xml"/>' for key, name in names.items())
    notes = note(-1, "no", 'w:type="separator"') + note(1, "Best of 40")
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    section = (
        f'<w:sectPr {r}><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/>'
        '<w:footerReference w:type="default" r:id="f1"/></w:sectPr>'
    )

    found = docx_says(
        line(run("Cook"), '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        section,
        also={
            "word/_rels/document.xml.rels": f"<Relationships>{targets}</Relationships>".encode(),
            "word/header1.xml": part("hdr", "Ada Ahmed").encode(),
            "word/header2.xml": part("hdr", "of another first page").encode(),
            "word/footer1.xml": part("ftr", "ada@example.org").encode(),
            "word/footer2.xml": part("ftr", "left over").encode(),
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{papers.W}">{notes}</w:footnotes>'.encode(),
        },
    )

    assert found.replace("\n\n", "\n") == "Ada Ahmed\nCook\nBest of 40\nada@example.org"


def test_a_text_box_does_not_cut_the_line_that_it_is_tied_to():
    box = f"<w:r><w:txbxContent>{paragraph('Skills: Python')}</w:txbxContent></w:r>"

    assert docx_says(line(run("Ada "), box, run("Ahmed"))) == "Skills: Python\nAda Ahmed"


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_document_is_broken_or_read_and_nothing_else(seed):
    noise = random.Random(seed)
    content = bytearray(papers.docx_of(paragraph("Ada Ahmed " * 50), also={"word/header1.xml": b"<x/>"}))
    for _ in range(noise.randint(1, 20)):
        content[noise.randrange(len(content))] = noise.randrange(256)

    with suppress(Broken):
        tidied(docx.read(bytes(content)))


def test_what_is_set_apart_in_a_line_stays_apart():
    apart = b"BT /F1 11 Tf 50 700 Td (Sunrise Ltd) Tj ET BT /F1 11 Tf 400 700 Td (Leeds) Tj ET"

    assert pdf_says(apart).text == "Sunrise Ltd\tLeeds"


def test_a_font_that_ends_where_a_word_does_leaves_a_space():
    font = "<</Type/Font/Subtype/Type1/BaseFont/Times-Bold>>"
    name = b"BT /F1 30 Tf 50 700 Td (Ada) Tj ET BT /F2 30 Tf 106 700 Td (Ahmed) Tj ET"

    assert pdf_says(name, font=font).text == "Ada Ahmed"
