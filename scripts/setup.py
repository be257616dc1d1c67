"""Make `.venv` with what the lock file names. Needs nothing but Python's standard library.

uv does the work. It is taken from the machine if it is there, or installed from the package index into `.tools`,
by pip; where Python came without pip (Debian's does), pip's own wheel is fetched from the index and checked first.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

HOUSE = Path(__file__).resolve().parent.parent
TOOLS = HOUSE / ".tools"
UV = "uv>=0.7,<1"


def pip() -> list[str]:
    """Give the command that runs pip."""
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
        return [sys.executable, "-m", "pip"]
    index = "https://pypi.org/pypi/pip/json"
    with urllib.request.urlopen(index, timeout=60) as answer:
        files = json.load(answer)["urls"]
    wheel = next(file for file in files if file["packagetype"] == "bdist_wheel")
    with urllib.request.urlopen(urljoin(index, wheel["url"]), timeout=60) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != wheel["digests"]["sha256"]:
        sys.exit("pip's wheel is not what the index says it is")
    TOOLS.mkdir(exist_ok=True)
    (TOOLS / wheel["filename"]).write_bytes(content)
    return [sys.executable, str(TOOLS / wheel["filename"] / "pip")]


def uv() -> str:
    """Give the path of uv, installed into `.tools` when the machine has none."""
    found = shutil.which("uv", path=str(TOOLS / "bin")) or shutil.which("uv")
    if found is None:
        print("Fetching uv …", flush=True)
        command = [*pip(), "install", "--quiet", "--root-user-action=ignore", "--upgrade", "--target", str(TOOLS), UV]
        subprocess.run(command, check=True)
        found = shutil.which("uv", path=str(TOOLS / "bin"))
    if found is None:
        sys.exit("uv was installed but cannot be found in .tools/bin")
    return found


def main() -> None:
    """Install into `.venv` exactly what `uv.lock` names, and note that it is done."""
    print("Setting up .venv …", flush=True)
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(HOUSE / ".venv")}
    environment.pop("VIRTUAL_ENV", None)
    groups = [f"--group={name}" for name in sys.argv[1:]]
    done = subprocess.run(
        [uv(), "sync", "--frozen", "--quiet", "--python", sys.executable, *groups],
        cwd=HOUSE,
        env=environment,
        check=False,
    )
    if done.returncode:
        sys.exit("Setting up failed; the lines above say why.")
    (HOUSE / ".venv" / ".ready").touch()


if __name__ == "__main__":
    main()
