"""Companies. Section 3 of the document."""

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.filters import ByWord, InAnyCase
from onward.apis.tracker.resource import Resource
from onward.apis.tracker.schemas.companies import CompanyChanges, CompanyIn, CompanyOut, CompanyRow
from onward.domain.companies import queries, services
from onward.domain.companies.choices import Size
from onward.platform.wire import Id

router = Router(tags=["Companies"])

COMPANIES = Resource(
    queries.companies,
    row=CompanyRow,
    whole=CompanyOut,
    body=CompanyIn,
    changes=CompanyChanges,
    filters={"size": ByWord("size", Size), "industry": InAnyCase("industry")},
    search=("name", "industry", "location"),
    orders=("name", "created_at", "glassdoor_rating"),
    order="name",
)


@router.get("", **COMPANIES.lists, summary="List companies")
def list_companies(request: Request) -> HttpResponse:
    """List one's companies, by name unless another order is asked for."""
    return COMPANIES.page(request)


@router.post("", **COMPANIES.creates, summary="Create a company")
def create(request: Request, body: CompanyIn) -> HttpResponse:
    """Take a company into one's record. Its name is unique there, whatever its case."""
    fields = COMPANIES.fields(request, body)
    return COMPANIES.made(request, services.create(owner_id=request.auth.user_id, at=local_time(request), **fields))


@router.get("{company_id}/", **COMPANIES.reads, summary="Get a company")
def get_company(request: Request, company_id: Id) -> HttpResponse:
    """Read one company."""
    return COMPANIES.show(request, company_id)


@router.put("{company_id}/", **COMPANIES.replaces, summary="Update a company")
def replace(request: Request, company_id: Id) -> HttpResponse:
    """Change a company. The name must be sent; what else is absent stays as it is."""
    return update(request, company_id)


@router.patch("{company_id}/", **COMPANIES.changes, summary="Update a company in part")
def update(request: Request, company_id: Id) -> HttpResponse:
    """Change what is sent; what is absent stays as it is."""
    company = queries.company(owner_id=request.auth.user_id, pk=company_id)
    services.update(company=company, at=local_time(request), **COMPANIES.given(request, company))
    return COMPANIES.show(request, company_id)


@router.delete("{company_id}/", **COMPANIES.deletes, summary="Delete a company")
def delete(request: Request, company_id: Id) -> HttpResponse:
    """Delete a company, and the applications there with it."""
    company = queries.company(owner_id=request.auth.user_id, pk=company_id)
    services.delete(company=company, at=local_time(request))
    return COMPANIES.gone()
