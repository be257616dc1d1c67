"""The section "File Upload" of the offers document, and what opens the files."""

import os
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from onward.domain.resumes.models import Resume, ResumeText
from onward.domain.resumes.services import reading_of
from onward.platform.bin.queries import files_of
from onward.platform.jobs.worker import run_due
from onward.platform.storage import sign, store
from tests.apis.offers.test_resumes import (
    ELSEWHERE,
    KEYS,
    MEGABYTE,
    RESUMES,
    UPLOAD,
    again,
    content_of,
    files,
    is_ours,
    make,
    path_of,
    put,
    told,
    upload,
    with_file,
)
from tests.domain.resumes import papers
from tests.domain.resumes.documents import doc, docx, pdf
from tests.factories import ResumeFactory

# Uploading


def test_an_upload_answers_with_the_address_and_the_version(as_ada):
    made = make(as_ada, notes="Long")

    answer = upload(as_ada, made["id"], name="ada.pdf")

    assert answer.status_code == 200
    found = answer.json()
    assert list(found) == ["file_url", "resume"]
    assert list(found["resume"]) == KEYS
    assert found["file_url"] == found["resume"]["file_url"]
    assert is_ours(found["file_url"], made)
    assert {**found["resume"], "file_url": "", "updated_at": ""} == {**made, "file_url": "", "updated_at": ""}
    assert found["resume"]["updated_at"] > made["updated_at"]
    stored = Resume.objects.get()
    assert (stored.file_name, stored.file_size, stored.content_type) == ("ada.pdf", len(pdf()), "application/pdf")


@pytest.mark.parametrize(
    ("content", "name"), [(pdf(), "cv.pdf"), (docx(), "cv.docx"), (doc(), "cv.doc")], ids=["pdf", "docx", "doc"]
)
def test_pdf_and_word_documents_are_taken_and_given_back(as_ada, anonymous, content, name):
    answer = upload(as_ada, make(as_ada)["id"], content, name=name, kind="text/plain")

    given_back = anonymous.get(path_of(answer.json()["file_url"]))

    assert content_of(given_back) == content
    assert given_back["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00" * 100, b"<html><script>alert(1)</script></html>", b"GIF89a" + pdf(), pdf()[:-10], b"hello"],
    ids=["a program", "a page", "a picture before it", "cut off", "text"],
)
def test_the_content_decides_and_not_the_name_or_the_header(as_ada, content):
    made = make(as_ada)

    answer = upload(as_ada, made["id"], content, name="cv.pdf", kind="application/pdf")

    assert (answer.status_code, answer.json()) == (400, {"detail": "Only PDF and Word documents are allowed"})
    assert again(as_ada, made) == made


def test_exactly_10_mb_are_fine(as_ada):
    assert upload(as_ada, make(as_ada)["id"], pdf(10 * MEGABYTE)).status_code == 200


@pytest.mark.parametrize("content", [pdf(10 * MEGABYTE + 1), b"x" * (10 * MEGABYTE + 1)], ids=["a pdf", "anything"])
def test_one_byte_more_is_refused(as_ada, content):
    answer = upload(as_ada, make(as_ada)["id"], content)

    assert (answer.status_code, answer.json()) == (400, {"detail": "File too large (max 10 MB)"})


def test_an_empty_file_is_refused(as_ada):
    answer = upload(as_ada, make(as_ada)["id"], b"")

    assert (answer.status_code, answer.json()) == (400, {"detail": "The file is empty"})


