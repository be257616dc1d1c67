"""What the columns of somebody's spreadsheet are called, and what they mean here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onward.domain.exchange.importing.words import plain

# The names that a field goes by, the surest first. Case, punctuation and accents do not matter.
ALIASES: dict[str, tuple[str, ...]] = {
    "company": (
        *("company", "company name", "employer", "employer name", "organisation", "organization", "organisation name"),
        *("organization name", "hiring company", "company employer", "business", "firm", "firma", "unternehmen"),
        *("arbeitgeber", "firmenname", "entreprise", "societe", "empresa", "azienda", "bedrijf"),
    ),
    "job_title": (
        *("job title", "position", "role", "title", "position title", "role title", "job role", "job position"),
        *("position name", "job name", "role name", "position role", "job title role", "job", "designation"),
        *("stelle", "stellenbezeichnung", "stellentitel", "jobtitel", "titel", "poste", "puesto", "ruolo", "functie"),
    ),
    "status": (
        *("status", "application status", "current status", "stage", "application stage", "current stage", "state"),
        *("phase", "list", "list name", "board list", "progress", "stand", "bewerbungsstatus", "outcome", "result"),
    ),
    "priority": (
        *("priority", "prioritat", "importance", "interest level", "interest", "excitement", "rating", "stars"),
        *("star rating", "favorite", "favourite"),
    ),
    "work_type": (
        *("work type", "workplace type", "work model", "work mode", "work arrangement", "work setting", "work style"),
        *("workplace", "location type", "remote status", "remote", "remote onsite", "onsite remote", "remote hybrid"),
        *("remote hybrid onsite", "remote or onsite", "arbeitsmodell", "homeoffice", "home office"),
    ),
    "location": (
        "location",
        "job location",
        "city",
        "place",
        "office",
        "ort",
        "standort",
        "arbeitsort",
        "stadt",
        "lieu",
    ),
    "salary_min": (
        "salary min",
        "min salary",
        "minimum salary",
        "salary minimum",
        "salary from",
        "salary low",
        "min pay",
    ),
    "salary_max": (
        "salary max",
        "max salary",
        "maximum salary",
        "salary maximum",
        "salary to",
        "salary high",
        "max pay",
    ),
    "salary": (
        *("salary", "salary range", "compensation", "pay", "pay range", "base salary", "annual salary", "wage", "comp"),
        *("expected salary", "salary expectation", "total comp", "gehalt", "gehaltsspanne", "jahresgehalt", "salaire"),
    ),
    "source": (
        *("source", "job source", "application source", "found via", "found on", "found through", "found at"),
        *("where found", "how found", "job board", "applied via", "applied through", "heard from", "via", "platform"),
        *("channel", "site", "quelle", "gefunden uber", "gefunden bei", "gefunden auf"),
    ),
    "applied_date": (
        *("applied date", "date applied", "applied on", "application date", "applied at", "date of application"),
        *("apply date", "submitted on", "date submitted", "submission date", "application submitted", "beworben am"),
        *("bewerbungsdatum", "datum der bewerbung", "bewerbung vom", "applied", "beworben", "date", "datum"),
    ),
    "response_date": (
        *("response date", "date of response", "responded on", "date responded", "response received", "reply date"),
        *("first response", "heard back on", "date heard back", "heard back", "ruckmeldung am", "ruckmeldung"),
        *("antwort am", "antwortdatum"),
    ),
    "next_action": (
        "next action",
        "next step",
        "next steps",
        "next task",
        "to do",
        "todo",
        "action",
        "nachster schritt",
    ),
    "next_action_date": (
        *("next action date", "next step date", "next action due", "follow up date", "follow up on", "next follow up"),
        *("followup date", "wiedervorlage"),
    ),
    "follow_up": ("follow up", "followup", "follow ups"),
    "job_url": (
        *("job url", "url", "link", "job link", "job posting url", "posting url", "job posting link", "posting link"),
        *("job posting", "posting", "application link", "application url", "apply link", "link to job", "job listing"),
        *(
            "listing",
            "listing url",
            "job ad",
            "job post",
            "job post url",
            "stellenanzeige",
            "link zur stelle",
            "anzeige",
        ),
    ),
    "job_description": ("job description", "description", "stellenbeschreibung", "beschreibung"),
    "referrer_name": ("referrer", "referrer name", "referred by", "referral name", "referral contact", "referral"),
    "cover_letter": ("cover letter", "anschreiben"),
    "notes": (
        *("notes", "note", "comments", "comment", "remarks", "additional notes", "notizen", "notiz", "bemerkungen"),
        *("bemerkung", "anmerkungen", "anmerkung", "kommentare", "kommentar"),
    ),
    "created_at": (
        *("created at", "date added", "added on", "added at", "created on", "date created", "created", "date saved"),
        *("saved on", "saved at", "added", "date found", "angelegt am", "erstellt am"),
    ),
    # Columns of our own export that say what the record will say again.
    "counted": ("notes count", "interviews count", "days since applied"),
}

_KNOWN = {alias: (field, rank) for field, aliases in ALIASES.items() for rank, alias in enumerate(aliases)}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of somebody's file. :param field: what it means here; empty when it goes to the notes"""

    place: int
    header: str
    field: str

    @property
    def name(self) -> str:
        """What to call it to its owner."""
        return self.header or f"Column {self.place + 1}"


def columns(headers: Sequence[str]) -> list[Column]:
    """Say what each column means. A field is read from one column only: of two, the one whose name is surer."""
    meanings = [_meaning(header) for header in headers]
    best: dict[str, tuple[int, int]] = {}
    for place, (field, rank) in enumerate(meanings):
        if field:
            best[field] = min(best.get(field, (rank, place)), (rank, place))
    return [
        Column(place, header.strip(), field if field == "counted" or best.get(field) == (rank, place) else "")
        for place, (header, (field, rank)) in enumerate(zip(headers, meanings, strict=True))
    ]


def fields_of(headers: Iterable[str]) -> set[str]:
    """The fields that these would be the headers of."""
    return {field for field, _ in map(_meaning, headers) if field}


def _meaning(header: str) -> tuple[str, int]:
    if len(header) > 100:
        return "", 0
    for reading in (header, _CAMEL.sub(" ", header), _ASIDE.sub(" ", header)):
        if found := _KNOWN.get(plain(reading)):
            return found
    return "", 0
