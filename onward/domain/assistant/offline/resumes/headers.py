"""Which part of a position's header is the title, and which the employer.

Nothing is guessed. A title is told by a word for what people are (`baker`), an employer by its legal form (`GmbH`), by a
word for what organisations are (`hospital`) or by `at` before it. A name beside one that is told is the other, if it
reads like one. Where nothing tells, the other positions of the same résumé may: if all of those have their titles first,
so has this one. What is unclear after that is neither.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onward.domain.assistant.offline import occupations, places, postings, skills
from onward.domain.assistant.offline.resumes import dates

LONGEST_NAME = 70

_LEGAL = re.compile(
    r"(?:^|[\s,&])(?:inc(?:orporated)?|llc|l\.l\.c|ltd|limited|plc|llp|lp|corp(?:oration)?|co|company|cie|gmbh|g\.m\.b\.h|mbh|ag|kg|kgaa|ohg|ug|gbr|"
    r"e\.\s?v|e\.\s?k|e\.\s?g|se|s\.?a\.?s?|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|oy|ab|as|a/s|aps|pty|pvt|sdn bhd|sp\.? ?z ?o\.? ?o|s\.?\s?r\.?\s?o|a\.\s?s|d\.?\s?o\.?\s?o|k\.?k|kft|zrt|s\.?c\.?s|e\.?u|lda|ltda|s\.? de r\.?l\.? de c\.?v|& sons|& söhne|& partners?|"
    r"holdings?|group|gruppe)\.?$",
    re.I,
)
_ONLY_LEGAL = re.compile(r"(?:inc|llc|ltd|limited|plc|llp|corp|co|gmbh|ag|kg|s\.?a|b\.?v|pty ltd|l\.?p)\.?", re.I)
# What an organisation is, in the words that such names end with, or begin with before `of`.
_ORGANISATION = frozenset(
    """hospital clinic clinics klinik klinikum spital infirmary hospice surgery pharmacy apotheke practice praxis school schools schule gymnasium
    university universität universitaet college institute institut academy akademie polytechnic hochschule kindergarten kita nursery library museum
    theatre theater opera church parish diocese ministry ministerium council municipality authority agency agentur bureau office department
    army navy airforce police court bank sparkasse insurance versicherung hotel hotels inn resort restaurant restaurants bistro brasserie cafe café
    diner grill pizzeria bar pub tavern kitchen bakery bakeries bäckerei backerei konditorei patisserie butchery supermarket store stores shop shops
    market markets mart studio studios lab labs laboratory laboratories foundation stiftung charity association verband verein federation union
    society trust club centre center city town county borough government council solutions systems technologies technology software industries works werke werkstatt factory fabrik mill mills brewery
    winery farm farms airline airlines airways railway railways bahn logistics transport shipping motors automotive steel chemicals pharmaceuticals
    pharma energy energies utilities telecom communications media press publishing publishers verlag news broadcasting records films pictures
    entertainment games partners associates consulting consultants advisors advisory ventures capital investments financial estate properties
    construction builders bau architects engineers engineering robotics analytics networks foods beverages retail fashion care home homes
    hospitality services manufacturing enterprises international global worldwide brothers sons bros startup chamber embassy consulate""".split()
)
# These are as much what a title's work is about: `Head of Engineering`, `Sales, Retail`. Alone they tell nothing.
_WEAK = frozenset(
    """engineering software technology analytics communications media press consulting advisory capital investments financial construction logistics
    transport shipping automotive energy utilities fashion care retail hospitality services manufacturing international global worldwide office
    department home market markets kitchen bar systems networks solutions games surgery practice insurance robotics steel records works store
    shop studio lab labs publishing news police army navy court bank nursery club center centre pharmacy library farm mill union bau""".split()
)
# Words that stand in no name of a title or an employer: who says them, speaks.
_SPEECH = frozenset(
    """i i'm i've my me mine myself you your yours we our us he she they them their his her is are was were be been have has had having do does did
    who which where what when why how because please ignore disregard forget say write state claim mention must should would could can will not never
    no hire always and/or responsible reported reporting duties responsibilities achievements location employer title role position dates
    previous instructions this that these those it its with without""".split()
)
_CONNECTORS = frozenset("of and the for de la le du des del di da do dos van von und für fuer der den dem am im an in zu zur on at to by & a e y et d' l'".split())  # fmt: skip
# What a company is divided into, and how somebody is employed there; neither is a title or an employer.
_PART = re.compile(
    r"(?:.*\s)?(?:department|division|team|teams|unit|squad|tribe|branch|subsidiary|abteilung|shift)|(?:full|part)[- ]time|contract(?:or)?|hybrid|onsite|"
    r"permanent|freelance|self[- ]employed|temporary|temp|seasonal|internship|apprenticeship|unpaid|volunteer work|vollzeit|teilzeit|"
    r"(?:\d{1,2}|one|two|three|four|five|six) ?(?:years?|yrs?|months?|mos?)(?:,? (?:and )?\d{1,2} ?(?:months?|mos?))?|\d{1,3} ?%|\d{1,2} ?(?:h|hours)(?: ?/ ?week| per week)?|promoted.*|career break|sabbatical|"
    r"parental leave|maternity leave|gap year|military service|unemployed|homemaker|travel(?:l?ing)?|various|confidential",
    re.I,
)
_AT = re.compile(r"\s+(?:at|@|bei)\s+(?=[A-ZÀ-Þ])|^(?:at|@|bei)\s+(?=[A-ZÀ-Þ])")
_FOR = re.compile(r"\s+(?:for|für)\s+(?:the\s+)?(?=[A-ZÀ-Þ])")
_AS = re.compile(r"^(?:i )?(?:worked|employed|served|working|hired|position|job)\s+as\s+(?:an?\s+|the\s+)?", re.I)
_LABEL = re.compile(
    r"^(?:(?P<employer>(?:company|employer|organi[sz]ation|name (?:and address )?of (?:the )?employer)(?: name)?)|"
    r"(?P<title>(?:job )?title|position(?: held)?|role|occupation(?: or position held)?|job)|"
    r"(?P<neither>dates?|period|duration|location|place|type of business(?: or sector)?|sector|industry|salary|reason for leaving|supervisor))(?:\s?:\s*|\s{3,})",
    re.I,
)
_SPLIT = re.compile(r"\s*[|•·\t]\s*|\s+[–—-]\s+|\s{3,}|,\s+|:\s+|;\s+")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_LEVEL = re.compile(r"^(?:senior|junior|sr\.?|jr\.?|chief|deputy|lead|head of|vice president|vp|director of|assistant)\s+\w", re.I)  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w'’/.+#-]*|\d[\w%+]*|&")
_EDGE = " ,()–—-|;:•"


@dataclass(frozen=True, slots=True)
class Piece:
    """A name of a header.

    :param line: which line it stands in, counted from the one with the date
    :param title: how surely it is a title: 0, 1 or more
    :param employer: how surely it is an employer
    """

    text: str
    line: int
    title: int = 0
    employer: int = 0

    @property
    def told(self) -> bool:
        """Tell whether anything is known of it."""
        return self.title != self.employer


@dataclass(frozen=True, slots=True)
class Named:
    """What was found in a header.

    :param order: the title's place before the employer's is `title`, after it `employer`; empty when both are not told
    :param shape: the lines that its names stand in
    """

    title: str
    employer: str
    unclear: tuple[str, ...]
    order: str
    shape: tuple[int, ...]


def ends_legally(line: str) -> bool:
    """Tell whether a line ends with a company's legal form, and its full stop with it."""
    return _LEGAL.search(line) is not None


