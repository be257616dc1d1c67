"""Documents that were sent with an application, with their files; what was learned; the résumé that was sent."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onward.domain.accounts.services import leaving
from onward.domain.applications import services
from onward.domain.applications.models import Application, Document, Reflection
from onward.domain.exchange import account
from tests.domain.resumes.documents import docx, pdf
from tests.factories import ApplicationFactory, ResumeFactory
from tests.poison import POISON
from tests.web.browsers import Browser, signed_in

LIST = "/app/applications/"


@pytest.fixture
def made(ada):
    return ApplicationFactory(owner=ada, job_title="Engineer")


def keep(browser, application, content=None, file_name="letter.pdf", **fields):
    file = SimpleUploadedFile(file_name, pdf() if content is None else content)
    return browser.send(f"{LIST}{application.pk}/documents/", file=file, **fields)


def files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_document_is_kept_with_its_file_and_handed_out_to_its_owner_alone(adas, ada, ben, made):
    keep(adas, made, name="My letter")

    document = Document.objects.get()
    address = f"{LIST}{made.pk}/documents/{document.pk}/"
    assert f'<a href="{address}" download>My letter</a>' in adas.get(f"{LIST}{made.pk}/").text
    answer = adas.get(address)
    assert b"".join(answer.streaming_content) == pdf()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    bens = signed_in(ben)
    theirs = ApplicationFactory(owner=ben)
    for path in (address, f"{LIST}{theirs.pk}/documents/{document.pk}/"):
        assert bens.get(path).status_code == 404
        assert bens.send(f"{path}delete/").status_code == 404
    assert Browser().get(address).url.startswith("/app/sign-in/")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<script>alert(1)</script>", "Only PDF and Word documents"),
        (b"", "empty"),
        (pdf(5 * 1024 * 1024 + 1), "must not exceed 5MB"),
    ],
)
def test_a_file_that_is_no_document_or_too_large_is_refused_and_not_kept(adas, made, settings, content, said):
    keep(adas, made, content)

    assert said in adas.get(f"{LIST}{made.pk}/").text
    assert not Document.objects.exists()
    assert files(settings) == []


def test_documents_and_resumes_share_what_an_account_may_keep(adas, ada, made, settings):
    settings.STORAGE_PER_ACCOUNT = 3 * len(pdf())
    ResumeFactory(owner=ada, file_size=len(pdf()))

    for _ in range(3):
        keep(adas, made)

    assert Document.objects.count() == 2
    assert "that an account may keep here" in adas.get(f"{LIST}{made.pk}/").text


def test_a_deleted_document_comes_back_by_its_undo_with_its_file(adas, made):
    keep(adas, made, docx(), "letter.docx")
    document = Document.objects.get()

    page = adas.post(
        f"{LIST}{made.pk}/documents/{document.pk}/delete/", {"csrfmiddlewaretoken": adas.token}, follow=True
    )
    assert not Document.objects.exists()
    uid = page.text.partition("/app/undo/")[2].partition("/")[0]
    adas.send(f"/app/undo/{uid}/")

    assert Document.objects.get().pk == document.pk
    assert b"".join(adas.get(f"{LIST}{made.pk}/documents/{document.pk}/").streaming_content) == docx()


def test_what_no_document_names_is_tidied_away_and_what_the_bin_names_is_not(adas, ada, made, settings):
    keep(adas, made)
    keep(adas, made)
    first, second = Document.objects.order_by("pk")
    services.delete_document(document=first, at=timezone.now())
    Document.objects.filter(pk=second.pk).update(file_key="")

    assert services.tidy_documents(owner_id=ada.pk, at=timezone.now() + timedelta(hours=2)) == 1
    assert [str(path).endswith(first.file_key) for path in files(settings)] == [True]


def test_the_files_of_documents_go_along_with_the_account_and_come_in_again_elsewhere(adas, ada, ben, made):
    keep(adas, made, name="My letter")
    document = Document.objects.get()

    archive = b"".join(adas.get("/app/settings/export/").streaming_content)
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        assert found.read(f"files/{document.uid}/letter.pdf") == pdf()
        assert document.file_key.encode() not in b"".join(found.read(name) for name in found.namelist())
    Application.objects.all().delete()
    account.restore(io.BytesIO(archive), owner=ben, at=timezone.now())

    there = Document.objects.get()
    assert (there.application.owner_id, there.name, there.file_size) == (ben.pk, "My letter", len(pdf()))
    answer = signed_in(ben).get(f"{LIST}{there.application_id}/documents/{there.pk}/")
    assert b"".join(answer.streaming_content) == pdf()


def test_who_leaves_leaves_no_file_behind(adas, ada, made, settings):
    keep(adas, made)
    keep(adas, made)
    services.delete_document(document=Document.objects.first(), at=timezone.now())
    assert len(files(settings)) == 2
    at = timezone.now()

    leaving.close(user_id=ada.pk, at=at)
    leaving.erase(user_id=ada.pk, at=at)

    assert files(settings) == []


def test_what_was_learned_is_written_down_and_changed(adas, ada, made):
    made.status = "rejected"
    made.save()
    address = f"{LIST}{made.pk}/reflection/"
    assert address in adas.get(f"{LIST}{made.pk}/").text
    adas.open(address)

    adas.send(address, what_worked="I was **calm**.")
    adas.send(address, what_worked="I was **calm**.", improvement_plan="Ask more")

    assert Reflection.objects.get().improvement_plan == "Ask more"
    assert "I was <strong>calm</strong>." in adas.get(f"{LIST}{made.pk}/").text


def test_the_resume_that_was_sent_is_noted_for_one_or_many_and_taken_back(adas, ada, ben, made):
    other = ApplicationFactory(owner=ada)
    mine, theirs = ResumeFactory(owner=ada, version_name="Backend"), ResumeFactory(owner=ben, version_name="Not mine")
    asked = adas.send(f"{LIST}many/", do="resume", pk=[made.pk, other.pk], next=LIST)
    assert "Which résumé was sent with these 2?" in asked.text
    assert "Backend" in asked.text
    assert "Not mine" not in asked.text

    adas.send(f"{LIST}many/", do="resume", pk=[made.pk, other.pk], resume_id=mine.pk, next=LIST)
    assert set(Application.objects.filter(owner=ada).values_list("resume_id", flat=True)) == {mine.pk}
    page = adas.get(LIST).text
    assert "2 of 2: résumé noted." in page
    adas.send(f"/app/undo/{page.partition('/app/undo/')[2].partition('/')[0]}/")
    assert set(Application.objects.filter(owner=ada).values_list("resume_id", flat=True)) == {None}

    assert adas.send(f"{LIST}many/", do="resume", pk=made.pk, resume_id=theirs.pk).status_code == 422


@pytest.mark.parametrize("value", POISON, ids=lambda value: ascii(str(value))[:30])
def test_nothing_that_is_typed_breaks_these_pages(adas, made, value):
    value = str(value)
    answers = [
        keep(adas, made, name=value),
        adas.send(f"{LIST}{made.pk}/reflection/", what_worked=value),
        adas.send(f"{LIST}many/", do="resume", pk=value, resume_id=value),
        adas.send(f"{LIST}many/", do="resume", pk=made.pk, resume_id=value),
        adas.get(f"{LIST}{made.pk}/"),
    ]

    assert all(answer.status_code < 500 for answer in answers)
