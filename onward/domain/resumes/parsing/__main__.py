"""The program that reads one document."""

import importlib
import json
import os
import sys

from onward.domain.resumes.parsing.bounds import Unreadable, limit
from onward.domain.resumes.parsing.tidying import tidied

# After the web processes and the worker, whoever starts it.
NICENESS = 10


def main(kind: str, seconds: int) -> None:
    """Read a document from the standard input and write what becomes of it."""
    os.nice(max(0, NICENESS - os.nice(0)))
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
