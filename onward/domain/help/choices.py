"""The words of help."""

from django.db.models import TextChoices


class FeedbackType(TextChoices):
    """What somebody's feedback is about."""

    JOB_RECOMMENDATION = "job_recommendation", "Job recommendation"
    SKILL_GAP_SUGGESTION = "skill_gap_suggestion", "Skill gap suggestion"
    CONTENT_GENERATION = "content_generation", "Content generation"
    INTERVIEW_PRACTICE = "interview_practice", "Interview practice"
    GENERAL = "general", "General"
    BUG_REPORT = "bug_report", "Bug report"
    FEATURE_REQUEST = "feature_request", "Feature request"
