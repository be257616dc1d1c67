"""A form that is read as it comes, held against Django's own reader."""

import io

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http.multipartparser import MultiPartParser
from hypothesis import given
from hypothesis import strategies as st

from onward.platform.http.multipart import LONGEST_HEAD, LONGEST_TEXTS, Form
from onward.platform.http.receiving import Malformed

KIND = "multipart/form-data; boundary=b"


class Kept(io.BytesIO):
    pass


def read(body: bytes, sizes=(), kind=KIND):
    """Feed a form in pieces of these sizes, again and again."""
    kept = Kept()
    form = Form(kind, file_field="file", begin=lambda: kept)
    at, turn = 0, 0
    while at < len(body):
        size = sizes[turn % len(sizes)] if sizes else len(body)
        form.feed(body[at : at + size])
        at, turn = at + size, turn + 1
    return form, kept.getvalue()


def part(name: str, content: bytes, file_name: str | None = None) -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"'
    if file_name is not None:
        head += f'; filename="{file_name}"\r\nContent-Type: video/mp4'
    return head.encode() + b"\r\n\r\n" + content + b"\r\n"


# Contents that look like boundaries, whole and in part.
HARD = (
    st.lists(st.sampled_from([b"\r", b"\n", b"-", b"--", b"b", b"\r\n--", b"\r\n--c", b"x", b"\x00", b"--b--"]))
    .map(b"".join)
    .filter(lambda content: b"--b" not in content)
)


@given(HARD, HARD, st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_a_form_is_what_django_reads_however_it_is_cut(text, content, sizes):
    body = part("title", text) + part("file", content, "a b.mp4") + part("last", b"\xc3\xa9") + b"--b--\r\n"

    form, kept = read(body, sizes)

    meta = {"CONTENT_TYPE": KIND, "CONTENT_LENGTH": len(body)}
    texts, files = MultiPartParser(meta, io.BytesIO(body), [MemoryFileUploadHandler()]).parse()
    assert form.is_whole
    assert form.texts == texts.dict()
    assert form.file_name == "a b.mp4"
    assert (kept, form.size) == (content, len(content))
    if "file" in files:
        assert files["file"].read() == content


def test_only_the_first_file_of_the_field_is_written():
    body = part("other", b"0", "o") + part("file", b"1", "a") + part("file", b"2", "b") + b"--b--"

    form, kept = read(body)

    assert (kept, form.file_name, form.texts) == (b"1", "a", {})


def test_what_comes_after_the_end_is_passed_over():
    form, kept = read(part("file", b"1", "a") + b"--b--" + b"x" * 100_000, (7,))

    assert form.is_whole
    assert kept == b"1"


@pytest.mark.parametrize(
    "body",
    [
        b"--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--",
        b"--b\r\n\r\nx\r\n--b--",
        b"--bx",
        b"--b\r\n" + b"x" * (LONGEST_HEAD + 1),
        part("t", b"x" * (LONGEST_TEXTS + 1)) + b"--b--",
        b"".join(part(str(number), b"x") for number in range(70)) + b"--b--",
    ],
    ids=["no form", "no name", "no boundary", "a long head", "a long text", "many texts"],
)
def test_what_is_no_form_is_refused(body):
    try:
        form, _ = read(body, (1000,))
    except Malformed:
        return
    assert not form.is_whole


def test_a_boundary_ends_its_line():
    with pytest.raises(Malformed):
        read(part("t", b"x") + b"--bx\r\n")


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 201]
)
def test_a_form_has_a_boundary(kind):
    with pytest.raises(Malformed):
        Form(kind, file_field="file", begin=Kept)


def test_a_form_that_ends_early_is_not_whole():
    form, kept = read(part("title", b"A") + part("file", b"12345", "a")[:-2])

    assert not form.is_whole
    assert b"12345".startswith(kept)
