from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage, storages
from django.db import transaction

from onward.platform import storage
from onward.platform.refusals import Missing
from onward.platform.storage.backends import PrivateFiles


class Breaking(ContentFile):
    """Content whose second piece cannot be read."""

    def chunks(self, chunk_size=None):
        yield b"half of it"
        raise OSError("the client went away")


@pytest.fixture
def media(settings) -> Path:
    return Path(settings.MEDIA_ROOT)


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_file_is_found_again_under_its_key():
    key = storage.store(ContentFile(b"content"), folder="resumes/user_1", suffix=".pdf")

    with storage.open_file(key) as file:
        assert file.read() == b"content"


def test_the_server_uses_the_private_storage():
    assert isinstance(storages["default"], PrivateFiles)


def test_a_key_is_random_and_holds_nothing_of_the_clients_name():
    file = ContentFile(b"content", name="../../etc/cv of ada.pdf")

    keys = {storage.store(file, folder="resumes/user_1", suffix=".pdf") for _ in range(2)}

    assert len(keys) == 2
    for key in keys:
        folder, _, name = key.rpartition("/")
        assert folder == "resumes/user_1"
        assert name.endswith(".pdf")
        assert len(name) == 32 + len(".pdf")


def test_only_the_server_may_read_the_files(media):
    storage.store(ContentFile(b"content"), folder="resumes/user_1", suffix=".pdf")

    (file,) = files(media)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_private_file_has_no_address_of_its_own():
    key = storage.store(ContentFile(b"content"), folder="resumes/user_1", suffix=".pdf")

    with pytest.raises(ValueError, match="not served"):
        default_storage.url(key)


def test_half_a_file_is_never_left_behind(media):
    with pytest.raises(OSError, match="went away"):
        storage.store(Breaking(b""), folder="resumes/user_1", suffix=".pdf")

    assert files(media) == []


def test_a_file_appears_only_when_it_is_whole(media, monkeypatch):
    seen = []

    class Watching(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"first"
            seen.append([path.suffix for path in files(media)])
            yield b"second"

    storage.store(Watching(b""), folder="resumes/user_1", suffix=".pdf")

    assert seen == [[".part"]]
    assert [path.suffix for path in files(media)] == [".pdf"]


def test_a_missing_file_is_said_to_be_missing():
    with pytest.raises(Missing):
        storage.open_file("resumes/user_1/nothing.pdf")


@pytest.mark.django_db(transaction=True)
def test_a_file_stays_when_its_rows_do(media):
    with storage.stored(ContentFile(b"content"), folder="resumes/user_1", suffix=".pdf") as key:
        assert transaction.get_connection().in_atomic_block

    assert storage.open_file(key).read() == b"content"


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_when_its_rows_are_rolled_back(media):
    with (
        pytest.raises(RuntimeError),
        storage.stored(ContentFile(b"content"), folder="resumes/user_1", suffix=".pdf"),
    ):
        raise RuntimeError

    assert files(media) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_stays_when_what_follows_the_commit_fails(media):
    def fail() -> None:
        raise RuntimeError

    with (
        pytest.raises(RuntimeError),
        storage.stored(ContentFile(b"content"), folder="resumes/user_1", suffix=".pdf"),
    ):
        transaction.on_commit(fail)

    assert len(files(media)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_deleted_file_goes_with_the_commit_and_not_before(media):
    key = storage.store(ContentFile(b"content"), folder="resumes/user_1", suffix=".pdf")

    with transaction.atomic():
        storage.delete_file(key)
        assert len(files(media)) == 1

    assert files(media) == []


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_deletion_leaves_the_file(media):
    key = storage.store(ContentFile(b"content"), folder="resumes/user_1", suffix=".pdf")

    with transaction.atomic():
        storage.delete_file(key)
        transaction.set_rollback(True)

    assert len(files(media)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_be_removed_does_not_undo_the_answer(monkeypatch):
    def refuse(name: str) -> None:
        raise PermissionError(name)

    key = storage.store(ContentFile(b"content"), folder="resumes/user_1", suffix=".pdf")
    monkeypatch.setattr(default_storage, "delete", refuse)

    storage.delete_file(key)


def test_a_large_file_is_written_in_pieces(media, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"x" * 300_000)

    with source.open("rb") as opened:
        key = storage.store(File(opened), folder="resumes/user_1", suffix=".pdf")

    assert storage.open_file(key).size == 300_000
