"""The guide, as somebody types it who has just cloned the project."""

import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.config.test_serve import ROOT, free_port
from tests.waiting import until

GUIDE = (ROOT / "docs/guide.md").read_text()
FIRST = "make run\n"
# Like curl, and ending with an error where the server refuses.
STRICT = """
set -euo pipefail
curl() { command curl --fail-with-body --show-error "$@"; }
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def clone(tmp_path) -> Path:
    """A folder in which everything of the project is, and nothing that was made by running it."""
    for name in ("Makefile", "pyproject.toml", "uv.lock", "scripts", "onward"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    return tmp_path


@pytest.mark.skipif(not (shutil.which("make") and shutil.which("curl")), reason="the guide needs make and curl")
def test_the_guides_commands_work_as_they_are_typed(clone):
    assert blocks("sh")[0] == FIRST
    (table,) = blocks("csv")
    (clone / "applications.csv").write_text(table)
    port = str(free_port())
    # Nor is it told that a make has started this.
    ours = ("ONWARD_", "DJANGO_", "MAKE", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    log = clone / "first-screen"
    with log.open("w") as screen:
        server = subprocess.Popen(
            ["make", "-o", ".venv/.ready", "run"],
            cwd=clone,
            env={**kept, "PORT": port},
            stdin=subprocess.DEVNULL,
            stdout=screen,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until(lambda: "password, for each" in log.read_text() or server.poll() is not None)
        first_screen = log.read_text()
        typed = STRICT + "\n".join(blocks("sh")[1:]).replace("127.0.0.1:8000", f"127.0.0.1:{port}")
        done = subprocess.run(
            ["bash", "-c", typed], cwd=clone, env=kept, capture_output=True, text=True, check=False, timeout=600
        )
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(120)

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    # What is served and who can sign in come last; the demo has sent nothing and nothing was logged.
    assert first_screen.splitlines()[0].startswith("Making demo accounts")
    assert f"Onward 0.1.0 is served on http://127.0.0.1:{port}/" in first_screen
    assert first_screen.rstrip().endswith("onward-demo-account")
    assert [path.suffix for path in sorted(clone.glob("*.zip"))] == [".zip"]
    with zipfile.ZipFile(next(clone.glob("*.zip"))) as archive:
        assert any("applications" in name for name in archive.namelist())
    assert '"status": "interviewing"' in done.stdout or '"status":"interviewing"' in done.stdout
    assert [path.name for path in (clone / "var/mail").iterdir()], "the mail that verifies the new account's address"
