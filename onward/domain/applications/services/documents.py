"""Writing which documents belong to applications."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.applications.choices import DocumentType
from onward.domain.applications.events import DocumentAdded
from onward.domain.applications.models import Application, Document
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.record import append, append_all, change, fields_of, locked, save

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
def delete_document(*, document: Document, at: datetime) -> None:
    """Remove a document."""
    owner_id = locked(Application(pk=document.application_id)).owner_id
    discard(locked(document), owner_id=owner_id, title=document.name, at=at)


def replace_documents(*, application: Application, documents: Iterable[tuple[str, str]], at: datetime) -> bool:
    """Make an application have these documents and no others, in the caller's transaction.

    They are part of the application and announced with it. One that it has already keeps what else is known of it.

    :param application: locked
    :param documents: name and address of each
    :returns: whether anything is different now
    """
    lacking = Counter(documents)
    surplus = []
    for document in Document.objects.filter(application=application).order_by("pk"):
        named = document.name, document.file_url
        if lacking[named]:
            lacking[named] -= 1
        else:
            surplus.append(document.pk)
    new = [{"name": name, "file_url": url} for name, url in lacking.elements()]
    Document.objects.filter(pk__in=surplus).delete()
    append_all(
        Document, [{"application_id": application.pk, "created_at": at, "updated_at": at} | each for each in new]
    )
    return bool(surplus or new)
