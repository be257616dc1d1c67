"""Cover letters out of a person's own facts.

Every sentence that says something about the person is filled from lines of the résumé, and those lines are kept beside
it as its sources. Of the posting, a letter uses names of the taxonomy that the résumé holds as well, and nothing else:
what a posting says cannot become a claim.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onward.domain.assistant.offline import matching, names, places, postings, resumes, skills, text, words
from onward.domain.assistant.offline.achievements import Achievement, achievement
from onward.domain.assistant.offline.postings import Kind, Posting
from onward.domain.assistant.offline.resumes import Position, Resume, Study
from onward.domain.assistant.offline.voices import VOICES, Voice
from onward.domain.assistant.offline.words import Degree

ACHIEVEMENTS = 4
# Words of achievements after which no other is added: a letter fits on a page.
ENOUGH = 95
SKILLS = 5
THEMES = 3
CREDENTIALS = 3
LONGEST_CREDENTIAL = 60

# What came of it, and not only how much there was.
_RESULT = re.compile(
    r"\d\s?%|\bfrom \S{1,12}(?: \S{1,12})? to\b|[$€£]\s?\d|\b(?:sav|reduc|increas|rais|cut|doubl|improv)\w{0,4}\b.{0,80}\d",
    re.I,
)
_NUMBERED = re.compile(r"(?:#|\bno\.?\s?\d|\blicen[cs]e number|\d{4,}).*$", re.I)
# What led to a number that was cut away.
_LED_TO_NUMBER = re.compile(
    r"(?:[\s,;:(–—-]+(?:since|from|in|on|of|until|till|to|through|as|valid|expir\w*|issued|dated|obtained|gained|awarded|passed|number|no\.?|nr\.?|id|ref\w*|pin|"
    r"jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|spring|summer|autumn|fall|winter|\d{1,2}))+[\s,;:.(–—-]*$",
    re.I,
)
_REGISTERED = re.compile(r"(?P<body>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}) registered", re.I)
# Nobody applies for the nights.
_NO_THEME = frozenset({"On-call duty"})
_WITH_THE = re.compile(
    r"(?:University|Institute|College|School|Academy|Faculty|Technical University|Open University) (?:of|for)\b|(?:TU|TH|FH|RWTH|ETH|LMU)$"
)
_EMPLOYER_WITH_THE = re.compile(
    r"(?:(?:US|United States|British|Royal|Canadian|German|French) (?:Army|Navy|Air Force|Marines)|(?:University|Ministry|Department|City|Institute|Office|Embassy|"
    r"State|County|Museum|Church) of|(?:United Nations|European \w+|National \w+ (?:of|for)))\b"
)
# Somebody tries to speak through it.
_SPOKEN = re.compile(r"\b(?:ignor\w+ (?:all |any |the )?(?:previous|prior|above)|disregard\w*|candidate has|applicant has|this (?:candidate|applicant))\b", re.I)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and the lines of the résumé that it rests on."""

    text: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter with its paragraphs' sentences."""

    text: str
    sentences: tuple[Sentence, ...]


class _Choice:
    """Picks variants by a stable hash of what the letter is made from, so that the same request reads the same."""

    def __init__(self, *made_from: str) -> None:
        self._seed = hashlib.sha256(
            "\x1f".join(text.squeezed(part) for part in made_from).encode("utf-8", "replace")
        ).digest()

    def of(self, slot: str, variants: Sequence[str]) -> str:
        digest = hashlib.sha256(self._seed + slot.encode()).digest()
        return variants[int.from_bytes(digest[:4], "big") % len(variants)]


