"""Those who read: Onward's own reader, and public parsers in environments of their own."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bench.resumes.scoring import AT

# Each is asked by its own Python, with the path of a file; it prints what :func:`bench.resumes.scoring.score` takes.
PEERS = {
    "zero-resume-parser": """
import json, sys
from zero_resume_parser.parser import parse_resume

def flat(value):
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return [one for inner in values for one in (inner if isinstance(inner, list) else [inner]) if one]

for path in sys.stdin.read().split():
    try:
        said = parse_resume(path)
    except Exception:
        said = dict.fromkeys(("email", "phone", "links", "skills", "experience"))
    print(json.dumps({
        "email": (flat(said["email"]) or [""])[0],
        "phone": (flat(said["phone"]) or [""])[0],
        "links": flat(said["links"]),
        "skills": flat(said["skills"]),
        "positions": [
            {"title": one.get("role"), "employer": "", "begins": "", "ends": ""} for one in said["experience"] or []
        ],
    }))
""",
    "openresume-parser": """
import json, re, sys
from openresume.parser import parse_resume_from_pdf

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

def day(text):
    text = str(text or "").lower()
    year = re.search(r"(?:19|20)[0-9]{2}", text)
    if not year:
        return ""
    rest = text.replace(year[0], "")
    number = re.search(r"[0-9]{1,2}", rest)
    month = next((at for at, name in enumerate(MONTHS, 1) if name in rest), int(number[0]) if number else 0)
    return f"{year[0]}-{month:02}" if month else year[0]

for path in sys.stdin.read().split():
    try:
        said = parse_resume_from_pdf(path)["resume"]
    except Exception:
        said = {}
    history = (said.get("experience") or {}).get("work_history") or []
    print(json.dumps({
        "name": said.get("full_name"),
        "email": said.get("email"),
        "phone": said.get("phone"),
        "skills": [re.sub("^Skills: ", "", one) for one in said.get("skills") or []],
        "positions": [
            {
                "title": one.get("title"),
                "employer": one.get("company"),
                "begins": day(one.get("start_date")),
                "ends": "" if one.get("current") else day(one.get("end_date")),
            }
            for one in history
        ],
    }))
""",
}


def own(content: bytes, suffix: str) -> dict[str, Any]:
    """Read as the server does: the file's text in a process of its own, then the reader."""
    from onward.domain.resumes.formats import DOCX, PDF
    from onward.domain.resumes.text import Unreadable, extract

    try:
        text = extract(content, content_type=(PDF if suffix == ".pdf" else DOCX).content_type, seconds=60).text
    except Unreadable:
        text = ""
    return read(text)


def read(text: str) -> dict[str, Any]:
    """Have the reader read a text."""
    from onward.domain.resumes.facts.reader import read as read_text
    from onward.domain.resumes.models import Fact
    from onward.domain.resumes.uploads.findings import findings

    drafts = read_text(text).facts
    facts = [Fact(kind=d.kind, text=d.text, lines=d.lines, details=d.details, guess=d.guess) for d in drafts]
    found = findings(facts, at=AT)
    positions = [
        {
            "title": one["title"],
            "employer": one["company"],
            "begins": one["start_date"],
            "ends": one["end_date"],
            "sure": not one["to_confirm"],
        }
        for one in found.work
    ]
    contact = {name: found.contact[name] for name in ("name", "email", "phone", "links")}
    return {**contact, "level": found.level, "skills": found.skills, "positions": positions}


def peer(name: str, python: str, files: list[tuple[bytes, str]]) -> list[dict[str, Any]]:
    """Have a public parser read files. :param python: the interpreter of the environment that it is installed in"""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (content, suffix) in enumerate(files):
            path = Path(folder) / f"{number}{suffix}"
            path.write_bytes(content)
            paths.append(str(path))
        done = subprocess.run(
            [python, "-c", PEERS[name]], input="\n".join(paths), capture_output=True, text=True, check=True
        )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def canonical(text: str) -> list[str]:
    """Return the skills that a text names, by their usual names."""
    from onward.domain.resumes.facts import skills

    return [mention.skill.name for mention in skills.find(text, listed=True)]
