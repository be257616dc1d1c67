"""Where the measuring happens: the checkout, its database, the settings of Onward."""

import getpass
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
WORK = FOLDER / "var"

# Signs what the peers' tokens and Onward's tokens are made of. Nothing but the benchmark knows these accounts.
KEY = "a key for measuring only, which opens nothing anywhere else"

DATABASE_URL = os.environ.get(
    "ONWARD_BENCH_DATABASE_URL", f"postgresql://{getpass.getuser()}@127.0.0.1:5432/onward_bench"
)
DATABASE = urlsplit(DATABASE_URL).path.lstrip("/")
if "bench" not in DATABASE:
    # It is dropped and made anew on every run, so a misspelt address must not reach anybody's record.
    raise SystemExit("ONWARD_BENCH_DATABASE_URL: the database's name must contain “bench”, because it is made anew")


@dataclass(frozen=True)
class Checkout:
    """A working copy of Onward that is set up, and the database that it is measured on.

    :ivar name: what its files are called by
    """

    name: str
    root: Path
    python: str
    database_url: str

    @property
    def database(self) -> str:
        """The name of its database."""
        return urlsplit(self.database_url).path.lstrip("/")

    def variables(self) -> dict[str, str]:
        """Return the environment that its processes run with: the defaults, but for the throttle."""
        return {
            **_kept(),
            "DJANGO_SETTINGS_MODULE": "bench.onward_settings",
            "PYTHONPATH": str(self.root),
            "ONWARD_BENCH_DATABASE_URL": self.database_url,
            "ONWARD_DATA_DIR": str(WORK / self.name),
            "ONWARD_DATABASE_URL": self.database_url,
            "ONWARD_SECRET_KEY": KEY,
            "ONWARD_THROTTLE": "off",
        }


HERE = Checkout("onward", ROOT, sys.executable, DATABASE_URL)


def other(root: Path) -> Checkout:
    """Return another checkout, with a database beside ours."""
    url = urlunsplit(urlsplit(DATABASE_URL)._replace(path=f"/{DATABASE}_before"))
    return Checkout("before", root, str(root / ".venv" / "bin" / "python"), url)


def maintenance_url() -> str:
    """Return the address of the database through which others are made and dropped."""
    return urlunsplit(urlsplit(DATABASE_URL)._replace(path="/postgres"))


def onward() -> dict[str, str]:
    """Return the environment that our own processes run with."""
    return HERE.variables()


def peer() -> dict[str, str]:
    """Return the environment that the peers' processes run with."""
    kept = _kept()
    return {**kept, "PYTHONPATH": str(ROOT), "DATABASE_URL": DATABASE_URL, "SECRET_KEY": KEY}


def _kept() -> dict[str, str]:
    """Return the environment without the operator's settings; the benchmark's own stay, for its child processes."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ONWARD_") or name.startswith("ONWARD_BENCH_")
    }
