"""What an API says when there is no room, and that nothing is half kept."""

import errno
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from onward.domain.applications.models import SavedJob
from onward.domain.companies.models import Company
from onward.domain.resumes.models import Resume
from onward.platform import disk
from tests.domain.resumes.documents import pdf
from tests.factories import ResumeFactory

pytestmark = pytest.mark.django_db(transaction=True)

NO_FILE = "The server has no room left for this. Nothing of it was kept; try again later."
NO_ROW = "The server's disk is full, so nothing can be saved for the moment. What was saved before is safe."
TRIGGER = """
    CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {} FOR EACH ROW EXECUTE FUNCTION full_disk();
"""
FUNCTION = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
"""


def run(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = cursor.fetchone() if cursor.description else None
    return found[0] if found else 0


@pytest.fixture
def full_database(ada) -> Iterator[None]:
    """A database that has no room for what these tests write."""
    if connection.vendor == "sqlite":
        # What other tests have left free is room.
        run("VACUUM")
        most = run("PRAGMA max_page_count")
        run(f"PRAGMA max_page_count = {run('PRAGMA page_count')}")
        yield
        run(f"PRAGMA max_page_count = {most}")
    else:
        run(FUNCTION + "".join(TRIGGER.format(model._meta.db_table) for model in (Company, Resume, SavedJob)))
        yield
        run("DROP FUNCTION full_disk CASCADE")


def fail(*values: Any, **named: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def new(client: Any) -> Any:
    form = {"version_name": "CV", "file": SimpleUploadedFile("cv.pdf", pdf(50_000))}
    return client.upload("/tracker/api/v1/applications/resumes/upload/", form)


def replaced(client: Any) -> Any:
    kept = ResumeFactory(owner=client.user, file_key="", file_size=0)
    form = {"file": SimpleUploadedFile("cv.pdf", pdf(50_000))}
    return client.upload(f"/offers/api/v1/upload/resumes/{kept.uid}", form)


UPLOADS = [
    pytest.param(new, {"error": NO_FILE}, id="tracker"),
    pytest.param(replaced, {"detail": NO_FILE}, id="offers"),
]


def files(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


# The file itself, or what is put aside while a large form is read.
@pytest.mark.parametrize(
    "step", ["onward.platform.storage.backends.os.fsync", "django.core.files.uploadhandler.TemporaryUploadedFile"]
)
@pytest.mark.parametrize(("upload", "said"), UPLOADS)
def test_an_upload_without_room_for_its_file_leaves_nothing(
    as_ada, settings, monkeypatch, step, upload: Callable[[Any], Any], said
):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1024
    monkeypatch.setattr(step, fail)

    answer = upload(as_ada)

    assert (answer.status_code, answer.json()) == (507, said)
    assert files(settings) == []
    assert not Resume.objects.exclude(file_key="").exists()


def test_an_upload_without_room_for_its_row_leaves_no_file(as_ada, settings, full_database):
    answer = new(as_ada)
    while answer.status_code == 201:
        # SQLite has some room in its last pages.
        answer = new(as_ada)

    assert (answer.status_code, answer.json()) == (507, {"error": NO_FILE})
    assert len(files(settings)) == Resume.objects.exclude(file_key="").count()


# Longer than what SQLite has left in its last pages.
LONG = "x" * 20_000
WRITES = [
    pytest.param("/tracker/api/v1/companies/", {"name": "Acme", "notes": LONG}, {"error": NO_ROW}, id="tracker"),
    pytest.param("/offers/api/v1/saved-jobs", {"company_name": "Acme", "notes": LONG}, {"detail": NO_ROW}, id="offers"),
]


@pytest.mark.parametrize(("path", "body", "said"), WRITES)
def test_a_write_without_room_says_so_once_in_the_log(as_ada, full_database, path, body, said, caplog, monkeypatch):
    monkeypatch.setattr(disk, "_silent_until", 0.0)

    answers = [as_ada.post(path, body) for _ in range(3)]

    assert [(answer.status_code, answer.json()) for answer in answers] == 3 * [(503, said)]
    lines = [line for line in caplog.records if line.levelno >= logging.WARNING]
    assert [line.name for line in lines] == ["onward.disk"]
