import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from onward.domain.resumes import services
from onward.domain.resumes.choices import Standing
from onward.domain.resumes.models import Resume
from onward.platform import storage
from onward.platform.bin.services import forget_old
from onward.platform.events.models import EventRecord
from onward.platform.jobs.worker import run_due
from onward.platform.refusals import Invalid, Missing
from tests.domain.resumes.documents import docx, pdf
from tests.factories import ApplicationFactory, ResumeFactory

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def upload(owner, *, name="Backend", content=None, standing=Standing.BESIDE, at=NOON) -> Resume:
    return services.upload(
        owner_id=owner.pk,
        file=ContentFile(pdf() if content is None else content),
        file_name="cv.pdf",
        version_name=name,
        standing=standing,
        at=at,
    )


def default_of(owner) -> str:
    return Resume.objects.get(owner=owner, is_default=True).version_name


def told(owner) -> list[str]:
    return list(EventRecord.objects.filter(owner=owner).order_by("id").values_list("name", flat=True))


def files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_first_version_is_the_default_whatever_was_asked(ada):
    assert upload(ada, standing=Standing.BESIDE).is_default


def test_a_later_version_stands_beside_it(ada):
    upload(ada, name="First")

    assert not upload(ada, name="Second").is_default
    assert default_of(ada) == "First"


def test_a_later_version_that_is_to_be_the_default_takes_its_place(ada):
    upload(ada, name="First")

    upload(ada, name="Second", standing=Standing.DEFAULT)

    assert default_of(ada) == "Second"


def test_everybody_has_a_default_of_their_own(ada, ben):
    upload(ada, name="Hers")
    upload(ben, name="His")

    assert (default_of(ada), default_of(ben)) == ("Hers", "His")


def test_what_is_kept_is_what_was_found_in_the_content(ada):
    resume = upload(ada, content=docx())

    assert resume.content_type.endswith("wordprocessingml.document")
    assert resume.file_name == "cv.pdf.docx"
    assert resume.file_key.startswith(f"resumes/user_{ada.pk}/")
    assert resume.file_key.endswith(".docx")
    assert resume.file_size == len(docx())
    assert (resume.created_at, resume.updated_at) == (NOON, NOON)


def test_a_change_of_the_default_is_announced_once(ada):
    upload(ada)
    second = upload(ada, name="Second")

    services.set_default(owner_id=ada.pk, resume_id=second.pk, at=NOON)
    services.set_default(owner_id=ada.pk, resume_id=second.pk, at=NOON)

    assert told(ada) == ["resume.added", "resume.added", "resume.default_changed"]


def test_deleting_the_default_makes_the_latest_other_one_the_default(ada):
    first = upload(ada, name="First")
    upload(ada, name="Second", at=NOON + timedelta(days=1))
    upload(ada, name="Third", at=NOON + timedelta(days=2))

    services.delete(owner_id=ada.pk, resume_id=first.pk, at=NOON)

    assert default_of(ada) == "Third"
    assert told(ada)[-2:] == ["resume.deleted", "resume.default_changed"]


def test_deleting_another_one_leaves_the_default(ada):
    upload(ada, name="First")
    second = upload(ada, name="Second")

    services.delete(owner_id=ada.pk, resume_id=second.pk, at=NOON)

    assert default_of(ada) == "First"


def test_an_application_outlives_the_resume_it_was_sent_with(ada):
    resume = upload(ada)
    application = ApplicationFactory(owner=ada, resume=resume)

    services.delete(owner_id=ada.pk, resume_id=resume.pk, at=NOON)

    application.refresh_from_db()
    assert application.resume_id is None


@pytest.mark.django_db(transaction=True)
def test_a_deleted_version_takes_its_file_along_when_the_bin_gives_it_up(ada, settings):
    resume = upload(ada)

    services.delete(owner_id=ada.pk, resume_id=resume.pk, at=NOON)
    assert len(files(settings)) == 1
    forget_old(at=NOON + timedelta(days=31))

    assert files(settings) == []


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_is_rolled_back_keeps_the_file(ada, settings):
    resume = upload(ada)

    with transaction.atomic():
        services.delete(owner_id=ada.pk, resume_id=resume.pk, at=NOON)
        transaction.set_rollback(True)

    assert len(files(settings)) == 1


