"""How true the assistant's letters and matches are, on résumés whose facts were written first.

``python -m bench.assistant`` prints the figures that docs/assistant.md gives. A statement is false when the facts do
not hold it; a gap is wrong when the posting does not ask for it, or the person has it.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parents[1] / "tests" / "domain" / "assistant" / "corpus" / "resumes.json"
_HEADER = re.compile(r"^(?:As|In the position of) (?P<title>.+) at (?P<employer>.+):$", re.M)


def corpus() -> dict[str, Any]:
    """Return the people with their facts, the postings with what they ask for, and the résumés."""
    found: dict[str, Any] = json.loads(CORPUS.read_text("utf-8"))
    return found


def false_statements(letter: str, resume: dict[str, Any], facts: dict[str, Any]) -> Iterator[str]:
    """List what a letter says that the facts do not hold."""
    own = _plain(resume["text"])
    body = letter.split("\n\n", 2)[2]
    signature = letter.splitlines()[-1]
    if signature != facts["name"] and not signature.endswith(","):
        yield f"signed {signature}"
    lines = {_plain(line) for position in facts["positions"] for line in position["lines"]}
    named = [(_plain(position["title"]), _plain(position["employer"])) for position in facts["positions"]]
    allowed: set[str] | None = None
    for row in body.splitlines():
        header = _HEADER.match(row)
        if header:
            held = [
                p for p in facts["positions"] if (p["title"], p["employer"]) == (header["title"], header["employer"])
            ]
            if not held:
                yield f"never {row}"
            allowed = {_plain(line) for position in held for line in position["lines"]}
        elif row.startswith("• "):
            said = _plain(row[2:])
            names_one = any(title in said and employer in said for title, employer in named)
            if said not in own or not (names_one or any(line in said or said in line for line in lines)):
                yield f"no line of theirs: {row}"
            elif allowed is not None and not any(line in said or said in line for line in allowed):
                yield f"under another position: {row}"
        elif "both name" in row:
            for skill in re.split(r", | and ", row.split("name ", 1)[1].strip(".")):
                if _plain(skill) not in own or _plain(skill) not in facts["written"]:
                    yield f"not held: {skill}"


def wrong_gaps(missing: list[str], resume: dict[str, Any], facts: dict[str, Any], posting: dict[str, Any]) -> list[str]:
    """List the gaps that are none."""
    wrong = []
    for gap in missing:
        names = [name.lower() for name in re.split(r", | or ", gap)]
        if any(name in facts["held"] and name not in resume["omits"] for name in names) or not any(
            name in posting["asks"] for name in names
        ):
            wrong.append(gap)
    return wrong


def _plain(text: str) -> str:
    return re.sub(r"[^\w%€£$+#]+", " ", text.lower()).strip()


def measure(write: Callable[..., tuple[str, list[str]]], say: Callable[..., None] = print) -> dict[str, int]:
    """Have letters and matches written for each résumé and posting, and count what is wrong.

    :param write: takes résumé and posting, and returns the letter and the missing skills
    """
    found = corpus()
    count = {
        "letters": 0,
        "false letters": 0,
        "false statements": 0,
        "matches": 0,
        "matches with wrong gaps": 0,
        "gaps": 0,
        "wrong gaps": 0,
        "signed": 0,
        "quoting": 0,
        "naming": 0,
    }
    for resume in found["resumes"]:
        facts = found["people"][resume["person"]]
        for posting in found["postings"]:
            letter, missing = write(resume["text"], posting)
            false = list(false_statements(letter, resume, facts))
            wrong = wrong_gaps(missing, resume, facts, posting)
            for problem in false + [f"wrong gap: {gap}" for gap in wrong]:
                say(f"{facts['name']} / {resume['layout']} / {posting['id']}: {problem}")
            count["letters"] += 1
            count["matches"] += 1
            count["false letters"] += bool(false)
            count["false statements"] += len(false)
            count["matches with wrong gaps"] += bool(wrong)
            count["gaps"] += len(missing)
            count["wrong gaps"] += len(wrong)
            count["signed"] += letter.splitlines()[-1] == facts["name"]
            count["quoting"] += "\n• " in letter
            count["naming"] += bool(_HEADER.search(letter))
    return count


def quoting(resume: str, posting: dict[str, Any]) -> tuple[str, list[str]]:
    """Have Onward's own writer write."""
    from onward.domain.assistant.quoting import QuotingWriter
    from onward.domain.resumes.facts.reader import read

    read_resume, writer = read(resume), QuotingWriter()
    letter = writer.cover_letter(
        resume=read_resume,
        posting=posting["text"],
        company_name=posting["company"],
        job_title=posting["title"],
        tone="professional",
    )
    match = writer.job_match(resume=read_resume, posting=posting["text"], job_title=posting["title"])
    return letter.text, match.missing


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    for name, number in measure(quoting).items():
        sys.stdout.write(f"{number:6} {name}\n")
