"""Writing which documents belong to applications."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from onward.domain.applications.choices import DocumentType
from onward.domain.applications.events import DocumentAdded
from onward.domain.applications.models import Application, Document
from onward.domain.resumes import services as resumes
from onward.platform import storage
from onward.platform.bin.queries import files_of
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.jobs import enqueue
from onward.platform.record import append, append_all, change, fields_of, locked, save
from onward.platform.refusals import Invalid

_FILE = ("file_key", "file_name", "file_size", "content_type")
FIELDS = fields_of(Document, but=("application_id", *_FILE))
# By then a file has its row, or will never have one.
LONGEST_UPLOAD = timedelta(hours=1)


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


def keep_document(
    *,
    application: Application,
    file: storage.Content,
    file_name: str,
    at: datetime,
    name: str = "",
    doc_type: str = DocumentType.OTHER,
) -> Document:
    """Put a document with its file to an application.

    :param file_name: as the client has it; only a cleaned copy is kept, and only to show
    :param name: what its owner calls it; empty, it is called as the file is
    :param at: the time on the owner's clock
    :raises Invalid: when the file is not one that is taken, or there is no room for it
    """
    owner_id = application.owner_id
    try:
        found = resumes.accepted(file, largest=resumes.LARGEST)
        with storage.stored(file, folder=folder(owner_id), suffix=found.suffix) as key:
            resumes.lock_versions(owner_id)
            resumes.check_room(owner_id, file.size)
            about = resumes.about_file(file, found, key=key, file_name=file_name)
            enqueue("applications.tidy", key=owner_id, owner_id=owner_id)
            return add_document(
                application=application, name=name or about["file_name"], at=at, doc_type=doc_type, **about
            )
    except resumes.Unaccepted as problem:
        raise Invalid(fields={"file": [problem.message]}) from None


def put_file(*, owner_id: int, document_id: int, file: storage.Content, file_name: str, largest: int) -> None:
    """Give a document the file that it names and has not got: it came from elsewhere.

    :param largest: how many bytes it may have
    :raises Unaccepted: when the file is not one that is taken, or there is no room for it
    """
    found = resumes.accepted(file, largest=largest)
    with storage.stored(file, folder=folder(owner_id), suffix=found.suffix) as key:
        resumes.lock_versions(owner_id)
        document = locked(Document(pk=document_id))
        resumes.check_room(owner_id, file.size - document.file_size)
        for name, value in resumes.about_file(file, found, key=key, file_name=file_name).items():
            setattr(document, name, value)
        document.save(update_fields=[*_FILE])


def folder(owner_id: int) -> str:
    """Return where the files of somebody's documents are kept."""
    return f"documents/user_{owner_id}"


def tidy_documents(*, owner_id: int, at: datetime) -> int:
    """Remove a person's files that no document names, here or in the bin, and give how many there were.

    A server that dies between a file and its row leaves such a file.
    """
    named = Document.objects.filter(application__owner_id=owner_id).values_list("file_key", flat=True)
    # One statement: what goes into the bin or comes out of it meanwhile is seen in one of the two.
    kept = named.union(files_of(owner_id=owner_id).values_list("file_key", flat=True))
    return storage.sweep(folder=folder(owner_id), keep=set(kept), before=at - LONGEST_UPLOAD)


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
def delete_document(*, document: Document, at: datetime) -> int:
    """Remove a document. :returns: the number under which it is in the bin"""
    owner_id = locked(Application(pk=document.application_id)).owner_id
    return discard(locked(document), owner_id=owner_id, title=document.name, at=at)


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
            surplus.append(document)
    new = [{"name": name, "file_url": url} for name, url in lacking.elements()]
    for document in surplus:
        discard(document, owner_id=application.owner_id, title=document.name, at=at)
    append_all(
        Document, [{"application_id": application.pk, "created_at": at, "updated_at": at} | each for each in new]
    )
    return bool(surplus or new)
