"""The taxonomy of skills and finding them in text.

A name is matched on whole words. Names that are also ordinary words (React, Excel, Go, Spring, C, R) count only in their
own case, and not where a sentence begins with them, or only where the words around them speak of a skill. Among other
skills in a list they count in any case.
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
    "rust belt", "word of", "word for word", "outlook on", "scrum half", "black belt in", "shipping containers", "food containers", "storage containers",
    "catering to", "networking with", "networking opportunities", "professional networking", "reporting line", "reporting lines", "front end supervisor",
    "front end manager", "front end cashier", "front end clerk", "front end of", "front end of the", "type r", "model r", "plan c", "plan r", "option c",
    "go to", "go through", "go getter", "let it go", "on the go", "grade r", "level c", "category c", "form c", "room c", "building c", "terminal c",
    "exit c", "spring onions", "spring onion", "spring water", "spring cleaning", "spring season", "spring term", "spring rolls", "spring collection",
    "polish companies", "polish customers", "polish clients", "polish market", "orient express", "american express", "google sheets express",
    "lean startup", "lean into", "lean in", "sketch comedy", "slack time", "excel at", "excel in everything", "ruby wedding",
    "oracle of", "flask of", "the notion", "notion of", "notion that", "unity of",
)  # fmt: skip

_SENTENCE = re.compile(r"[.!?:;|•·\n]\s*$|^\s*[-–—*]\s*$")
_TOKEN = re.compile(r"\.net\b|[^\W_]+[+#]*|&", re.I)
# How careful one must be with a name; the data file says what each mark means.
MARKS = "=~?"
LONGEST_CHAIN = 6
# What may stand between the words of one name.
_JOINT = re.compile(r"^(?:[ \t\n]?[-/.&'’]?[ \t\n]?)$")
_LIST_BEFORE = set(",;/|•(:\n·")
_LIST_AFTER = set(",;/|•).:\n·")
_SKILL_BEFORE = {
    "with", "using", "microsoft", "ms", "language", "languages", "know", "programming", "coding", "coded", "programmed", "configured", "learn", "learning", "code",
}  # fmt: skip
# `in` and `of` speak of a skill only after a word that does: `experience in Go`, `years of C`, not `in Spring`.
_LINKS = {"in", "of", "for", "and", "to", "on", "like", "including", "from", "via"}
_SKILL_CUES = {
    "experience", "experienced", "proficient", "proficiency", "knowledge", "skilled", "skills", "fluent", "fluency", "expert", "expertise", "year", "years",
    "background", "written", "wrote", "write", "writing", "developed", "built", "build", "programmed", "programming", "coding", "coded", "apps", "services",
    "software", "scripts", "tools", "competent", "competence", "competency", "certified", "trained", "training", "familiar", "familiarity", "advanced",
    "command", "understanding", "mastery", "implemented", "developing", "engineer", "developer", "development", "languages", "language", "backend",
    "systems", "apis", "such", "rewrite", "rewrote", "analysis", "analyses", "statistics", "models", "migrated", "ported",
}  # fmt: skip
_SKILL_AFTER = {
    "developer", "developers", "programming", "programmer", "language", "services", "service", "microservices", "code",
    "framework", "engineer", "spreadsheets", "spreadsheet", "skills", "boot", "scripts", "script", "proficiency", "apps",
    "experience", "knowledge", "codebase", "applications", "application", "backend", "formulas", "macros", "models",
    "api", "apis", "packages", "modules", "charting", "documentation", "jobs", "cluster", "clusters", "is", "required",
    "preferred", "would", "or", "and", "plus", "reports", "files", "components", "frontend", "hooks", "router", "templates", "microservice", "programs", "security",
    "mvc", "cloud", "data", "workbooks", "sheets", "dashboards", "native", "stack", "library", "projects", "codebases", "tooling", "server", "sql",
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
    """A name of a skill.

    :param skill: nothing when the phrase means something else
    :param mark: how careful one must be with it, see the data file
    """

    skill: Skill | None
    bare: str
    mark: str


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
        surely = [place for place in candidates if place[2].skill and not place[2].mark]
        near = _Near(
            text,
            tokens,
            {i for first, last, _ in candidates for i in range(first, last)},
            {first for first, _, _ in surely},
            {last for _, last, _ in surely},
        )
        counted: list[tuple[int, int, _Name]] = []
        # `python, excel, word`: what counts vouches for its neighbour, and so on.
        for _ in range(LONGEST_CHAIN):
            again = [place for place in candidates if place[2].skill is not None and near.counts(*place)]
            if len(again) == len(counted):
                break
            counted = again
            near.begins.update(first for first, _, _ in counted)
            near.ends.update(last for _, last, _ in counted)
        return [
            Mention(name.skill, tokens[first][1], tokens[last - 1][2]) for first, last, name in counted if name.skill
        ]

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
        exact = next((name for name in named if name.bare == written), None)
        return exact or named[-1]


@dataclass(frozen=True, slots=True)
class _Near:
    """What stands around a name, and what that says of it.

    :param places: the tokens of all names
    :param begins: the tokens at which names begin that need no context
    :param ends: the tokens before which they end
    """

    text: str
    tokens: list[tuple[str, int, int]]
    places: set[int]
    begins: set[int]
    ends: set[int]

    def counts(self, first: int, last: int, name: _Name) -> bool:
        """Tell whether a name is meant as that of a skill here."""
        if not name.mark:
            return True
        written = self.text[self.tokens[first][1] : self.tokens[last - 1][2]]
        if written != name.bare:
            return self._listed(first, last)
        # What is all that a line says is meant as a name.
        if name.mark == "=" or (first == 0 and last == len(self.tokens) and len(name.bare) > 1):
            return True
        if last < len(self.tokens) and re.fullmatch(r"(?:19|20)\d\d", self.tokens[last][0]):
            return False
        return (name.mark == "~" and self._within_a_sentence(first)) or self._speaks_of_skill(first, last)

    def _before(self, first: int) -> str:
        return self.text[self.tokens[first - 1][2] if first else 0 : self.tokens[first][1]]

    def _after(self, last: int) -> str:
        return self.text[self.tokens[last - 1][2] : self.tokens[last][1] if last < len(self.tokens) else len(self.text)]

    def _listed(self, first: int, last: int) -> bool:
        """Tell whether a name stands in a list, beside one that is surely a skill's."""
        before, after = set(self._before(first)) & _LIST_BEFORE, set(self._after(last)) & _LIST_AFTER
        return (
            (bool(before) or not first)
            and (bool(after) or last >= len(self.tokens))
            and ((bool(before - {"."}) and first in self.ends) or (bool(after - {"."}) and last in self.begins))
        )

    def _within_a_sentence(self, first: int) -> bool:
        """Tell whether nothing but its being a name can have given a word its capital."""
        if not first or _SENTENCE.search(self._before(first)):
            return False
        begin = first
        while begin and not _SENTENCE.search(self._before(begin)):
            begin -= 1
        end = first
        while end + 1 < len(self.tokens) and not _SENTENCE.search(self._before(end + 1)):
            end += 1
        others = [at for at in range(begin + 1, end + 1) if at not in self.places]
        capital = sum(self.text[self.tokens[at][1]].isupper() for at in others)
        # In a heading, and where somebody shouts, every word has one.
        return capital * 2 < max(2, len(others))

    def _speaks_of_skill(self, first: int, last: int) -> bool:
        before, after = self._before(first), self._after(last)
        word_before = self.tokens[first - 1][0] if first else ""
        word_after = self.tokens[last][0] if last < len(self.tokens) else ""
        near = any(at in self.places for at in (*range(first - 3, first), *range(last, last + 3)))
        vouched = any(at in self.ends for at in range(first - 2, first + 1))
        listed_before = bool(set(before) & _LIST_BEFORE) or not first or (word_before in _AND and vouched)
        listed_after = bool(set(after) & _LIST_AFTER) or last >= len(self.tokens)
        if self._led_to(first) and not set(before) & {".", "\n"} and (listed_after or word_after in _SKILL_AFTER):
            return True
        if listed_before and near and (listed_after or word_after in _AND):
            return True
        # `Go developer`, but not `Express services` at the start of a sentence about something else.
        return word_after in _SKILL_AFTER - _AND - {"is", "services", "service", "plus", "for", "data", "security", "projects", "cloud", "library"} and after == " "  # fmt: skip

    def _led_to(self, first: int) -> bool:
        """Tell whether the words before a name speak of a skill: `experience in`, `using`."""
        word_before = self.tokens[first - 1][0] if first else ""
        if word_before in _SKILL_BEFORE:
            return True
        return word_before in _LINKS and any(self.tokens[at][0] in _SKILL_CUES for at in range(max(0, first - 4), first - 1))  # fmt: skip


