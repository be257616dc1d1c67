"""The taxonomy of skills and finding them in text.

A name is matched on whole words. Names that are also ordinary words (Go, Excel, Spring, C, R) count only in their own
case and where the words around them speak of a skill.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onward.domain.assistant.offline.text import without_addresses

AREAS = (
    "software",
    "data",
    "design",
    "business",
    "healthcare",
    "engineering",
    "education",
    "trades",
    "hospitality",
    "credentials",
    "people",
    "languages",
)

# Phrases that hold the name of a skill and mean something else.
NOT_SKILLS = (
    "c-suite", "c-level", "vitamin c", "vitamin d3", "series c", "hepatitis c", "class c", "grade c", "section c",
    "reporting to", "reporting directly to", "reporting into", "at the helm", "swift response", "spring break",
    "spring semester", "go live", "go above", "r&d", "networking events", "guard rails", "rest of", "sales tax holiday",
    "people operations", "health insurance", "sales data", "sales team", "sales teams",
    "sales figures", "sales reports", "sales department", "for sales", "marketing team", "marketing teams", "for marketing",
    "marketing department", "hr department", "research team", "to procurement", "design team", "internal audit team", "x-ray inspections", "x-ray inspection", "x-ray testing", "english breakfast", "french press", "audit trail", "cleaning data",
)  # fmt: skip

_TOKEN = re.compile(r"\.net\b|[^\W_]+[+#]*|&", re.I)
# What may stand between the words of one name.
_JOINT = re.compile(r"^(?:[ \t\n]?[-/.&'’]?[ \t\n]?)$")
_LIST_BEFORE = set(",;/|•(:\n·")
_LIST_AFTER = set(",;/|•).:\n·")
_SKILL_BEFORE = {
    "in", "with", "using", "like", "including", "of", "microsoft", "ms", "office", "language", "languages", "know",
    "write", "wrote", "written", "programming", "code", "for", "via", "from", "on", "use", "used", "uses", "learn",
}  # fmt: skip
_SKILL_AFTER = {
    "developer", "developers", "programming", "programmer", "language", "services", "service", "microservices", "code",
    "framework", "engineer", "spreadsheets", "spreadsheet", "skills", "boot", "scripts", "script", "proficiency", "apps",
    "experience", "knowledge", "codebase", "applications", "application", "backend", "formulas", "macros", "models",
    "api", "apis", "packages", "modules", "charting", "documentation", "jobs", "cluster", "clusters", "is", "required",
    "preferred", "or", "and", "plus", "reports", "files",
}  # fmt: skip
_AND = {"and", "or"}


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill by its canonical name."""

    name: str
    area: str
    implies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A skill found in a text, and where."""

    skill: Skill
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    skill: Skill | None
    # The letters as they must stand, or nothing when case does not matter.
    exact: str
    in_context: bool


class Duplicate(Exception):
    """Two skills of the data file go by the same name."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All skills, and their names by the words they are made of."""

    skills: dict[str, Skill]
    names: dict[tuple[str, ...], tuple[_Name, ...]]
    longest: dict[str, int]

    def find(self, text: str) -> list[Mention]:
        """List the skills that a text names, in its order; the longest name wins."""
        text = without_addresses(text)
        tokens = [(found[0].lower(), found.start(), found.end()) for found in _TOKEN.finditer(text)]
        candidates = list(self._candidates(text, tokens))
        places = {index for first, last, _ in candidates for index in range(first, last)}
        mentions = []
        for first, last, name in candidates:
            if name.skill is None:
                continue
            if name.in_context and not _speaks_of_skill(text, tokens, first, last, places):
                continue
            mentions.append(Mention(name.skill, tokens[first][1], tokens[last - 1][2]))
        return mentions

    def _candidates(self, text: str, tokens: list[tuple[str, int, int]]) -> Iterable[tuple[int, int, _Name]]:
        first = 0
        while first < len(tokens):
            length = min(self.longest.get(tokens[first][0], 0), len(tokens) - first)
            for last in range(first + length, first, -1):
                name = self._name(text, tokens, first, last)
                if name is not None:
                    yield first, last, name
                    first = last
                    break
            else:
                first += 1

    def _name(self, text: str, tokens: list[tuple[str, int, int]], first: int, last: int) -> _Name | None:
        named = self.names.get(tuple(token for token, _, _ in tokens[first:last]))
        if named is None:
            return None
        joined = all(_JOINT.match(text[tokens[at][2] : tokens[at + 1][1]]) for at in range(first, last - 1))
        start, end = tokens[first][1], tokens[last - 1][2]
        # `example.net` is an address and `x_y` an identifier.
        if not joined or (start and (text[start - 1] == "_" or (text[start] == "." and text[start - 1].isalnum()))):
            return None
        written = text[start:end]
        return next((name for name in named if not name.exact or name.exact == written), None)


