"""The names of a company and of a position as somebody gives them, cut down to names.

They stand in a letter as they are, so they must say nothing of the person: `Acme where I led 200 people` is `Acme`.
What is cut away is what follows the name: from a word that begins a clause, from a word about the writer, from a figure
of years, from the end of a sentence. A company's name ends, too, where its capitals do.
"""

import re

from onward.domain.assistant.offline import text

LONGEST_COMPANY = 60
LONGEST_JOB = 80
# As much is looked at.
READ = 1_000
MOST_WORDS = 14

# From here on somebody tells a story. Some of these words begin names as well (`We Are Social`): those count in small
# letters only, or where everything is in capitals.
_MAY_BE_NAMED = "where who whom whose which that because since when while as if so but being we our us you your he she they his her their is are".split()
_STORY = re.compile(
    r"(?:^|(?<=[\s,;(–—-]))(?:i(?=\s+\w)|i'm|i've|i'd|me|my|mine|myself|was|were|has|have|had|having|been|led|won|ignore|disregard|forget|please|"
    r"say|write|state|claim|mention|includ\w+|(?P<small>" + "|".join(_MAY_BE_NAMED) + r"))(?=[\s,.;:!?')-]|$)",
    re.I,
)
_JOB_STORY = re.compile(r"[\s,;(–—-]+(?:with|after|despite|holding|bringing|\d{1,2}\s?\+?\s?(?:years?|yrs?)\b)", re.I)
_SENTENCE_END = re.compile(r"(?<!\bInc)(?<!\bLtd)(?<!\bDr)(?<!\bSt)(?<!\bSr)(?<!\bJr)(?<!\bCo)(?<!\b\w)[.!?;:](?=\s|$)|[\n{}<>\[\]|]")  # fmt: skip
_CONNECTORS = frozenset(
    "of and the for de la le du des del di da do dos van von der den und für on at in to by & a y e et am im plc gmbh ltd inc llc mbh".split()
)
_ENDS_OPEN = _CONNECTORS - {"plc", "gmbh", "ltd", "inc", "llc", "mbh"}
_ANY_GENDER = re.compile(r"\s*\((?:all genders?|[mfwdx](?:\s?/\s?[mfwdxn]){1,3}|gn|remote|hybrid)\)\s*", re.I)
# What a form or template has where a name belongs.
_PLACEHOLDER = re.compile(
    r"(?:(?:insert|enter|add|type|put|fill in)\b.*|(?:(?:the|your|my|name of|target|hiring|our)[\s_-]*)*(?:company|employer|organi[sz]ation|firm|business)(?:[\s_-]*(?:name|here|title))*|"
    r"name(?: here)?|x{2,}|n/?a|t\.?b\.?[acd]\.?|none|null|nil|undefined|unknown|test|placeholder|lorem\b.*)",
    re.I,
)
_WORD = re.compile(r"\S+")


def company(given: str) -> str:
    """Give a company's name; empty when nothing of what was given is one."""
    name = _first(given)
    if _PLACEHOLDER.fullmatch(name.strip(" .:;-_")):
        return ""
    if name[:1].isupper() or name[:1].isdigit():
        name = _while_capital(name)
    return _within(name, LONGEST_COMPANY)


def job(given: str) -> str:
    """Give a position's title; empty when nothing of what was given is one."""
    name = _first(_ANY_GENDER.sub(" ", given[:READ]))
    cut = _JOB_STORY.search(name)
    return _within(name[: cut.start()] if cut else name, LONGEST_JOB)


def was_cut(given: str, name: str) -> bool:
    """Tell whether more than blanks, markup and brackets was taken away."""
    said = re.findall(r"\w+", _ANY_GENDER.sub(" ", given[:READ]))
    return len(re.findall(r"\w+", name)) < len(said)


def _first(given: str) -> str:
    line = text.label(given, limit=400)
    end = _SENTENCE_END.search(line)
    line = line[: end.start()] if end else line
    for begins in _STORY.finditer(line):
        if not begins["small"] or begins["small"].islower() or line.isupper():
            return line[: begins.start()]
    return line


def _while_capital(name: str) -> str:
    """Keep what is written as a name is: `Bank of Example`, `Acme eBusiness`; not `Acme employee of the year`."""
    kept = 0
    for word in _WORD.finditer(name):
        bare = word[0].strip("(),.'’\"-–—&/")
        if bare and bare.lower() not in _CONNECTORS and bare.islower() and kept:
            # `Acme, Nobel prize winner`: what began behind the comma is no name either.
            comma = max(name.rfind(",", 0, word.start()), name.rfind("(", 0, word.start()))
            return re.sub(r"\s+\d+$", "", name[: comma if comma > 0 else kept])
        if bare and bare.lower() not in _CONNECTORS:
            kept = word.end()
    return name


def _within(name: str, longest: int) -> str:
    words = name[: longest + 1].strip().split(" ")[:MOST_WORDS]
    while len(words) > 1 and len(" ".join(words)) > longest:
        words.pop()
    words[-1] = words[-1][:longest]
    while len(words) > 1 and words[-1].lower().strip(",") in {*_ENDS_OPEN, *_MAY_BE_NAMED} - {"us"}:
        words.pop()
    kept = " ".join(words).strip(" ,;:!?-–—|\"'")
    kept = kept if kept.count("(") == kept.count(")") else kept.partition("(")[0].strip(" ,")
    return kept if re.search(r"[^\W_]", kept) else ""
