"""`onward backup`: one file, of one moment, while the server goes on."""

import re
import sys
import threading
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from onward.domain.accounts.models import User
from onward.domain.applications.models import Application, Note
from onward.domain.resumes.models import Resume
from onward.platform import storage
from onward.platform.archive import filing, making, reading, shape, tasks
from onward.platform.archive.problem import ArchiveProblem
from tests.factories import ApplicationFactory, ResumeFactory, UserFactory
from tests.platform.archive.conftest import AT, silent
from tests.platform.archive.record import fill

pytestmark = pytest.mark.django_db(transaction=True)


def rows_of(archive, table):
    return [row for name, rows in archive.chunks() if name == table for row in rows]


def with_file(owner, content=b"%PDF-1.4 a file"):
    with storage.stored(ContentFile(content), folder=f"resumes/user_{owner.pk}", suffix=".pdf") as key:
        return ResumeFactory(owner=owner, file_key=key)


def delete(resume):
    with transaction.atomic():
        storage.delete_file(resume.file_key)
        resume.delete()


def test_an_archive_holds_every_table_but_the_sign_ins_and_what_is_made_of_others(backed_up, signed_in):
    ada = fill()
    signed_in(ada)

    archive = reading.read(backed_up())

    left = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    made = {"search_stale", "search_word", "feed_brief", "feed_marketblock", "writing_entrycount"}
    assert left - archive.tables.keys() == {"tokens_session", "django_session"} | made
    for name, table in archive.tables.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {name}")
            assert len(rows_of(archive, name)) == table["rows"] == cursor.fetchone()[0]


def test_every_column_of_today_has_a_form():
    assert {column.kind for table in shape.tables(apps) for column in table.columns} <= shape.READ["sqlite"].keys()
    assert shape.READ["sqlite"].keys() == shape.READ["postgresql"].keys() == set(shape.KINDS.values())


def test_it_names_release_moment_migrations_counts_and_files(backed_up):
    fill()

    manifest = reading.read(backed_up()).manifest

    assert manifest["release"] == "0.1.0"
    assert manifest["made_at"] == "2026-03-02T12:00:00+00:00"
    assert ["accounts", "0001_initial"] in manifest["migrations"]
    assert manifest["files"] == {"count": 1, "bytes": 2057, "lost": []}


def test_the_secret_key_is_in_it_only_when_it_is_asked_for(backed_up, tmp_path, settings):
    call_command("backup", tmp_path / "without.tar", stdout=(out := StringIO()))
    assert "The secret key is not in it." in out.getvalue()
    call_command("backup", tmp_path / "with.tar", "--secret-key", stdout=(out := StringIO()))
    assert "The secret key is in it" in out.getvalue()

    assert settings.SECRET_KEY.encode() not in (tmp_path / "without.tar").read_bytes()
    assert reading.read(tmp_path / "with.tar").secret_key == settings.SECRET_KEY
    assert (tmp_path / "with.tar").stat().st_mode & 0o777 == 0o600


def test_an_archive_is_never_overwritten(backed_up):
    path = backed_up()
    before = path.read_bytes()

    with pytest.raises(ArchiveProblem, match="exists already"):
        backed_up()

    assert path.read_bytes() == before


def test_an_archive_that_cannot_be_written_is_named_with_the_reason(tmp_path):
    with pytest.raises(CommandError, match=r"none/a.tar cannot be written: No such file or directory\."):
        call_command("backup", tmp_path / "none" / "a.tar")


def test_two_do_not_write_one_archive(backed_up, tmp_path):
    fill()

    def at_once(stage, done, total):
        with pytest.raises(ArchiveProblem, match="being written by another backup"):
            making.back_up(tmp_path / "onward.tar", secret_key="", at=AT, progress=silent)

    reading.read(backed_up(progress=at_once))


@pytest.mark.parametrize("stage", ["files", "rows"])
def test_stopped_midway_it_leaves_nothing_under_its_name(backed_up, tmp_path, stage):
    fill()

    def stop(at, done, total):
        if at == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backed_up(progress=stop)

    assert not list(tmp_path.glob("onward.tar*"))


def test_what_a_killed_one_has_left_is_written_over(backed_up, tmp_path):
    (tmp_path / "onward.tar.part").write_bytes(bytes(10_000_000))

    assert backed_up().stat().st_size < 1_000_000
    assert not (tmp_path / "onward.tar.part").exists()


def test_the_newest_are_kept(tmp_path):
    for hour in range(10, 14):
        (tmp_path / f"onward-20250101T{hour}0000Z.tar").touch()
    (tmp_path / "onward-of-last-year.tar").touch()

    call_command("backup", tmp_path / "onward.tar", "--keep", "3", stdout=StringIO())

    kept = sorted(path.name for path in tmp_path.glob("*.tar"))
    assert [name for name in kept if name.startswith("onward-2025")] == [
        "onward-20250101T120000Z.tar",
        "onward-20250101T130000Z.tar",
    ]
    assert kept[2].startswith("onward-20")
    assert kept[-1] == "onward-of-last-year.tar"


