"""Résumés as the offers document shows them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from onward.apis.files import upload_form
from onward.apis.offers.lenses import TEXT
from onward.platform.wire import EMPTY_IS_NULL, Body, From, Text, WebAddress, Wire

Address = Annotated[Annotated[str, WebAddress(500)] | None, EMPTY_IS_NULL]


class ResumeVersionResponse(Wire):
    """One version of a résumé. Where the file is ours, ``file_url`` is good for an hour; ask again for a new one."""

    id: Annotated[UUID, From("uid")]
    user_id: Annotated[UUID, From("owner__uid")]
    version_name: str
    notes: Annotated[str | None, From("notes", lens=TEXT)]
    file_url: Annotated[str | None, From("external_url", lens=TEXT)]
    created_at: datetime
    updated_at: datetime
    # Not handed out: it becomes the link.
    file_key: Annotated[str, Field(exclude=True)]


class ResumeVersionCreate(Body):
    """A new version. Only its name must be given."""

    version_name: Annotated[str, Text(50, shortest=1)]
    notes: Annotated[str, Text()] | None = None
    file_url: Address = None


class ResumeVersionUpdate(Body):
    """What changes about a version. What is absent stays as it is."""

    version_name: Annotated[str, Text(50, shortest=1)] | None = None
    notes: Annotated[str, Text()] | None = None
    file_url: Address = None


class ResumeUploadResponse(Wire):
    """What an upload is answered with."""

    file_url: str
    resume: ResumeVersionResponse


UPLOAD_FORM = upload_form("PDF or Word document (.pdf, .doc, .docx), at most 10 MB")