def pieces(line: str, at: int = 0) -> list[Piece]:
    """Split a line of a header into names, and weigh what each of them is."""
    label = _LABEL.match(line)
    if label:
        return _labelled(label.lastgroup or "", line[label.end() :], at)
    bare = dates.without_any(line, " | ").replace("()", " ")
    found: list[Piece] = []
    inside = [piece for bracket in _BRACKETS.findall(bare) for piece in _SPLIT.split(bracket)]
    for part in _SPLIT.split(_BRACKETS.sub(" ", bare)):
        found += _at(part, at)
    # In brackets stands the employer or something that is neither.
    found += [weighed for piece in inside for weighed in [_weighed(piece.strip(_EDGE), at)] if weighed.employer > 1]
    return _together([piece for piece in found if len(piece.text) > 1 and not _beside(piece.text)])


def _labelled(what: str, rest: str, at: int) -> list[Piece]:
    """Give what stands behind `Employer:` or `Title:` as just that."""
    name = _BRACKETS.sub(" ", dates.without_any(rest, " ")).strip(_EDGE)
    if what == "neither" or len(name) < 2 or len(name) > LONGEST_NAME or not _may_be_named(name):
        return []
    return [Piece(name, at, title=5 if what == "title" else 0, employer=5 if what == "employer" else 0)]


