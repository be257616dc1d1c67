"""Companies, the employers of the whole server, as the outreach desk shows them."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from onward.domain.companies.choices import Size
from onward.domain.companies.models import EmployerName
from onward.domain.outreach.models import Lead
from onward.platform.wire import Body, Choice, Count, From, Many, Text, WebAddress, Wire

SizeWord = Annotated[str, Choice(Size, blank="")]


def _host(value: str) -> str:
    if value and not re.fullmatch(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+", value):
        raise PydanticCustomError("domain", "Enter a domain such as acme.example.")
    return value.lower()


Domain = Annotated[str, Text(253), AfterValidator(_host)]


class CompanyRow(Wire):
    """A company in a list. ``internships`` counts those that the desk works on."""

    id: int
    name: str
    domain: str
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

    origins: dict[str, Any]
    page_read_at: datetime | None
    known_as: Annotated[list[KnownName], Many(lambda: EmployerName.objects.order_by("pk"), by="employer_id")]


class CompanyOut(CompanyRow):
    """A company in full."""

    enrichment: Annotated[Enrichment, From("")]


class CompanyIn(Body):
    """What a client says of a company. Two of one name must differ in the domains of their own pages."""

    name: Annotated[str, Text(255, shortest=1)]
    domain: Domain = ""
    website: Annotated[str, WebAddress(500)] = ""
    industry: Annotated[str, Text(255)] = ""
    size: SizeWord = ""
    location: Annotated[str, Text(255)] = ""
    description: str = ""
    logo_url: Annotated[str, WebAddress(500)] = ""


class CompanyChanges(CompanyIn, partial=True):
    """What a client changes about a company. What is absent stays as it is."""
