"""The settings under which the suite runs: the server's own, with a data folder of their own and the throttle off.

``ONWARD_DATABASE_URL`` and ``ONWARD_REDIS_URL`` say what the suite runs against (nothing: SQLite, as embedded);
every other ``ONWARD_…`` variable of the machine is put aside, so that a run means the same everywhere.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

# As the command `onward` does.
os.umask(0o077)

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

for name in list(os.environ):
    if name.startswith("ONWARD_") and not name.startswith("ONWARD_TEST_"):
        if name in {"ONWARD_DATABASE_URL", "ONWARD_REDIS_URL"}:
            continue
        del os.environ[name]


def _tidy(folder: str, maker: int) -> None:
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


# One folder per run, made and removed by the first process; the workers of xdist, and what tests start, inherit its
# name, and each worker uses a folder of its own in it.
if "ONWARD_TEST_FOLDER" not in os.environ:
    os.environ["ONWARD_TEST_FOLDER"] = tempfile.mkdtemp(prefix="onward-test-")
    atexit.register(_tidy, os.environ["ONWARD_TEST_FOLDER"], os.getpid())
FOLDER = Path(os.environ["ONWARD_TEST_FOLDER"])

os.environ["ONWARD_DATA_DIR"] = str(FOLDER / (WORKER or "main"))
os.environ["ONWARD_SECRET_KEY"] = "a key for tests only, of sufficient length"
os.environ["ONWARD_THROTTLE"] = "off"
# How full this machine's disk is says nothing about a change.
os.environ["ONWARD_FREE_SPACE"] = "0"
if os.environ.get("ONWARD_REDIS_URL"):
    # Counted from Redis' last database, so that neither the workers nor a developer's own data are in the way.
    number = 15 - int(WORKER.removeprefix("gw") or 0) % 8
    os.environ["ONWARD_REDIS_URL"] = urlsplit(os.environ["ONWARD_REDIS_URL"])._replace(path=f"/{number}").geturl()

from onward.config.settings import *  # noqa: E402, F403
from onward.config.settings import DATA_DIR, DATABASES, PASSWORD_HASHERS  # noqa: E402

# A file, not memory: threads and transactions then meet what they meet in production.
DATABASES["default"]["TEST"] = {
    "NAME": str(DATA_DIR / "test.sqlite3")
    if "sqlite" in DATABASES["default"]["ENGINE"]
    else FOLDER.name.replace("-", "_")
}

if "postgresql" in DATABASES["default"]["ENGINE"]:
    # No test cuts the server's power.
    DATABASES["default"]["OPTIONS"]["session"]["synchronous_commit"] = "off"

# What is said of hashes is tried with the server's own.
SERVED_HASHERS = PASSWORD_HASHERS
PASSWORD_HASHERS = ["tests.hashers.Quick"]

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
