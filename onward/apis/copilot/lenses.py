"""The copilot document's words for the record's (`docs/apis/copilot.md` has the table)."""

from onward.domain.applications.choices import JobType, Status, WorkType
from onward.domain.assistant.choices import Kind, Template, Tone
from onward.platform.lens import FreeText, Lens, Unset

STATUS = Lens(
    shown={
        Status.WISHLIST: "interested",
        Status.APPLIED: "applied",
        Status.SCREENING: "interview",
        Status.INTERVIEWING: "interview",
        Status.OFFER: "offer",
        Status.ACCEPTED: "accepted",
        Status.REJECTED: "rejected",
        Status.WITHDRAWN: "declined",
        # Sent, and nobody has answered.
        Status.GHOSTED: "applied",
    },
    written={
        "interested": Status.WISHLIST,
        "applied": Status.APPLIED,
        "interview": Status.INTERVIEWING,
        "offer": Status.OFFER,
        "accepted": Status.ACCEPTED,
        "rejected": Status.REJECTED,
        "declined": Status.WITHDRAWN,
    },
)
# A job's status is its application's, where there is one.
JOB_STATUS = Lens(
    shown={
        "": "not_applied",
        Status.WISHLIST: "not_applied",
        Status.APPLIED: "applied",
        Status.GHOSTED: "applied",
        Status.SCREENING: "interviewing",
        Status.INTERVIEWING: "interviewing",
        Status.OFFER: "offer",
        Status.ACCEPTED: "offer",
        Status.REJECTED: "rejected",
        Status.WITHDRAWN: "rejected",
    },
    written={
        "not_applied": Status.WISHLIST,
        "applied": Status.APPLIED,
        "interviewing": Status.INTERVIEWING,
        "offer": Status.OFFER,
        "rejected": Status.REJECTED,
    },
)
# Where a job was found; in the record people say it in their own words.
SOURCE = FreeText(
    {
        # Nobody has said.
        "manual": "",
        "scraped": "scraped",
        "api": "api",
        "linkedin": "LinkedIn",
        "indeed": "Indeed",
        "glassdoor": "Glassdoor",
        "adzuna": "Adzuna",
        "usajobs": "USAJOBS",
        "github_jobs": "GitHub Jobs",
        "remoteok": "Remote OK",
    },
    spelled={"linked in": "linkedin", "linkedin.com": "linkedin", "indeed.com": "indeed", "remoteok.com": "remoteok"},
    otherwise="manual",
)
JOB_TYPE = Lens.one_to_one(
    {
        "": None,
        JobType.FULL_TIME: "full-time",
        JobType.PART_TIME: "part-time",
        JobType.CONTRACT: "contract",
        JobType.INTERNSHIP: "internship",
        JobType.FREELANCE: "freelance",
    }
)
REMOTE_OPTION = Lens.one_to_one(
    {"": None, WorkType.REMOTE: "remote", WorkType.HYBRID: "hybrid", WorkType.ONSITE: "onsite"}
)
# What this document has words for; the record has more.
CONTENT_KINDS = (Kind.COVER_LETTER, Kind.RESUME_TAILORING, Kind.EMAIL_TEMPLATE)
CONTENT_TYPE = Lens.one_to_one({kind: str(kind) for kind in CONTENT_KINDS})
TONE = Lens(
    shown={
        # Not noted down.
        "": None,
        Tone.PROFESSIONAL: "professional",
        Tone.FORMAL: "professional",
        Tone.CONVERSATIONAL: "casual",
        Tone.ENTHUSIASTIC: "enthusiastic",
        Tone.CONFIDENT: "confident",
        Tone.CREATIVE: "creative",
    },
    written={
        None: "",
        "professional": Tone.PROFESSIONAL,
        "casual": Tone.CONVERSATIONAL,
        "enthusiastic": Tone.ENTHUSIASTIC,
        "confident": Tone.CONFIDENT,
        "creative": Tone.CREATIVE,
    },
)
TEMPLATE = Lens.one_to_one({"": None, **{template: str(template) for template in Template}})
# Text that was left out is null here and empty in the record.
TEXT = Unset(stored="", shown=None)
