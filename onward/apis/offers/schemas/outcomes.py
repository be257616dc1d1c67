"""Outcomes as the offers document shows them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from onward.apis.offers.lenses import OUTCOME_STATUS, TEXT
from onward.platform.wire import EMPTY_IS_NULL, Body, Date, From, OneOf, Text, Unsigned4, Wire

StatusWord = Annotated[str, OneOf(*OUTCOME_STATUS.words)]
Currency = Annotated[str, Text(3)]


class OutcomeResponse(Wire):
    """What came of an application: the offer with its terms."""

    id: Annotated[UUID, From("uid")]
    application_id: Annotated[UUID, From("application__uid")]
    status: Annotated[StatusWord | None, From("status", lens=OUTCOME_STATUS)]
    salary: int | None
    salary_currency: str
    bonus: Annotated[str | None, From("bonus", lens=TEXT)]
    equity: Annotated[str | None, From("equity", lens=TEXT)]
    benefits: Annotated[str | None, From("benefits", lens=TEXT)]
    start_date: date | None
    deadline: date | None
    negotiation_notes: Annotated[str | None, From("negotiation_notes", lens=TEXT)]
    notes: Annotated[str | None, From("notes", lens=TEXT)]
    created_at: datetime
    updated_at: datetime


class OutcomeIn(Body):
    """What a client says of an outcome. Null clears a field, other than the currency, which is always some."""

    status: Annotated[StatusWord | None, EMPTY_IS_NULL] = "Offer"
    salary: Annotated[Unsigned4 | None, EMPTY_IS_NULL] = None
    salary_currency: Annotated[Currency | None, EMPTY_IS_NULL] = "USD"
    bonus: Annotated[str, Text()] | None = None
    equity: Annotated[str, Text()] | None = None
    benefits: Annotated[str, Text()] | None = None
    start_date: Annotated[Date | None, EMPTY_IS_NULL] = None
    deadline: Annotated[Date | None, EMPTY_IS_NULL] = None
    negotiation_notes: Annotated[str, Text()] | None = None
    notes: Annotated[str, Text()] | None = None
