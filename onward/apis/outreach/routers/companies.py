"""Companies: the employers that the desk wins."""

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request
from onward.apis.filters import ByWord, InAnyCase
from onward.apis.outreach.access import members
from onward.apis.outreach.resource import Resource
from onward.apis.outreach.schemas.companies import CompanyOut, CompanyRow
from onward.apis.outreach.schemas.timeline import CompanyActivityRow
from onward.domain.companies import queries
from onward.domain.companies.choices import Size
from onward.domain.outreach.queries import timeline
from onward.platform.wire import Id

router = Router(tags=["Companies"], auth=members)

COMPANIES = Resource(
    queries.employers,
    row=CompanyRow,
    whole=CompanyOut,
    filters={"industry": InAnyCase("industry"), "size": ByWord("size", Size)},
    search=("name", "domain", "industry", "location"),
    orders=("name", "industry", "size", "location", "created_at", "updated_at"),
    order="name",
    called="company",
)
ACTIVITY = Resource(timeline.of_employer, row=CompanyActivityRow, order="-created_at")


@router.get("", **COMPANIES.lists, summary="List companies")
def list_companies(request: Request) -> HttpResponse:
    """List the companies by name, unless another order is asked for."""
    return COMPANIES.page(request)


@router.get("/{company_id}", **COMPANIES.reads, summary="Get a company")
def get_company(request: Request, company_id: Id) -> HttpResponse:
    """Read one with what was found out about it, and from where."""
    return COMPANIES.show(request, company_id)


@router.get("/{company_id}/activity", **ACTIVITY.lists, summary="List what happened to a company")
def list_activity(request: Request, company_id: Id) -> HttpResponse:
    """Tell what was done about a company and its internships; the latest first."""
    queries.employer(pk=company_id)
    return ACTIVITY.page(request, employer_id=company_id)
