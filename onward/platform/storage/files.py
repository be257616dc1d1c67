import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from onward.platform import disk
from onward.platform.refusals import Missing, NoRoom

if TYPE_CHECKING:
    Content = File[Any]
else:
    # Django's class takes no type when it runs.
    Content = File

log = structlog.get_logger(__name__)


def store(file: Content, *, folder: str, suffix: str) -> str:
    """Keep a file.

    :param folder: where it belongs, such as ``resumes/user_1``; never anything that a client sent
    :param suffix: with its dot, of the type that was found in the content
    :returns: the key under which it is found again; a random one, because a client's name is not to be trusted
    :raises NoRoom: when the disk is full; nothing of the file stays
    """
    try:
        return default_storage.save(f"{folder}/{uuid.uuid4().hex}{suffix}", file)
    except OSError as problem:
        if not disk.is_full(problem):
            raise
        disk.report(problem)
        raise NoRoom from problem


@contextmanager
def stored(file: Content, *, folder: str, suffix: str) -> Iterator[str]:
    """Keep a file together with the rows that are written in this block, which is one transaction.

    When the block fails, neither the rows nor the file stay. When the *commit* fails, the file does: whether the
    database has the rows cannot be known then, and a file too many is better than one that is missed. Only a database
    that had no room for the rows has said that it has not.

    :raises NoRoom: when the disk is full
    """
    key = store(file, folder=folder, suffix=suffix)
    try:
        with transaction.atomic():
            try:
                yield key
            except BaseException:
                _remove(key)
                raise
    except DatabaseError as problem:
        if not disk.is_full(problem):
            raise
        _remove(key)
        disk.report(problem)
        raise NoRoom from problem


def open_file(key: str) -> Content:
    """Open a kept file for reading.

    :param key: as `store` gave it; an empty one names no file
    :raises Missing: when there is no such file
    """
    if not key:
        raise Missing()
    try:
        return default_storage.open(key, "rb")
    except FileNotFoundError:
        raise Missing() from None


def delete_file(key: str) -> None:
    """Remove a file once the transaction is through: a rolled-back deletion must find it again."""
    transaction.on_commit(lambda: _remove(key), robust=True)


def remove(key: str) -> None:
    """Remove a file at once, where the row that names it goes after it; one that is not there is no error."""
    _remove(key)


def sweep(*, folder: str, keep: Collection[str], before: datetime) -> int:
    """Remove what a crash has left: files of a folder that no row names.

    :param keep: the keys that rows name
    :param before: only files older than this, because the rows of a younger one may be on their way
    :returns: how many were removed
    """
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    lost = [key for name in names if (key := f"{folder}/{name}") not in keep and _is_older(key, before)]
    for key in lost:
        _remove(key)
    return len(lost)


def _is_older(key: str, before: datetime) -> bool:
    try:
        return default_storage.get_modified_time(key) < before
    except FileNotFoundError:
        return False


def _remove(key: str) -> None:
    try:
        default_storage.delete(key)
    except OSError:
        # What the person asked for is done; what is left is a file that nothing points to.
        log.exception("file_not_removed", key=key)
