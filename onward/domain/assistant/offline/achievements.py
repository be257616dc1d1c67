"""Turning the bullets of a résumé into clauses that follow `I`."""

import re
from dataclasses import dataclass

from onward.domain.assistant.offline import occupations, skills
from onward.domain.assistant.offline.postings import VERBS
from onward.domain.assistant.offline.resumes import Bullet, Position

_IRREGULAR = {
    "begin": "began", "bring": "brought", "build": "built", "buy": "bought", "choose": "chose", "cut": "cut", "do": "did", "draw": "drew",
    "drive": "drove", "feed": "fed", "find": "found", "get": "got", "give": "gave", "grow": "grew", "hold": "held", "keep": "kept",
    "lead": "led", "make": "made", "meet": "met", "oversee": "oversaw", "rebuild": "rebuilt", "rewrite": "rewrote", "run": "ran",
    "sell": "sold", "set": "set", "speak": "spoke", "take": "took", "teach": "taught", "understand": "understood", "win": "won",
    "write": "wrote", "spend": "spent", "spearhead": "spearheaded", "see": "saw", "send": "sent", "put": "put", "pay": "paid",
    "undertake": "undertook", "withdraw": "withdrew", "see to": "saw to",
}  # fmt: skip
_DOUBLED = {"plan", "ship", "prep", "map", "tag", "step", "run", "stop", "submit", "commit", "refer", "transfer"}
_PRESENT = VERBS | set(_IRREGULAR) | {
    "achieve", "act", "adapt", "add", "address", "adjust", "advocate", "allocate", "apply", "approve", "arrange", "audit", "award",
    "balance", "boost", "calculate", "calibrate", "chair", "check", "clear", "close", "code", "compile", "consolidate", "convert",
    "cook", "counsel", "curate", "decrease", "delegate", "direct", "dispatch", "double", "earn", "edit", "eliminate", "exceed",
    "expand", "found", "fix", "generate", "host", "increase", "initiate", "introduce", "invent", "launch", "log", "lower", "map",
    "match", "merge", "migrate", "modernise", "modernize", "obtain", "operate", "orchestrate", "originate", "pioneer", "place",
    "plan", "publish", "raise", "reach", "receive", "redesign", "reduce", "refactor", "replace", "restore", "restructure", "save",
    "secure", "solve", "spearhead", "standardise", "standardize", "start", "streamline", "strengthen", "supply", "transform",
    "triage", "triple", "tutor", "upgrade", "administer", "simulate", "weld", "wire", "score", "grade", "assemble",
}  # fmt: skip
_PAST = set(_IRREGULAR.values()) | {"was", "had", "became", "left"}
# They end like a past tense and are none.
_NOT_PAST = {"experienced", "skilled", "dedicated", "detailed", "advanced", "certified", "licensed", "motivated", "based", "related", "need", "speed", "seed", "limited", "varied", "hundred", "qualified", "accomplished", "seasoned"}  # fmt: skip
# What is done to somebody: said of oneself, it takes a `was`.
_GIVEN = frozenset(
    """awarded promoted nominated elected selected commended invited recognised recognized appointed chosen honoured honored shortlisted ranked rated named
    voted headhunted seconded praised trusted entrusted tasked assigned featured credited granted rewarded hired recruited transferred posted retained accepted
    admitted asked picked crowned decorated singled distinguished congratulated employed engaged contracted certified licensed trained interviewed
    mentioned published quoted cited profiled considered acknowledged inducted known dismissed demoted suspended""".split()
)
# The same words with an object: `Appointed 12 trustees`, `Trained new staff`, `Selected suppliers`.
_GAVE_IF_OBJECT = frozenset(
    """awarded promoted nominated elected selected invited recognised recognized appointed chosen assigned featured credited granted rewarded hired recruited transferred
    posted retained accepted admitted asked picked employed engaged contracted trained interviewed mentioned published quoted cited profiled considered
    acknowledged named rated ranked seconded dismissed tasked certified licensed suspended""".split()
)
_PASSIVE = re.compile(
    r"^\W*(?:to|for|as|by|from|into|in|on|onto|out|among|amongst|amongst|out of|within|at|with|one of|twice|three times|again|early|internally|first|second|third|best|top|employee|"
    r"developer|team|head|lead|senior|manager|supervisor|director|(?:the )?(?:prize|award|medal|title|scholarship|bonus|commendation|honou?rs?|distinction|contract)|"
    r"(?:an?|the|my|our)\b.*\b(?:prize|award|medal|title|scholarship|bonus|commendation|grant|honou?r|distinction|fellowship|certificate)|\d+(?:st|nd|rd|th)\b)\b|"
    r"^[^,;]{0,60}\bof the (?:year|month|quarter|week|decade)\b|"
    r"^[^,;]{0,60}\b(?:prize|award|medal|scholarship|bonus)\b",
    re.I,
)
_A_NAME = re.compile(r"(?:[A-Z][\w'’-]+ ?){2,6}(?:(?:in |at )?(?:[A-Z]\w+|(?:19|20)\d\d))?\W*")
# These are done to others and to oneself alike; without a word that tells which, nothing is said.
_HONOURS = frozenset(
    "awarded promoted nominated elected appointed honoured honored commended recognised recognized chosen".split()
)
_DONE_TO_OTHERS = re.compile(
    r"(?:\d|[a-z]{3,}(?<!the)(?<!for)(?<!from)(?: \w+)? (?:and|to|for|in|on|with)\b|new |two |three |four |five |six |several |many |all )"
)
# Nobody is hired for what did not come about.
_NO_MERIT = re.compile(
    r"^(?:\w+ly )?(?:failed|fail|did not|didn't|do not|don't|was not|wasn't|were not|could not|couldn't|cannot|never|no|not|(?:planned|intended|expected|set out|meant|due|about|scheduled|prepared|agreed|promised|offered|volunteered|sought) to|hoped|wanted|wished|tried|attempted|"
    r"would|should|might|aimed|missed|lost|dismissed|fired|sacked|suspended|demoted|made redundant|was made redundant|was dismissed|was fired|unable|struggled|neglected|refused|"
    r"gave up|caused|target (?:was|is)|goal (?:was|is)|supposed|lack\w*|without|tried|nearly|almost)\b|"
    r"\b(?:but|yet) (?:failed|did not|was not|never|lost)|\b(?:was|were) (?:never|not)\b|\bif (?:approved|granted|accepted|it had)|\bunsuccessful\w*|\bin vain\b|,? gave up\b|\bdeclined\b|\bcancelled\b|"
    r"\bfell by\b.{0,30}\bunder my\b",
    re.I,
)
_LEAD_IN = re.compile(r"^(?:i|we)\s+", re.I)
_LABEL = re.compile(r"^[A-Z][\w &/-]{2,30}:\s+")
_MORE = re.compile(r"^([a-z]+)((?:,\s[a-z]+)*)(,?\s(?:and|&)\s)([a-z]+)\b")
_CUT = re.compile(r"(?:;|,(?!\d)| - | – | — )\s?")
_END = re.compile(r"(?<=[a-z)%])\.\s+(?=[A-Z])|;\s")
_TRAILING = " .;,:!–—-|"
LONGEST = 30


