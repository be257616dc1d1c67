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
for path in sys.stdin.read().split():
    try:
        said = parse_resume(path)
        first = lambda it: (it[0] if it else "") if isinstance(it, list) else (it or "")
        links = said["links"].values() if isinstance(said["links"], dict) else said["links"] or []
        flat = [l for one in links for l in (one if isinstance(one, list) else [one]) if l]
        skills = said["skills"].values() if isinstance(said["skills"], dict) else [said["skills"] or []]
        out = {"email": first(said["email"]), "phone": first(said["phone"]), "links": flat,
               "skills": [s for group in skills for s in group],
               "positions": [{"title": o.get("role"), "employer": "", "begins": "", "ends": ""} for o in said["experience"]]}
    except Exception as problem:
        out = {"email": "", "phone": "", "links": [], "skills": [], "positions": []}
    print(json.dumps(out))
""",
    "openresume-parser": """
import json, sys
import openresume
from openresume.parser import parse_resume_from_pdf
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
def day(text):
    import re
    text = str(text or "").lower()
    if not text or "present" in text: return ""
    year = re.search(r"(?:19|20)\\d\\d", text)
    if not year: return ""
    month = next((n for n, m in enumerate(MONTHS, 1) if m in text), None) or next((int(x) for x in re.findall(r"(?<!\\d)\\d{1,2}(?!\\d)", text) if 0 < int(x) < 13), None)
    return f"{year[0]}-{month:02}" if month else year[0]
for path in sys.stdin.read().split():
    try:
        said = parse_resume_from_pdf(path)
        said = json.loads(said) if isinstance(said, str) else said
        print(json.dumps({"raw": said}), flush=True)
    except Exception as problem:
        print(json.dumps({"raw": None, "problem": repr(problem)}))
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
