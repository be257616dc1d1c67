"""The archive as a file: what was changed or cut off is told from what was written."""

import subprocess

import pytest

from onward.platform.archive import container
from onward.platform.archive.container import Writer
from onward.platform.archive.problem import ArchiveProblem

# Longer than the name of a tar's member may be without an extension.
LONG = "files/" + "folder/" * 40 + "a résumé.pdf"
MEMBERS = {"database/a/000001": b"content", "empty": b"", LONG: bytes(range(256)) * 3}


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "archive.tar"
    with path.open("wb") as file:
        writer = Writer(file)
        for name, content in MEMBERS.items():
            writer.add(name, content)
        writer.finish()
    return path


def check(path):
    container.check(path, progress=lambda done, total: None)


def test_what_was_written_is_read(archive):
    check(archive)

    assert {name: content.read() for name, _, content in container.members(archive)} == MEMBERS


def test_any_tar_unpacks_it(archive, tmp_path):
    (tmp_path / "out").mkdir()

    subprocess.run(["tar", "-xf", archive, "-C", tmp_path / "out"], check=True)

    assert {name: (tmp_path / "out" / name).read_bytes() for name in MEMBERS} == MEMBERS


def test_no_byte_can_be_changed(archive):
    whole = archive.read_bytes()
    for place in range(len(whole)):
        archive.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(ArchiveProblem, match=r"changed or damaged|no archive"):
            check(archive)


def test_nothing_can_be_cut_off_or_put_behind(archive):
    whole = archive.read_bytes()
    for length in (0, 1, 511, 512, 2047, 2048, len(whole) - 512, len(whole) - 1):
        archive.write_bytes(whole[:length])
        with pytest.raises(ArchiveProblem):
            check(archive)
    archive.write_bytes(whole + bytes(512))
    with pytest.raises(ArchiveProblem, match="its end is missing"):
        check(archive)


def test_a_file_that_is_not_there_is_said_to_be(tmp_path):
    with pytest.raises(ArchiveProblem, match="cannot be read: No such file"):
        check(tmp_path / "none.tar")


def test_a_member_that_shrinks_while_it_is_read_is_no_member(tmp_path):
    with (tmp_path / "a.tar").open("wb") as file, pytest.raises(ArchiveProblem, match="10 bytes were expected, 4 came"):
        Writer(file).add_pieces("files/a", 10, [b"four"])
