"""Documents: what was sent with an application. "Documents" in the document."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import sent, takes
from onward.apis.offers.lists import is_empty
from onward.apis.offers.routers.applications import application_of
from onward.apis.offers.schemas.documents import DocumentChanges, DocumentIn, DocumentResponse, in_the_record
from onward.apis.offers.schemas.done import Done
from onward.domain.applications import queries, services
from onward.domain.applications.models import Document
from onward.platform.wire import Reading

router = Router(tags=["Documents"])

OF_APPLICATION = Reading(DocumentResponse, lambda: queries.documents().filter(application__uid=queries.UID))
READING = Reading(DocumentResponse, lambda: queries.documents().filter(pk=queries.KEY))


def _document(request: Request, uid: UUID) -> Document:
    return queries.document(owner_id=request.auth.user_id, uid=uid)


def _shown(request: Request, document: Document) -> str:
    return READING.required(owner_id=request.auth.user_id, pk=document.pk)


# The same place holds an application's id when one reads and a document's when one writes.
@router.get("{uid}", response=list[DocumentResponse], summary="List the documents of an application")
def list_documents(request: Request, uid: UUID) -> HttpResponse:
    """List what was sent with an application, named by its id, the latest first."""
    rows = OF_APPLICATION.all(owner_id=request.auth.user_id, uid=uid)
    if is_empty(rows):
        # Nothing may mean that there is no such application, or that it is another's.
        application_of(request, uid)
    return answer(rows)


@router.post("", response={HTTPStatus.CREATED: DocumentResponse}, summary="Add a document")
def add(request: Request, body: DocumentIn) -> HttpResponse:
    """Put a document to an application."""
    application = application_of(request, body.application_id)
    fields = in_the_record(body.model_dump(exclude={"application_id"}))
    document = services.add_document(application=application, at=local_time(request), **fields)
    return answer(_shown(request, document), HTTPStatus.CREATED)


@router.put("{uid}", response=DocumentResponse, summary="Update a document", openapi_extra=takes(DocumentChanges))
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    document = _document(request, uid)
    given = sent(request, DocumentChanges, shown=_shown(request, document))
    services.update_document(document=document, at=local_time(request), **in_the_record(given, document))
    return answer(_shown(request, document))


@router.delete("{uid}", response=Done, summary="Delete a document")
def delete(request: Request, uid: UUID) -> dict[str, str]:
    """Delete a document."""
    services.delete_document(document=_document(request, uid))
    return {"detail": "Document deleted"}
