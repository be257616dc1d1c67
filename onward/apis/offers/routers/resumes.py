"""Résumés: versions, each with a file here, a file elsewhere, or none yet."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.http import FileResponse, HttpResponse
from ninja import Router

from onward.apis import files
from onward.apis.base import Request, local_time
from onward.apis.files import FILE, link, token_or_link
from onward.apis.offers.resource import Resource, done
from onward.apis.offers.schemas.resumes import ResumeVersionCreate, ResumeVersionResponse, ResumeVersionUpdate
from onward.domain.resumes import queries, services
from onward.domain.resumes.models import Resume
from onward.platform.refusals import Invalid
from onward.platform.wire import Reading

router = Router(tags=["Resumes"])

LASTS_AN_HOUR = "This link lasts an hour only. Upload the file itself instead."
OUR_LINK = re.compile(r"/api/v1/(?:applications/)?resumes/([0-9a-f-]{1,36})/file/?$")


class Versions(Resource):
    """The versions, with a link to each file that is here."""

    def page(self, request: Request, **values: Any) -> HttpResponse:
        response = super().page(request, **values)
        response.content = _written([_linked(request, row) for row in json.loads(response.content)])
        return response

    def document(self, reading: Reading, request: Request, key: Any, **values: Any) -> str:
        # Whole, also where less was asked for: the link is made of more than it shows.
        return _written(_linked(request, json.loads(super().document(self.reading, request, key, **values))))


VERSIONS = Versions(
    queries.versions,
    row=ResumeVersionResponse,
    body=ResumeVersionCreate,
    changes=ResumeVersionUpdate,
    order="-created_at",
    called="resume",
)


@router.get("", **VERSIONS.lists, summary="List resume versions")
def list_resumes(request: Request) -> HttpResponse:
    """List one's versions, the latest first."""
    return VERSIONS.page(request)


@router.post("", **VERSIONS.creates, summary="Create a resume version")
def create(request: Request, body: ResumeVersionCreate) -> HttpResponse:
    """Create a version whose file is elsewhere (``file_url``) or will be uploaded."""
    if body.file_url and _ours(body.file_url):
        raise Invalid(fields={"file_url": [LASTS_AN_HOUR]})
    fields = VERSIONS.fields(request, body)
    return VERSIONS.made(request, services.create(owner_id=request.auth.user_id, at=local_time(request), **fields))


@router.get("{resume_id}", **VERSIONS.reads, summary="Get a resume version")
def get_resume(request: Request, resume_id: UUID) -> HttpResponse:
    """Read one version."""
    return VERSIONS.show(request, resume_id)


@router.put("{resume_id}", **VERSIONS.changes, summary="Update a resume version")
def update(request: Request, resume_id: UUID) -> HttpResponse:
    """Change what is sent. ``"file_url": null`` takes the file away, wherever it is."""
    resume = queries.version(owner_id=request.auth.user_id, uid=resume_id)
    fields = _with_address(VERSIONS.given(request, resume), resume)
    services.update(owner_id=request.auth.user_id, resume_id=resume.pk, at=local_time(request), **fields)
    return VERSIONS.show(request, resume_id)


@router.delete("{resume_id}", **VERSIONS.deletes, summary="Delete a resume version")
def delete(request: Request, resume_id: UUID) -> HttpResponse:
    """Delete a version and its file. Applications that were sent with it stay and name none."""
    resume = queries.version(owner_id=request.auth.user_id, uid=resume_id)
    services.delete(owner_id=request.auth.user_id, resume_id=resume.pk, at=local_time(request))
    return done("Resume version deleted")


@router.get("{resume_id}/file", auth=token_or_link, summary="Download a resume's file", openapi_extra=FILE)
def download(request: Request, resume_id: UUID, expires: str = "", signature: str = "") -> FileResponse:
    """Download the file: as its owner, or by the link in ``file_url``, which carries ``expires`` and ``signature``."""
    found = queries.with_file(uid=resume_id)
    return files.download(
        request,
        found,
        lambda owner_id: queries.version(owner_id=owner_id, uid=resume_id),
        expires=expires,
        signature=signature,
    )


def _linked(request: Request, row: dict[str, Any]) -> dict[str, Any]:
    key = row.pop("file_key")
    if key and row["file_url"] is None:
        row["file_url"] = link(request, f"/api/v1/resumes/{row['id']}/file", key=key)
    return row


def _written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _with_address(fields: dict[str, Any], resume: Resume) -> dict[str, Any]:
    """Return where the file shall be: elsewhere, nowhere, or here again, when it is our own link that comes back."""
    if "external_url" not in fields:
        return fields
    address = fields.pop("external_url")
    of = _ours(address)
    if of is None:
        return {**fields, "external_url": address or None}
    if of not in {str(resume.uid), str(resume.pk)}:
        raise Invalid(fields={"file_url": [LASTS_AN_HOUR]})
    return {**fields, "external_url": ""} if resume.file_key else fields


def _ours(address: str) -> str | None:
    """Return the uid, or the tracker's id, in a link of ours, under whichever prefix and host it was asked for."""
    parts = urlsplit(address)
    found = OUR_LINK.search(parts.path)
    return found[1] if found and {"expires", "signature"} <= parse_qs(parts.query).keys() else None
