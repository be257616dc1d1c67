"""What a résumé's file says, read by a process that cannot do harm (:mod:`onward.domain.resumes.parsing`)."""

import json
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from onward.domain.resumes.facts.reader import LONG
from onward.domain.resumes.formats import DOC, DOCX, PDF
from onward.domain.resumes.parsing.bounds import UNKNOWN
from onward.platform.confined.running import run
from onward.platform.refusals import Invalid

PARSER = "onward.domain.resumes.parsing"
KINDS = {PDF.content_type: "pdf", DOCX.content_type: "docx", DOC.content_type: "doc"}
SECONDS = 10
LONGEST_ANSWER = 1024 * 1024
# Each may take 256 MB, so that few run at a time; the others wait for their turn.
_turns = BoundedSemaphore(2)

PROBLEMS = {
    "empty": "No text was found in this file. It may be a scan: paste the text instead.",
    "locked": "This file is protected by a password. Remove it, or paste the text instead.",
    "unmapped": "The letters of this file cannot be told: its fonts do not name them. Paste the text instead.",
    "broken": "This file cannot be read. Save it again as a PDF, or paste the text instead.",
}
TOO_MUCH = "This file takes too much time or memory to read. Save it again as a simple PDF, or paste the text instead."
# What a person should know of a text that could be read.
WARNINGS = {
    "unmapped": f"Some letters of this file could not be told, its fonts do not name them: look for {UNKNOWN}.",
    "hidden": "Some text of this file cannot be seen on its pages and was left out.",
    "cut": LONG,
}


class Extract(NamedTuple):
    """What a document says. :ivar warnings: sentences for the person"""

    text: str
    warnings: list[str]


class Unreadable(Invalid):
    """A file has no text to give. :ivar final: whether it will be the same next time"""

    def __init__(self, message: str, *, final: bool) -> None:
        super().__init__(message, code="unreadable")
        self.final = final


def extract(content: bytes, *, content_type: str, seconds: int = SECONDS) -> Extract:
    """Read the text of a document.

    :param content_type: as it was found in the content when the file came
    :param seconds: how long it may take, on the clock and of the processor
    :raises Unreadable: with a sentence for the person
    """
    kind = KINDS.get(content_type)
    if kind is None:
        raise Unreadable(PROBLEMS["broken"], final=True)
    with _turns:
        answer = _run(kind, content, seconds)
    if answer is None:
        raise Unreadable(TOO_MUCH, final=False)
    if "text" not in answer:
        raise Unreadable(PROBLEMS[answer["problem"]], final=True)
    return Extract(answer["text"], [WARNINGS[word] for word in answer["warnings"]])


def _run(kind: str, content: bytes, seconds: int) -> dict[str, Any] | None:
    """Have the child process read; nothing when it was ended or ended itself."""
    written = run(PARSER, kind, str(seconds), content=content, seconds=seconds, longest=LONGEST_ANSWER)
    if written is None:
        return None
    answer: dict[str, Any] = json.loads(written)
    return answer