def compose(*, resume: Resume, posting: Posting, company: str, job: str, tone: str) -> Composed:
    """Write a letter.

    :param tone: one of `VOICES`; anything else is professional
    """
    voice = VOICES.get(tone, VOICES["professional"])
    choice = _Choice(resume.text, *(line for _, line in posting.lines), company, job, tone)
    company, job = names.company(company), names.job(job) or posting.title
    called = {"company": company or "your organisation", "job": job or "advertised"}
    greeting = choice.of("greeting", voice.greeting if company else voice.greeting_nobody).format(**called)
    fit = matching.compare(resume, posting)
    chosen = _chosen(resume, posting)
    paragraphs = [
        [
            Sentence(choice.of("opening", voice.opening).format(**called)),
            *_standing(resume, voice, choice),
            *_skills(resume, fit, voice, choice),
        ],
        [*_introduction(resume, posting, chosen, voice, choice), *_evidence(chosen, fit, voice, choice)],
        [*_study(resume, voice, choice), *_credentials(resume, posting, voice, choice)],
        [*_purpose(resume, posting, chosen, voice, choice, called)],
        [Sentence(choice.of("closing", voice.closing)), Sentence(choice.of("thanks", voice.thanks))],
    ]
    if len(paragraphs[2]) == 1:
        paragraphs[2:4] = [paragraphs[2] + paragraphs[3]]
    kept = [paragraph for paragraph in paragraphs if paragraph]
    body = "\n\n".join(" ".join(sentence.text for sentence in paragraph) for paragraph in kept)
    signed = f"{voice.ending}\n{resume.name}" if resume.name else voice.ending
    return Composed(f"{greeting}\n\n{body}\n\n{signed}", tuple(sentence for part in kept for sentence in part))


def _standing(resume: Resume, voice: Voice, choice: _Choice) -> Iterator[Sentence]:
    """Say where the person stands: the latest position, and years."""
    named = resumes.latest(position for position in resume.positions if position.title and position.employer)
    said, facts = "", tuple[str, ...]()
    if named:
        # Of a position before the last, or one before dates that cannot be, nothing says `most recently`.
        last = named is resumes.latest(resume.positions) and not resume.impossible
        variants = voice.current if named.current else voice.recent if last else voice.once
        said = choice.of("standing", variants).format(
            title=named.title, a_title=_with_article(named.title), employer=_called(named.employer)
        )
        facts = (_fact(named),)
    elif resume.title:
        said = choice.of("standing", voice.title_only).format(a_title=_with_article(resume.title))
        facts = (resume.title_fact,)
    stated, line = resume.stated_years
    count = stated or int(resume.years)
    if count >= 2:
        # The person's own words are a fact; a sum of dates is one, rounded down.
        over = "over " if not stated and resume.years - count >= 0.25 else ""
        years = f"{over}{words.spelled(count)} years"
        counted = (line,) if stated else resume.years_facts
        ending = voice.and_years.format(years=years)
        said = said.removesuffix(".") + ending if said else choice.of("years", voice.years).format(years=years)
        facts += counted
    if said:
        yield Sentence(said, facts)


def _fact(position: Position) -> str:
    return " ".join(" ".join(position.header).split())


# There is one of these in a company, so they stand without an article.
_ONLY_ONE = re.compile(
    r"(?:(?:co-?)?founder|owner|head of|director of|managing director|general manager|chief|c[efitomp]o\b|(?:senior |executive )?vice president|s?vp\b|president|"
    r"interim|acting|chair\w*|captain of|dean|principal of)",
    re.I,
)


def _with_article(title: str) -> str:
    return title if _ONLY_ONE.match(title) else f"{words.article(title)} {title}"


def _called(employer: str) -> str:
    return f"the {employer}" if _EMPLOYER_WITH_THE.match(employer) else employer


def _skills(resume: Resume, fit: matching.Fit, voice: Voice, choice: _Choice) -> Iterator[Sentence]:
    shown = _shown(resume, fit.matching)
    if shown:
        variants = voice.skills if len(shown) > 1 else voice.one_skill
        listed = words.listed([skills.in_prose(name) for name in shown])
        yield Sentence(choice.of("skills", variants).format(skills=listed), _lines_of(resume, shown))


def _shown(resume: Resume, names: list[str]) -> list[str]:
    """Keep what the résumé says itself; what it implies is no fact to point at."""
    return [
        name
        for name in names
        if name in resume.skills and skills.area(name) not in {"people", "credentials", "languages"}
    ][:SKILLS]


def _lines_of(resume: Resume, names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(resume.skills[name][0] for name in names))


