"""What the columns of somebody's spreadsheet are called, and what they mean here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onward.domain.exchange.importing.words import plain
from onward.platform.refusals import Invalid

# The names that a field goes by, the surest first. Case, punctuation and accents do not matter.
ALIASES: dict[str, tuple[str, ...]] = {
    "company": (
        *("company", "company name", "employer", "employer name", "organisation", "organization", "organisation name"),
        *("organization name", "hiring company", "company employer", "business", "firm", "firma", "unternehmen"),
        *("arbeitgeber", "firmenname", "entreprise", "societe", "empresa", "azienda", "bedrijf", "company applied to"),
    ),
    "job_title": (
        *("job title", "position", "role", "title", "position title", "role title", "job role", "job position"),
        *("position name", "job name", "role name", "position role", "job title role", "job", "designation"),
        *(
            "stelle",
            "stellenbezeichnung",
            "stellentitel",
            "jobtitel",
            "titel",
            "poste",
            "puesto",
            "ruolo",
            "functie",
            "cargo",
            "job post title",
            "opportunity",
            "intitule du poste",
        ),
    ),
    "status": (
        *("status", "application status", "current status", "stage", "application stage", "current stage", "state"),
        *(
            "phase",
            "list",
            "list name",
            "board list",
            "progress",
            "stand",
            "bewerbungsstatus",
            "outcome",
            "result",
            "statut",
            "estado",
        ),
    ),
    "priority": (
        *("priority", "prioritat", "importance", "interest level", "interest", "excitement", "rating", "stars"),
        *("star rating", "favorite", "favourite", "prioridad", "priorite", "wichtigkeit", "bewertung"),
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
        "ubicacion",
        "ciudad",
        "ville",
    ),
    "salary_min": (
        "salary min",
        "min salary",
        "minimum salary",
        "salary minimum",
        "salary from",
        "salary low",
        "min pay",
        "gehalt von",
        "gehalt min",
    ),
    "salary_max": (
        "salary max",
        "max salary",
        "maximum salary",
        "salary maximum",
        "salary to",
        "salary high",
        "max pay",
        "gehalt bis",
        "gehalt max",
    ),
    "salary_currency": ("currency", "salary currency", "wahrung", "devise", "moneda"),
    "salary": (
        *("salary", "salary range", "compensation", "pay", "pay range", "base salary", "annual salary", "wage", "comp"),
        *(
            "expected salary",
            "salary expectation",
            "total comp",
            "gehalt",
            "gehaltsspanne",
            "jahresgehalt",
            "salaire",
            "salario",
        ),
        *("range", "salary expectations", "annual pay", "base pay", "base", "salary offered", "pay rate", "budget"),
    ),
    "source": (
        *("source", "job source", "application source", "found via", "found on", "found through", "found at"),
        *("where found", "how found", "job board", "applied via", "applied through", "heard from", "via", "platform"),
        *("channel", "site", "quelle", "gefunden uber", "gefunden bei", "gefunden auf"),
    ),
    "applied_date": (
        *("applied date", "date applied", "applied on", "application date", "applied at", "date of application"),
        *("apply date", "submitted on", "date submitted", "submission date", "application submitted", "beworben am"),
        *(
            "bewerbungsdatum",
            "datum der bewerbung",
            "bewerbung vom",
            "applied",
            "beworben",
            "date de candidature",
            "fecha de aplicacion",
        ),
        *("date sent", "sent on", "application sent", "day applied", "applied already", "date", "datum", "fecha"),
    ),
    "response_date": (
        *("response date", "date of response", "responded on", "date responded", "response received", "reply date"),
        *("first response", "heard back on", "date heard back", "heard back", "ruckmeldung am", "ruckmeldung"),
        *(
            "antwort am",
            "antwortdatum",
            "response",
            "reply",
            "replied",
            "responded",
            "got response",
            "antwort",
            "reponse",
        ),
        *("respuesta", "last response", "response received on", "any response"),
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
        *("followup date", "wiedervorlage", "follow up by", "next action by", "next step by", "follow up due"),
    ),
    "follow_up": ("follow up", "followup", "follow ups"),
    "job_url": (
        *("job url", "url", "link", "job link", "job posting url", "posting url", "job posting link", "posting link"),
        *(
            "job posting",
            "posting",
            "link to jd",
            "jd",
            "jd link",
            "link to job description",
            "application link",
            "application url",
            "apply link",
            "link to job",
            "job listing",
        ),
        *(
            "listing",
            "listing url",
            "job ad",
            "job post",
            "job post url",
            "stellenanzeige",
            "link zur stelle",
            "anzeige",
            "lien",
            "enlace",
            "website",
            "web page",
            "job listing link",
            "link to application",
            "link to posting",
        ),
    ),
    "job_description": (
        "job description",
        "description",
        "stellenbeschreibung",
        "beschreibung",
        "job desc",
        "card description",
    ),
    "referrer_name": ("referrer", "referrer name", "referred by", "referral name", "referral contact", "referral"),
    "cover_letter": ("cover letter", "anschreiben"),
    "contact": (
        *("contact", "contact person", "contact name", "contacts", "contact email", "contact e mail", "recruiter"),
        *("recruiter name", "recruiter email", "hiring manager", "point of contact", "poc", "ansprechpartner"),
        *("ansprechpartnerin", "kontakt", "kontaktperson", "contacto"),
    ),
    "number": (
        *("job id", "job number", "req id", "req", "requisition", "requisition id", "requisition number", "job ref"),
        *("reference", "reference number", "ref", "posting id", "kennziffer", "referenz", "job code"),
    ),
    "notes": (
        *("notes", "note", "comments", "comment", "remarks", "additional notes", "notizen", "notiz", "bemerkungen"),
        *(
            "bemerkung",
            "anmerkungen",
            "anmerkung",
            "kommentare",
            "kommentar",
            "commentaires",
            "remarques",
            "notas",
            "comentarios",
            "thoughts",
            "misc",
            "notes comments",
        ),
    ),
    "created_at": (
        *("created at", "date added", "added on", "added at", "created on", "date created", "created", "date saved"),
        *("saved on", "saved at", "added", "date found", "angelegt am", "erstellt am", "created time", "creation date"),
    ),
    # Columns of our own export that say what the record will say again.
    "counted": ("notes count", "interviews count", "days since applied"),
}

# Of these a file may have several.
REPEATED = {"counted", "notes", "contact", "number"}
# Of these a second column is read where the first one is empty.
SPARED = {"salary", "priority"}
# Kept as a note, where it tells two applications apart.
TELLING = {"contact", "number"}
# What such a column holds depends on the others.
_NAMES = {"name", "card name", "task name", "item", "task"}

_KNOWN = {alias: (field, rank) for field, aliases in ALIASES.items() for rank, alias in enumerate(aliases)}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_MONEY = re.compile(r"[$€£¥₹💰💵]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of somebody's file.

    :param field: what it means here; empty when it goes to the notes
    :param spare: what it means in rows in which the column for that says nothing
    """

    place: int
    header: str
    field: str
    spare: str = ""

    @property
    def name(self) -> str:
        """What to call it to its owner."""
        return self.header or f"Column {self.place + 1}"

    @property
    def becomes(self) -> str:
        """What its cells become, in words."""
        meaning = (self.field or self.spare).replace("_", " ")
        return f"{meaning}, where the other column is empty" if self.spare else meaning or "a line of the notes"


