"""Which skills a line says that the person has: not what is wished for, denied, or others' own."""

import re
from datetime import date

from onward.domain.assistant.offline import postings, skills, text
from onward.domain.assistant.offline.resumes import dates

_WISHED = re.compile(
    r"\b(?:seeking|looking for|aspir\w{1,6}|hop(?:e|es|ing) to|wants? to|wish(?:es)? to|would like to|plan(?:s|ning)? to|eager to|keen to|interest(?:ed)? in|"
    r"willing to learn|no (?:prior |direct |formal )?(?:experience|knowledge)|not yet|never (?:used|worked)|unfamiliar|expired|lapsed|goal is|"
    r"in progress|in preparation|pursuing|working towards?|applied for|"
    r"(?:currently|now|started|begun|still|am) (?:learning|studying)|to learn|future)\b|^(?:learning|studying)\b(?! (?:management|and|outcomes|support))|\bcandidate\)?$|\(candidate",
    re.I,
)
# A sentence that denies anything is taken to deny its skills: rather one too few in a letter than one too many.
_DENIED = re.compile(
    r"(?i:\b(?:not|never|nobody|none|neither|nor|cannot|lack(?:s|ed|ing)?|no longer|little|barely|hardly|scarcely|minimal|negligible)\b|n['’]t\b)|\b[Nn]o [A-Z]"
)
# What was tried and left, looked at from afar, or done by others.
_FROM_AFAR = re.compile(
    r"\b(?:g[ai]ve up|giving up|given up|decid(?:ed|ing) against|advis(?:ed|ing) against|vot(?:ed|ing) against|compet(?:ed|ing|es?) (?:against|with)|lost to|turned down|opted out|"
    r"(?:read|reading|hear[d]?|learn(?:ed|t)?) (?:up )?(?:about|of)|(?:the|by) name(?: only| of)?\b(?! and)|"
    r"(?:attended|watched|listened to|visited|saw)\b.{0,40}\b(?:talks?|webinars?|lectures?|videos?|podcasts?|conferences?|demos?|presentations?)|"
    r"(?:carried out|done|run|built|handled|provided|delivered|managed|written|made|developed|maintained|operated|owned|performed|hosted|supplied) by|outsourc\w+|subcontract\w+|"
    r"(?:vendors?|suppliers?|contractors?|subcontractors?|agency|agencies|third[- ]part\w+|consultants?|consultancy|colleagues?|freelancers?|provider|partners?|another team|other teams?|others)"
    r" (?:who |that |which )?(?:\w+ly )?(?:ran|runs?|built|builds?|did|does|wrote|writes?|handled|handles|managed|manages|made|delivered|provided|maintained|owned|operated|hosted|used|uses?)|"
    r"(?:sold|sell(?:s|ing)?|resold|resell\w*|procured|bought|purchased|renewed|marketed|advertised)\b.{0,60}\b(?:licen[cs]es?|subscriptions?|seats|books|courses|tickets))\b",
    re.I,
)
# What comes after it was not there; what comes before it was.
_WITHOUT = re.compile(r"\b(?:without|instead of|rather than|except(?: for)?|other than)\b", re.I)
# Who finds people for a trade need not know it.
_FOUND_PEOPLE = re.compile(r"\b(?:hir(?:ed|es|ing)|recruit(?:ed|s)|placed|sourced|headhunted|screened|staffed)\b", re.I)
_MET_PEOPLE = re.compile(
    r"\b(?:interview\w*|shadow\w*|observ(?:ed|ing)|job (?:ads?|adverts?|descriptions?|postings?)|adverts? for|ads for|vacanc(?:y|ies)|(?:trained|taught|mentored|supervised|managed) by)\b",
    re.I,
)
_ONE_OR_MORE = re.compile(
    r"\b(?:engineer|developer|programmer|candidate|specialist|analyst|designer|nurse|teacher|consultant|expert|administrator|architect)s?\b",
    re.I,
)
# What stands between these words and the second of them was left or taken away.
_LEFT_BEHIND = re.compile(
    r"\b(?:replac\w+|substitut\w+|supersed\w+|(?:migrat|mov|switch|transition|port|shift)\w* away from|away from|left|leaving|phas\w+ out|retir(?:ed|ing)|decommission\w*|shut(?:ting)? down|"
    r"got rid of|getting rid of|dropp\w+|abandon\w*|remov\w+|eliminat\w+|discard\w*|ditch\w*|swapp\w+|sunset\w*)\b"
    r"(?P<left>.*?)(?=\b(?:with|by|behind|for|in favou?r of|to|using|through|via|and (?:built|introduced|wrote|set up))\b|[;.]|$)",
    re.I,
)
_PEOPLE = re.compile(
    r"\b(?:engineers|developers|programmers|candidates|specialists|analysts|designers|nurses|teachers|staff|talent)\b",
    re.I,
)
# A licence or certificate that is still to come, was refused or was taken away.
_NOT_GRANTED = re.compile(
    r"\b(?:booked|scheduled|fail(?:ed|s|ing)?|await(?:s|ed|ing)?|outstanding|pending|target(?:s|ed|ing)?|aim(?:s|ed|ing)?|goal|upcoming|coming|revoked|suspended|withdrawn|"
    r"rejected|refused|denied|declined|surrendered|struck off|cancell?ed|removed|void|expired|lapsed|dormant|inactive|former(?:ly)?|part[- ]?(?:ly )?qual\w*|students?|finalist|candidate|"
    r"trainee|apprentice|stud(?:y|ying|ies) (?:towards?|for)|studying|enrol\w+|registered for|signed up|registering|applied|applying|application|eligible|expected|expecting|anticipated|due|"
    r"planned|plan(?:s|ning)?|intend\w*|considering|preparing|preparation|progress|ongoing|underway|under way|working towards?|towards?|starting|starts|commencing|"
    r"resit\w*|retak\w+|sitting|(?:to )?(?:be )?(?:sat|taken) (?:in|on|by)|to (?:be|do|sit|take|follow|complete)|attempt\w*|attended|no exam|without (?:an? )?exams?|not|never|none|hop(?:e|es|ing)|"
    r"wish\w*|want\w*|next (?:year|month|spring|summer|autumn|fall|winter)|soon|later this year|preview|tbc|tbd|tba|wip|half(?:way)?|\d+ (?:of|out of) \d+|\d+/\d+ (?:papers|exams|modules))\b|"
    r"\bexam(?:ination)?s?\b(?!.{0,20}\bpassed)",
    re.I,
)
_VALID_UNTIL = re.compile(
    r"\b(?:valid|until|till|through|thru|to|expir(?:y|es|ing|ation)|exp|renew\w*|bis|gültig)\b[^\d;|]{0,25}(?:\d{1,2}[./-]){0,2}(?P<year>(?:19|20)\d\d)\b",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RELATIVE = re.compile(
    r"\b(?:father|mother|dad|mum|mom|parents?|brother|sister|wife|husband|spouse|son|daughter|uncle|aunt|cousin|grandfather|grandmother|girlfriend|boyfriend|fiancée?)\b",
    re.I,
)
_TEAM = re.compile(r"\s(?:teams?|departments?|units?|vendors?|colleagues|partners)\b", re.I)
_LED = re.compile(
    r"\b(?:led|lead|leading|leads|manag\w{1,4}|head\w{0,3}|supervis\w{1,4}|built|founded|ran|on (?:the|a|an))\b", re.I
)
_DEPARTMENTS = frozenset(
    (
        "Marketing",
        "Sales",
        "Human resources",
        "Product management",
        "Recruiting",
        "Accounting",
        "Procurement",
        "Logistics",
        "Customer service",
        "Treasury",
        "Radiology",
        "Litigation",
        "Public relations",
        "Technical support",
        "Quality assurance",
        "User experience design",
        "Data science",
        "Data engineering",
        "Product design",
        "DevOps",
        "Operations management",
    )
)
_BESIDE = re.compile(
    r"\b(?:with|alongside|between|to|across|for|support(?:ed|s|ing)?|assist(?:ed|s|ing)?|help(?:ed|s|ing)?)(?: the| our)?"
    r"(?: \w+,| \w+ and| \w+ \w+ and)?\s$",
    re.I,
)


def wished(line: str) -> bool:
    """Tell whether a line speaks of what is hoped for."""
    return _WISHED.search(line) is not None


def denied(line: str) -> bool:
    """Tell whether a line says that something is not so."""
    return _DENIED.search(line) is not None or _FROM_AFAR.search(line) is not None or of_relatives(line)


def of_relatives(line: str) -> bool:
    """Tell whether a line speaks of somebody's family."""
    return _RELATIVE.search(line) is not None


def granted(line: str, today: date) -> bool:
    """Tell whether the credentials of a line are held today: passed, not taken away and not still to come."""
    if wished(line) or _NOT_GRANTED.search(line) or of_relatives(line):
        return False
    if any(int(found["year"]) < today.year for found in _VALID_UNTIL.finditer(line)):
        return False
    bare = _VALID_UNTIL.sub(" ", line)
    if any(int(year) > today.year for year in _YEAR.findall(bare)):
        return False
    day = dates.alone(bare, today)
    return day is None or day.start <= today.year * 12 + today.month


def held_in(line: str) -> list[str]:
    """List the skills that a line says the person has; what is wished for or missing is not had."""
    if postings.to_the_reader(line):
        return []
    doubtful = wished(line) or denied(line)
    sentences = text.sentences(line) if doubtful else [line]
    return [
        mention.skill.name
        for sentence in sentences
        if not wished(sentence) and not denied(sentence)
        for mention in skills.find(sentence)
        if not _others(sentence, mention)
    ]


def listed_in(line: str) -> list[str]:
    """List the skills of a line in a list of skills, where ordinary words are meant as names."""
    if wished(line) or denied(line) or postings.to_the_reader(line) or len(line.split()) > 40:
        return held_in(line)
    return list(dict.fromkeys([*held_in(line), *skills.listed(text.item(line))]))


def _others(sentence: str, mention: skills.Mention) -> bool:
    """Tell whether others have the skill, or nobody: `helped the Kubernetes team`, `done without Kubernetes`."""
    before = sentence[max(0, mention.start - 40) : mention.start]
    if _WITHOUT.search(sentence[: mention.start]):
        return True
    if _FOUND_PEOPLE.search(before) and _PEOPLE.search(sentence[mention.end :]):
        return True
    if _MET_PEOPLE.search(sentence[: mention.start]) and _ONE_OR_MORE.search(sentence[mention.end :]):
        return True
    if re.search(r"\b(?:non|anti)[- ]?$", before, re.I) or re.match(
        r"[- ](?:free|less)\b", sentence[mention.end :], re.I
    ):
        return True
    if any(left.start("left") <= mention.start < left.end("left") for left in _LEFT_BEHIND.finditer(sentence)):
        return True
    if _TEAM.match(sentence[mention.end :]) and not _LED.search(sentence):
        return True
    return mention.skill.name in _DEPARTMENTS and bool(_BESIDE.search(before))


def without(line: str, places: frozenset[str]) -> str:
    """Blot names of places out of a line; everything else stays where it is."""
    low = line.lower()
    for place in places:
        at = low.find(place)
        if at >= 0 and len(low) == len(line):
            line = line[:at] + "|" * len(place) + line[at + len(place) :]
    return line
