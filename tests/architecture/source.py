"""The project's own files, for tests that read them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent


def modules(under: str = "onward") -> Iterator[tuple[str, ast.Module]]:
    """Give every module's path, from the repository's root, and its tree; migrations are left out."""
    for path in sorted((HOUSE / under).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(HOUSE).as_posix(), ast.parse(path.read_text(), str(path))


def files() -> list[str]:
    """Name the files that a clone of this repository would hold: what is tracked, and what is about to be."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(asked, cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    return sorted(name for name in listed.split("\0") if name and (HOUSE / name).is_file())