def _at(part: str, at: int) -> Iterator[Piece]:
    part = _AS.sub("", part.strip(_EDGE))
    named = _AT.split(part, maxsplit=1)
    if len(named) == 1:
        named = _FOR.split(part, maxsplit=1)
        if len(named) == 1 or _weighed(named[1], at).employer < 2:
            yield _weighed(part, at)
            return
    title, employer = named[0].strip(_EDGE), named[1].strip(_EDGE)
    if title:
        yield Piece(title, at, title=3 if reads_like_a_name(title) or occupations.names_one(title) else 0)
    yield Piece(
        employer,
        at,
        employer=3 if reads_like_a_name(employer) or (_LEGAL.search(employer) and _may_be_named(employer)) else 0,
    )


def _together(found: list[Piece]) -> list[Piece]:
    """Put together what belongs together: `Acme, Inc.`, `Smith, Jones & Partners`."""
    whole: list[Piece] = []
    for piece in found:
        last = whole[-1] if whole else None
        if last and last.line == piece.line and _ONLY_LEGAL.fullmatch(piece.text):
            whole[-1] = replace(last, text=f"{last.text}, {piece.text}", title=0, employer=4)
        elif last and last.line == piece.line and "&" in piece.text and not last.title and len(last.text.split()) == 1:
            whole[-1] = replace(piece, text=f"{last.text}, {piece.text}")
        elif not _ONLY_LEGAL.fullmatch(piece.text):
            whole.append(piece)
    return whole


def _beside(name: str) -> bool:
    return (
        name.lower() in _CONNECTORS
        or places.is_place(name)
        or _PART.fullmatch(name) is not None
        or not re.search(r"[^\W\d_]", name)
    )


def _weighed(name: str, at: int) -> Piece:
    if len(name) > LONGEST_NAME or not _may_be_named(name):
        return Piece(name, at)
    if _LEGAL.search(name):
        return Piece(name, at, employer=4)
    # What a name is, its last word says, or the last before `of`: `School of Nursing`, `Head of School`.
    words = _WORD.findall(re.split(r"\s(?:of|for|de|für|to|in)\s", name)[0])
    head = re.sub(r"(?:/\w+)$", "", words[-1].lower()) if words else ""
    lone = len(words) == 1
    if occupations.is_one(head) or (lone and occupations.names_one(head)):
        return Piece(name, at, title=3)
    if re.fullmatch(r"(?:i{1,3}|iv|v|\d|m/?f/?d|[fmdw/]{3,5})", head) and occupations.names_one(name):
        return Piece(name, at, title=3)
    if head in _ORGANISATION and reads_like_a_name(name) and (head not in _WEAK or not occupations.names_one(name)):
        alone = len(_WORD.findall(name)) == 1
        return Piece(name, at, employer=0 if alone else 1 if head in _WEAK else 2)
    if occupations.names_one(name) or _LEVEL.match(name):
        return Piece(name, at, title=2 if _LEVEL.match(name) else 1)
    return Piece(name, at)


def _may_be_named(name: str) -> bool:
    """Tell whether a name can be one: what speaks to somebody is none."""
    # `US Army` and `IT Manager` hold no pronouns.
    said = [word.strip(".").lower() for word in _WORD.findall(name) if word not in {"US", "IT"}]
    if (
        not said
        or len(said) > 9
        or not _SPEECH.isdisjoint(said)
        or (name.endswith((".", "!", "?")) and len(said) > 4 and not _LEGAL.search(name))
    ):
        return False
    return not postings.to_the_reader(name) and not _begins_as_a_sentence(name)


def _begins_as_a_sentence(name: str) -> bool:
    """Tell `Assisted the manager` from `Registered nurse`."""
    first, _, rest = name.partition(" ")
    second = rest.partition(" ")[0]
    verb = first.lower() in postings.VERBS or first.lower().removesuffix("s") in postings.VERBS or first.endswith("ed")
    return verb and second[:1].islower() and not occupations.is_one(second) and second not in {"of", "public"}


# They end like something done, and begin names all the same.
_NO_DEED = frozenset(
    """united allied red applied advanced consolidated integrated associated federated fred ted ed med speed feed seed reed unlimited certified trusted
    connected embedded unified amalgamated limited combined registered chartered wicked sacred naked need breed""".split()
)


def _tells_a_deed(name: str) -> bool:
    """Tell `Planted 400 Trees` from `United Parcels`."""
    first, _, rest = name.partition(" ")
    return bool(rest) and first.lower().endswith("ed") and first.lower() not in _NO_DEED


def reads_like_a_name(name: str) -> bool:
    """Tell whether a name is written as names are: `Bank of Example`, `eBay`, `3M`; not `employee of the month`."""
    said = _WORD.findall(name)
    if not said or len(said) > 8 or not _may_be_named(name) or _tells_a_deed(name):
        return False
    lower = [word for word in said if word[:1].islower() and word.lower() not in _CONNECTORS]
    return not lower or (len(said) == 1 and any(c.isupper() for c in name)) or (len(lower) == 1 and any(c.isupper() for c in lower[0]))  # fmt: skip


