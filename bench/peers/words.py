"""The words of the offers document for the record's, for the peers that map them in Python."""

STATUS = {
    "wishlist": "Saved",
    "applied": "Applied",
    "screening": "Interviewing",
    "interviewing": "Interviewing",
    "offer": "Offer",
    "accepted": "Accepted",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
    "ghosted": "Applied",
}
SOURCE = {
    "linkedin": "LinkedIn",
    "indeed": "Indeed",
    "glassdoor": "Glassdoor",
    "company_site": "Company Website",
    "referral": "Referral",
    "job_board": "Job Board",
    "recruiter": "Recruiter",
    "networking": "Networking",
    "job_fair": "Career Fair",
    "other": "Other",
}
STAGE_TYPE = {
    "recruiter": "Recruiter Call",
    "phone": "Phone Screen",
    "technical": "Technical",
    "coding": "Coding Challenge",
    "take_home": "Take-Home",
    "system_design": "System Design",
    "behavioral": "Behavioral",
    "panel": "Panel",
    "onsite": "Onsite",
    "hr": "Final Round",
    "other": "Other",
}
JOB_TYPE = {
    "full_time": "Full-time",
    "part_time": "Part-time",
    "contract": "Contract",
    "internship": "Internship",
    "freelance": "Freelance",
}
WORK_MODE = {"remote": "Remote", "hybrid": "Hybrid", "onsite": "On-site"}
PRIORITY = {"high": "High", "medium": "Medium", "low": "Low"}
RESULT = {"pending": "Pending", "passed": "Passed", "failed": "Failed"}
OUTCOME = {"offer": "Offer", "rejected": "Rejected", "withdrawn": "Withdrawn"}
# The words of the copilot's document.
COPILOT_STATUS = {
    "wishlist": "interested",
    "applied": "applied",
    "screening": "interview",
    "interviewing": "interview",
    "offer": "offer",
    "accepted": "accepted",
    "rejected": "rejected",
    "withdrawn": "declined",
    "ghosted": "applied",
}
COPILOT_JOB_STATUS = {
    "wishlist": "not_applied",
    "applied": "applied",
    "screening": "interviewing",
    "interviewing": "interviewing",
    "offer": "offer",
    "accepted": "offer",
    "rejected": "rejected",
    "withdrawn": "rejected",
    "ghosted": "applied",
}
COPILOT_SOURCE = {"linkedin": "linkedin", "indeed": "indeed", "glassdoor": "glassdoor"}
COPILOT_COLUMNS = {
    "interested": ("Interested", "#6366f1"),
    "applied": ("Applied", "#3b82f6"),
    "interview": ("Interview", "#f59e0b"),
    "offer": ("Offer", "#10b981"),
    "accepted": ("Accepted", "#059669"),
    "rejected": ("Rejected", "#ef4444"),
    "declined": ("Declined", "#6b7280"),
}
