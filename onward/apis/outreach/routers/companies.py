"""Companies: the employers that the desk wins."""

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.filters import ByWord, InAnyCase
from onward.apis.outreach.access import members
from onward.apis.outreach.resource import Resource
from onward.apis.outreach.schemas.companies import CompanyChanges, CompanyIn, CompanyOut, CompanyRow
from onward.apis.outreach.schemas.timeline import CompanyActivityRow
from onward.domain.companies import queries
from onward.domain.companies.choices import Size
from onward.domain.companies.services import employers
from onward.domain.outreach.queries import timeline
from onward.platform.wire import Id

router = Router(tags=["Companies"], auth=members)

COMPANIES = Resource(
    queries.employers,
    row=CompanyRow,
    whole=CompanyOut,
    body=CompanyIn,
    changes=CompanyChanges,
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


@router.post("", **COMPANIES.creates, summary="Add a company")
def create(request: Request, body: CompanyIn) -> HttpResponse:
    """Take in a company that no source has told of."""
    made = employers.add(by_id=request.auth.user_id, at=local_time(request), **body.model_dump())
    return COMPANIES.made(request, made)


@router.patch("/{company_id}", **COMPANIES.changes, summary="Update a company")
def update(request: Request, company_id: Id) -> HttpResponse:
    """Change what is sent; what a person wrote is replaced by no source."""
    company = queries.employer(pk=company_id)
    changes = COMPANIES.given(request, company)
    employers.update(employer=company, by_id=request.auth.user_id, at=local_time(request), **changes)
    return COMPANIES.show(request, company_id)


@router.get("/{company_id}", **COMPANIES.reads, summary="Get a company")
def get_company(request: Request, company_id: Id) -> HttpResponse:
    """Read one with what was found out about it, and from where."""
    return COMPANIES.show(request, company_id)


@router.get("/{company_id}/activity", **ACTIVITY.lists, summary="List what happened to a company")
def list_activity(request: Request, company_id: Id) -> HttpResponse:
    """Tell what was done about a company and its internships; the latest first."""
    queries.employer(pk=company_id)
    return ACTIVITY.page(request, employer_id=company_id)
