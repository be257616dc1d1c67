"""The archive in which LinkedIn hands out what it knows of somebody: their applications are among its files."""

import io
import zipfile
from pathlib import PurePosixPath

from onward.domain.exchange.importing.grid import refuse

_ZIP = b"PK\x03\x04"
_NAME = "job applications"
# What all its lists of applications are together, unpacked, in bytes.
MAX_UNPACKED = 40 * 1024 * 1024


def applications(source: bytes) -> list[bytes] | None:
    """Return the lists of applications in an archive, as CSV; none where it is something else.

    :raises Invalid: when it is an archive of lists without them, or they are too large
    """
    if not source.startswith(_ZIP):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            lists = [member for member in archive.infolist() if member.filename.casefold().endswith(".csv")]
            if not lists:
                return None
            wanted = [member for member in lists if _holds_applications(member.filename)]
            if not wanted:
                raise refuse('There is no "Job Applications.csv" in this archive.')
            if sum(member.file_size for member in wanted) > MAX_UNPACKED:
                raise refuse(f"Unpacked, the lists are larger than {MAX_UNPACKED // 1024**2} MB.")
            return [archive.read(member) for member in sorted(wanted, key=lambda member: member.filename)]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        # Whoever reads workbooks says so.
        return None


def _holds_applications(path: str) -> bool:
    name = PurePosixPath(path).name.casefold()
    return name.startswith(_NAME)
