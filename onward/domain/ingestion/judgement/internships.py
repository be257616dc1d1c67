"""Whether an opening is an internship, and of what kind."""

from collections.abc import Collection, Iterator, Sequence

from onward.domain.board.choices import InternshipType, JobType
from onward.domain.ingestion.judgement.vocabulary import (
    COMPOUNDS,
    IN_CHARGE,
    JOB_TYPE_PHRASES,
    LONGEST_PHRASE,
    OTHERWISE,
    PART_TIME,
    PHRASES,
    SUMMER,
    UNSPACED,
)
from onward.platform.words import words

# How much of a title is looked at.
_LONGEST = 255
_BEGINNINGS = {phrase[0] for phrase in PHRASES}
_PROGRAMMES = {"program", "programme", "scheme"}
_OF = {"of", "for", "de", "del", "des", "dei", "der", "fur", "von"}


def internship_type(
    title: str, *, internship: bool | None = None, employment_type: str = "", language: str = ""
) -> str:
    """Return what kind of internship an opening is; nothing when it is none. Never raises.

    :param internship: what the source's own type says; it decides, and only where it says nothing, the title does
    :param language: of the posting, as a code, or nothing: a *stage* is an internship in French and none in English
    """
    if internship is False:
        return ""
    kind = _kind(title, language)
    if internship and not kind:
        return _kind(employment_type, "") or InternshipType.INTERNSHIP
    return kind


def job_type(employment_type: str, kind: str) -> str:
    """Return how much work it is by the source's words, or nothing. :param kind: of internship"""
    if kind:
        return JobType.INTERNSHIP
    told = {phrase for _, phrase in _told(words(employment_type[:_LONGEST]), 2) if phrase in JOB_TYPE_PHRASES}
    found = {JOB_TYPE_PHRASES[phrase] for phrase in told} - {JobType.INTERNSHIP}
    # A part-time contract is both; what is rarer says more.
    return next((type for type in JOB_TYPE_PHRASES.values() if type in found), "")


def _kind(title: str, language: str) -> str:
    said = words(title[:_LONGEST])
    kinds = list(_kinds(said, language.lower()[:2]))
    if not kinds:
        return ""
    # Of several, the first that says more than that it is an internship.
    kind = next((kind for kind in kinds if kind != InternshipType.INTERNSHIP), InternshipType.INTERNSHIP)
    if kind != InternshipType.INTERNSHIP:
        return kind
    if any(word in SUMMER for word in said):
        return InternshipType.SUMMER
    if any(phrase in PART_TIME for _, phrase in _told(said, 2)):
        return InternshipType.PART_TIME
    return kind


def _kinds(said: Sequence[str], language: str) -> Iterator[str]:
    """Yield the kinds that a title names, in its order; of two phrases that begin together, the longer one."""
    end = 0
    for start, phrase in _told(said, LONGEST_PHRASE, _BEGINNINGS):
        if start >= end and phrase in PHRASES and not _is_otherwise(said, start, len(phrase), language):
            end = start + len(phrase)
            yield PHRASES[phrase]
    for word in said:
        yield from (kind for ending, kind in COMPOUNDS.items() if word.endswith(ending) and word != ending)
        if not word.isascii():
            yield from (kind for sign, kind in UNSPACED.items() if sign in word)


def _told(said: Sequence[str], longest: int, begins: Collection[str] = ()) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each row of words with its place, the longest of each place first.

    :param begins: words that one begins with; none: any
    """
    for start in range(len(said)):
        if begins and said[start] not in begins:
            continue
        for length in range(min(longest, len(said) - start), 0, -1):
            yield start, tuple(said[start : start + length])


def _is_otherwise(said: Sequence[str], start: int, length: int, language: str) -> bool:
    """Whether the words around a phrase make it another thing: "Stage Manager", "Head of Internships"."""
    phrase = tuple(said[start : start + length])
    if phrase == ("stage",) and language == "en":
        return True
    before = said[start - 1] if start else ""
    behind = said[start + length] if start + length < len(said) else ""
    if (behind,) in OTHERWISE and behind in _PROGRAMMES:
        # "Intern Program Manager"
        return _is_otherwise(said, start + length, 1, language)
    if before in _OF and start > 1 and said[start - 2] in IN_CHARGE:
        return True
    return any(before in others or behind in follows for others, follows in OTHERWISE.get(phrase, ()))
