"""Contacts as the offers document shows them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from onward.apis.offers.lenses import CONTACT_TYPE, TEXT
from onward.platform.wire import EMPTY_IS_NULL, Body, Date, From, OneOf, Text, WebAddress, Wire, empty_is

TypeWord = Annotated[str, OneOf(*CONTACT_TYPE.words)]
Name = Annotated[str, Text(255, shortest=1)]


def _address(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise PydanticCustomError("email", "Enter a valid email address.") from None
    return value


Email = Annotated[str, Text(255), AfterValidator(_address)]


class ContactResponse(Wire):
    """Somebody whom a person knows on the way to a job."""

    id: Annotated[UUID, From("uid")]
    user_id: Annotated[UUID, From("owner__uid")]
    application_id: Annotated[UUID | None, From("application__uid")]
    name: str
    email: Annotated[str | None, From("email", lens=TEXT)]
    phone: Annotated[str | None, From("phone", lens=TEXT)]
    role_title: Annotated[str | None, From("job_title", lens=TEXT)]
    company: Annotated[str | None, From("company_name", lens=TEXT)]
    contact_type: Annotated[TypeWord, From("contact_type", lens=CONTACT_TYPE)]
    linkedin_url: Annotated[str | None, From("linkedin_url", lens=TEXT)]
    notes: Annotated[str | None, From("notes", lens=TEXT)]
    last_contacted: date | None
    created_at: datetime
    updated_at: datetime


class ContactChanges(Body):
    """What a client changes about a contact. What is absent stays as it is; null clears, and unlinks an application."""

    name: Name | None = None
    application_id: Annotated[UUID | None, EMPTY_IS_NULL] = None
    email: Annotated[Email | None, EMPTY_IS_NULL] = None
    phone: Annotated[str, Text(50)] | None = None
    role_title: Annotated[str, Text(255)] | None = None
    company: Annotated[str, Text(255)] | None = None
    contact_type: Annotated[TypeWord | None, EMPTY_IS_NULL] = None
    linkedin_url: Annotated[Annotated[str, WebAddress(500)] | None, EMPTY_IS_NULL] = None
    notes: Annotated[str, Text()] | None = None
    last_contacted: Annotated[Date | None, EMPTY_IS_NULL] = None


class ContactIn(ContactChanges):
    """What a client says of a new contact. Only the name must be given."""

    name: Name
    contact_type: Annotated[TypeWord, empty_is("Other")] = "Other"
