"""Résumés that are read: how far that is, what they say, and what is suggested."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from onward.apis.copilot.schemas.accounts import Names
from onward.apis.files import upload_form
from onward.domain.accounts.choices import ExperienceLevel
from onward.domain.resumes.choices import UploadStatus
from onward.platform.wire import Body, Choice, Wire

FORM = upload_form("PDF or Word document (.pdf, .doc, .docx), at most 10 MB")

FileType = Literal["pdf", "doc", "docx"]
Day = Annotated[str | None, Field(description="As 2019-03 or 2019.")]
Evidence = Annotated[list[str], Field(description="The lines of the résumé that it rests on.")]
ToConfirm = Annotated[bool, Field(description="Whether this is what the reader takes it to be, and not plain.")]


class UploadOut(Wire):
    """A résumé that has come in and will be read."""

    upload_id: int
    filename: str
    file_size: int
    file_type: FileType
    parsing_status: UploadStatus
    created_at: datetime


class ContactInfo(Wire):
    """How somebody can be reached."""

    name: str | None
    email: str | None
    phone: str | None
    location: str | None
    linkedin: str | None
    github: str | None
    website: str | None
    links: list[str]


class WorkExperience(Wire):
    """A position."""

    id: int
    title: str | None
    company: str | None
    location: str | None
    start_date: Day
    end_date: Day
    is_current: bool
    description: list[str]
    evidence: Evidence
    to_confirm: ToConfirm


class Education(Wire):
    """A study."""

    id: int
    degree: str
    institution: str | None
    start_date: Day
    end_date: Day
    evidence: Evidence
    to_confirm: ToConfirm


class ParsedData(Wire):
    """What a résumé says, without what its owner has refused."""

    skills: list[str]
    experience_level: Annotated[ExperienceLevel | None, Field(description="Null where its dates cannot be told.")]
    contact_info: ContactInfo
    education: list[Education]
    work_experience: list[WorkExperience]
    languages: list[str]
    certifications: list[str]
    summary: str


class SuggestionsOut(Wire):
    """What the profile does not have yet."""

    skills_to_add: list[str]
    experience_level: ExperienceLevel | None


class StatusOut(Wire):
    """How far a résumé has been read, and what came of it; what is not known before the end is null or empty."""

    upload_id: int
    filename: str
    file_size: int
    file_type: FileType
    parsing_status: UploadStatus
    progress: Annotated[int, Field(description="Percent.")]
    parsed_data: ParsedData | None
    extracted_skills: list[str]
    suggestions: SuggestionsOut | None
    parsing_error: str | None
    warnings: Annotated[list[str], Field(description="What of the file could not be read.")]
    created_at: datetime
    updated_at: datetime


class ApplyIn(Body):
    """Which suggestions are accepted, and which are passed over for good."""

    skills: Annotated[Names, Field(description="Skills of the résumé that go into the profile.")] = []
    experience_level: Annotated[str, Choice(ExperienceLevel)] | None = None
    skip: Annotated[
        Names,
        Field(description="`skills` or `experience_level`: no more of it is suggested; or a skill, which is refused."),
    ] = []


class Applied(Wire):
    """What was taken into the profile."""

    skills: list[str]
    experience_level: ExperienceLevel | None


class ApplyOut(Wire):
    """What was made of suggestions. :ivar suggestions: those that are left"""

    upload_id: int
    applied: Applied
    skipped: list[str]
    suggestions: SuggestionsOut
    skills: Annotated[list[str], Field(description="All of the profile.")]
    experience_level: Annotated[ExperienceLevel | None, Field(description="Of the profile.")]
