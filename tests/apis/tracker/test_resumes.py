"""Section 4 of the tracker's document, "Resume Management"."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onward.domain.resumes.models import Resume
from tests.domain.resumes.documents import doc, docx, pdf
from tests.factories import ApplicationFactory, ResumeFactory

RESUMES = "/tracker/api/v1/applications/resumes/"
LIMIT = 5 * 1024 * 1024
KEYS = [
    "id",
    "version_name",
    "file_url",
    "file_name",
    "file_size",
    "file_size_display",
    "cloudinary_public_id",
    "is_default",
    "created_at",
]
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def upload(client, content=None, *, name="cv.pdf", kind="application/pdf", version="Backend Focus", **fields):
    file = SimpleUploadedFile(name, pdf() if content is None else content, kind)
    return client.upload(f"{RESUMES}upload/", {"file": file, "version_name": version, **fields})


def path_of(answer) -> str:
    parts = urlsplit(answer.json()["file_url"])
    return f"{parts.path}?{parts.query}"


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


# Uploading


def test_an_upload_answers_with_the_version(as_ada, ada):
    answer = upload(as_ada, pdf(125_000), name="ada_backend.pdf")

    assert answer.status_code == 201
    found = answer.json()
    assert list(found) == KEYS
    assert found["version_name"] == "Backend Focus"
    assert found["file_name"] == "ada_backend.pdf"
    assert found["file_size"] == 125_000
    assert found["file_size_display"] == "122.1 KB"
    assert re.fullmatch(rf"resumes/user_{ada.pk}/[0-9a-f]{{32}}", found["cloudinary_public_id"])
    assert found["is_default"] is True
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", found["created_at"])
    assert found["file_url"].startswith(f"http://testserver{RESUMES}{found['id']}/file/?expires=")


@pytest.mark.parametrize(
    ("content", "kind", "name"),
    [(pdf(), "application/pdf", "cv.pdf"), (docx(), DOCX_TYPE, "cv.docx"), (doc(), "application/msword", "cv.doc")],
    ids=["pdf", "docx", "doc"],
)
def test_pdf_and_word_documents_are_taken_and_given_back(as_ada, content, kind, name):
    made = upload(as_ada, content, name=name, kind="application/octet-stream")

    answer = as_ada.get(path_of(made))

    assert answer.status_code == 200
    assert content_of(answer) == content
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00" * 100, b"<html><script>alert(1)</script></html>", b"GIF89a" + pdf(), pdf() + docx(), pdf()[:-10]],
    ids=["a program", "a page", "a picture before it", "two in one", "cut off"],
)
def test_the_content_decides_and_not_the_name_or_the_header(as_ada, content):
    answer = upload(as_ada, content, name="cv.pdf", kind="application/pdf")

    assert answer.status_code == 400
    assert answer.json() == {"file": ["Only PDF and Word documents (DOC, DOCX) are allowed."]}


def test_exactly_5_mb_are_fine(as_ada):
    answer = upload(as_ada, pdf(LIMIT))

    assert answer.status_code == 201
    assert answer.json()["file_size"] == LIMIT
    assert answer.json()["file_size_display"] == "5.0 MB"


def test_one_byte_more_is_refused(as_ada):
    answer = upload(as_ada, pdf(LIMIT + 1))

    assert answer.status_code == 400
    assert answer.json() == {"file": ["File size must not exceed 5MB."]}


def test_an_empty_file_is_refused(as_ada):
    answer = upload(as_ada, b"")

    assert answer.status_code == 400
    assert answer.json() == {"file": ["The submitted file is empty."]}


def test_what_is_missing_is_named(as_ada):
    assert as_ada.upload(f"{RESUMES}upload/", {}).json() == {
        "file": ["No file was submitted."],
        "version_name": ["This field is required."],
    }
    assert as_ada.upload(f"{RESUMES}upload/", {"file": "a word", "version_name": "x"}).json() == {
        "file": ["No file was submitted."]
    }
    assert upload(as_ada, version="   ").json() == {"version_name": ["This field may not be blank."]}


def test_json_instead_of_a_form_is_refused(as_ada):
    answer = as_ada.post(f"{RESUMES}upload/", {"version_name": "x", "file": "y"})

    assert answer.status_code == 400
    assert "file" in answer.json()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"nonsense", "multipart/form-data"),
        (b"nonsense", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
        (b"", "multipart/form-data; boundary=" + "x" * 500),
        (b"a", "multipart/form-data; boundary=\x00"),
        (b"a", "multipart/form-data; charset=nothing; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 1100 + b"--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n1\r\n' * 120 + b"--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_a_broken_form_is_refused(as_ada, body, content_type):
    answer = as_ada.generic("POST", f"{RESUMES}upload/", body, content_type)

    assert 400 <= answer.status_code < 500
    assert answer["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("word", ["true", "True", "1", "on"])
def test_an_upload_can_be_made_the_default(as_ada, word):
    first = upload(as_ada).json()

    second = upload(as_ada, version="Second", is_default=word).json()

    assert second["is_default"] is True
    assert as_ada.get(f"{RESUMES}{first['id']}/").json()["is_default"] is False


@pytest.mark.parametrize("word", ["false", "False", "0", "off", ""])
def test_an_upload_need_not_be_the_default(as_ada, word):
    upload(as_ada)

    assert upload(as_ada, version="Second", is_default=word).json()["is_default"] is False


def test_a_strange_boolean_is_refused(as_ada):
    answer = upload(as_ada, is_default="perhaps")

    assert answer.status_code == 400
    assert answer.json() == {"is_default": ["Must be a valid boolean."]}


def test_the_first_version_is_the_default_even_against_the_form(as_ada):
    assert upload(as_ada, is_default="false").json()["is_default"] is True


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\cv.pdf", "cv.pdf"),
        ("cv.exe", "cv.exe.pdf"),
        ("cv\u202efdp.pdf", "cvfdp.pdf"),
        ("履歴書.pdf", "履歴書.pdf"),
    ],
)
def test_a_file_name_is_cleaned(as_ada, name, kept):
    body = (
        f'--x\r\nContent-Disposition: form-data; name="version_name"\r\n\r\nA\r\n--x\r\n'
        f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    ).encode() + pdf()
    answer = as_ada.generic("POST", f"{RESUMES}upload/", body + b"\r\n--x--\r\n", "multipart/form-data; boundary=x")

    assert answer.status_code == 201
    assert answer.json()["file_name"] == kept
    assert kept not in Resume.objects.get().file_key


def test_a_name_beyond_ascii_reaches_the_person_who_saves_the_file(as_ada):
    made = upload(as_ada, name='履歴書 "final".pdf')

    answer = as_ada.get(path_of(made))

    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%B1%A5%E6%AD%B4%E6%9B%B8")


def test_null_characters_in_a_version_name_are_refused(as_ada):
    answer = upload(as_ada, version="a\x00b")

    assert answer.status_code == 400
    assert answer.json() == {"version_name": ["Null characters are not allowed."]}


@pytest.mark.parametrize(
    "name", ["\u200b", "\u202eabc", "\uffff", "🧑🏽‍🚀", "' OR 1=1 --", "<script>alert(1)</script>", "=1+1", "%00"]
)
def test_a_strange_version_name_is_stored_as_it_is(as_ada, name):
    assert upload(as_ada, version=name).json()["version_name"] == name
    assert as_ada.get(RESUMES).json()["results"][0]["version_name"] == name


def test_fields_that_are_not_the_clients_are_passed_over(as_ada, ada, ben):
    upload(as_ada)

    found = upload(
        as_ada, version="Second", owner=ben.pk, owner_id=ben.pk, id=999, file_key="x", created_at="2000"
    ).json()

    resume = Resume.objects.get(pk=found["id"])
    assert (resume.owner_id, resume.pk != 999, resume.created_at.year > 2000) == (ada.pk, True, True)


# Listing and reading


def test_a_list_has_the_default_first_and_then_the_latest(as_ada, ada):
    for number in range(3):
        upload(as_ada, version=f"Version {number}")

    found = as_ada.get(RESUMES).json()

    assert list(found) == ["count", "next", "previous", "results"]
    assert found["count"] == 3
    assert [row["version_name"] for row in found["results"]] == ["Version 0", "Version 2", "Version 1"]
    assert all(list(row) == KEYS for row in found["results"])


def test_an_empty_list_is_a_list(as_ada):
    assert as_ada.get(RESUMES).json() == {"count": 0, "next": None, "previous": None, "results": []}


def test_a_list_has_pages_of_20(as_ada, ada):
    for _ in range(41):
        ResumeFactory(owner=ada)

    first, second, third = (as_ada.get(RESUMES, {"page": number}).json() for number in (1, 2, 3))

    assert [len(page["results"]) for page in (first, second, third)] == [20, 20, 1]
    assert {page["count"] for page in (first, second, third)} == {41}
    assert len({row["id"] for page in (first, second, third) for row in page["results"]}) == 41
    assert first["next"] == f"http://testserver{RESUMES}?page=2"
    assert (third["next"], third["previous"]) == (None, f"http://testserver{RESUMES}?page=2")


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999999999999999999", "1.5", "2"])
def test_a_page_that_is_not_there_is_missing(as_ada, page):
    answer = as_ada.get(RESUMES, {"page": page})

    assert answer.status_code == 404
    assert answer.json() == {"detail": "Invalid page."}


def test_a_list_asks_the_database_twice(as_ada, queries):
    upload(as_ada)
    as_ada.get(RESUMES)

    with queries() as asked:
        as_ada.get(RESUMES)

    assert len(asked) == 2


def test_the_word_resumes_is_no_application(as_ada, ada):
    ApplicationFactory(owner=ada)

    assert as_ada.get(RESUMES).json()["count"] == 0
    assert as_ada.get(RESUMES.rstrip("/")).json()["count"] == 0


def test_a_version_can_be_read_alone(as_ada):
    made = upload(as_ada).json()

    found = as_ada.get(f"{RESUMES}{made['id']}/").json()

    assert {**found, "file_url": ""} == {**made, "file_url": ""}


def test_links_keep_the_prefix_that_was_asked(as_ada):
    made = upload(as_ada).json()

    bare = as_ada.get(f"/api/v1/applications/resumes/{made['id']}/").json()["file_url"]

    assert bare.startswith(f"http://testserver/api/v1/applications/resumes/{made['id']}/file/?")
    parts = urlsplit(bare)
    assert as_ada.get(f"{parts.path}?{parts.query}").status_code == 200


def test_a_version_without_a_file_has_no_link(as_ada, ada):
    resume = ResumeFactory(owner=ada, file_key="")

    assert as_ada.get(f"{RESUMES}{resume.pk}/").json()["file_url"] == ""
    assert as_ada.get(f"{RESUMES}{resume.pk}/file/").status_code == 404


def test_a_version_whose_file_is_elsewhere_names_that_address(as_ada, ada):
    elsewhere = "https://files.example.org/ada.pdf"
    without = ResumeFactory(owner=ada, file_key="", external_url=elsewhere)
    with_one = ResumeFactory(owner=ada, external_url=elsewhere)

    assert as_ada.get(f"{RESUMES}{without.pk}/").json()["file_url"] == elsewhere
    assert as_ada.get(f"{RESUMES}{with_one.pk}/").json()["file_url"].startswith(f"http://testserver{RESUMES}")


# Changing


def test_setting_a_default_unsets_the_one_before(as_ada):
    first, second = upload(as_ada).json(), upload(as_ada, version="Second").json()

    answer = as_ada.post(f"{RESUMES}{second['id']}/set-default/")

    assert answer.status_code == 200
    assert list(answer.json()) == KEYS
    assert answer.json()["is_default"] is True
    assert as_ada.get(f"{RESUMES}{first['id']}/").json()["is_default"] is False


def test_deleting_answers_with_nothing(as_ada):
    made = upload(as_ada).json()

    answer = as_ada.delete(f"{RESUMES}{made['id']}/")

    assert (answer.status_code, answer.content) == (204, b"")
    assert as_ada.get(f"{RESUMES}{made['id']}/").status_code == 404


def test_deleting_the_default_leaves_another_one(as_ada):
    first = upload(as_ada).json()
    upload(as_ada, version="Second")

    as_ada.delete(f"{RESUMES}{first['id']}/")

    assert [(row["version_name"], row["is_default"]) for row in as_ada.get(RESUMES).json()["results"]] == [
        ("Second", True)
    ]


def test_deleting_shows_in_the_application_that_was_sent_with_it(as_ada, ada):
    made = upload(as_ada).json()
    application = ApplicationFactory(owner=ada, resume_id=made["id"])
    path = f"/tracker/api/v1/applications/{application.pk}/"
    assert as_ada.get(path).json()["resume_version"] == made["id"]

    as_ada.delete(f"{RESUMES}{made['id']}/")

    assert as_ada.get(path).json()["resume_version"] is None


@pytest.mark.django_db(transaction=True)
def test_thirty_choices_at_once_leave_one_default_and_no_error(as_ada, ada, together, signed_in):
    made = [ResumeFactory(owner=ada) for _ in range(30)]
    clients = [signed_in(ada) for _ in range(30)]

    answers = together(30, lambda n: clients[n].post(f"{RESUMES}{made[n].pk}/set-default/"))

    assert {answer.status_code for answer in answers} == {200}
    assert Resume.objects.filter(owner=ada, is_default=True).count() == 1


# Whose it is


def test_everything_needs_a_token(anonymous):
    resume = ResumeFactory()

    answers = [
        anonymous.get(RESUMES),
        upload(anonymous),
        anonymous.get(f"{RESUMES}{resume.pk}/"),
        anonymous.delete(f"{RESUMES}{resume.pk}/"),
        anonymous.post(f"{RESUMES}{resume.pk}/set-default/"),
        anonymous.get(f"{RESUMES}{resume.pk}/file/"),
    ]

    assert [answer.status_code for answer in answers] == [401] * 6
    assert Resume.objects.filter(pk=resume.pk).exists()


@pytest.mark.parametrize("which", ["hers", "0", "-1", "99999999", "9223372036854775808", "abc", "1.0", "%00"])
def test_what_is_not_ones_own_is_missing(as_ada, as_ben, which):
    made = upload(as_ada).json()
    path = f"{RESUMES}{made['id'] if which == 'hers' else which}/"

    answers = [as_ben.get(path), as_ben.delete(path), as_ben.post(f"{path}set-default/"), as_ben.get(f"{path}file/")]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(404, {"detail": "Not found."})] * 4
    assert as_ada.get(f"{RESUMES}{made['id']}/").status_code == 200


def test_nobody_sees_anothers_versions_in_a_list(as_ada, as_ben):
    upload(as_ada)

    assert as_ben.get(RESUMES).json()["count"] == 0


def test_an_account_keeps_no_more_files_than_it_may(as_ada, as_ben, settings):
    settings.STORAGE_PER_ACCOUNT = len(pdf()) * 2
    assert [upload(as_ada, version=f"V{number}").status_code for number in range(2)] == [201, 201]

    refused = upload(as_ada, version="One too many")

    assert refused.status_code == 400
    assert "Delete some of them first." in refused.json()["file"][0]
    assert upload(as_ben).status_code == 201
    assert len(list(settings.MEDIA_ROOT.rglob("*.pdf"))) == 3
    first = as_ada.get(RESUMES).json()["results"][-1]["id"]
    as_ada.delete(f"{RESUMES}{first}/")
    assert upload(as_ada, version="There is room again").status_code == 201