def test_a_file_that_was_missing_before_is_named_and_holds_nothing_up(backed_up):
    ResumeFactory(file_key="resumes/user_1/gone.pdf")
    with_file(UserFactory())

    manifest = reading.read(backed_up()).manifest

    assert manifest["files"]["lost"] == ["resumes/user_1/gone.pdf"]
    assert manifest["files"]["count"] == 1


def files_and_rows(archive):
    """Give the keys that rows name, and those that there are files of."""
    place = [name for name, _ in archive.tables["resumes_resume"]["columns"]].index("file_key")
    return {row[place] for row in rows_of(archive, "resumes_resume")}, {key for key, _ in archive.contents()}


def test_no_row_lacks_its_file_when_files_come_and_go_while_they_are_copied(backed_up, monkeypatch):
    ada = UserFactory()
    resumes = [with_file(ada) for _ in range(3)]
    looks = []
    real = filing.copy

    def between(keys, **given):
        """After the first pass a file comes; while the look is taken another one goes."""
        looks.append(1)
        found = list(keys)
        if len(looks) == 1:
            resumes.append(with_file(ada, b"%PDF-1.4 new"))
        if len(looks) == 2:
            resumes.append(with_file(ada, b"%PDF-1.4 newer"))
            delete(resumes[3])
            delete(resumes[0])
        return real(found, **given)

    monkeypatch.setattr(filing, "copy", between)
    archive = reading.read(backed_up())

    named, there = files_and_rows(archive)
    assert named == there == {resume.file_key for resume in (*resumes[1:3], resumes[4])}
    assert len(looks) == 3
    assert archive.manifest["files"]["lost"] == []


def test_it_is_of_one_moment_while_others_write(backed_up):
    """Each transaction writes an application with a note, and a file; or it takes all of them away again."""
    ada = UserFactory()
    company = ApplicationFactory(owner=ada).company
    stop = threading.Event()
    written = threading.Semaphore(0)
    problems = []

    def write():
        try:
            while not stop.is_set():
                with transaction.atomic():
                    application = ApplicationFactory(owner=ada, company=company)
                    Note.objects.create(application=application, content="together")
                resume = with_file(ada)
                written.release()
                if resume.pk % 2:
                    delete(resume)
                    application.delete()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()

    def keep_pace(stage, done, total):
        """Have something written between any two steps."""
        written.acquire(timeout=20)

    try:
        archives = [reading.read(backed_up(f"{number}.tar", progress=keep_pace)) for number in range(4)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()

    assert not problems
    for archive in archives:
        applications = {row[0] for row in rows_of(archive, "applications_application")}
        place = [name for name, _ in archive.tables["applications_note"]["columns"]].index("application_id")
        assert {row[place] for row in rows_of(archive, "applications_note")} == applications - {
            company.applications.first().pk
        }
        named, there = files_and_rows(archive)
        assert named == there
        assert archive.manifest["files"]["lost"] == []
    assert Application.objects.count() > 4
    assert Resume.objects.exists()


def test_writing_is_not_held_up_while_the_rows_are_read(backed_up, together):
    UserFactory()

    def write(stage, done, total):
        if stage == "rows":
            together(1, lambda _: User.objects.update(bio="written meanwhile"))

    backed_up(progress=write)

    assert User.objects.get().bio == "written meanwhile"


def test_a_nightly_one_is_made_where_a_setting_asks_for_it(tmp_path, settings, monkeypatch):
    tasks.back_up()
    settings.BACKUP_FOLDER, settings.BACKUP_KEEP = str(tmp_path / "nightly"), 2
    asked = tmp_path / "asked"
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / "python").write_text(f'#!/bin/sh\necho "$@" >> {asked}\n')
    (tmp_path / "python").chmod(0o700)

    tasks.back_up()

    assert asked.read_text() == f"-m onward backup {tmp_path}/nightly/onward.tar --keep 2\n"
    assert (tmp_path / "nightly").stat().st_mode & 0o777 == 0o700


def test_a_nightly_one_that_fails_says_why(tmp_path, settings, monkeypatch):
    settings.BACKUP_FOLDER = str(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / "python").write_text("#!/bin/sh\necho no room >&2\nexit 1\n")
    (tmp_path / "python").chmod(0o700)

    with pytest.raises(tasks.BackupFailed, match="no room"):
        tasks.back_up()


def test_every_place_where_rows_name_files_is_in_the_settings(settings):
    found = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if re.search(r"_key$", field.name) and re.search(r"file|picture|image|poster", field.name)
    }

    # The text that was read from a file names the file too, which may have been replaced since. What is on its way
    # grows while it is copied: it begins anew where it is brought back.
    assert found - {"resumes.resumetext.file_key", "video.upload.file_key"} == set(settings.FILE_COLUMNS)