class Meanings:
    """What headers mean: by the names that people use, and by what the owner of this file says.

    :param said: the meaning of a column, by its header
    :param more: fields that only some files have, with their names, which go before all others
    :param enough: a field that makes a row the header of a table by itself
    :param is_literal: whether cells stay as they are, with characters that no text should have
    :raises Invalid: when a meaning is none
    """

    def __init__(
        self,
        said: Mapping[str, str] | None = None,
        *,
        more: Mapping[str, Sequence[str]] | None = None,
        enough: str = "",
        is_literal: bool = False,
    ) -> None:
        self._known = _KNOWN | {
            plain(alias): (field, rank) for field, names in (more or {}).items() for rank, alias in enumerate(names)
        }
        self._enough = enough
        self.is_literal = is_literal
        self.said = {plain(header): header for header in said or {}}
        self._said = {plain(header): _meant(header, meaning) for header, meaning in (said or {}).items()}

    def columns(self, headers: Sequence[str]) -> list[Column]:
        """Return what each column means. Most fields are read from one column only: of two, the surer name."""
        meanings = [self._meaning(header) for header in headers]
        fields = {field for field, _ in meanings}
        lacking = [field for field in ("company", "job_title") if field not in fields]
        if lacking:
            place = next((n for n, header in enumerate(headers) if plain(header) in _NAMES), None)
            if place is not None:
                meanings[place] = lacking[-1], 0
        best: dict[str, tuple[int, int]] = {}
        for place, (field, rank) in enumerate(meanings):
            if field:
                best[field] = min(best.get(field, (rank, place)), (rank, place))
        return [
            Column(place, header.strip(), field)
            if field in REPEATED or best.get(field) == (rank, place)
            else Column(place, header.strip(), "", field if field in SPARED else "")
            for place, (header, (field, rank)) in enumerate(zip(headers, meanings, strict=True))
        ]

    def fields_of(self, headers: Sequence[str]) -> set[str]:
        """The fields that these would be the headers of."""
        return {column.field for column in self.columns(headers) if column.field}

    def make_a_header(self, fields: set[str]) -> bool:
        """Whether these fields are what every table of applications has."""
        return {"company", "job_title"} <= fields or self._enough in fields

    def unused(self, headers: Iterable[str]) -> list[str]:
        """The columns that the owner spoke of and the file does not have."""
        there = {plain(header) for header in headers}
        return [name for key, name in self.said.items() if key not in there]

    def _meaning(self, header: str) -> tuple[str, int]:
        if len(header) > 100:
            return "", 0
        if said := self._said.get(plain(header)):
            return said, -1
        for reading in (header, _CAMEL.sub(" ", header), _ASIDE.sub(" ", header), _MONEY.sub(" salary ", header)):
            if found := self._known.get(plain(reading)):
                return found
        return "", 0


def _meant(header: str, meaning: str) -> str:
    word = plain(meaning)
    field = next((name for name in ALIASES if plain(name) == word), "") or _KNOWN.get(word, ("", 0))[0]
    if not field or field == "counted":
        known = ", ".join(name.replace("_", " ") for name in ALIASES if name != "counted")
        raise Invalid(
            f'"{header}" cannot be read as "{meaning}". A column can be: {known}.',
            code="map",
            fields={"map": [meaning]},
        )
    return field
