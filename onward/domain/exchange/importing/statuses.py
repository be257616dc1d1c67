"""A status in somebody's own words: English, German, French or Spanish.

A cell is read as a few senses in their order (a table of words for each), and what they say together follows from
three questions: what is negated, who acts, and on what. "No offer" is a rejection; "turned down the offer" is the
person's own doing; "declined" alone is the company's. Where the senses contradict each other, or hedge, nothing is
said: the cell stays unknown, and its owner is told.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby

from onward.domain.applications.choices import ANSWERED, STAGES, Status
from onward.domain.exchange.importing.words import Word, plain

# More words than that are a story, not a status.
MOST_WORDS = 12
_APOSTROPHE_T = re.compile("n['’ʼ´`‘]t\\b", re.IGNORECASE)
# "Rejected, not enough experience": what is denied after it is another matter. The mark is a token like others.
_PAUSE = re.compile(r"[,;:.()\[\]/|\n]|\s[-–—]+\s")
PAUSE = "0pause0"
# Senses that no negation may leave standing, unless it says only that there is no answer.
_PROMISING = {Status.SCREENING, Status.INTERVIEWING, Status.OFFER, Status.ACCEPTED}


class Sense(Enum):
    """What a word of a status is about."""

    NOT = auto()
    YET = auto()
    ME = auto()
    THEM = auto()
    BY = auto()
    PASSIVE = auto()
    AFTER = auto()
    ELSEWHERE = auto()
    RIVAL = auto()
    POSITION = auto()
    APPLICATION = auto()
    APPLIED = auto()
    APPLY = auto()
    SCREEN = auto()
    INTERVIEW = auto()
    OFFER = auto()
    ACCEPT = auto()
    HIRE = auto()
    REJECT = auto()
    DECLINE = auto()
    WITHDRAW = auto()
    RESCIND = auto()
    FAIL = auto()
    PASS = auto()
    CHOOSE = auto()
    CLOSE = auto()
    RESPOND = auto()
    GHOST = auto()
    WAIT = auto()
    REVIEW = auto()
    RECEIVE = auto()
    INTEREST = auto()
    SAVE = auto()
    PLAN = auto()
    NEED = auto()
    VET = auto()
    HEDGE = auto()


S = Sense
# Phrases are separated by commas, languages by bars; a star stands for any ending.
_WORDS = {
    S.NOT: "no, not, never, none, without, failed to, fail to, unable to, didnt, dont, doesnt, wasnt, isnt, havent, "
    "hasnt, wont, cant | nicht, kein*, ohne, nie | pas, non, aucun*, sans, jamais | sin, ningun*",
    S.YET: "yet, still, so far | noch, bisher, bislang | encore, toujours | todavia, aun",
    S.ME: "i, we, me, myself, candidate, applicant | ich, mir, selbst | je, j, moi | yo, mi",
    S.THEM: "they, them, company, employer, hr | sie, ihnen, firma, unternehmen, arbeitgeber | ils, eux, entreprise, "
    "employeur, recruteur | ellos, empresa",
    S.BY: "by, from my side | von, vom, durch, seitens | par | por",
    S.PASSIVE: "was, were, been, being, got, am | wurde, worden, bin | ete, suis | fui, sido",
    S.AFTER: "after, following, at, in, during | nach, im, beim | apres, lors, en | tras, despues",
    S.ELSEWHERE: "elsewhere, another, other, different | anderweitig, woanders, andere*, anderes | ailleurs, autre | "
    "otro, otra, otro lado",
    S.RIVAL: "someone else, somebody else, internal candidate*, internal hire, another candidate, another applicant, "
    "other candidate*, other applicant*, different candidate | andere* bewerber*, andere* kandidat*, interne* bewerber*"
    ", interne* kandidat*, jemand anderen | autre candidat, candidat interne, quelqu un d autre | otro candidato, "
    "candidato interno, otra persona",
    S.POSITION: "position, job, role, req, requisition, posting, vacancy, opening, listing | stelle, stellenanzeige, "
    "anzeige, ausschreibung | poste, annonce, offre d emploi | puesto, vacante, oferta de empleo, oferta de trabajo",
    S.APPLICATION: "application*, app | bewerbung* | candidature*, dossier | candidatura*, solicitud*, postulacion",
    S.APPLIED: "applied, reapplied, submitted, sent | beworben, abgeschickt, verschickt, eingereicht, gesendet, "
    "versendet, versandt | postule, postulee, envoye*, soumis* | postulad*, aplicad*, enviad*, inscrit*, solicitad*",
    S.APPLY: "apply, applying, submit | bewerben, abschicken | postuler, candidater, envoyer | aplicar, postular, "
    "enviar, solicitar",
    S.SCREEN: "screen, screens, screening, phone, call, oa, assessment*, hackerrank, take home, challenge, test, "
    "tests, telephone | telefon*, erstgesprach, einstellungstest | telephonique, appel, preselection | "
    "telefonica, llamada, prueba*, preseleccion",
    S.INTERVIEW: "interview, interviews, interviewing, interviewed, onsite, on site, panel, round, rounds, technical, "
    "superday, assessment center | vorstellungsgesprach*, bewerbungsgesprach*, gesprach*, probearbeiten, probetag, "
    "einladung | entretien* | entrevista*",
    S.OFFER: "offer*, negotiat* | angebot*, vertragsangebot, jobangebot, stellenangebot, zusage, verhandlung | offre*, "
    "promesse d embauche | oferta*",
    S.ACCEPT: "accept*, signed, took | angenommen, zugesagt, unterschrieben | accepte*, signe, signee | "
    "acept*, firmad*",
    S.HIRE: "hired, got the job, joined, won | eingestellt | embauche, embauchee, recrute, recrutee | contratad*",
    S.REJECT: "reject*, refus*, denied, disqualified, screened out, filtered out, eliminated, ruled out, cut, "
    "no luck | abgelehnt, ablehnung, absage*, aussortiert | rejete*, ecarte* | rechaz*, descart*, denegad*",
    S.DECLINE: "declin*, turned down, turn down, turning down | abgesagt | decline* | declin*",
    S.WITHDRAW: "withdr*, pulled out, backed out, dropped out, opted out, abandoned | zuruckgezogen, zuruckgetreten | "
    "retire, retiree, desiste*, abandonne* | retirad*, desist*, renunci*",
    S.RESCIND: "rescind*, revoked, retracted, pulled, fell through | zuruckgenommen, widerrufen | annulee, retractee | "
    "anulad*, revocad*",
    S.FAIL: "fail*, flunked, unsuccessful, bombed | durchgefallen, gescheitert, erfolglos | echec, echoue*, recale* | "
    "fallid*, suspendid*, fracas*",
    S.PASS: "passed, pass, cleared | bestanden | reussi* | aprobad*, superad*",
    S.CHOOSE: "success*, selected, chosen, shortlisted, considered, consideration, suitable, fit, proceed*, progress*, "
    "advanc*, mov* forward, go* forward, mov* ahead | ausgewahlt, berucksichtigt, erfolgreich, genommen | retenu*, "
    "selectionne*, abouti | seleccionad*, elegid*, exitos*",
    S.CLOSE: "closed, filled, cancel*, expired, no longer available, no longer accepting, taken down | besetzt, "
    "geschlossen, vergeben, abgelaufen, gestrichen | pourvu*, ferme*, cloture*, annule, expire*, sans suite | cerrad*, "
    "cubiert*, cancelad*, caducad*",
    S.RESPOND: "response*, reply, replies, replied, answer*, heard, hear, feedback, responded, word, news | antwort*, "
    "ruckmeldung*, gemeldet | reponse*, retour*, nouvelle*, repondu | respuesta*, noticia*, contestad*, respondid*",
    S.GHOST: "ghost*, silence, silent, unresponsive, ignored, stale, crickets | geghostet, funkstille | silencio",
    S.WAIT: "wait*, await*, pending | warte*, ausstehend, abwarten | attente, attend* | esper*, pendiente",
    S.REVIEW: "review, reviewing, reviewed, processing, viewed, confirmed, under consideration | in bearbeitung, "
    "in prufung, eingegangen, eingangsbestatigung | en cours, en traitement | en proceso, en revision, en tramite",
    S.RECEIVE: "receiv*, get, extended, made, given | erhalten, bekommen, gemacht | recu*, obtenu* | recib*, obtenid*",
    S.INTEREST: "interested, pursu* | interessiert, weiterverfolg* | interesse* | interesad*, interesa",
    S.SAVE: "saved, save, wishlist, wish list, wish, bookmark*, backlog, research*, considering, favorite*, "
    "favourite*, lead, prospect, new | gemerkt, merkliste, vorgemerkt, wunschliste, favorit* | sauvegarde*, "
    "enregistre*, favori* | guardad*",
    S.PLAN: "to do, todo, plan, plan*, draft*, prepar*, not started | geplant, vorbereit*, entwurf, nicht begonnen | "
    "a faire, prevu*, brouillon, pas commence | por hacer, borrador, planead*, sin empezar",
    S.NEED: "need*, must, should, will, want | muss, will, soll | faut, doit, dois | hay que, debo, falta",
    S.VET: "background, reference*, references, clearance, visa, drug | referenzen, fuhrungszeugnis | referencias",
    S.HEDGE: "maybe, might, could, would, if, or, probably, likely, unlikely, hope, hoping, expect*, hold, paused, "
    "freeze, frozen, passed on, unsure | vielleicht, wahrscheinlich, falls, evtl | peut etre, probablement, si | "
    "quizas, tal vez",
}
# What says the same as the record's word; whatever else is read says more or less, and is kept.
_SAME = {
    Status.WISHLIST: "wish, wish list, saved, bookmarked, to apply, gemerkt, a postuler, guardado",
    Status.APPLIED: "application sent, application submitted, submitted, beworben, bewerbung gesendet, postule, "
    "candidature envoyee, candidatura enviada, aplicado",
    Status.SCREENING: "screen, phone screen, phone screening, screening call",
    Status.INTERVIEWING: "interview, interviews, in interviews, interviewed, vorstellungsgesprach, entretien, "
    "entrevista",
    Status.OFFER: "offer, offered, offers, job offer, got offer, angebot, angebot erhalten, offre recue, "
    "oferta recibida",
    Status.ACCEPTED: "offer accepted, hired, accepted offer, angenommen, angebot angenommen, accepte, aceptado",
    Status.REJECTED: "rejection, abgelehnt, absage, denied, not selected, refuse, rechazado",
    Status.WITHDRAWN: "withdrew, withdraw, i withdrew, application withdrawn, zuruckgezogen, retirado",
    Status.GHOSTED: "no response, no reply, no answer, keine antwort, keine ruckmeldung, sans reponse, sin respuesta",
}


def _phrases(text: str) -> list[str]:
    return [phrase.strip() for part in text.split("|") for phrase in part.split(",") if phrase.strip()]


_EXACT = {phrase: status for status, text in _SAME.items() for phrase in _phrases(text)} | {
    plain(text): Status(code) for code, label in Status.choices for text in (code, label)
}


def _table() -> tuple[dict[tuple[str, ...], Sense], list[tuple[re.Pattern[str], int, Sense]]]:
    """Sort the words into those that are looked up and those that begin alike, the longest first."""
    whole: dict[tuple[str, ...], Sense] = {}
    open_ended: list[tuple[re.Pattern[str], int, Sense]] = []
    for sense, text in _WORDS.items():
        for phrase in _phrases(text):
            if "*" in phrase:
                pattern = re.compile(re.escape(phrase).replace(r"\*", r"[^\W\d_]*"))
                open_ended.append((pattern, len(phrase.split()), sense))
            else:
                whole.setdefault(tuple(phrase.split()), sense)
    return whole, sorted(open_ended, key=lambda entry: (-entry[1], -len(entry[0].pattern)))


_WHOLE, _OPEN = _table()
_LONGEST = 4
# What a negation passes over on its way to what it denies.
_SKIPPED = {S.YET, S.ME, S.THEM, S.BY, S.PASSIVE, S.ELSEWHERE, S.POSITION, S.AFTER}
_ACTS = {S.REJECT, S.DECLINE, S.WITHDRAW, S.PASS, S.CHOOSE, S.INTEREST, S.ACCEPT, S.RESCIND, S.CLOSE}
# The first person as a subject; "me" is whom it happened to.
_SUBJECTS = {"i", "we", "ich", "je", "j", "yo"}


@dataclass(frozen=True, slots=True)
class Said:
    """One word or phrase with its sense, and whether it is denied."""

    sense: Sense
    text: str
    denied: bool = False


class Unsure(Exception):
    """The words may mean more than one thing."""


def read(text: str) -> Word | None:
    """Read a status; None when it says nothing that is sure."""
    # "Ghosted?" is a question to oneself.
    word = plain(text) if len(text) <= 200 and not text.rstrip().endswith("?") else ""
    # "1. Applied", "3 - Interview": lists are numbered so that they sort.
    bare = re.sub(r"^\d{1,2} (?=[^\W\d_])", "", word)
    if same := _EXACT.get(word) or _EXACT.get(bare):
        return Word(same, exact=True, answered=_is_answer(same))
    spoken = _PAUSE.sub(f" {PAUSE} ", _APOSTROPHE_T.sub(" not", text))
    tokens = plain(spoken).split() if word else []
    if not tokens or len(tokens) - tokens.count(PAUSE) > MOST_WORDS:
        return None
    try:
        phrase = Phrase(_said(tokens))
        status = phrase.status()
    except Unsure:
        return None
    return Word(status, exact=False, answered=_is_answer(status) or phrase.has_met(status)) if status else None


def of_column(header: str) -> Status | None:
    """Return which stage a column tells of: "Phone screen date", "Rejected?"."""
    word = read(re.sub(r"\?|\bdate\b", " ", header, flags=re.IGNORECASE))
    return Status(word.value) if word else None


def furthest(reached: Iterable[Status]) -> Status | None:
    """Return the end among some statuses, or the furthest stage; None where they end differently."""
    found = set(reached)
    ends = found & {Status.ACCEPTED, Status.REJECTED, Status.WITHDRAWN, Status.GHOSTED}
    if len(ends) > 1:
        return None
    return next(iter(ends), None) or next((stage for stage in reversed(STAGES) if stage in found), None)


def _is_answer(status: Status) -> bool:
    return status in ANSWERED or status == Status.ACCEPTED


def _said(tokens: list[str]) -> list[Said]:
    """Return the senses of the words, the denied ones marked.

    A negation denies the next sense of its clause, and what is not received as well: "did not get an offer". One in a
    clause without any other sense is itself among them.

    :raises Unsure: when one follows what it may deny, as in "zum Gespräch nicht eingeladen"
    """
    said: list[Said] = []
    for pause, clause in groupby(tokens, PAUSE.__eq__):
        if not pause:
            said += _clause(list(clause))
    return said


def _clause(tokens: list[str]) -> Iterator[Said]:
    denies = alone = False
    senses = 0
    place = 0
    while place < len(tokens):
        sense, length = _sense(tokens, place)
        text = " ".join(tokens[place : place + length])
        place += length
        if sense is S.NOT:
            denies = alone = True
        elif sense in _SKIPPED:
            yield Said(sense, text)
        elif sense is not None:
            yield Said(sense, text, denied=denies)
            senses += 1
            alone = False
            denies = denies and sense is S.RECEIVE
    if alone and senses:
        raise Unsure
    if alone:
        yield Said(S.NOT, "")


def _sense(tokens: list[str], place: int) -> tuple[Sense | None, int]:
    for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
        if found := _WHOLE.get(tuple(tokens[place : place + length])):
            return found, length
        phrase = " ".join(tokens[place : place + length])
        for pattern, words, sense in _OPEN:
            if words == length and pattern.fullmatch(phrase):
                return sense, length
    return None, 1


class Phrase:
    """What the senses of a cell say together."""

    def __init__(self, said: list[Said]) -> None:
        self._said = said
        self._senses = [each.sense for each in said]
        self._yes = {each.sense for each in said if not each.denied}
        self._no = {each.sense for each in said if each.denied}
        self._all = self._yes | self._no
        self._agent = self._who_acts()

    def status(self) -> Status | None:
        """Return where the application stands.

        :raises Unsure: when that can be read in more than one way
        """
        if S.HEDGE in self._all:
            raise Unsure
        ends = set(self._ends_of_an_offer() if S.OFFER in self._all else self._ends())
        if not ends and S.RESPOND in self._no and S.YET not in self._all:
            ends = {Status.GHOSTED}
        if not ends and S.CLOSE in self._yes:
            ends = {self._closed()}
        if len(ends) > 1:
            raise Unsure
        status = ends.pop() if ends else self._stage()
        if status in _PROMISING and (S.NOT in self._all or self._no - {S.RESPOND}):
            raise Unsure
        return status

    def has_met(self, status: Status) -> bool:
        """Whether the company must have answered before it came to that: with an offer, or by meeting somebody."""
        if S.NOT in self._all or S.ELSEWHERE in self._all or S.RECEIVE in self._no:
            return False
        match status:
            case Status.WISHLIST | Status.APPLIED:
                return False
            case Status.WITHDRAWN:
                return S.OFFER in self._yes or (S.AFTER in self._all and bool({S.INTERVIEW, S.SCREEN} & self._yes))
            case _:
                return bool({S.OFFER, S.INTERVIEW, S.SCREEN} & self._yes)

    def _who_acts(self) -> Sense | None:
        acts = [place for place, sense in enumerate(self._senses) if sense in _ACTS]
        if not acts:
            return None
        for place, each in enumerate(self._said):
            by = place > 0 and self._senses[place - 1] is S.BY
            before = place < acts[0]
            if each.sense is S.THEM and (by or before):
                return S.THEM
            if each.sense is S.ME and by:
                return S.ME
            if each.sense is S.ME and before and each.text in _SUBJECTS:
                return S.THEM if S.PASSIVE in self._senses[place : acts[0]] else S.ME
        return None

    def _before(self, first: Sense, second: Sense) -> bool:
        return first in self._senses[: self._senses.index(second)]

    def _sure(self, sense: Sense) -> bool:
        """Whether it is said and not denied."""
        if sense in self._no and (sense in self._yes or S.YET in self._all):
            raise Unsure
        return sense in self._yes

    def _ends_of_an_offer(self) -> Iterator[Status]:
        place = self._senses.index(S.OFFER)
        if {S.INTERVIEW, S.SCREEN} & set(self._senses[max(0, place - 1) : place + 2]) or S.CLOSE in self._all:
            raise Unsure
        if S.OFFER in self._no and S.WITHDRAW in self._all:
            raise Unsure
        if S.RIVAL in self._all or not self._sure(S.OFFER) or S.RECEIVE in self._no or S.RESCIND in self._yes:
            yield Status.REJECTED
        elif {S.REJECT, S.DECLINE} & self._all:
            if {S.REJECT, S.DECLINE} & self._no or {S.WITHDRAW, S.ACCEPT, S.HIRE} & self._all:
                raise Unsure
            yield Status.REJECTED if self._agent is S.THEM else Status.WITHDRAWN
        elif S.WITHDRAW in self._yes:
            theirs = self._agent is S.THEM or (self._agent is None and self._before(S.OFFER, S.WITHDRAW))
            yield Status.REJECTED if theirs else Status.WITHDRAWN
        elif {S.ACCEPT, S.HIRE} & self._all:
            if S.ACCEPT in self._no and S.YET in self._all:
                raise Unsure
            yield Status.WITHDRAWN if S.ELSEWHERE in self._all or S.ACCEPT in self._no else Status.ACCEPTED
        elif S.ELSEWHERE in self._all or (S.WAIT in self._all and self._before(S.WAIT, S.OFFER)) or S.NEED in self._all:
            raise Unsure

    def _ends(self) -> Iterator[Status]:
        talks = bool({S.INTERVIEW, S.SCREEN} & self._all)
        if {S.REJECT, S.FAIL, S.GHOST, S.WITHDRAW} & self._no or (S.RECEIVE in self._no and S.REJECT in self._all):
            raise Unsure
        yield from self._refused(talks=talks)
        if S.REVIEW in self._no and "under consideration" not in {each.text for each in self._said if each.denied}:
            raise Unsure
        if S.RIVAL in self._all or S.FAIL in self._yes or S.REVIEW in self._no:
            yield Status.REJECTED
        if S.INTEREST in self._no:
            yield Status.REJECTED if self._agent is S.THEM else Status.WITHDRAWN
        if S.WITHDRAW in self._yes:
            theirs = self._agent is S.THEM or self._before(S.POSITION, S.WITHDRAW)
            yield Status.REJECTED if theirs else Status.WITHDRAWN
        if {S.ACCEPT, S.HIRE} & self._all and not talks and S.RIVAL not in self._all:
            yield self._taken()
        if S.GHOST in self._yes:
            yield Status.GHOSTED

    def _refused(self, *, talks: bool) -> Iterator[Status]:
        refused = Status.WITHDRAWN if self._agent is S.ME else Status.REJECTED
        if S.DECLINE in self._all and (S.DECLINE in self._no or (talks and S.AFTER not in self._all)):
            raise Unsure
        if {S.REJECT, S.DECLINE} & self._yes:
            yield refused
        if {S.CHOOSE, S.PASS} & self._no:
            if S.YET in self._all:
                raise Unsure
            yield refused
        elif S.PASS in self._yes and not talks:
            if self._agent is not S.THEM:
                raise Unsure
            yield refused

    def _taken(self) -> Status:
        if {S.ACCEPT, S.HIRE} & self._no:
            if S.YET in self._all:
                raise Unsure
            return Status.REJECTED
        return Status.WITHDRAWN if S.ELSEWHERE in self._all else Status.ACCEPTED

    def _closed(self) -> Status:
        if {S.INTERVIEW, S.SCREEN, S.OFFER} & self._all or {S.APPLIED, S.APPLY} & self._no:
            raise Unsure
        return Status.WITHDRAWN if self._agent is S.ME else Status.REJECTED

    def _stage(self) -> Status | None:
        if S.OFFER in self._yes:
            return Status.OFFER
        if {S.SCREEN, S.INTERVIEW} & self._all:
            if {S.SCREEN, S.INTERVIEW} & self._no or {S.VET, S.NEED} & self._all:
                raise Unsure
            return Status.SCREENING if S.SCREEN in self._yes else Status.INTERVIEWING
        if {S.APPLIED, S.APPLY, S.APPLICATION} & self._no or S.APPLY in self._yes:
            return Status.WISHLIST
        if S.NEED in self._all or S.VET in self._all:
            raise Unsure
        if {S.APPLIED, S.WAIT, S.REVIEW} & self._yes or S.RESPOND in self._no:
            return Status.APPLIED
        if {S.SAVE, S.PLAN, S.INTEREST} & self._yes:
            return Status.WISHLIST
        if S.APPLICATION in self._yes and not {S.CHOOSE, S.RESPOND} & self._all:
            return Status.APPLIED
        return None
