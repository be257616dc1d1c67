"""Uploads in this document's words."""

from datetime import datetime
from typing import cast

from onward.apis.copilot.schemas.resume import (
    Applied,
    ApplyOut,
    ContactInfo,
    Education,
    FileType,
    ParsedData,
    StatusOut,
    SuggestionsOut,
    UploadOut,
    WorkExperience,
)
from onward.domain.accounts.choices import ExperienceLevel
from onward.domain.resumes.choices import UploadStatus
from onward.domain.resumes.facts.queries import facts
from onward.domain.resumes.models import Upload
from onward.domain.resumes.uploads.findings import Findings, Suggestions, findings, suggestions
from onward.domain.resumes.uploads.queries import warnings
from onward.domain.resumes.uploads.services import Decision


def received(upload: Upload) -> UploadOut:
    """Show what has come in."""
    return UploadOut(
        upload_id=upload.pk,
        filename=upload.resume.file_name,
        file_size=upload.resume.file_size,
        file_type=_type(upload),
        parsing_status=UploadStatus(upload.status),
        created_at=upload.created_at,
    )


def status(upload: Upload, *, at: datetime) -> StatusOut:
    """Show how far an upload is."""
    found = _found(upload, at) if upload.status == UploadStatus.COMPLETED else None
    return StatusOut(
        **received(upload).model_dump(),
        progress=upload.progress,
        parsed_data=None if found is None else _parsed(found),
        extracted_skills=[] if found is None else found.skills,
        suggestions=None if found is None else _suggested(suggestions(upload, found)),
        parsing_error=upload.problem or None,
        warnings=[] if found is None else warnings(resume_id=upload.pk),
        updated_at=upload.updated_at,
    )


def applied(upload: Upload, decision: Decision, *, at: datetime) -> ApplyOut:
    """Show what was made of suggestions."""
    owner = upload.resume.owner
    return ApplyOut(
        upload_id=upload.pk,
        applied=Applied(skills=decision.skills, experience_level=_level(decision.level)),
        skipped=decision.skipped,
        suggestions=_suggested(suggestions(upload, _found(upload, at))),
        skills=owner.skills,
        experience_level=_level(owner.experience_level),
    )


def _found(upload: Upload, at: datetime) -> Findings:
    return findings(facts(owner_id=upload.resume.owner_id, resume_id=upload.pk), at=at)


def _parsed(found: Findings) -> ParsedData:
    return ParsedData(
        skills=found.written_skills,
        experience_level=_level(found.level),
        contact_info=ContactInfo(**found.contact),
        education=[Education(**one) for one in found.education],
        work_experience=[WorkExperience(**one) for one in found.work],
        languages=found.languages,
        certifications=found.credentials,
        summary=found.summary,
    )


def _suggested(found: Suggestions) -> SuggestionsOut:
    return SuggestionsOut(skills_to_add=found.skills, experience_level=_level(found.level))


def _level(word: str | None) -> ExperienceLevel | None:
    return ExperienceLevel(word) if word else None


def _type(upload: Upload) -> FileType:
    # The name has the suffix of the format that was found in the content.
    return cast("FileType", upload.resume.file_name.rpartition(".")[2].lower())
