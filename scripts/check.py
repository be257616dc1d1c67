"""Everything that can be said about the code without running the server; all of it runs, whatever fails.

Two steps run at a time, so that the type checker, which takes longest, costs the others nothing.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

STEPS: dict[str, list[str]] = {
    "types": ["mypy"],
    "form": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "layers": ["lint-imports"],
    "migrations": ["onward", "makemigrations", "--check", "--dry-run"],
    "deployment": ["onward", "check", "--deploy", "--fail-level", "WARNING"],
    "architecture": ["pytest", "-q", "-p", "no:cacheprovider", "tests/architecture"],
}


def environment(folder: str) -> dict[str, str]:
    """Give a server's settings as an operator would give them for the public: https, a key, a host name."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ONWARD_")}
    return ours | {
        "ONWARD_DATA_DIR": folder,
        "ONWARD_SECRET_KEY": "only-for-checking-Zx8v2Lq0Rw7yTn5KpHd3Jm9Bc4Gs6Fa1Ue-not-a-secret",
        "ONWARD_PUBLIC_URL": "https://careers.example.org",
    }


def run(name: str, folder: str) -> tuple[str, float, subprocess.CompletedProcess[str]]:
    """Run one step and time it."""
    began = time.monotonic()
    program, *arguments = STEPS[name]
    done = subprocess.run(
        [str(BIN / program), *arguments],
        cwd=HOUSE,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return name, time.monotonic() - began, done


def main() -> int:
    """Run every step; what fails is shown in full."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="onward-check-") as folder, ThreadPoolExecutor(2) as pool:
        for future in as_completed([pool.submit(run, name, folder) for name in STEPS]):
            name, seconds, done = future.result()
            print(f"{'ok  ' if done.returncode == 0 else 'FAIL'}  {name} ({seconds:.0f} s)", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout.rstrip() + "\n", flush=True)
    print(f"{len(STEPS) - len(failed)} passed, {len(failed)} failed" + (f": {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
