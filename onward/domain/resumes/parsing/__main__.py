"""The program that reads one document."""

import importlib
import json
import sys

from onward.domain.resumes.parsing.bounds import Unreadable
from onward.domain.resumes.parsing.tidying import tidied
from onward.platform.confined.limits import limit, step_back


def main(kind: str, seconds: int) -> None:
    """Read a document from the standard input and write what becomes of it."""
    step_back()
    # A library is loaded while there are no limits yet.
    reader = importlib.import_module(f"onward.domain.resumes.parsing.{kind}")
    limit(seconds)
    try:
        text, warnings = tidied(reader.read(sys.stdin.buffer.read()))
        answer = {"text": text, "warnings": sorted(warnings)}
    except Unreadable as problem:
        answer = {"problem": str(problem)}
    json.dump(answer, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
