"""Résumés: versions, each with a file here, a file elsewhere, or none yet."""

import json
import re
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.http import FileResponse, HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import sent, takes
from onward.apis.files import FILE, link, opens, token_or_link
from onward.apis.offers.lists import Limit, Skip
from onward.apis.offers.own import shown
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.resumes import (
    ResumeVersionCreate,
    ResumeVersionResponse,
    ResumeVersionUpdate,
    StoredResume,
)
from onward.domain.resumes import queries, services
from onward.domain.resumes.models import Resume
from onward.platform import storage
from onward.platform.refusals import Invalid
from onward.platform.tokens.bearer import signed_in
from onward.platform.wire import Listing, Reading

router = Router(tags=["Resumes"])

LISTING = Listing(StoredResume, queries.versions, order=("-created_at",))
READING = Reading(StoredResume, lambda: queries.versions().filter(uid=queries.UID))
LASTS_AN_HOUR = "This link lasts an hour only. Upload the file itself instead."
OUR_LINK = re.compile(r"/api/v1/(?:applications/)?resumes/([0-9a-f-]{1,36})/file/?$")


@router.get("", response=list[ResumeVersionResponse], summary="List resume versions")
def list_resumes(request: Request, skip: Skip = 0, limit: Limit = 100) -> HttpResponse:
    """List one's versions, the latest first."""
    rows = json.loads(LISTING.slice(owner_id=request.auth.user_id, offset=skip, limit=limit))
    return answer(written([_linked(request, row) for row in rows]))


@router.post("", response={HTTPStatus.CREATED: ResumeVersionResponse}, summary="Create a resume version")
def create(request: Request, body: ResumeVersionCreate) -> HttpResponse:
    """Create a version whose file is elsewhere (``file_url``) or will be uploaded."""
    if body.file_url and _ours(body.file_url):
        raise Invalid(fields={"file_url": [LASTS_AN_HOUR]})
    resume = services.create(
        owner_id=request.auth.user_id,
        version_name=body.version_name,
        notes=body.notes or "",
        external_url=body.file_url or "",
        at=local_time(request),
    )
    return answer(written(version(request, resume.uid)), HTTPStatus.CREATED)


@router.get("{resume_id}", response=ResumeVersionResponse, summary="Get a resume version")
def get_resume(request: Request, resume_id: UUID) -> HttpResponse:
    """Read one version."""
    return answer(written(version(request, resume_id)))


@router.put(
    "{resume_id}",
    response=ResumeVersionResponse,
    summary="Update a resume version",
    openapi_extra=takes(ResumeVersionUpdate),
)
def update(request: Request, resume_id: UUID) -> HttpResponse:
    """Change what is sent. ``"file_url": null`` takes the file away, wherever it is."""
    resume = queries.version(owner_id=request.auth.user_id, uid=resume_id)
    fields = sent(request, ResumeVersionUpdate, shown=written(version(request, resume_id)))
    changes = {**_texts(fields), **_address(fields, resume)}
    services.update(owner_id=request.auth.user_id, resume_id=resume.pk, at=local_time(request), **changes)
    return answer(written(version(request, resume_id)))


@router.delete("{resume_id}", response=Done, summary="Delete a resume version")
def delete(request: Request, resume_id: UUID) -> dict[str, str]:
    """Delete a version and its file. Applications that were sent with it stay and name none."""
    resume = queries.version(owner_id=request.auth.user_id, uid=resume_id)
    services.delete(owner_id=request.auth.user_id, resume_id=resume.pk, at=local_time(request))
    return {"detail": "Resume version deleted"}


@router.get("{resume_id}/file", auth=token_or_link, summary="Download a resume's file", openapi_extra=FILE)
def download(request: Request, resume_id: UUID, expires: str = "", signature: str = "") -> FileResponse:
    """Download the file: as its owner, or by the link in ``file_url``, which carries ``expires`` and ``signature``."""
    resume = queries.with_file(uid=resume_id)
    key = resume.file_key if resume else ""
    if not (opens(request, key, expires=expires, signature=signature) and resume):
        owner = signed_in(request).user_id
        resume = queries.version(owner_id=owner, uid=resume_id)
    return storage.download(resume.file_key, name=resume.file_name, content_type=resume.content_type)


def version(request: Request, uid: UUID) -> dict[str, Any]:
    """Give one of one's own versions as it is shown.

    :raises Forbidden: when it is another's
    :raises Missing: when it is not there
    """
    return _linked(request, json.loads(shown(request, READING, Resume, uid)))


def _linked(request: Request, row: dict[str, Any]) -> dict[str, Any]:
    key = row.pop("file_key")
    if key and row["file_url"] is None:
        row["file_url"] = link(request, f"/api/v1/resumes/{row['id']}/file", key=key)
    return row


def written(document: Any) -> str:
    """Write what is shown as JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _texts(fields: dict[str, Any]) -> dict[str, str]:
    texts = {}
    # A version always has a name: null says nothing of it.
    if fields.get("version_name") is not None:
        texts["version_name"] = fields["version_name"]
    if "notes" in fields:
        texts["notes"] = fields["notes"] or ""
    return texts


def _address(fields: dict[str, Any], resume: Resume) -> dict[str, str | None]:
    """Read where the file shall be: elsewhere, nowhere, or here again, when it is our own link that comes back."""
    if "file_url" not in fields:
        return {}
    address = fields["file_url"]
    of = _ours(address or "")
    if of is None:
        return {"external_url": address}
    if of not in {str(resume.uid), str(resume.pk)}:
        raise Invalid(fields={"file_url": [LASTS_AN_HOUR]})
    return {"external_url": ""} if resume.file_key else {}


def _ours(address: str) -> str | None:
    """Give the uid, or the tracker's id, in a link of ours, under whichever prefix and host it was asked for."""
    parts = urlsplit(address)
    found = OUR_LINK.search(parts.path)
    return found[1] if found and {"expires", "signature"} <= parse_qs(parts.query).keys() else None
