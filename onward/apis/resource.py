"""A thing that an API hands out and takes: declared once, and listed, read, created, changed and deleted by it.

An API says in a subclass what holds for all its things: how it pages, by what it names a row, and what it answers
where there is none. A router then needs two lines for each of the five verbs::

    COMPANIES = Resource(queries.companies, row=CompanyRow, whole=CompanyOut, body=CompanyIn, order="name")

    @router.get("", **COMPANIES.lists, summary="List companies")
    def list_companies(request: Request) -> HttpResponse:
        return COMPANIES.page(request)
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar, Literal

from django.db.models import Model
from django.http import HttpResponse

from onward.apis.base import Request, answer, context
from onward.apis.bodies import refers_to, sent
from onward.apis.filters import Address, Filter
from onward.apis.paging import Paging
from onward.platform.refusals import Missing, Refusal
from onward.platform.wire import KEY, UID, Body, Listing, Param, Reading, Wire, Written, written
from onward.platform.wire.statement import Queryset

Verb = dict[str, Any]


class Resource:
    """One thing of an API.

    :param rows: gives the rows that the reader may see; the statement may take what `context` and ``values`` give
    :param row: what a row of a list looks like on the wire
    :param whole: what one looks like that is asked for by itself; the same, when it is not said
    :param body: what a client says of a new one
    :param changes: what a client changes about one
    :param filters: what a list may be filtered by, by the names in the address
    :param search: the paths that a search looks in; with their names for people, where the path does not tell
    :param orders: the columns that a client may order by; by name, where a column is called otherwise
    :param order: the order when none is asked for
    :param counts: the numbers that add up to how many rows there are, where they are kept: as `Listing` takes them
    :param values: what else the statement takes, from the request
    :param called: what people call it, where that is not the name of its model
    :param paging: where it is handed out in another way than the others of its API
    :param key: where it is named in another way
    """

    # What an API says of all its things.
    paging: Paging
    key: Literal["pk", "uid"] = "pk"
    # Finds the row that a client names by its uid, by the relation: {"application": …}.
    links: ClassVar[Mapping[str, Callable[[Request, Any], int | None]]] = {}
    # The methods whose bodies must hold what a new row must have.
    whole_bodies: ClassVar[frozenset[str]] = frozenset({"PUT"})
    deletes: ClassVar[Verb] = {"response": {HTTPStatus.NO_CONTENT: None}}

    def __init__(
        self,
        rows: Callable[[], Queryset],
        *,
        row: type[Wire],
        whole: type[Wire] | None = None,
        body: type[Body] = Body,
        changes: type[Body] | None = None,
        filters: Mapping[str, Filter] | None = None,
        search: Sequence[str] | Mapping[str, str] = (),
        orders: Sequence[str] | Mapping[str, str] = (),
        order: str | Sequence[str] = (),
        counts: Callable[[], Sequence[Queryset]] | None = None,
        values: Callable[[Request], dict[str, Any]] | None = None,
        called: str = "",
        paging: Paging | None = None,
        key: Literal["pk", "uid"] | None = None,
    ) -> None:
        self.whole = whole or row
        self.body = body
        self.body_of_changes = changes or body
        self._rows = rows
        self.model: type[Model] = rows().model
        self.called = called or str(self.model._meta.verbose_name)
        self._values = values
        self._filters = dict(filters or {})
        self._written = written(self.whole)
        # This API's names for the record's.
        self.names = {way.name: name for name, way in self._written.items()}
        self.paging = paging or self.paging
        self.key = key or self.key
        said: dict[str, Any] = {**self._filters, **self.paging.parameters(orders)}
        self.address = Address(**{name: said[name] for name in (*self.paging.leading, *said)})
        self._listing = Listing(
            row,
            rows,
            filters={key: q for name, one in self._filters.items() for key, q in one.conditions(name).items()},
            values={key: one.field for name, one in self._filters.items() for key in one.conditions(name)},
            search=tuple(search),
            orders=orders if isinstance(orders, Mapping) else {name: name for name in orders},
            order=(order,) if isinstance(order, str) else tuple(order),
            counts=counts,
        )
        self.reading = Reading(self.whole, self._named)
        # As much of a row as a client may change.
        changeable = self.body_of_changes.model_fields.keys() & self._written.keys()
        self._before = Reading(self.whole, self._named, fields=changeable)
        names = search.values() if isinstance(search, Mapping) else [_in_words(path) for path in search]
        # For the routers: how each verb is described.
        self.lists: Verb = self.paging.described(
            row, address=self.address.model, filters=self._filters, search=list(names), orders=orders
        )
        self.reads: Verb = {"response": self.whole}
        self.creates: Verb = {"response": {HTTPStatus.CREATED: self.whole}}
        self.changes: Verb = self.changed_by(self.body_of_changes)
        self.replaces: Verb = self.changed_by(self.body)

    def changed_by(self, body: type[Body]) -> Verb:
        """Return how an endpoint is described, for a router, that changes this thing by a body of its own."""
        return {"response": self.whole, "openapi_extra": self.describes(body)}

    def page(self, request: Request, *, empty: Callable[[], object] | None = None, **values: Any) -> HttpResponse:
        """Return the part of the list that is asked for.

        :param empty: is called where nothing is found, to refuse where there is no such parent
        :param values: what else the statement takes
        :raises UnreadableRequest: when what is asked does not validate
        """
        asked = self.asked(request)
        chosen = {
            name: filter.chosen(request, name, asked[name])
            for name, filter in self._filters.items()
            if asked[name] is not None
        }
        response, is_empty = self.paging.page(
            request, self._listing, asked, dict(chosen.values()), **{**self._context(request), **values}
        )
        if is_empty:
            for name in chosen:
                self._filters[name].nothing(request, asked[name])
            if empty is not None:
                empty()
        return response

    def asked(self, request: Request) -> dict[str, Any]:
        """Return what the address of a list asks for.

        :raises UnreadableRequest: when it does not validate
        """
        return self.address.read(request)

    def keys(self, request: Request, asked: Mapping[str, Any], **values: Any) -> list[Any]:
        """Return the keys of all rows that are asked for, in their order.

        :param asked: what an address could ask for, as `address` reads it
        """
        search, order = self.paging.wanted(asked)
        filters = dict(self._chosen(request, asked).values())
        return self._listing.keys(filters=filters, search=search, order=order, **{**self._context(request), **values})

    def _chosen(self, request: Request, asked: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
        return {
            name: one.chosen(request, name, asked[name])
            for name, one in self._filters.items()
            if asked[name] is not None
        }

    def show(self, request: Request, key: Any, status: int = HTTPStatus.OK, **values: Any) -> HttpResponse:
        """Return one row. :param key: the number or uid that names it; :param values: what else the statement takes

        :raises Refusal: when it is not there, or not to be seen
        """
        return answer(self.document(self.reading, request, key, **values), status)

    def made(self, request: Request, row: Any, **values: Any) -> HttpResponse:
        """Return a row that has just been made."""
        return self.show(request, getattr(row, self.key), HTTPStatus.CREATED, **values)

    def fields(self, request: Request, body: Body) -> dict[str, Any]:
        """Return what a client says of a new row, in the record's names and words."""
        return self._recorded(request, body.model_dump(), None)

    def said(self, request: Request, body: Body) -> dict[str, Any]:
        """Return what a client says of a new row and not what it leaves out, in the record's names and words."""
        return self._recorded(request, body.model_dump(exclude_unset=True), None)

    def given(self, request: Request, row: Any, body: type[Body] | None = None, **values: Any) -> dict[str, Any]:
        """Return what a client changes about a row, in the record's names and words.

        What comes back as it was shown is no change, and is not checked.

        :param body: what may be sent, where that is something else than the changes of this thing
        :param values: what else the statement takes
        :raises UnreadableRequest: when it does not validate
        """
        whole = self.body if body is None and request.method in self.whole_bodies else None
        shown = self.document(self._before, request, getattr(row, self.key), **values)
        changes = sent(request, body or self.body_of_changes, shown=shown, whole=whole)
        return self._recorded(request, changes, row)

    def describes(self, body: type[Body]) -> dict[str, Any]:
        """Return how the body of a change is described, for a router's ``openapi_extra``."""
        return refers_to(body)

    def gone(self) -> HttpResponse:
        """Return the answer to a deletion."""
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def missing(self, key: Any) -> Refusal:
        """Return what is said where somebody finds no row of that key."""
        return Missing()

    def _named(self) -> Queryset:
        """Return the row that the statement's ``pk`` or ``uid`` names."""
        named: dict[str, Param] = {self.key: KEY if self.key == "pk" else UID}
        return self._rows().filter(**named)

    def _context(self, request: Request) -> dict[str, Any]:
        return context(request) if self._values is None else {**context(request), **self._values(request)}

    def document(self, reading: Reading, request: Request, key: Any, **values: Any) -> str:
        """Return one row as JSON. :param reading: the whole of it, or what a client may change

        :raises Refusal: when it is not there, or not to be seen
        """
        document = reading.one(**{**self._context(request), **values, self.key: key})
        if document is None:
            raise self.missing(key)
        return document

    def _recorded(self, request: Request, values: dict[str, Any], row: Any) -> dict[str, Any]:
        """Return what a client has sent in the record's names and words. :param row: what it changes; none as yet"""
        found = {}
        for name, value in values.items():
            way = self._written.get(name) or Written(name)
            if value is None and not way.nullable:
                # There is always one: null says nothing about it.
                continue
            if way.lens is not None:
                now = () if row is None or way.stored is None else (getattr(row, way.stored),)
                value = way.lens.read(value, *now)
            elif way.related is not None and value is not None:
                value = self.links[way.related](request, value)
            found[way.name] = value
        return found


def _in_words(path: str) -> str:
    return path.replace("__", " ").replace("_", " ")
