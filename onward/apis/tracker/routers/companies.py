"""Companies. Section 3 of the document."""

from http import HTTPStatus

from django.db.models import F, Q
from django.db.models.lookups import Exact
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.tracker.filters import ByWord, Filter, Filters, list_parameters, text_asked
from onward.apis.tracker.paging import Paged, paged
from onward.apis.tracker.schemas.companies import CompanyChanges, CompanyIn, CompanyOut, CompanyRow
from onward.domain.companies import queries, services
from onward.domain.companies.choices import Size
from onward.platform.wire import Fold, Id, Listing, Param, Reading

router = Router(tags=["Companies"])


class InAnyCase(Filter):
    """By a text, whatever its case."""

    def condition(self, value: Param) -> Q:
        return Q(Exact(Fold(F(self.path)), Fold(value)))


FILTERS = Filters(size=ByWord("size", Size), industry=InAnyCase("industry"))
ORDERS = ("name", "created_at", "glassdoor_rating")
LISTING = Listing(
    CompanyRow,
    queries.companies,
    filters=FILTERS.conditions,
    values=FILTERS.values,
    search=("name", "industry", "location"),
    orders={name: name for name in ORDERS},
    order=("name",),
)
READING = Reading(CompanyOut, lambda: queries.companies().filter(pk=queries.KEY))


def _company(request: Request, pk: int, status: int = HTTPStatus.OK) -> HttpResponse:
    return answer(READING.required(owner_id=request.auth.user_id, pk=pk), status)


@router.get(
    "",
    response=Paged[CompanyRow],
    summary="List companies",
    openapi_extra=list_parameters(FILTERS, search="name, industry, location", orders=ORDERS),
)
def list_companies(request: Request) -> HttpResponse:
    """List one's companies, by name unless another order is asked for."""
    return paged(
        request,
        LISTING,
        filters=FILTERS.read(request),
        search=text_asked(request, "search"),
        order=text_asked(request, "ordering"),
        owner_id=request.auth.user_id,
    )


@router.post("", response={HTTPStatus.CREATED: CompanyOut}, summary="Create a company")
def create(request: Request, body: CompanyIn) -> HttpResponse:
    """Take a company into one's record. Its name is unique there, whatever its case."""
    company = services.create(owner_id=request.auth.user_id, at=local_time(request), **body.model_dump())
    return _company(request, company.pk, HTTPStatus.CREATED)


@router.get("{company_id}/", response=CompanyOut, summary="Get a company")
def get_company(request: Request, company_id: Id) -> HttpResponse:
    """Read one company."""
    return _company(request, company_id)


@router.put("{company_id}/", response=CompanyOut, summary="Update a company")
def replace(request: Request, company_id: Id, body: CompanyIn) -> HttpResponse:
    """Change a company. The name must be sent; what else is absent stays as it is."""
    return _update(request, company_id, body)


@router.patch("{company_id}/", response=CompanyOut, summary="Update a company in part")
def update(request: Request, company_id: Id, body: CompanyChanges) -> HttpResponse:
    """Change what is sent; what is absent stays as it is."""
    return _update(request, company_id, body)


def _update(request: Request, company_id: int, body: CompanyIn) -> HttpResponse:
    company = queries.company(owner_id=request.auth.user_id, pk=company_id)
    services.update(company=company, at=local_time(request), **body.model_dump(exclude_unset=True))
    return _company(request, company_id)


@router.delete("{company_id}/", response={HTTPStatus.NO_CONTENT: None}, summary="Delete a company")
def delete(request: Request, company_id: Id) -> HttpResponse:
    """Delete a company, and the applications there with it."""
    company = queries.company(owner_id=request.auth.user_id, pk=company_id)
    services.delete(company=company, at=local_time(request))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
