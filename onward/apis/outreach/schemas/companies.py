"""Companies, the employers of the whole server, as the outreach desk shows them."""

from datetime import datetime
from typing import Annotated, Any

from onward.domain.companies.choices import Size
from onward.domain.companies.models import EmployerName
from onward.domain.outreach.models import Lead
from onward.platform.wire import Choice, Count, From, Many, Wire

SizeWord = Annotated[str, Choice(Size, blank="")]


class CompanyRow(Wire):
    """A company in a list. ``internships`` counts those that the desk works on."""

    id: int
    name: str
    website: str
    industry: str
    size: SizeWord
    location: str
    description: str
    logo_url: str
    internships: Annotated[int, Count(Lead.objects.all, by="posting__employer_id")]
    created_at: datetime
    updated_at: datetime


class KnownName(Wire):
    """A name that a company is known by, without its legal form, and the domain that came with it."""

    name: Annotated[str, From("name_key")]
    domain: str


class Enrichment(Wire):
    """What was found out about a company.

    ``origins`` says by field where its value comes from: a person, the company's own page, a posting's source, or a
    guess. What a person wrote is replaced by nobody else.
    """

    domain: str
    origins: dict[str, Any]
    page_read_at: datetime | None
    known_as: Annotated[list[KnownName], Many(lambda: EmployerName.objects.order_by("pk"), by="employer_id")]


class CompanyOut(CompanyRow):
    """A company in full."""

    enrichment: Annotated[Enrichment, From("")]