def _speaks_of_skill(text: str, tokens: list[tuple[str, int, int]], first: int, last: int, places: set[int]) -> bool:
    before = text[tokens[first - 1][2] if first else 0 : tokens[first][1]]
    after = text[tokens[last - 1][2] : tokens[last][1] if last < len(tokens) else len(text)]
    word_before = tokens[first - 1][0] if first else ""
    word_after = tokens[last][0] if last < len(tokens) else ""
    near = any(at in places for at in (*range(first - 3, first), *range(last, last + 3)))
    listed_before = bool(set(before) & _LIST_BEFORE) or not first or word_before in _AND
    listed_after = bool(set(after) & _LIST_AFTER) or last >= len(tokens)
    if (
        listed_after
        and not set(after) & {",", "/", ")"}
        and word_before in _SKILL_BEFORE
        and not set(before) & {".", "\n"}
    ):
        return True
    if word_before in _SKILL_BEFORE and (listed_after or word_after in _SKILL_AFTER):
        return True
    if listed_before and near and (listed_after or word_after in _AND):
        return True
    # `Go developer`, but not `Express services` at the start of a sentence about something else.
    return word_after in _SKILL_AFTER - _AND - {"is", "services", "service", "plus", "for"} and after == " "


def _words(name: str) -> tuple[str, ...]:
    return tuple(found[0].lower() for found in _TOKEN.finditer(name))


@cache
def taxonomy() -> Taxonomy:
    """Read the data file; once per process.

    :raises Duplicate: when two of its skills share a name
    """
    skills: dict[str, Skill] = {}
    names: dict[tuple[str, ...], list[_Name]] = {_words(phrase): [_Name(None, "", False)] for phrase in NOT_SKILLS}
    for line in Path(__file__).with_name("skills.tsv").read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        area, name, aliases, implies = (*line.split("\t"), "", "")[:4]
        skill = Skill(name.lstrip("=?"), area, tuple(_parts(implies)))
        if skill.name in skills:
            raise Duplicate(skill.name)
        skills[skill.name] = skill
        for alias in (name, *_parts(aliases)):
            _add(names, alias, skill)
    longest: dict[str, int] = {}
    for words in names:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    # An exact name is tried before one whose case does not matter.
    ordered = {words: tuple(sorted(named, key=lambda name: not name.exact)) for words, named in names.items()}
    return Taxonomy(skills, ordered, longest)


# Names of one word that are ordinary words, in areas where most names are brands; and the other way round.
_ORDINARY = frozenset(
    """microservices serverless algorithms concurrency debugging refactoring containers networking firewalls observability
    cybersecurity cryptography blockchain statistics reporting typography illustration branding wireframing prototyping
    personas photography animation storyboarding translation""".split()
)
_BRANDS = frozenset(
    """Salesforce Workday Xero Sage Slack Notion Asana Trello Smartsheet Zendesk Visio Hyperion Cerner Meditech Abaqus
    Simulink Lean Bloomberg Agile Scrum Kanban Bayesian Microsoft Spring Oracle Apache Google Phoenix Pyramid Windows
    Linux Opera Series Raspberry Monday.com Adobe Autodesk Certified Chartered Azure Revit Solidworks Terraform Flask
    Django Python Java""".split()
)
_BRAND_AREAS = {"software", "data", "design", "languages"}


def in_prose(name: str) -> str:
    """Write a canonical name as it stands inside a sentence: `machine learning`, `Python`, `GAAP`."""
    first, *others = name.split()
    if first in _BRANDS or any(c.isupper() or c.isdigit() for c in name[1:]) or not first[0].isupper():
        return name
    if not others and area(name) in _BRAND_AREAS and name.lower() not in _ORDINARY and "-" not in name:
        return name
    return name[0].lower() + name[1:]


def _parts(column: str) -> list[str]:
    return [part.strip() for part in column.split(",") if part.strip()]


def _add(names: dict[tuple[str, ...], list[_Name]], alias: str, skill: Skill) -> None:
    bare = alias.lstrip("=?")
    name = _Name(skill, bare if alias != bare else "", alias.startswith("?"))
    same = names.setdefault(_words(bare), [])
    if any(other.exact == name.exact for other in same):
        raise Duplicate(alias)
    same.append(name)


def find(text: str) -> list[Mention]:
    """List the skills that a text names, in its order."""
    return taxonomy().find(text)


def names(text: str) -> list[str]:
    """List the canonical names of the skills in a text, each once."""
    return list(dict.fromkeys(mention.skill.name for mention in find(text)))


def with_implied(found: Iterable[str]) -> set[str]:
    """Add what a skill cannot be had without: who works with Django works with Python."""
    skills = taxonomy().skills
    held = set(found)
    return held | {implied for name in held for implied in skills[name].implies}


def area(name: str) -> str:
    """Tell the area of a skill by its canonical name."""
    return taxonomy().skills[name].area


def soft(name: str) -> bool:
    """Tell whether a skill is one that everybody claims and a list cannot show."""
    return area(name) == "people"
