"""Documents: what was sent with an application. "Documents" in the document."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, context, local_time
from onward.apis.offers.resource import Resource, application_of
from onward.apis.offers.schemas.documents import DocumentChanges, DocumentIn, DocumentResponse
from onward.apis.paging import is_empty
from onward.domain.applications import queries, services
from onward.platform.wire import UID, Reading

router = Router(tags=["Documents"])

DOCUMENTS = Resource(queries.documents, row=DocumentResponse, body=DocumentIn, changes=DocumentChanges)
OF_APPLICATION = Reading(DocumentResponse, lambda: queries.documents().filter(application__uid=UID))


# The same place holds an application's id when one reads and a document's when one writes.
@router.get("{uid}", response=list[DocumentResponse], summary="List the documents of an application")
def list_documents(request: Request, uid: UUID) -> HttpResponse:
    """List what was sent with an application, named by its id, the latest first."""
    rows = OF_APPLICATION.all(**context(request), uid=uid)
    if is_empty(rows):
        # Nothing may mean that there is no such application, or that it is another's.
        application_of(request, uid)
    return answer(rows)


@router.post("", **DOCUMENTS.creates, summary="Add a document")
def add(request: Request, body: DocumentIn) -> HttpResponse:
    """Put a document to an application."""
    application, fields = application_of(request, body.application_id), DOCUMENTS.fields(request, body)
    del fields["application_id"]
    return DOCUMENTS.made(request, services.add_document(application=application, at=local_time(request), **fields))


@router.put("{uid}", **DOCUMENTS.changes, summary="Update a document")
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    document = queries.document(owner_id=request.auth.user_id, uid=uid)
    services.update_document(document=document, at=local_time(request), **DOCUMENTS.given(request, document))
    return DOCUMENTS.show(request, uid)


@router.delete("{uid}", **DOCUMENTS.deletes, summary="Delete a document")
def delete(request: Request, uid: UUID) -> HttpResponse:
    """Delete a document."""
    document = queries.document(owner_id=request.auth.user_id, uid=uid)
    services.delete_document(document=document, at=request.now)
    return DOCUMENTS.gone()