def _chosen(resume: Resume, posting: Posting) -> list[Achievement]:
    """Choose what speaks most to the posting, and put it in the order of the career, the latest first."""
    musts = set(posting.skills(Kind.MUST))
    others = set(posting.skills(Kind.NICE, Kind.DUTY)) - musts
    wanted = {stem for kind in (Kind.MUST, Kind.DUTY) for line in posting.of(kind) for stem in words.stems(line)}
    ordered = sorted(resume.positions, key=_lateness, reverse=True)
    ranked: list[tuple[float, int, Achievement]] = []
    for at, position in enumerate(ordered):
        for bullet in position.bullets:
            made = achievement(position, bullet)
            if made is None or postings.to_the_reader(bullet.line) or _SPOKEN.search(bullet.line):
                continue
            held = skills.with_implied(bullet.skills)
            same = len(wanted & set(words.stems(bullet.line)))
            told = bool(_RESULT.search(bullet.line)) + bullet.has_figure
            worth = 3 * len(held & musts) + 2 * len(held & others) + 0.6 * same + 2 * told
            ranked.append((worth - 0.8 * at - made.about_doing, len(ranked), made))
    ranked.sort(key=lambda entry: (-entry[0], entry[1]))
    chosen: list[tuple[int, Achievement]] = []
    length = 0
    for _, place, made in ranked:
        if len(chosen) == ACHIEVEMENTS or length >= ENOUGH:
            break
        if sum(made.position is other.position for _, other in chosen) < 3 and not _repeats(made, chosen):
            chosen.append((place, made))
            length += len(made.clause.split())
    return [made for _, made in sorted(chosen, key=lambda entry: entry[0])]


def _lateness(position: Position) -> tuple[bool, int, int]:
    return position.current, position.end, position.start


def _repeats(made: Achievement, chosen: list[tuple[int, Achievement]]) -> bool:
    said = set(words.stems(made.clause))
    return any(len(said & set(words.stems(other.clause))) * 2 > len(said) for _, other in chosen)


def _introduction(
    resume: Resume, posting: Posting, chosen: list[Achievement], voice: Voice, choice: _Choice
) -> Iterator[Sentence]:
    if len(chosen) > 1 and matching.other_line_of_work(resume, posting):
        titles = tuple(dict.fromkeys(_fact(position) for position in resume.positions[:3]))
        yield Sentence(choice.of("change", voice.change), titles)
    elif len(chosen) > 1:
        yield Sentence(choice.of("evidence", voice.evidence))


def _evidence(chosen: list[Achievement], fit: matching.Fit, voice: Voice, choice: _Choice) -> Iterator[Sentence]:
    before: Position | None = None
    used: set[str] = set()
    for made in chosen:
        slot, variants = _link(made, before, voice)
        # A link is not used twice while there is another.
        fresh = [variant for variant in variants if variant not in used] or list(variants)
        link = choice.of(slot, fresh)
        used.add(link)
        said = link.format(
            employer=_called(made.position.employer),
            a_title=_with_article(made.position.title),
            when=_when(made.position, voice),
            doing=made.clause,
        )
        yield Sentence(said, (made.bullet.line, _fact(made.position)))
        before = made.position
    wanted = [name for name in fit.matching if not skills.soft(name) and skills.area(name) != "credentials"]
    shown = [name for name in wanted if any(name in made.bullet.skills for made in chosen)][:2]
    if shown:
        listed = words.listed([skills.in_prose(name) for name in shown])
        facts = tuple(made.bullet.line for made in chosen if set(made.bullet.skills) & set(shown))
        yield Sentence(choice.of("shown", voice.shown).format(skills=listed), facts)


def _when(position: Position, voice: Voice) -> str:
    return f"present {voice.work}" if position.current else f"{voice.work} of {position.written}"


