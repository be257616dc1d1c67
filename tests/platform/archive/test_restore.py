"""`onward restore`: whole, into an empty server, or not at all."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from onward.domain.accounts.models import User
from onward.domain.applications.models import Application, Reflection
from onward.domain.notifications.services import planning
from onward.domain.resumes.models import Resume
from onward.domain.writing.models import EntryCount
from onward.platform import storage
from onward.platform.archive import comparison, container, emptiness, loading, making, reading, restoring, shape
from onward.platform.archive.problem import ArchiveProblem
from onward.platform.jobs import run_due
from onward.platform.jobs.models import Job
from tests.factories import ApplicationFactory, ThreadFactory, ThreadPostFactory, UserFactory
from tests.platform.archive.conftest import silent
from tests.platform.archive.record import DOCUMENT, TEXT, fill

pytestmark = pytest.mark.django_db(transaction=True)


def everything(model):
    return list(model.objects.order_by("pk").values())


def test_a_restored_server_is_the_same_row_for_row_and_goes_on_from_there(another_server, backed_up, settings):
    fill()
    ben, now = UserFactory(), timezone.now()
    planning.notify(owner_id=ben.pk, subject="Sent before", text="…", at=now)
    run_due()
    planning.notify(owner_id=ben.pk, subject="Waits", text="…", at=now)
    before = {model: everything(model) for model in (User, Application, Reflection, Resume, Job)}
    last = Application.objects.latest("pk").pk
    path = backed_up()

    with another_server():
        settings.SECRET_KEY = "another key than that of the archive, long enough"
        call_command("restore", path, stdout=(out := StringIO()))

        assert "Every count and checksum is as in the archive." in out.getvalue()
        assert "links in mails that were sent and the backup codes of second factors are void" in out.getvalue()
        for model, rows in before.items():
            assert everything(model) == rows
        assert User.objects.get(username="ada").bio == TEXT
        assert Reflection.objects.get().skill_gaps == DOCUMENT
        found = comparison.compare(reading.read(path))
        assert (found.different, found.lost, found.is_same_release) == ([], [], True)

        # What waited is done, once; what was done is not done again.
        run_due()
        run_due()
        assert [message.subject for message in mail.outbox] == ["Sent before", "Waits"]

        # The number after the last one was given once, and is gone.
        ada, company = User.objects.get(username="ada"), Application.objects.first().company
        assert ApplicationFactory(owner=ada, company=company).pk == last + 2

        (settings.MEDIA_ROOT / Resume.objects.get().file_key).write_bytes(b"something else")
        with pytest.raises(CommandError):
            call_command("doctor", "--archive", path, stdout=(out := StringIO()))
        assert "applications_application has 4 rows; in the archive it has 3." in out.getvalue()
        assert "is not the same file as in the archive." in out.getvalue()

        with pytest.raises(CommandError, match=r"there are accounts\. Nothing was touched"):
            call_command("restore", path)
        assert User.objects.get(username="ada") == ada


def test_what_members_had_written_is_counted_again(another_server, backed_up):
    thread = ThreadPostFactory(parent=ThreadFactory()).parent
    ThreadPostFactory(parent=thread, hidden_at=timezone.now())
    # A number that no row says: it must come from the rows.
    EntryCount.objects.update(count=7)
    path = backed_up()

    with another_server():
        restoring.restore(reading.read(path), progress=silent)

        counts = EntryCount.objects.order_by("kind").values_list("kind", "place_id", "count")
        assert list(counts) == [("post", thread.pk, 1), ("thread", thread.forum_id, 1)]


def test_stopped_before_its_end_a_server_is_as_empty_as_before(another_server, backed_up, tmp_path):
    fill()
    path = backed_up(secret_key="the secret key of the other server, long enough")

    def stop(stage, done, total):
        if stage == "files":
            raise KeyboardInterrupt

    with another_server():
        with pytest.raises(KeyboardInterrupt):
            restoring.restore(reading.read(path), progress=stop)
        connection.close()

        assert User._meta.db_table not in connection.introspection.table_names()
        assert not list(tmp_path.glob("*.restoring*"))
        assert not (tmp_path / "secret_key").exists()
        # The files that are there already are not in the way of the next one.
        emptiness.require_empty_storage(reading.read(path))


def test_a_table_that_is_not_in_the_database_what_it_is_in_the_archive_is_noticed(backed_up):
    fill()
    archive = reading.read(backed_up())
    Application.objects.filter(pk=Application.objects.first().pk).update(job_title="Another")

    with pytest.raises(ArchiveProblem, match="applications_application is not the same in the database"):
        loading.verify(archive, shape.tables(making._applied()[1]), silent)


def test_a_damaged_archive_is_refused_before_anything_is_touched(backed_up, tmp_path):
    fill()
    path = backed_up()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(CommandError, match="changed or damaged"):
        call_command("restore", path)
    assert Application.objects.count() == 3


def test_a_server_with_accounts_is_not_touched(backed_up):
    path = backed_up()
    ada = UserFactory()

    with pytest.raises(CommandError, match="Restoring needs an empty server, and on this one there are accounts"):
        call_command("restore", path)
    assert User.objects.get() == ada


def test_a_server_with_files_is_not_touched(backed_up):
    path = backed_up()
    key = storage.store(ContentFile(b"content"), folder="resumes/user_1", suffix=".pdf")

    with pytest.raises(CommandError, match=f"there are stored files, such as {key}"):
        call_command("restore", path)
    storage.open_file(key).close()


def changed(path: Path, **changes) -> Path:
    """Write an archive anew with another manifest."""
    other = path.with_name("other.tar")
    with other.open("wb") as file:
        writer = container.Writer(file)
        for name, _, content in container.members(path):
            whole = content.read()
            writer.add(name, json.dumps(json.loads(whole) | changes).encode() if name == making.MANIFEST else whole)
        writer.finish()
    return other


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 2, "release": "9.0"}, "made by release 9.0, in a form that this one does not know"),
        ({"migrations": [["accounts", "0999_future"]], "release": "9.0"}, "accounts.0999_future"),
    ],
)
def test_an_archive_of_a_newer_release_is_refused(backed_up, changes, words):
    with pytest.raises(CommandError, match=words):
        call_command("restore", changed(backed_up(), **changes))


def test_a_database_of_a_newer_release_is_not_backed_up(tmp_path):
    row = MigrationRecorder.Migration.objects.create(app="accounts", name="0999_future")
    try:
        with pytest.raises(CommandError, match="migrated by a newer release"):
            call_command("backup", tmp_path / "a.tar")
    finally:
        row.delete()


def test_a_database_without_tables_is_not_backed_up(another_server, tmp_path):
    with another_server(), pytest.raises(CommandError, match="Run `onward migrate`"):
        call_command("backup", tmp_path / "a.tar")


@pytest.mark.parametrize("given", ["", "a key that the operator gives, long enough"])
def test_a_secret_key_is_put_back_where_the_operator_gives_none(backed_up, tmp_path, settings, given, capsys):
    path = backed_up(secret_key="the secret key of the other server, long enough")
    settings.DATA_DIR = tmp_path
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"secret_key": given})
    (tmp_path / "secret_key").write_text("made on the first start of the new server")

    restoring._put_secret_key(reading.read(path))

    assert ("other server" in (tmp_path / "secret_key").read_text()) is not bool(given)
    assert (tmp_path / "secret_key").read_text() != given