@dataclass(frozen=True, slots=True)
class Achievement:
    """A bullet as a clause.

    :param clause: follows `I` as it stands, or `my work included` when it is about doing
    :param still_done: in the present tense
    """

    position: Position
    bullet: Bullet
    clause: str
    about_doing: bool
    still_done: bool


def achievement(position: Position, bullet: Bullet) -> Achievement | None:
    """Make a clause of a bullet, or nothing when it does not begin with something that was done."""
    line = _LEAD_IN.sub("", _LABEL.sub("", _unshouted(bullet.line)))
    line = _short(_END.split(line)[0].strip(_TRAILING))
    if len(line.split()) < (3 if bullet.has_figure else 4) or _NO_MERIT.search(line) or _NO_MERIT.search(bullet.line):
        return None
    if line.lower().startswith("responsible for "):
        rest = line.split(" ", 2)[2]
        return Achievement(
            position,
            bullet,
            f"{'am' if position.current else 'was'} responsible for {_lower(rest)}",
            False,
            position.current,
        )
    verb = line.split()[0]
    if verb.lower().endswith("ing") and verb.isalpha() and len(verb) > 5:
        return Achievement(position, bullet, _lower(line), True, False)
    clause = _clause(line, current=position.current)
    if not clause:
        return None
    verb = next(word for word in clause.split() if not word.endswith("ly") or len(clause.split()) == 1)
    return Achievement(position, bullet, clause, False, verb in _PRESENT and verb not in _PAST)


