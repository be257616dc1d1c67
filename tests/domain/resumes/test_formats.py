import io
import random
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.resumes.formats import DOC, DOCX, PDF, is_locked, recognise
from tests.domain.resumes.documents import doc, docx, pdf

EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"This program cannot be run in DOS mode." * 20


def kind(content: bytes):
    return recognise(io.BytesIO(content))


@pytest.mark.parametrize(
    "content",
    [
        pdf(),
        b"\xef\xbb\xbf" + pdf(),
        b"\r\n" + pdf(),
        pdf() + b"\r\n\r\n",
        pdf() + b"\0" * 500,
        pdf() + b"<!-- served in 12 ms -->" * 10,
        pdf() + EXE * 1000,
        pdf().replace(b"\n2 0 obj", b"\n%" + docx().replace(b"\r", b"").replace(b"\n", b"") + b"\n2 0 obj"),
        pdf().replace(b"PDF-1.4", b"PDF-2.0"),
        pdf(100_000),
    ],
    ids=[
        "plain",
        "byte order mark",
        "line before",
        "lines after",
        "zeros after",
        "a comment after",
        "much after",
        "an archive in it",
        "version 2",
        "longer",
    ],
)
def test_a_pdf_is_recognised(content):
    assert kind(content) == PDF


@pytest.mark.parametrize(
    "content",
    [
        docx(),
        docx(main="word/document2.xml"),
        docx(also={"word/media/picture.png": bytes(50_000)}),
        docx(comment=b"made"),
    ],
    ids=["plain", "numbered main part", "with a picture", "with a comment"],
)
def test_a_docx_is_recognised(content):
    assert kind(content) == DOCX


@pytest.mark.parametrize("content", [doc(), doc(shift=12), doc(fillers=40)], ids=["plain", "large sectors", "deep"])
def test_a_doc_is_recognised(content):
    assert kind(content) == DOC


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%",
        b"%PDF-",
        EXE,
        EXE + pdf(),
        b"#!/bin/sh\necho\n" + pdf(),
        b"<html><script>alert(1)</script></html>",
        b"<html>%PDF-1.4</html>" + pdf(),
        b"GIF89a" + pdf(),
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"{\\rtf1 text}",
        b"just text",
        b"%!PS-Adobe-3.0",
    ],
)
def test_anything_else_is_refused_whatever_it_holds(content):
    assert kind(content) is None


def test_a_pdf_without_its_end_is_refused():
    assert kind(pdf()[:-20]) is None


def test_two_files_in_one_are_refused():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("payload.js", "alert(1)")

    for tail in (archive.getvalue(), docx(), b"\n" * 200_000 + docx()):
        assert kind(pdf() + tail) is None


def test_an_archive_that_is_no_document_is_refused():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("readme.txt", "hello")

    assert kind(archive.getvalue()) is None


@pytest.mark.parametrize(
    "content",
    [
        docx(
            main="xl/workbook.xml", types="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        ),
        docx(types="application/vnd.ms-word.document.macroEnabled.main+xml"),
        docx(main="word/../word/document.xml"),
        docx()[:-30],
        docx()[:200],
        b"PK\x03\x04" + bytes(400),
        EXE + docx(),
    ],
    ids=["a spreadsheet", "with macros", "a strange path", "without its end", "cut", "zeros", "a program before it"],
)
def test_an_archive_that_is_no_plain_docx_is_refused(content):
    assert kind(content) is None


def test_an_archive_with_the_same_part_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = docx(also={"word/document.xml": b"<other/>"})

    assert kind(content) is None


def test_a_bomb_is_refused_without_being_unpacked(monkeypatch):
    unpacked = []
    monkeypatch.setattr(zipfile.ZipExtFile, "read", lambda self, n=-1: unpacked.append(self.name) or b"")
    bomb = docx(also={f"word/media/{n}": bytes(60 * 1024 * 1024) for n in range(4)})
    assert len(bomb) < 1024 * 1024

    tracemalloc.start()
    found = kind(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert found is None
    assert unpacked == []
    assert peak < 2 * 1024 * 1024


def test_a_bomb_in_the_part_that_is_read_is_read_to_its_limit_only():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", "<x/>")
        file.writestr("[Content_Types].xml", bytes(150 * 1024 * 1024))

    tracemalloc.start()
    found = kind(archive.getvalue())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert found is None
    assert peak < 4 * 1024 * 1024


def test_an_archive_of_very_many_parts_is_refused_before_they_are_listed():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for number in range(20_000):
            file.writestr(f"{number}", "")
    content = archive.getvalue()
    # The count is what an attacker writes; the length of the list is what would be read.
    at = content.rfind(b"PK\x05\x06")
    lying = bytearray(content)
    struct.pack_into("<HH", lying, at + 8, 3, 3)

    honest, liar = io.BytesIO(content), io.BytesIO(lying)
    tracemalloc.start()
    assert recognise(honest) is None
    assert recognise(liar) is None
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 1024 * 1024


@pytest.mark.parametrize(
    "content",
    [
        doc(stream="Workbook"),
        doc(stream="EncryptedPackage"),
        doc(stream="WordDocumentX"),
        doc(circle=True, stream="Other"),
        doc()[:512],
        doc()[:700],
        doc(shift=9)[:30] + struct.pack("<H", 31) + doc()[32:],
        doc()[:48] + struct.pack("<I", 0xFFFFFFF0) + doc()[52:],
    ],
    ids=["excel", "encrypted", "similar", "circle", "header only", "cut", "giant sectors", "far away"],
)
def test_a_compound_file_that_is_no_word_document_is_refused(content):
    assert kind(content) is None


def test_a_document_that_opens_by_a_password_is_told_from_others():
    assert is_locked(io.BytesIO(doc(stream="EncryptedPackage")))
    assert not any(is_locked(io.BytesIO(content)) for content in (doc(), doc(stream="Workbook"), docx(), pdf(), b""))


@given(st.data())
def test_no_damage_makes_it_fall_over(data):
    content = bytearray(data.draw(st.sampled_from([pdf(), docx(), doc(), doc(fillers=20)])))
    seed = data.draw(st.integers(0, 10_000))
    noise = random.Random(seed)
    for _ in range(noise.randint(1, 40)):
        content[noise.randrange(len(content))] = noise.randrange(256)
    cut = noise.choice([len(content), noise.randrange(len(content))])

    assert kind(bytes(content[:cut])) in {None, PDF, DOC, DOCX}
