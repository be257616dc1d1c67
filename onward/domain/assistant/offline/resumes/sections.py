"""The sections of a résumé, and its lines put together again where a page broke them."""

import re
from collections.abc import Iterator

from onward.domain.assistant.offline import occupations, text
from onward.domain.assistant.offline.resumes import dates

_SECTIONS = {
    "experience": r"(?:work |professional |relevant |employment |career |clinical |teaching |industry |practical |job |additional |other |previous |earlier )*(?:experiences?|history|employment|background)|career summary and experience|beruf(?:serfahrung|spraxis|licher werdegang|liche (?:erfahrung|praxis|stationen))?|expériences?(?: professionnelles?)?|positions held|internships?|practical training|placements?",
    "projects": r"(?:selected |personal |key |side |academic |university |student )*projects|portfolio",
    "education": r"education(?:al)?(?: (?:background|history))?(?: (?:and|&) (?:training|qualifications|certifications?))?|education (?:and|&|/) training|academic (?:background|qualifications|history)|qualifications|studies|schooling|(?:schul|aus|hochschul|weiter|berufs)?bildung|schulausbildung|berufsausbildung|studium|ausbildung und studium|akademischer werdegang|formations?|études",
    "skills": r"(?:technical |core |key |professional |computer |soft |hard |clinical |design |relevant |top |digital |it |personal |job-related |other |practice )*(?:skills|competenc(?:ies|es)|technologies|expertise|tools|proficiencies)(?: (?:and|&) [a-z]+)?|tech(?:nical)? stack|areas of expertise|(?:mother tongues?|other languages?|languages?)(?: skills)?",
    "credentials": r"(?:professional )?(?:licen[cs]es?|certifications?|certificates|credentials|registrations?)(?: (?:and|&) (?:licen[cs]es?|certifications?|credentials|training|memberships?))?|training|bar admissions?|driving licen[cs]e",
    "summary": r"(?:professional |career |executive |personal )?(?:summary|profile|objective)|about(?: me)?|personal statement|overview",
    # What interests somebody, or what others are and say, is nothing that the person can do.
    "aside": r"(?:personal |other )?(?:interests|hobbies)(?: (?:and|&) [a-z]+)?|references|referees|recommendations",
    "other": r"(?:selected )?(?:publications|awards|honou?rs(?:-awards)?|volunteer(?:ing)?(?: experience| work)?|voluntary (?:work|experience)|ehrenamt(?:liche[sr]? (?:engagement|tätigkeit(?:en)?))?|bénévolat|caring responsibilities|affiliations|memberships|activities|achievements|patents|additional information|personal (?:information|details|data)|contact(?: information| details)?)(?: (?:and|&) [a-z]+)?",
}  # fmt: skip
_SECTION = {name: re.compile(rf"^(?:{cues})$", re.I) for name, cues in _SECTIONS.items()}

_OPEN_ENDS = (",", "-", "&", " and", " of", " the", " with", " to", " for", " in", " a", " by", " from")
_PERSON = re.compile(r"^[A-ZÀ-Þ][\w'’-]+(?: (?:[A-ZÀ-Þ][\w.'’-]*|de|da|van|von|der|bin|al)){1,3}$")
_PAGE = re.compile(r"^page \d{1,2}(?: of \d{1,2})?$", re.I)

# Each line with the section that it stands in.
Lines = list[tuple[str, str]]


def section(line: str) -> str | None:
    """Tell which section a heading begins, or nothing when a line is none."""
    bare = " ".join(line.rstrip(":").strip("*#_=- |").split())
    if not bare or len(bare) > 50 or line.startswith(text.BULLET):
        return None
    # `S K I L L S`, as some templates set it.
    if len(bare) > 6 and all(len(part) == 1 for part in bare.split(" ")):
        bare = bare.replace(" ", "")
    return next((name for name, cue in _SECTION.items() if cue.match(bare)), None)


def joined(lines: list[str]) -> list[str]:
    """Put bullets together again that a page broke over several lines."""
    whole: list[str] = []
    lines = [line for line in lines if not _PAGE.match(line)]
    for at, line in enumerate(lines):
        last = whole[-1] if whole else ""
        after = lines[at + 1] if at + 1 < len(lines) else ""
        prose = len(last) >= 70 and line[:1].islower() and not dates.has_span(line)
        open_end = _continues(last, line, after) if last.startswith(text.BULLET) else prose
        if open_end and len(last) < text.LINE_LIMIT:
            glue = "" if last.endswith("-") and line[:1].islower() else " "
            whole[-1] = f"{last}{glue}{line}"
        else:
            whole.append(line)
    return whole


def _continues(last: str, line: str, after: str) -> bool:
    if not line or line.startswith(text.BULLET) or dates.has_span(line) or section(line):
        return False
    if line[:1].islower() or last.endswith(_OPEN_ENDS):
        return True
    if line[:1].isdigit() and not last.endswith("."):
        return True
    # A long line that stops without a full stop goes on in the next, unless that begins a position.
    goes_on = len(last) >= 55 and last[-1].isalnum() and (line.endswith(".") or after.startswith(text.BULLET))
    begins = occupations.names_any(line) and not line.endswith(".")
    return goes_on and not dates.has_span(after) and not begins


def sectioned(lines: list[str]) -> Lines:
    """Give each line with its section; headings are left out."""
    return list(_sectioned(lines))


def _sectioned(lines: list[str]) -> Iterator[tuple[str, str]]:
    now = "head"
    headed = False
    for at, line in enumerate(lines):
        heading = section(line)
        if heading is not None:
            now = heading
            continue
        if now == "head":
            headed = headed or bool(line)
        elif not headed and now in {"skills", "credentials", "other"} and _begins_head(lines, at):
            # Where a column beside the résumé was read first, the name stands after it.
            now, headed = "head", True
        before, colon, rest = line.partition(":")
        inline = section(before) if colon and rest.strip() and len(before) < 40 else None
        if inline is not None and now not in {"experience", "projects"}:
            # One line that is a section of its own, as in `Skills: …`; the section around it goes on.
            yield inline, rest.strip()
            continue
        yield now, line


def _begins_head(lines: list[str], at: int) -> bool:
    if not _PERSON.match(lines[at]) or occupations.names_any(lines[at]):
        return False
    after = next((line for line in lines[at + 1 : at + 3] if line), "")
    return occupations.names_any(after) and not after.startswith(text.BULLET) and section(after) is None
