"""What the server keeps on the disk, and that nobody but the account that runs it can read it."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from onward.platform import disk

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def kept() -> Iterator[Path]:
    """Return what is there of the folders and files that hold people's data or keys."""
    folder = Path(settings.DATA_DIR)
    named = [folder, *(folder / name for name in ("mail", "metrics", "secret_key")), Path(settings.MEDIA_ROOT)]
    named += folder.glob("throttle.sqlite3*")
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        named += [Path(f"{database['NAME']}{ending}") for ending in ("", "-wal", "-shm")]
    return (path for path in named if path.exists())


def readable_by_others() -> list[Path]:
    """Return what other accounts of this machine can get at.

    A folder with the sticky bit, such as /tmp, is everybody's on purpose and not ours to close.
    """
    return [path for path in kept() if (mode := path.stat().st_mode) & OTHERS and not mode & stat.S_ISVTX]


def close_to_others() -> None:
    """Take from other accounts what an earlier version, or somebody by hand, left open to them."""
    for path in readable_by_others():
        # Whose it is not may not change it; `onward doctor` says so.
        with suppress(OSError):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~OTHERS)


def check_writable() -> None:
    """Write nothing into each folder that must take files.

    :raises ImproperlyConfigured: when one cannot be written to
    """
    for name, folder in (("DATA_DIR", settings.DATA_DIR), ("STORAGE_URL", settings.MEDIA_ROOT)):
        try:
            Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            # A full disk is no wrong setting.
            if not disk.is_full(error):
                raise ImproperlyConfigured(
                    f"Bad settings:\n  ONWARD_{name}: {folder} cannot be written to: {os.strerror(error.errno or 0)}"
                ) from None
