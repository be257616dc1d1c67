"""Writing which documents belong to applications."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.applications.choices import DocumentType
from onward.domain.applications.events import DocumentAdded
from onward.domain.applications.models import Application, Document
from onward.platform.events import publish
from onward.platform.record import append, change, fields_of, locked, save

FIELDS = fields_of(Document, but=("application_id",))


@transaction.atomic
def add_document(
    *, application: Application, name: str, at: datetime, doc_type: str = DocumentType.OTHER, **fields: Any
) -> Document:
    """Put a document to an application.

    :param at: the time on the owner's clock
    """
    application = locked(application)
    values = {"application_id": application.pk, "name": name, "doc_type": doc_type, "uid": uuid.uuid4(), **fields}
    pk = append(Document, created_at=at, updated_at=at, **values)
    publish(
        DocumentAdded(
            owner_id=application.owner_id,
            at=at,
            application_id=application.pk,
            company_name=application.company.name,
            job_title=application.job_title,
            document_id=pk,
            document_name=name,
            document_type=doc_type,
        )
    )
    return Document(pk=pk, created_at=at, updated_at=at, **values)


@transaction.atomic
def update_document(*, document: Document, at: datetime, **changes: Any) -> Document:
    """Change a document. What is not named stays as it is; what is named and the same is no change."""
    locked(Application(pk=document.application_id))
    document = locked(document)
    changed = change(document, FIELDS, changes)
    if not changed:
        return document
    save(document, changed, at=at)
    return document


@transaction.atomic
def delete_document(*, document: Document) -> None:
    """Remove a document."""
    locked(Application(pk=document.application_id))
    locked(document).delete()
