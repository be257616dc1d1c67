"""What a text claims about a person that the résumé does not hold.

It reads letters by anybody, ours as well as a provider's. It knows sentences that claim something of the writer from
those that speak of the company, of the posting, or of what somebody wants to learn.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from onward.domain.assistant.offline import resumes, skills, text, words
from onward.domain.assistant.offline.resumes import Resume
from onward.domain.assistant.offline.words import DEGREE_NAMES, Degree

LONGEST_ANSWER = 30

_FIRST_PERSON = re.compile(r"\b(?:I|I've|I'm|I'd|I'll|my|me|mine|myself)\b")
# What makes a sentence a claim about somebody's past or ability.
_CLAIM = re.compile(
    r"\b(?:I have|I've|I had|I hold|I held|I bring|I am (?:an?|the|currently|proficient|skilled|experienced|fluent|certified|adept|well[- ]versed|comfortable|familiar)|"
    r"I'm (?:an?|currently|proficient|skilled|experienced|fluent|certified|comfortable|familiar)|my (?:\w+[ -]){0,4}(?:experience|expertise|background|skills?|knowledge|work|career|degree|"
    r"proficiency|mastery|command|training|certifications?|credentials|time|role|tenure|studies|education|qualifications|portfolio|record)|"
    r"I (?:\w+ly |also |further |furthermore |personally )?(?!need\b|agreed\b|indeed\b)(?:\w+ed|led|built|wrote|ran|taught|grew|won|drove|oversaw|made|know|work|use|specialise|specialize|lead|manage|hold|"
    r"bring|offer|excel|possess|did|kept|can|was|served)|proven|proficient|proficiency|expert(?:ise)? (?:in|with)|skilled in|hands-on|"
    r"extensive|seasoned|experience (?:in|with|of|as|across|using|at)|experienced (?:in|with)|years of|well-versed|fluen\w+ in|certified|licensed|as an? (?:\w+[ -]){0,4}(?:engineer|developer|"
    r"nurse|teacher|designer|manager|analyst|accountant|scientist|consultant|expert|specialist|professional))\b",
    re.I,
)
_ANY_CLAIM = re.compile(
    r"\b(?:proven|proficient|expertise|skilled in|seasoned|experienced|experience (?:in|with)|fluent|certified|licensed)\b",
    re.I,
)
_NOT_YET = re.compile(
    r"\b(?:(?:have|has|had|am|are|is|was|were|do|does|did)(?: not|n't)\b|haven't|I'm not|no (?:direct |formal |prior |professional )?(?:experience|background|knowledge|degree)|not yet|yet to|never|without|lack|"
    r"(?:eager|keen|hope|hoping|want|wish|plan|planning|intend|excited|looking forward|ready|willing|happy|love|like|curious)(?: to)? (?:\w+ )?(?:learn|study|deepen|acquire|earn|pursue|pick up|grow into|explore|train|understand)\w*|"
    r"learning|to learn|currently studying|working towards?|pursuing|new to|unfamiliar|although|while I)\b",
    re.I,
)
_THEIRS = re.compile(
    r"\b(?:your (?:\w+[ -]){0,4}(?:posting|advert|stack|team|company|need|needs|platform|use|work|requirements?|role|position|opening|list|products?|focus|mission|history|technology|environment|school|hospital|clients|customers|emphasis)|"
    r"you (?:need|use|ask|are looking|seek|want|require|describe|list|mention|write|work|rely|offer)|(?:the|this) (?:role|position|posting|job|opening)(?:'s)? (?:\w+ )?(?:requires?|calls|asks|involves|needs|emphasi\w+|includes)|"
    r"(?:role|position|posting|job) (?:requires?|calls|asks|involves|needs|wants))\b",
    re.I,
)
_OWNED = re.compile(
    r"\b(?:my (?:\w+ ){0,2}(?:background|experience|strengths?|skills?|expertise|ground|work|career)|familiar|I (?:have|bring|know|use|used|hold|did|do|can)\b|I've)\b",
    re.I,
)
# What somebody felt on finding a posting tells of nothing that was done.
_FELT = re.compile(
    r"\b(?:I was|I am|I'm|I've been) (?:\w+ly |so |very )?(?:delighted|happy|excited|thrilled|glad|pleased|intrigued|curious|interested) to "
    r"(?:find|see|read|learn|discover|hear|come across)\b",
    re.I,
)
_CLAUSE = re.compile(
    r"\s*(?:;|, (?:and|but|so|which|where|although|though|yet)\b|\b(?:but|although|though)\b|\s[–—]\s)\s*", re.I
)

_NAME = r"(?P<name>[A-Z][\w&'’.-]*(?: (?:(?:of|and|the|for|de|&) )?[A-Z][\w&'’.-]*){0,5})"
# These tell of the past whatever else the sentence intends.
_SURELY = (
    re.compile(rf"\b(?:worked|employed|interned|hired|volunteered|studied|graduated)(?: \w+){{0,4}} (?:at|for|by|from) {_NAME}"),
    re.compile(rf"\b(?:experience|tenure|career|internship|employment|background|years?|decades?) (?:(?:as|of|spent) [\w -]{{3,50}} )?at {_NAME}"),
    re.compile(rf"\b(?:degree|diploma|doctorate|Ph\.?D\.?|MBA|M\.?Sc|B\.?Sc|[Mm]aster's|[Bb]achelor's)\b[^.!?]{{0,60}}? (?:from|at) {_NAME}"),
    re.compile(rf"\b(?:graduate|alumn\w{{1,2}}|veteran) of {_NAME}"),
    re.compile(rf"\b(?:[Aa]t|[Ff]or|[Ff]rom|[Jj]oined|[Ll]eft) {_NAME},? where I\b(?! (?:would|will|could|can|hope|want))"),
)  # fmt: skip
_EMPLOYERS = (
    re.compile(rf"(?:^|[.!?:;]\s|,\s)(?:[Ww]hile |[Pp]reviously,? |[Ee]arlier,? |[Bb]efore that,? |[Mm]ost recently,? |[Cc]urrently,? |[Tt]here,? )?(?:at|At|with|With) {_NAME}, I (?!would\b|will\b|am (?:eager|excited|keen|looking)|hope\b|want\b|could\b|see\b|can\b|look\b|aim\b|believe\b)"),
    re.compile(rf"\b(?:worked|working|employed|interned|served|serving|hired|promoted|spent \w+ years|volunteered|consulted|studied|graduated|trained)(?: \w+){{0,4}} (?:at|for|with|by|from) {_NAME}"),
    re.compile(rf"\b[Mm]y (?:\w+ ){{0,4}}(?:time|tenure|years?|role|work|career|position|job|internship|employment|experience|days) (?:(?:as|of) [\w -]{{3,50}} )?(?:at|with|for) {_NAME}"),
    re.compile(rf"\bI (?:\w+ly |also |have |currently |previously |recently )?(?:joined|left|founded|led|built|managed|designed|developed|delivered|am|was|worked|work|held|hold|served|lead|manage|taught|launched)\b[^.!?]{{0,90}}? (?:at|for|with) {_NAME}"),
    re.compile(rf"\b(?:[Aa]s|[Bb]eing) (?:an? |the )?(?:[\w-]+ ){{1,5}}at {_NAME}, I (?!would|will|could|hope|want)"),
    re.compile(rf"\b(?:[Uu]ntil recently|[Rr]ight now|[Tt]oday|[Cc]urrently|[Tt]hese days|[Aa]t present)\b[^.!?]{{0,90}} at {_NAME}"),
    re.compile(rf"\b(?:employment|appointment)\b[^.!?]{{0,60}} at {_NAME}"),
)  # fmt: skip
_INTENT = re.compile(
    r"\b(?:I would|I'd|I will|I'll|I hope|I want|I am (?:applying|writing|excited|eager|keen|interested)|I'm (?:applying|writing|excited|eager|keen)|look(?:ing)? forward|apply|application|consider(?:ed)?|join|opportunity)\b",
    re.I,
)
_NO_EMPLOYER = frozenset(
    "i python java university excel work home school college the this that sql scale least present last first agile scrum english".split()
) | {"my", "your", "our"}
_LEGAL = frozenset("inc llc ltd gmbh corp corporation company co plc ag group the and of limited".split())
_WORD = re.compile(r"[^\W_]+")
_FIELD = re.compile(
    r"\b(?P<degree>ph\.?d\.?|doctorate|doctoral degree|master's(?: degree)?|masters(?: degree)?|master|bachelor's(?: degree)?|bachelor|mba|b\.?sc\.?|m\.?sc\.?|b\.?a\.?|m\.?a\.?|b\.?s\.?|m\.?s\.?|beng|meng|degree|diploma)"
    r"(?: of (?:science|arts|engineering|business administration|education))? (?:in|of) (?P<field>[A-Za-z][A-Za-z ]{2,40}?)(?=\s(?:from|at|and|with|to|has|which|that|gave|taught|by|combined)\b|[,.;!]|$)",
    re.I,
)
_BARE_DEGREE = re.compile(
    r"\b(?:I (?:hold|have|earned|completed|obtained)|my) (?:an? |my )?(?:\w+ ){0,3}(?:degree|diploma)\b", re.I
)
_DEGREE_CLAIM = re.compile(
    r"\b(?:I|my|I've|with an?|holding|holder|graduate|graduated|earned|completed|armed with|as an?)\b", re.I
)
_SINCE = re.compile(r"\b(?:since|in) (?P<year>(?:19|20)\d{2})\b")
_FIGURE = re.compile(
    r"(?P<figure>\d{1,3}(?:[.,]\d{1,3}){0,4})\s?(?P<unit>%|percent\b|per cent\b|million\b|billion\b|[kKmM]\b)|(?P<money>[$€£]\s?\d{1,3}(?:[.,]\d{1,3}){0,4})"
)
_COMPANYS = re.compile(r"\b(?:your|their|its|the company's|company|founded|history|anniversary)\b[^.]{0,25}$", re.I)


def unsupported_claims(text_: str, resume: str, *, today: date | None = None) -> list[str]:
    """List what a text claims of skills, employers, degrees, years and figures that the résumé does not hold.

    :param today: the day that `present` means in the résumé; the present one when not given
    """
    return beyond(text_, resumes.read(resume, today=today or datetime.now(UTC).date()))


def beyond(text_: str, resume: Resume) -> list[str]:
    """List what a text claims beyond a résumé that has been read."""
    plain = text.plain(text_)
    haystack = text.squeezed(resume.text)
    said: dict[str, None] = {}
    for paragraph in text.lines(plain):
        for sentence in text.sentences(text.item(paragraph)):
            for claim in _in_sentence(sentence, resume, haystack):
                said[claim] = None
    return list(said)[:LONGEST_ANSWER]


def _in_sentence(sentence: str, resume: Resume, haystack: str) -> Iterator[str]:
    yield from _skills(sentence, resume, haystack)
    yield from _degrees(sentence, resume, haystack)
    yield from _employers(sentence, haystack)
    yield from _years(sentence, resume, haystack)
    yield from _figures(sentence, haystack)


def _skills(sentence: str, resume: Resume, haystack: str) -> Iterator[str]:
    mentions = [
        mention
        for mention in skills.find(resumes.without(sentence, resume.places))
        if mention.skill.name not in resume.held and not skills.soft(mention.skill.name)
    ]
    for mention in mentions:
        clause = _clause_around(sentence, mention.start)
        if _claimed(sentence, clause) and not _quoted(sentence, mention, haystack):
            written = sentence[mention.start : mention.end]
            noun = "Credential" if mention.skill.area == "credentials" else "Skill"
            yield f"{noun} not in the résumé: {written}"


def _quoted(sentence: str, mention: skills.Mention, haystack: str) -> bool:
    """Tell whether the résumé has these very words: `helped the Kubernetes team` claims no more than it says."""
    before = sentence[: mention.start].split()[-2:]
    after = re.split(r"[.;!?]", sentence[mention.end :])[0].split()[:2]
    around = text.squeezed(" ".join([*before, sentence[mention.start : mention.end], *after]))
    return len(before) + len(after) >= 3 and around in haystack


def _claimed(sentence: str, clause: str) -> bool:
    if _NOT_YET.search(clause):
        return False
    if _THEIRS.search(clause):
        # `Your posting asks for X, which is part of my background` claims X in its second half.
        after = sentence[sentence.find(clause) + len(clause) :]
        own = bool(_CLAIM.search(_FELT.sub("", clause)) and _FIRST_PERSON.search(clause))
        return own or bool(_OWNED.search(after) and not _NOT_YET.search(after))
    if _FIRST_PERSON.search(sentence):
        return bool(_CLAIM.search(clause)) or bool(_CLAIM.search(sentence) and not _INTENT.search(clause))
    return bool(_ANY_CLAIM.search(clause))


def _clause_around(sentence: str, at: int) -> str:
    begin = 0
    for cut in _CLAUSE.finditer(sentence):
        if cut.start() >= at:
            return sentence[begin : cut.start()]
        begin = cut.end()
    return sentence[begin:]


def _degrees(sentence: str, resume: Resume, haystack: str) -> Iterator[str]:
    if not _DEGREE_CLAIM.search(sentence) or (_THEIRS.search(sentence) and not _BARE_DEGREE.search(sentence)):
        return
    held = {degree for line in resume.lines for degree in words.degrees(line)} | _shortened(resume.text)
    working = bool(_NOT_YET.search(sentence))
    for degree in sorted(words.degrees(sentence), reverse=True):
        if degree not in held and not (working and not re.search(r"\bI (?:hold|have an?|earned)\b", sentence)):
            yield f"Degree not in the résumé: {DEGREE_NAMES[degree]}"
    for found in _FIELD.finditer(sentence):
        subject = words.stems(found["field"])
        if subject and not working and not any(stem in haystack for stem in subject):
            yield f"Degree not in the résumé: {found[0].strip()}"
    if (
        _BARE_DEGREE.search(sentence)
        and not held
        and not resume.studies
        and not working
        and not words.degrees(sentence)
    ):
        yield "Degree not in the résumé: a degree"


def _shortened(resume: str) -> set[Degree]:
    """Read the résumé generously: `BS, Nursing` is a degree there."""
    short = {
        Degree.BACHELOR: r"\bB\.?[SA]\.?(?=[\s,.]|$)",
        Degree.MASTER: r"\bM\.?[SA]\.?(?=[\s,.]|$)",
        Degree.DOCTORATE: r"\bM\.?D\.?(?=[\s,.]|$)",
    }
    return {degree for degree, cue in short.items() if re.search(cue, resume)}


def _employers(sentence: str, haystack: str) -> Iterator[str]:
    named = [found for cue in _SURELY for found in cue.finditer(sentence)]
    # `At Acme, I would…` and `my application for a role at Acme` speak of what is to come.
    named += [
        found for cue in _EMPLOYERS for found in cue.finditer(sentence) if not _INTENT.search(sentence[: found.end()])
    ]
    for found in named:
        name = found["name"].strip(" .,'’")
        telling = [word for word in _WORD.findall(name.lower()) if word not in _LEGAL]
        if not telling or telling[0] in _NO_EMPLOYER or (len(telling) == 1 and skills.find(name)):
            continue
        if not all(re.search(rf"\b{re.escape(word)}\b", haystack) for word in telling):
            yield f"Employer or school not in the résumé: {name}"


QUOTED = 12
# Of whom years are said that are not the writer's: "My manager Carl has", "Acme has", an order to whoever reads.
_OTHERS = re.compile(
    r"(?i:\b(?:my|our|his|her|their|its|your)\b)|\b(?!I\b)[A-Z][\w.&-]+ (?:has|have|had|brings?|offers?)\b|"
    r"(?i:\b(?:manager|mentor|boss|colleague|director|customer|client|vendor|company|firm|team|(?:grand)?(?:father|mother|parents?)|"
    r"daughter|son|wife|husband|brother|sister|friend|ignore|instructions?|candidate must|required?)\b)"
)


def _years(sentence: str, resume: Resume, haystack: str) -> Iterator[str]:
    reached = max(float(resume.stated_years[0]), resume.years)
    for count, start, end in words.years(sentence)[:5]:
        if _COMPANYS.search(sentence[max(0, start - 60) : start]) or not (
            _FIRST_PERSON.search(sentence) or _ANY_CLAIM.search(sentence)
        ):
            continue
        if re.match(r"[\s,]*(?:ago|from now|in business|of (?:your|history|service to))", sentence[end:]):
            continue
        written = sentence[start:end]
        # What is said in the résumé's own words around the number is no claim beyond it.
        quoted = text.squeezed(sentence[max(0, start - QUOTED) : end + QUOTED]) in haystack
        if count > reached + 0.05 and not quoted and not _stated(count, resume):
            yield f"Years not in the résumé: {written}"
    for found in _SINCE.finditer(sentence):
        if _FIRST_PERSON.search(sentence) and _CLAIM.search(sentence) and found["year"] not in haystack:
            yield f"Year not in the résumé: {found['year']}"


def _stated(count: int, resume: Resume) -> bool:
    """Tell whether the résumé says so many years of its writer, of their work or of one skill."""
    return any(
        count <= held <= 50 and not _OTHERS.search(sentence[:start])
        for sentence in text.sentences(resume.text)
        for held, start, _ in words.years(sentence)
    )


def _figures(sentence: str, haystack: str) -> Iterator[str]:
    if not _FIRST_PERSON.search(sentence) or _THEIRS.search(sentence):
        return
    for found in _FIGURE.finditer(sentence):
        number = re.sub(r"[^\d.,]", "", found["figure"] or found["money"]).strip(".,")
        if number and number not in haystack and number.replace(",", "") not in haystack.replace(",", ""):
            yield f"Figure not in the résumé: {found[0].strip()}"
