"""The words of a contact."""

from django.db.models import TextChoices


class ContactType(TextChoices):
    """What somebody is to the person who keeps the contact."""

    RECRUITER = "recruiter", "Recruiter"
    HIRING_MANAGER = "hiring_manager", "Hiring Manager"
    REFERRAL = "referral", "Referral"
    HR = "hr", "HR"
    PEER = "peer", "Peer"
    OTHER = "other", "Other"