def _unshouted(line: str) -> str:
    """Write `DELIVERED GOODS TO 40 STORES` as one writes it in a sentence, with the names of skills as they are."""
    if not line.isupper():
        return line
    quiet = line.lower()
    for mention in reversed(skills.find(line)):
        name = skills.in_prose(mention.skill.name)
        if name.lower() == quiet[mention.start : mention.end]:
            quiet = quiet[: mention.start] + name + quiet[mention.end :]
    return quiet[:1].upper() + quiet[1:]


def _clause(line: str, *, current: bool) -> str:
    first, _, rest = line.partition(" ")
    verb = first.lower().strip(",")
    if verb.endswith("ly") and rest:
        after = _clause(rest, current=current)
        return f"{first.lower()} {after}" if after else ""
    if not verb.replace("-", "").isalpha():
        return ""
    if verb in _GIVEN:
        return _received(verb, first, rest)
    if verb in _PAST or (verb.endswith("ed") and verb not in _NOT_PAST):
        return _lower(line)
    base = _base(verb)
    # `Lead nurse for …` names a post and not a deed.
    if not base or occupations.is_one(rest.partition(" ")[0]):
        return ""
    line = _lower(line)
    line = base + line[len(verb) :]
    return line if current and verb == base else _in_past(line)


def _received(verb: str, first: str, rest: str) -> str:
    """Say what was done to the person in the passive voice, and leave out what may be either."""
    passive = verb not in _GAVE_IF_OBJECT or bool(_PASSIVE.search(rest) or _A_NAME.fullmatch(rest))
    if passive:
        return f"was {first.lower()} {rest}"
    return "" if verb in _HONOURS and not _DONE_TO_OTHERS.match(rest) else f"{first.lower()} {rest}"


def _base(verb: str) -> str:
    if verb in _PRESENT:
        return verb
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if verb.endswith(ending) and verb.removesuffix(ending) + instead in _PRESENT:
            return verb.removesuffix(ending) + instead
    return ""


def _in_past(line: str) -> str:
    more = _MORE.match(line)
    if more and _base(more[4]) and all(_base(word) for word in more[2].replace(",", " ").split()):
        several = [more[1], *more[2].replace(",", " ").split()]
        return ", ".join(_past(_base(word)) for word in several) + more[3] + _past(_base(more[4])) + line[more.end() :]
    verb, _, rest = line.partition(" ")
    # `plan lessons and mark work`: what follows the object cannot be turned with certainty.
    if re.search(r"\b(?:and|then) (\w+)", rest) and any(
        _base(word) == word for word in re.findall(r"\b(?:and|then) (\w+)", rest)
    ):
        return ""
    return f"{_past(verb)} {rest}"


def _past(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if verb in _DOUBLED else f"{verb}ed"


def _lower(line: str) -> str:
    first = line.split(" ", 1)[0]
    return line if sum(c.isupper() for c in first) > 1 else line[:1].lower() + line[1:]


def _short(line: str) -> str:
    """Cut a long line where a clause ends."""
    if len(line.split()) <= LONGEST:
        return line
    best = ""
    for place in _CUT.finditer(line):
        before = line[: place.start()]
        if len(before.split()) > LONGEST:
            break
        # Inside brackets or a list, a cut would leave a stump.
        if len(before.split()) >= 9 and before.count("(") == before.count(")"):
            best = before
    return best
