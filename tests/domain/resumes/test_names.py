import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.resumes.names import safe_file_name, size_in_words


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("cv.pdf", "cv.pdf"),
        ("My CV (final).PDF", "My CV (final).PDF"),
        ("../../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\cv.pdf", "cv.pdf"),
        ("/tmp/cv.pdf", "cv.pdf"),
        ("..", "resume.pdf"),
        (".pdf", "resume.pdf"),
        ("", "resume.pdf"),
        ("   ", "resume.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("cv.exe", "cv.exe.pdf"),
        ("cv.pdf.html", "cv.pdf.html.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie: x.pdf"),
        ("cv\ud800.pdf", "cv.pdf"),
        ("履歴書.pdf", "履歴書.pdf"),
        ("A\u0300.pdf", "\u00c0.pdf"),
        ("cv.pdf. ", "cv.pdf"),
    ],
)
def test_a_name_keeps_what_can_be_kept(given_name, kept):
    assert safe_file_name(given_name, suffix=".pdf") == kept


def test_a_long_name_is_cut_before_its_suffix():
    assert safe_file_name("é" * 300 + ".pdf", suffix=".pdf") == "é" * 251 + ".pdf"


@given(st.text(st.characters(), max_size=400), st.sampled_from([".pdf", ".doc", ".docx"]))
def test_every_name_becomes_one_that_can_be_stored_and_saved(name, suffix):
    kept = safe_file_name(name, suffix=suffix)

    kept.encode()
    assert len(kept) <= 255
    assert kept.lower().endswith(suffix)
    assert kept.isprintable() or {"\u200c", "\u200d"} & set(kept)
    assert not {"/", "\\", "\x00"} & set(kept)
    assert safe_file_name(kept, suffix=suffix) == kept


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KB"),
        (125_000, "122.1 KB"),
        (1024 * 1024 - 1, "1.0 MB"),
        (1024 * 1024, "1.0 MB"),
        (5 * 1024 * 1024, "5.0 MB"),
    ],
)
def test_a_size_reads_as_people_say_it(size, words):
    assert size_in_words(size) == words
