"""Companies as the tracker's document shows them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from onward.domain.applications.models import Application
from onward.domain.companies.choices import Size
from onward.platform.wire import Body, Choice, Count, Rating, Text, WebAddress, Wire

ApplicationCount = Annotated[int, Count(Application.objects.all, by="company_id")]


class CompanyRow(Wire):
    """A company in a list."""

    id: int
    name: str
    industry: str
    location: str
    application_count: ApplicationCount


class CompanyOut(Wire):
    """A company in full."""

    id: int
    name: str
    website: str
    industry: str
    location: str
    size: Annotated[str, Choice(Size, blank="")]
    glassdoor_rating: Decimal | None
    notes: str
    application_count: ApplicationCount
    created_at: datetime
    updated_at: datetime


class CompanyIn(Body):
    """What a client says of a company. Only the name must be given."""

    name: Annotated[str, Text(255, shortest=1)]
    website: Annotated[str, WebAddress(500)] = ""
    industry: Annotated[str, Text(255)] = ""
    location: Annotated[str, Text(255)] = ""
    size: Annotated[str, Choice(Size, blank="")] = ""
    glassdoor_rating: Rating | None = None
    notes: str = ""


class CompanyChanges(CompanyIn, partial=True):
    """What a client changes about a company. What is absent stays as it is."""
