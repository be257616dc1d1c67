"""An archive that is there already: what it says of itself, after every byte of it was checked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from onward.platform.archive import container, filing
from onward.platform.archive.making import DATABASE, FORMAT, LIST, MANIFEST, SECRET_KEY, Progress
from onward.platform.archive.problem import ArchiveProblem
from onward.platform.archive.rows import unpacked


@dataclass
class Archive:
    """An archive whose checksum is right.

    :ivar manifest: release, moment, migrations, tables with counts and checksums, the totals of the files
    :ivar files: the list of its files
    :ivar secret_key: empty when it holds none
    """

    path: Path
    manifest: dict[str, Any]
    files: filing.Files = field(default_factory=filing.Files)
    secret_key: str = ""

    @property
    def migrations(self) -> list[tuple[str, str]]:
        """The migrations that were applied to its database."""
        return [(app, name) for app, name in self.manifest["migrations"]]

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        """By name: columns, number of rows, checksum, and the highest number that was given to a row."""
        return dict(self.manifest["tables"])

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return sum(table["rows"] for table in self.tables.values())

    def chunks(self) -> Iterator[tuple[str, Iterator[list[Any]]]]:
        """Yield the rows of each table, in one or more chunks."""
        for name, _, content in container.members(self.path):
            if name.startswith(DATABASE):
                yield name.split("/")[1], unpacked(content.read())

    def contents(self) -> Iterator[tuple[str, BinaryIO]]:
        """Yield the key and the content of each file that a row names."""
        for name, _, content in container.members(self.path):
            if name.startswith(filing.FOLDER):
                key = name.removeprefix(filing.FOLDER)
                if self.files.find(key):
                    yield key, content


def _silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""


def read(path: Path, *, progress: Progress = _silent) -> Archive:
    """Check an archive and read what it says of itself.

    :raises ArchiveProblem: when it is truncated or changed, no archive, or of a newer form than this release knows
    """
    container.check(path, progress=lambda done, total: progress("bytes", done, total))
    archive = Archive(path, {})
    for name, _, content in container.members(path):
        if name.startswith(LIST):
            for key, size, sha256 in unpacked(content.read()):
                archive.files.add(key, size, sha256)
                archive.files.name(key)
        elif name == SECRET_KEY:
            archive.secret_key = content.read().decode()
        elif name == MANIFEST:
            archive.manifest = json.loads(content.read())
    if not archive.manifest:
        raise ArchiveProblem(f"{path} is no archive of Onward: it holds no {MANIFEST}.")
    if archive.manifest["format"] > FORMAT:
        raise ArchiveProblem(
            f"{path} was made by release {archive.manifest['release']}, in a form that this one does not know. "
            "Restore it with that release or a newer one."
        )
    return archive