def _link(made: Achievement, before: Position | None, voice: Voice) -> tuple[str, Sequence[str]]:
    """Give the ways to begin a sentence about something done, by where it was done and what was said before."""
    if not made.position.employer:
        # Without a name to call the place by, the dates tell which work is meant.
        if made.position is before:
            return ("included there", voice.included_there) if made.about_doing else ("also", voice.also)
        return ("included then", voice.included_then) if made.about_doing else ("then", voice.then)
    if made.about_doing:
        return "included", voice.included
    if before is None:
        # `During my employment, I prepare` is no English.
        return "first", ("At {employer}, I {doing}.",) if made.still_done else voice.first
    if made.position is before:
        return "also", voice.also
    same = made.position.employer == before.employer and made.position.title
    return ("promoted", voice.there_before) if same else ("before", voice.before)


def _study(resume: Resume, voice: Voice, choice: _Choice) -> Iterator[Sentence]:
    named = [study for study in resume.studies if study.name and study.degree and study.degree > Degree.SCHOOL]
    finished = [study for study in named if study.finished]
    best = max(finished or named, key=_rank, default=None)
    if best:
        name = f"{best.name} in {best.subject}" if best.subject else best.name
        a_degree = f"{words.article(name)} {name}"
        school = f"the {best.school}" if _WITH_THE.match(best.school) else best.school
        from_school = f" {'from' if best.finished else 'at'} {school}" if school else ""
        variants = voice.study if best.finished else voice.studying
        yield Sentence(choice.of("study", variants).format(a_degree=a_degree, from_school=from_school), (best.line,))


def _rank(study: Study) -> int:
    return int(study.degree or 0)


def _credentials(resume: Resume, posting: Posting, voice: Voice, choice: _Choice) -> Iterator[Sentence]:
    wanted = set(posting.skills(Kind.MUST, Kind.NICE, Kind.DUTY))
    found: list[tuple[bool, str, str]] = []
    for line in resume.credentials:
        pieces = [piece.strip(" .") for piece in re.split(r"[,;|•·]|\s[–—-]\s", line)]
        several = sum(bool(skills.find(piece)) for piece in pieces) > 1
        for piece in pieces if several else pieces[:1]:
            bare = _NUMBERED.sub("", piece)
            bare = (bare if bare == piece else _LED_TO_NUMBER.sub("", bare)).strip(" .,–—-")
            registered = _REGISTERED.fullmatch(bare)
            bare = f"{registered['body']} registration" if registered else bare
            bare = bare if bare.count("(") == bare.count(")") else bare.partition("(")[0].strip()
            if (
                2 <= len(bare) <= LONGEST_CREDENTIAL
                and not places.is_place(bare)
                and (not several or skills.find(bare))
            ):
                found.append((bool(wanted & set(skills.names(piece))), bare, line))
    # What the posting asks for comes first; the order is the résumé's otherwise.
    best = sorted(found, key=lambda entry: not entry[0])[:CREDENTIALS]
    if best:
        named = words.listed(list(dict.fromkeys(_a_credential(name) for _, name, _ in best)))
        facts = tuple(dict.fromkeys(line for _, _, line in best))
        yield Sentence(choice.of("credentials", voice.credentials).format(credentials=named), facts)


def _a_credential(name: str) -> str:
    counted = re.search(
        r"\b(?:certificate|licen[cs]e|certification|diploma|permit)$|^(?:certificate|licen[cs]e|certification|diploma) (?:in|of|for)\b",
        name,
        re.I,
    )
    return f"{words.article(name)} {name}" if counted and not re.match(r"(?:an?|the)\s", name, re.I) else name


def _purpose(
    resume: Resume,
    posting: Posting,
    chosen: list[Achievement],
    voice: Voice,
    choice: _Choice,
    called: dict[str, str],
) -> Iterator[Sentence]:
    duties = [
        name
        for name in posting.skills(Kind.DUTY)
        if name in resume.skills and skills.area(name) not in {"credentials", "languages"} and name not in _NO_THEME
    ]
    # Hard skills first; one duty of many is no emphasis.
    duties = sorted(duties, key=skills.soft)[:THEMES]
    if len(duties) > 1:
        themes = words.listed([skills.in_prose(name) for name in duties])
        yield Sentence(choice.of("themes", voice.themes).format(themes=themes), _lines_of(resume, duties))
    yield Sentence(choice.of("intent", voice.intent).format(**called))
    if not chosen:
        yield Sentence(choice.of("brief", voice.brief))
