"""What an adapter hands over: one posting as its source tells it, cleaned, or why it could not be kept."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """Where an opening is.

    :param text: as the source says it
    :param country: ISO 3166-1 alpha-2, or nothing
    """

    text: str
    city: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Pay:
    """What an opening pays; at least one of the two amounts is known.

    :param currency: ISO 4217, or nothing
    :param period: hour, day, week, month or year, or nothing
    """

    minimum: Decimal | None
    maximum: Decimal | None
    currency: str
    period: str


@dataclass(frozen=True, slots=True)
class Found:
    """One posting, as a source tells it. All of it is plain text, but for ``description_html``.

    :param external_id: what identifies it on its board, 1 to 255 characters; where a source has no ids, it is made of
        the link or of the words
    :param url: http or https, up to 2,000 characters; empty when there is none
    :param title: 1 to 255 characters
    :param company: empty where the source does not say
    :param company_url: the employer's own page, where the source says one; it may still be one of a job board
    :param work_mode: remote, hybrid or onsite, or nothing
    :param internship: by the source's own type; None where it has none
    :param employment_type: in the source's words
    :param description_html: sanitised, up to 100 KB
    :param description: the same as plain text
    :param skills: tags and skills, in the source's words
    :param language: the language of the posting, as a code such as ``en``
    """

    external_id: str
    url: str
    title: str
    company: str
    company_url: str = ""
    places: tuple[Place, ...] = ()
    work_mode: str = ""
    internship: bool | None = None
    employment_type: str = ""
    description_html: str = ""
    description: str = ""
    pay: Pay | None = None
    skills: tuple[str, ...] = ()
    department: str = ""
    level: str = ""
    language: str = ""
    apply_url: str = ""
    posted_at: datetime | None = None
    closes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A posting that could not be kept.

    :param reason: a short sentence that names the field
    :param hides: whether it may be more than one, so that what is missing may be among them
    """

    reason: str
    external_id: str = ""
    hides: bool = False
