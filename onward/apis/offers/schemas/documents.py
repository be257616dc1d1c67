"""Documents as the offers document shows them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from onward.apis.offers.lenses import DOCUMENT_TYPE, TEXT
from onward.platform.wire import EMPTY_IS_NULL, Body, From, OneOf, Text, WebAddress, Wire, empty_is

TypeWord = Annotated[str, OneOf(*DOCUMENT_TYPE.words)]
Name = Annotated[str, Text(255, 1)]


class DocumentResponse(Wire):
    """Something that was sent with an application."""

    id: Annotated[UUID, From("uid")]
    application_id: Annotated[UUID, From("application__uid")]
    doc_type: Annotated[TypeWord, From("doc_type", lens=DOCUMENT_TYPE)]
    name: str
    file_url: Annotated[str | None, From("file_url", lens=TEXT)]
    notes: Annotated[str | None, From("notes", lens=TEXT)]
    created_at: datetime
    updated_at: datetime


class DocumentIn(Body):
    """What a client says of a document."""

    application_id: UUID
    name: Name
    doc_type: Annotated[TypeWord, empty_is("Other")] = "Other"
    file_url: Annotated[str, WebAddress(500)] | None = None
    notes: Annotated[str, Text()] | None = None


class DocumentChanges(Body):
    """What a client changes about a document. Null clears a field, other than type and name, which are always some."""

    doc_type: Annotated[TypeWord | None, EMPTY_IS_NULL] = None
    name: Name | None = None
    file_url: Annotated[str, WebAddress(500)] | None = None
    notes: Annotated[str, Text()] | None = None