@pytest.mark.django_db(transaction=True)
def test_an_upload_that_fails_leaves_no_file(ada, settings, monkeypatch):
    def fail(event) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "publish", fail)

    with pytest.raises(RuntimeError):
        upload(ada)

    assert files(settings) == []
    assert not Resume.objects.exists()


def test_a_refused_upload_leaves_no_file(ada, settings):
    with pytest.raises(Invalid):
        upload(ada, content=b"MZ nothing")

    assert files(settings) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_that_a_crash_has_left_is_removed_with_the_next_upload(ada, settings):
    kept = upload(ada)
    left = [storage.store(ContentFile(b"x"), folder=f"resumes/user_{ada.pk}", suffix=".pdf") for _ in range(2)]
    an_hour_ago = time.time() - 3700
    for key in (kept.file_key, left[0]):
        os.utime(Path(settings.MEDIA_ROOT) / key, (an_hour_ago, an_hour_ago))

    second = upload(ada, name="Second")
    run_due()

    # The younger one may belong to an upload that is still going on.
    assert {path.name for path in files(settings)} == {
        Path(key).name for key in (kept.file_key, second.file_key, left[1])
    }


def test_looking_after_nothing_is_no_error(ada):
    assert services.tidy(owner_id=ada.pk, at=NOON) == 0


def test_nobody_touches_anothers_versions(ada, ben):
    hers = upload(ada)

    with pytest.raises(Missing):
        services.set_default(owner_id=ben.pk, resume_id=hers.pk, at=NOON)
    with pytest.raises(Missing):
        services.delete(owner_id=ben.pk, resume_id=hers.pk, at=NOON)

    assert default_of(ada) == "Backend"


def test_an_upload_for_an_account_that_is_gone_is_refused(ada, settings):
    ada.delete()

    with pytest.raises(Missing):
        upload(ada)

    assert files(settings) == []


@pytest.mark.parametrize("size", [5 * 1024 * 1024 + 1, 5 * 1024 * 1024 + 100_000])
def test_more_than_5_mb_are_refused(ada, size):
    with pytest.raises(Invalid) as refusal:
        upload(ada, content=pdf(size))

    assert list(refusal.value.fields) == ["file"]


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "\ud800", "x" * 256])
def test_a_version_needs_a_name_that_can_be_kept(ada, name):
    with pytest.raises(Invalid) as refusal:
        upload(ada, name=name, content=b"MZ")

    assert list(refusal.value.fields) == ["file", "version_name"]


def test_the_database_itself_allows_one_default_only(ada):
    ResumeFactory(owner=ada, is_default=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        ResumeFactory(owner=ada, is_default=True)


@pytest.mark.django_db(transaction=True)
def test_thirty_first_uploads_at_once_make_one_default(ada, together):
    results = together(30, lambda number: upload(ada, name=f"Version {number}", standing=Standing.DEFAULT))

    assert [result for result in results if not isinstance(result, Resume)] == []
    assert Resume.objects.filter(owner=ada).count() == 30
    assert Resume.objects.filter(owner=ada, is_default=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_thirty_choices_and_deletions_at_once_leave_one_default(ada, together):
    made = [upload(ada, name=f"Version {number}") for number in range(20)]

    def act(number: int) -> None:
        resume_id = made[number % 20].pk
        if number % 3 == 0:
            services.delete(owner_id=ada.pk, resume_id=resume_id, at=NOON)
        else:
            services.set_default(owner_id=ada.pk, resume_id=resume_id, at=NOON)

    results = together(30, act)

    assert [result for result in results if isinstance(result, Exception) and not isinstance(result, Missing)] == []
    assert Resume.objects.filter(owner=ada, is_default=True).count() == 1