def _is_general(name: str) -> bool:
    """Tell whether a name says what is worked on and not where: `Payments`, `Backend`, `Mathematics`."""
    low = name.lower()
    if low in _FIELDS or low in _WEAK or {word for word in low.split() if word not in {"and", "&", "of"}} <= _FIELDS:
        return True
    found = skills.find(f"Skills: {name}")
    return len(found) == 1 and found[0].end - found[0].start >= len(name) - 1 and skills.area(found[0].skill.name) not in {"software", "data", "design"}  # fmt: skip


_FIELDS = frozenset(
    """payments platform infrastructure growth sales marketing finance operations research security mobile web search backend frontend data it hr
    development product design quality legal compliance procurement purchasing administration support service mathematics maths english german
    french physics chemistry biology history science music art geography sports production assembly maintenance emergency intensive surgery
    cardiology oncology paediatrics pediatrics geriatrics psychiatry night day evening weekend early late breakfast lunch dinner front back customer
    human resources information accounting controlling audit tax treasury risk innovation strategy corporate public private affairs relations
    litigation employment family criminal structural civil mechanical electrical cloud core internal external team lead senior junior full stack""".split()
)


def named(found: Sequence[Piece]) -> Named:
    """Tell title and employer among the names of a header."""
    shape = tuple(piece.line for piece in found)
    titles = sorted((piece for piece in found if piece.title), key=lambda piece: -piece.title)
    employers = sorted((piece for piece in found if piece.employer), key=lambda piece: -piece.employer)
    rest = [piece for piece in found if not piece.title and not piece.employer and reads_like_a_name(piece.text)]
    title, employer = next(iter(titles), None), next(iter(employers), None)
    if title and not employer:
        # Of two that hold a title's word, `Engineer, Cook Medical`, the weaker one may be a name.
        spare = [piece for piece in titles[1:] if piece.title == 1 and title.title > 1 and reads_like_a_name(piece.text)]  # fmt: skip
        employer = next((piece for piece in [*rest, *spare] if not _is_general(piece.text)), None)
    elif employer and not title:
        title = _before(employer, [piece for piece in rest if found.index(piece) < found.index(employer)])
    order = ""
    if title and employer:
        order = "title" if found.index(title) < found.index(employer) else "employer"
    unclear = tuple(piece.text for piece in rest if piece is not title and piece is not employer)
    return Named(
        unshouted(title.text) if title else "", unshouted(employer.text) if employer else "", unclear, order, shape
    )


def _before(employer: Piece, before: list[Piece]) -> Piece | None:
    """Give the one name before an employer, if it stands in the line with the date: one above may be anything."""
    if len(before) != 1 or before[0].line != 0 or _is_general(before[0].text) or employer.employer < 2:
        return None
    return before[0]


def by_the_others(found: Sequence[Piece], others: Sequence[Named]) -> Named | None:
    """Tell title and employer by how all the other positions of the résumé are written.

    :param others: what was found in those whose names are told
    """
    shape = tuple(piece.line for piece in found)
    alike = [other for other in others if other.order]
    if len(found) != 2 or not alike or len({other.order for other in alike}) != 1:
        return None
    if shape not in {other.shape for other in alike} or not all(reads_like_a_name(piece.text) for piece in found):
        return None
    title, employer = found if alike[0].order == "title" else reversed(found)
    if employer.title or title.employer:
        return None
    return Named(unshouted(title.text), unshouted(employer.text), (), alike[0].order, shape)


def complete(found: Sequence[Piece]) -> bool:
    """Tell whether one line names title and employer, so that no line around it does."""
    told = named(found)
    return bool(told.title and told.employer)


def unshouted(name: str) -> str:
    """Write `GLOBEX CORPORATION` as one writes it in a sentence; leave `IBM`."""
    if not name.isupper() or len(name) <= 5 or not re.sub(r"[\s&,.'-]", "", name).isalpha():
        return name
    small = {"OF", "AND", "THE", "FOR"}
    kept = {"LLC", "LLP", "PLC", "AG", "KG", "USA", "UK", "IT", "HR", "QA", "IBM", "SAP", "BMW", "AT&T", "CEO", "CTO", "CFO", "RN", "ICU", "UX", "UI", "VP"}  # fmt: skip
    words = [word if word in kept else "GmbH" if word == "GMBH" else word.lower() if word in small else word.capitalize() for word in name.split()]  # fmt: skip
    return " ".join(words)