def _words(name: str) -> tuple[str, ...]:
    return tuple(found[0].lower() for found in _TOKEN.finditer(name))


@cache
def taxonomy() -> Taxonomy:
    """Read the data file; once per process.

    :raises Duplicate: when two of its skills share a name
    """
    skills: dict[str, Skill] = {}
    names: dict[tuple[str, ...], list[_Name]] = {_words(phrase): [_Name(None, phrase, "")] for phrase in NOT_SKILLS}
    for line in Path(__file__).with_name("skills.tsv").read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        area, name, aliases, implies = (*line.split("\t"), "", "")[:4]
        skill = Skill(name.lstrip(MARKS), area, tuple(_parts(implies)))
        if skill.name in skills:
            raise Duplicate(skill.name)
        skills[skill.name] = skill
        for alias in (name, *_parts(aliases)):
            _add(names, alias, skill)
    longest: dict[str, int] = {}
    for words in names:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    # The last is tried where none stands exactly so: one whose case does not matter, if there is one.
    ordered = {words: tuple(sorted(named, key=lambda name: not name.mark)) for words, named in names.items()}
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
    bare = alias.lstrip(MARKS)
    name = _Name(skill, bare, alias.removesuffix(bare))
    same = names.setdefault(_words(bare), [])
    if any(other.bare == name.bare or other.mark == name.mark == "" for other in same):
        raise Duplicate(alias)
    same.append(name)


def find(text: str) -> list[Mention]:
    """List the skills that a text names, in its order."""
    return taxonomy().find(text)


def names(text: str) -> list[str]:
    """List the canonical names of the skills in a text, each once."""
    return list(dict.fromkeys(mention.skill.name for mention in find(text)))


def listed(text: str) -> list[str]:
    """List the canonical names of the skills in a text that is known to be a list of skills."""
    return list(dict.fromkeys(mention.skill.name for mention in find(f"SQL, {text}, SQL")[1:-1]))


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
