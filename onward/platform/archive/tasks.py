"""The archive that is made every night, where a setting asks for it."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from onward.platform.jobs import job, periodic, progress

NAME = "onward.tar"
# Seconds; Celery allows no more.
LONGEST = 1500
# Of processor time the requests come first.
NICENESS = 10


class BackupFailed(Exception):
    """The archive was not made; the text is what the command said."""


@periodic(daily="02:40")
@job(max_attempts=3, time_limit=LONGEST)
def back_up() -> int:
    """Write an archive into the folder of the settings, and remove those that are too old.

    In a process of its own: what reads every row of the database must not hold up the jobs beside it.

    :raises BackupFailed: when it cannot be written
    """
    if not settings.BACKUP_FOLDER:
        return 0
    folder = Path(settings.BACKUP_FOLDER).expanduser()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    command = [sys.executable, "-m", "onward", "backup", str(folder / NAME), "--keep", str(settings.BACKUP_KEEP)]
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        said = _wait(process)
    except BaseException:
        process.kill()
        process.wait()
        raise
    if process.returncode:
        raise BackupFailed(said.strip())
    return 1


def _wait(process: "subprocess.Popen[str]") -> str:
    while True:
        # Raises when the time is up, or nobody wants it any more.
        progress(0, "The archive is being written.")
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=1)[1]