def test_a_form_without_a_file_is_refused_by_name(as_ada):
    path = f"{UPLOAD}{make(as_ada)['id']}"

    for answer in (
        as_ada.upload(path, {}),
        as_ada.upload(path, {"file": "a word"}),
        as_ada.upload(path, {"document": SimpleUploadedFile("cv.pdf", pdf())}),
        as_ada.post(path, {"file": "x"}),
        as_ada.post(path),
    ):
        assert answer.status_code == 422
        assert answer.json() == {"detail": [{"loc": ["body", "file"], "msg": "Field required", "type": "missing"}]}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"nonsense", "multipart/form-data"),
        (b"nonsense", "multipart/form-data; boundary=x"),
        (b"a", "multipart/form-data; boundary=\x00"),
        (
            b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n1\r\n' * 120 + b"--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_a_broken_form_is_refused(as_ada, body, content_type):
    answer = as_ada.generic("POST", f"{UPLOAD}{make(as_ada)['id']}", body, content_type)

    assert answer.status_code in {400, 422}
    assert answer.json()["detail"]


@pytest.mark.django_db(transaction=True)
def test_a_new_file_takes_the_place_of_the_old_one(as_ada, ada, anonymous, settings):
    old = with_file(as_ada)

    new = upload(as_ada, old["id"], docx(), name="cv.docx").json()

    assert len(files(settings)) == 1
    assert content_of(anonymous.get(path_of(new["file_url"]))) == docx()
    # A link opens the file that it was made for, and no other.
    assert anonymous.get(path_of(old["file_url"])).status_code == 403
    assert told(ada).count("resume.file_replaced") == 2


def test_a_new_file_takes_the_place_of_an_address_elsewhere(as_ada):
    made = make(as_ada, file_url=ELSEWHERE)

    found = upload(as_ada, made["id"]).json()

    assert is_ours(found["file_url"], made)
    assert Resume.objects.get().external_url == ""


@pytest.mark.django_db(transaction=True)
def test_a_refused_file_leaves_the_old_one(as_ada, settings):
    found = with_file(as_ada)

    upload(as_ada, found["id"], b"MZ")

    assert len(files(settings)) == 1
    assert content_of(as_ada.get(path_of(found["file_url"]))) == pdf()


def test_what_the_old_file_said_is_forgotten(as_ada):
    made = make(as_ada)
    now = datetime.now(UTC)
    for name in ("Ada Ahmed", "Ada Ahmed, Engineer"):
        upload(as_ada, made["id"], papers.pdf_saying(name))

        assert reading_of(resume=Resume.objects.get(), at=now).text == name
        assert ResumeText.objects.get().text == name

    put(as_ada, made, file_url=None)

    assert not ResumeText.objects.exists()


def test_whoever_still_reads_the_old_file_does_not_keep_the_new_one_from_being_read(as_ada):
    made = make(as_ada)
    now = datetime.now(UTC)
    upload(as_ada, made["id"], papers.pdf_saying("Ada Ahmed"))
    ResumeText.objects.create(resume=Resume.objects.get(), file_key="resumes/old.pdf", text="Old", read_at=now)

    assert reading_of(resume=Resume.objects.get(), at=now).text == "Ada Ahmed"
    assert ResumeText.objects.get().text == "Ada Ahmed"


@pytest.mark.django_db(transaction=True)
def test_ten_uploads_at_once_leave_one_file_that_opens(as_ada, ada, together, signed_in, settings):
    made = make(as_ada)
    clients = [signed_in(ada) for _ in range(10)]

    answers = together(10, lambda n: upload(clients[n], made["id"], pdf(2000 + n)))

    assert {answer.status_code for answer in answers} == {200}
    assert len(files(settings)) == 1
    stored = Resume.objects.get()
    assert len(content_of(as_ada.get(path_of(again(as_ada, made)["file_url"])))) == stored.file_size


@pytest.mark.django_db(transaction=True)
def test_uploads_and_deletion_at_once_leave_no_file_but_the_bins(as_ada, ada, together, signed_in, settings):
    made = make(as_ada)
    clients = [signed_in(ada) for _ in range(8)]

    def act(number: int):
        if number == 3:
            return clients[number].delete(f"{RESUMES}{made['id']}")
        return upload(clients[number], made["id"])

    answers = together(8, act)

    assert {answer.status_code for answer in answers} <= {200, 404}
    kept = [Path(settings.MEDIA_ROOT) / file.file_key for file in files_of(owner_id=ada.pk)]
    assert (Resume.objects.count(), files(settings)) == (0, kept)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_a_crash_has_left_is_removed_with_the_next_file(as_ada, ada, settings):
    made = make(as_ada)
    run_due()
    left = Path(settings.MEDIA_ROOT) / store(ContentFile(b"x"), folder=f"resumes/user_{ada.pk}", suffix=".pdf")
    two_hours_ago = time.time() - 7200
    os.utime(left, (two_hours_ago, two_hours_ago))

    found = upload(as_ada, made["id"]).json()
    run_due()

    assert not left.exists()
    assert content_of(as_ada.get(path_of(found["file_url"]))) == pdf()


# Downloading


def test_the_owner_downloads_with_a_token_alone(as_ada):
    found = with_file(as_ada)

    assert content_of(as_ada.get(f"{RESUMES}{found['id']}/file")) == pdf()
    assert content_of(as_ada.get(f"{RESUMES}{found['id']}/file?expires=1&signature=x")) == pdf()


def test_a_link_lasts_an_hour_and_opens_one_file(as_ada, as_ben, anonymous):
    found, other = with_file(as_ada), with_file(as_ben)
    path = path_of(found["file_url"])
    key = Resume.objects.get(uid=found["id"]).file_key
    past = int((datetime.now(UTC) - timedelta(seconds=1)).timestamp())

    assert anonymous.get(path).status_code == 200
    for changed in (
        f"{RESUMES}{found['id']}/file?expires={past}&signature={sign(key, expires=past)}",
        path[:-1] + ("0" if path[-1] != "0" else "1"),
        path.replace(found["id"], other["id"]),
        path.replace(found["id"], str(uuid4())),
        re.sub("signature=.*", "signature=", path),
        re.sub("expires=[0-9]+", "expires=", path),
    ):
        answer = anonymous.get(changed)
        assert (answer.status_code, answer.json()) == (403, {"detail": "This link is not valid, or not any more."})


def test_a_version_without_a_file_gives_none_out(as_ada, anonymous):
    made = make(as_ada, file_url=ELSEWHERE)

    assert as_ada.get(f"{RESUMES}{made['id']}/file").status_code == 404
    expires = int((datetime.now(UTC) + timedelta(hours=1)).timestamp())
    signed = f"expires={expires}&signature={sign('', expires=expires)}"
    assert anonymous.get(f"{RESUMES}{made['id']}/file?{signed}").status_code == 403


def test_the_trackers_link_that_comes_back_is_known_for_what_it_is(as_ada):
    found, other = with_file(as_ada), with_file(as_ada)
    links = [row["file_url"] for row in as_ada.get("/tracker/api/v1/applications/resumes/").json()["results"]]
    pk = Resume.objects.get(uid=found["id"]).pk
    link = next(link for link in links if f"/resumes/{pk}/" in link)

    assert as_ada.put(f"{RESUMES}{found['id']}", {"file_url": link}).status_code == 200
    assert Resume.objects.get(pk=pk).external_url == ""
    refused = as_ada.put(f"{RESUMES}{other['id']}", {"file_url": link})
    assert (refused.status_code, refused.json()["detail"][0]["loc"]) == (422, ["body", "file_url"])


def test_a_version_without_a_file_has_none_to_download(as_ada, ada):
    resume = ResumeFactory(owner=ada, file_key="")

    for path in (f"{RESUMES}{resume.uid}/file", f"/tracker/api/v1/applications/resumes/{resume.pk}/file/"):
        assert as_ada.get(path).status_code == 404
