"""What a résumé's file says, and what becomes of files that mean harm."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import typst
from django.core.files.base import ContentFile

from onward.domain.resumes import services, text
from onward.domain.resumes.choices import Standing
from onward.domain.resumes.formats import DOC, DOCX, PDF
from onward.domain.resumes.models import Resume, ResumeText
from onward.domain.resumes.text import PROBLEMS, TOO_MUCH, Unreadable, extract
from tests.domain.resumes import papers
from tests.domain.resumes.documents import doc, pdf
from tests.domain.resumes.papers import paragraph

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SET = """
#set page(margin: 2cm)
#align(center)[#text(18pt)[*Ada Ahmed*] \\ ada\\@example.org · Berlin]
== Experience
*Senior Engineer, Northwind* #h(1fr) 2021 – 2025
- Led a team of five that moved 40 services to Kubernetes
- Cut the p95 latency of the search API from 900 ms to 120 ms
== Skills
Python, Django, PostgreSQL, Kubernetes, efficient workflows
"""


def said(content, kind, seconds=120):
    return extract(content, content_type=kind.content_type, seconds=seconds).text


def uploaded(owner, content, name="cv.pdf"):
    return services.upload(
        owner_id=owner.pk,
        file=ContentFile(content, name),
        file_name=name,
        version_name="Backend",
        standing=Standing.DEFAULT,
        at=AT,
    )


# Reading


def test_a_pdf_gives_its_lines():
    assert said(papers.pdf_saying("Ada Ahmed", "Engineer (5 years)"), PDF) == "Ada Ahmed\nEngineer (5 years)"


def test_a_pdf_that_was_really_set_gives_its_words_without_ligatures():
    found = said(typst.compile(SET.encode()), PDF)

    assert found.startswith("Ada Ahmed\nada@example.org · Berlin\nExperience\n")
    assert "• Led a team of five that moved 40 services to Kubernetes" in found
    assert "Cut the p95 latency of the search API from 900 ms to 120 ms" in found
    assert "Python, Django, PostgreSQL, Kubernetes, efficient workflows" in found


def test_the_pages_of_a_pdf_stand_in_their_order():
    pages = [papers.lines_of(f"Page {number}") for number in range(1, 4)]

    assert said(papers.pdf_of(*pages), PDF) == "Page 1\nPage 2\nPage 3"


def test_a_word_document_gives_paragraphs_lists_and_tables():
    body = (
        paragraph("Ada", "<w:tab/>", "Ahmed")
        + paragraph("Python", properties='<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs><w:numPr/>')
        + paragraph("Django", properties='<w:pStyle w:val="ListBullet"/><w:numPr/>')
        + f"<w:tbl><w:tr><w:tc>{paragraph('2021')}</w:tc><w:tc>{paragraph('Northwind')}</w:tc></w:tr></w:tbl>"
        + paragraph("one", "<w:br/>", "two", "<w:delText>gone</w:delText>")
    )

    assert said(papers.docx_of(body), DOCX) == "Ada\tAhmed\n• Python\n• Django\n2021\nNorthwind\none\ntwo"


def test_a_word_documents_head_stands_before_its_text():
    head = f'<w:hdr xmlns:w="{papers.W}">{paragraph("Ada Ahmed")}</w:hdr>'.encode()

    assert said(papers.docx_of(paragraph("Engineer"), also={"word/header1.xml": head}), DOCX) == "Ada Ahmed\n\nEngineer"


def test_a_text_box_is_read_once():
    box = paragraph("Skills: Python")
    twice = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert said(papers.docx_of(twice), DOCX) == "Skills: Python"


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("table_length", [4096, 200])
def test_an_old_word_document_gives_its_main_text(wide, table_length):
    words = "Ada Ahmed\rCafé manager\r\x13 HYPERLINK x \x14my site\x15\rPython\x07Django"
    content = papers.doc_saying(words, wide=wide, table_length=table_length)

    assert said(content, DOC) == "Ada Ahmed\nCafé manager\nmy site\nPython\tDjango"


def test_text_has_an_end():
    content = papers.docx_of(paragraph("word " * 100_000) + paragraph("🧑🏽‍🚀" * 10_000))

    assert len(said(content, DOCX)) <= 100_000


def test_letters_beyond_ascii_stay():
    assert said(papers.docx_of(paragraph("履歴書 Zoë 🧑🏽‍🚀")), DOCX) == "履歴書 Zoë 🧑🏽‍🚀"


# What cannot be read


@pytest.mark.parametrize(
    ("content", "kind", "problem"),
    [
        (pdf(), PDF, "empty"),
        (papers.docx_of(paragraph(" . ")), DOCX, "empty"),
        (papers.pdf_of(papers.lines_of("x"), extra="/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(x)/P -4>>"), PDF, "any"),
        (b"%PDF-1.4\n" + b"\0" * 1000, PDF, "broken"),
        (b"", PDF, "broken"),
        (b"PK\x03\x04", DOCX, "broken"),
        (papers.docx_of("<w:p>"), DOCX, "broken"),
        (doc(), DOC, "broken"),
        (doc(circle=True), DOC, "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504, DOC, "broken"),
        (papers.doc_saying("secret", flags=0x0300), DOC, "locked"),
        (papers.doc_saying("x" * 50)[:3000], DOC, "broken"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(content, kind, problem):
    with pytest.raises(Unreadable) as refusal:
        said(content, kind)

    assert refusal.value.message in ([*PROBLEMS.values()] if problem == "any" else [PROBLEMS[problem]])
    assert refusal.value.final


def test_a_picture_is_not_tried():
    with pytest.raises(Unreadable, match="cannot be read"):
        extract(b"GIF89a", content_type="image/gif")


# What means harm


@pytest.mark.parametrize("make", [papers.huge_pdf, papers.slow_pdf, papers.huge_docx, papers.growing_docx])
def test_a_bomb_goes_off_in_a_small_room(make):
    content, kind = make(), PDF if "pdf" in make.__name__ else DOCX
    assert len(content) < services.LARGEST

    with pytest.raises(Unreadable) as refusal:
        said(content, kind, seconds=3)

    assert refusal.value.message in {TOO_MUCH, PROBLEMS["broken"]}


def test_what_takes_too_long_is_ended():
    # It would draw for hours.
    with pytest.raises(Unreadable) as refusal:
        said(papers.slow_pdf(), PDF, seconds=1)

    assert (refusal.value.message, refusal.value.final) == (TOO_MUCH, False)


def test_the_child_gives_up_what_it_could_take():
    limits = (
        "import resource, sys; from onward.platform.confined.limits import limit; limit(7);"
        "sys.stdout.write(repr([resource.getrlimit(r) for r in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]))"
    )

    shown = subprocess.run([sys.executable, "-I", "-c", limits], capture_output=True, check=True).stdout

    assert shown.decode() == repr([(256 * 1024 * 1024,) * 2, (7, 7)])


def test_the_library_is_loaded_in_the_child_only(monkeypatch):
    # Whoever ran before may have read a PDF in this process.
    for name in [name for name in sys.modules if name.startswith("pypdfium2")]:
        monkeypatch.delitem(sys.modules, name)

    said(papers.pdf_saying("Ada"), PDF)

    assert "pypdfium2" not in sys.modules


# Once


@pytest.fixture
def children(monkeypatch):
    """Count the processes that read."""
    count = SimpleNamespace(number=0)
    run = text._run

    def counted(*arguments):
        count.number += 1
        return run(*arguments)

    monkeypatch.setattr(text, "_run", counted)
    return count


def test_a_file_is_read_once(ada, children):
    resume = uploaded(ada, papers.pdf_saying("Ada Ahmed"))

    found = [services.reading_of(resume=resume, at=AT).text for _ in range(3)]

    assert found == ["Ada Ahmed"] * 3
    assert children.number == 1
    assert ResumeText.objects.get().file_key == resume.file_key


def test_a_file_without_text_is_tried_once(ada, children):
    resume = uploaded(ada, pdf())

    for _ in range(2):
        with pytest.raises(Unreadable, match="It may be a scan"):
            services.reading_of(resume=resume, at=AT)

    assert children.number == 1


def test_what_took_too_long_is_tried_again_later(ada, children, monkeypatch):
    resume = uploaded(ada, papers.pdf_saying("Ada Ahmed"))
    monkeypatch.setattr(text, "_run", lambda *arguments: None)
    with pytest.raises(Unreadable):
        services.reading_of(resume=resume, at=AT)
    monkeypatch.undo()

    assert services.reading_of(resume=resume, at=AT + timedelta(hours=1, seconds=1)).text == "Ada Ahmed"


def test_a_lost_file_is_a_sentence(ada):
    for key, sentence in (("", "has no file here"), ("resumes/none.pdf", "is not there any more")):
        resume = Resume.objects.create(owner=ada, version_name="x", file_key=key, content_type=PDF.content_type)
        with pytest.raises(Unreadable, match=sentence):
            services.reading_of(resume=resume, at=AT)


@pytest.mark.django_db(transaction=True)
def test_many_may_read_at_once(ada, together):
    resume = uploaded(ada, papers.pdf_saying("Ada Ahmed"))

    assert together(6, lambda _: services.reading_of(resume=resume, at=AT).text) == ["Ada Ahmed"] * 6
    assert ResumeText.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_version_that_is_deleted_while_it_is_read_keeps_nothing(ada, monkeypatch):
    resume = uploaded(ada, papers.pdf_saying("Ada Ahmed"))
    run = text._run

    def slow(*arguments):
        Resume.objects.filter(pk=resume.pk).delete()
        return run(*arguments)

    monkeypatch.setattr(text, "_run", slow)

    assert services.reading_of(resume=resume, at=AT).text == "Ada Ahmed"
    assert ResumeText.objects.count() == 0


def test_the_text_goes_with_its_version(ada):
    resume = uploaded(ada, papers.pdf_saying("Ada Ahmed"))
    services.reading_of(resume=resume, at=AT)

    services.delete(owner_id=ada.pk, resume_id=resume.pk, at=AT)

    assert ResumeText.objects.count() == 0


def test_a_file_that_took_too_long_is_not_tried_again_for_an_hour(ada, children, monkeypatch):
    resume = uploaded(ada, papers.pdf_saying("Ada Ahmed"))
    monkeypatch.setattr(services, "extract", overlong(children))

    for minutes in (0, 1, 59, 61, 62):
        with pytest.raises(Unreadable, match="too much time"):
            services.reading_of(resume=resume, at=AT + timedelta(minutes=minutes))

    assert children.number == 2


def overlong(count):
    def extract(content, *, content_type):
        count.number += 1
        raise Unreadable(TOO_MUCH, final=False)

    return extract
