"""Who a résumé is about: name, title and the lines in which somebody sums up."""

import re
from collections.abc import Iterator

from onward.domain.assistant.offline import occupations, places, postings, skills, text
from onward.domain.assistant.offline.resumes import dates, headers, held
from onward.domain.assistant.offline.resumes.sections import Lines, section

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_NAME = re.compile(r"^[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}$")
_TITLED = re.compile(r",?\s+(?:esq|jr|sr|ph\.?d|mba|m\.?d|rn|bsn|msn|cpa|cfa|pe|pmp|jd|llm|edd|acca)\.?$", re.I)
_SMALL = frozenset("de da van von der den la del bin al ter ten zu".split())
_LABELLED = re.compile(r"^(?:full |first )?names?(?:\(s\))?\s?:\s*", re.I)
_SPLIT = re.compile(r"\s*[|•·]\s*|\s{3,}")
# Words for what people are that are as often their names, as in `James Cook`.
_SURNAMES = frozenset(
    """baker cook carpenter mason porter butcher potter fisher gardener farmer judge painter miller barber brewer tailor driver
    dean bishop weaver marshall coach singer sailor host guard fellow page king knight smith glazier cutler plumber koch schlosser maurer""".split()
)
_BEFORE_A_TITLE = frozenset(
    """head master line sous pastry pizza commis assistant senior junior sr jr lead chief apprentice trainee professional artisan private prep bread cake
    home house bus truck taxi delivery train forklift security landscape sign portrait freelance experienced licensed certified night cleaning
    life football sports career agile student guest research court district high brick stone crew jazz opera""".split()
)


def name(head: list[str]) -> str:
    """Find the name among the lines at the top."""
    for line in [line for line in head[:5] if line]:
        bare = _SPLIT.split(_LABELLED.sub("", line))[0].strip(" ,")
        if re.match(r"(?:curriculum vitae|résumé|resume|cv|europass|lebenslauf|personal information)\b", bare, re.I):
            continue
        if section(bare) or (occupations.names_any(bare.split(",")[0]) and not _is_a_surname(bare)):
            continue
        bare = _TITLED.sub("", bare)
        if (
            _NAME.match(bare.split(",")[0])
            and len(bare) <= 50
            and _capitalised(bare.split(",")[0])
            and not skills.find(bare.split(",")[0])
            and not places.is_place(bare)
            and not postings.to_the_reader(bare)
        ):
            found = bare.split(",")[0]
            return (
                " ".join(part.capitalize() if part.isalpha() else part.title() for part in found.split())
                if found.isupper()
                else found
            )
    return ""


def labelled(lines: list[str]) -> str:
    """Find a name that stands behind `Name:` near the top."""
    for line in lines[:15]:
        said = _LABELLED.match(line)
        if said:
            return name([line[said.end() :]])
    return ""


def _is_a_surname(line: str) -> bool:
    said = line.split(",")[0].lower().split()
    return (
        len(said) in {2, 3}
        and said[-1] in _SURNAMES
        and not any(word in _BEFORE_A_TITLE or occupations.recognised(word) for word in said[:-1])
    )


def _capitalised(line: str) -> bool:
    return all(word[:1].isupper() or word in _SMALL for word in line.replace(",", "").split())


def title(head: list[str], known: str) -> tuple[str, str]:
    """Find the title that somebody puts under the name, with its line.

    :param known: the name
    """
    for line in [line for line in head[:6] if line]:
        if dates.has_span(line) or held.wished(line) or held.denied(line) or EMAIL.search(_SPLIT.split(line)[0]):
            continue
        for part in _SPLIT.split(line):
            if (known and part.lower().startswith(known.lower())) or len(part.split()) > 6 or EMAIL.search(part):
                continue
            found = [piece for piece in headers.pieces(part) if piece.title > 1]
            if found and len(found[0].text.split()) <= 6:
                return headers.unshouted(found[0].text.strip(" ,.")), text.item(line)
    return "", ""


def summary(sections: Lines) -> Iterator[str]:
    """List the lines in which somebody sums up."""
    for part, line in sections:
        bare = text.item(line)
        if (part == "summary" and bare) or (part == "head" and len(bare.split()) > 9 and not EMAIL.search(bare)):
            yield bare
