"""Models over the tables that are there already."""

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils import timezone


class User(AbstractBaseUser):
    uid = models.UUIDField()
    email = models.EmailField(unique=True)
    username = models.CharField(max_length=150)
    display_name = models.CharField(max_length=100, null=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"

    class Meta:
        managed = False
        db_table = "accounts_user"


class Company(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    name = models.CharField(max_length=255)
    industry = models.CharField(max_length=255, blank=True)
    location = models.CharField(max_length=255, blank=True)

    class Meta:
        managed = False
        db_table = "companies_company"

    @property
    def application_count(self):
        return self.applications.count()


class Resume(models.Model):
    uid = models.UUIDField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)

    class Meta:
        managed = False
        db_table = "resumes_resume"


class Application(models.Model):
    class Status(models.TextChoices):
        WISHLIST = "wishlist"
        APPLIED = "applied"
        SCREENING = "screening"
        INTERVIEWING = "interviewing"
        OFFER = "offer"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"
        GHOSTED = "ghosted"

    class Priority(models.TextChoices):
        HIGH = "high"
        MEDIUM = "medium"
        LOW = "low"

    class WorkType(models.TextChoices):
        REMOTE = "remote"
        HYBRID = "hybrid"
        ONSITE = "onsite"

    class Source(models.TextChoices):
        LINKEDIN = "linkedin"
        INDEED = "indeed"
        GLASSDOOR = "glassdoor"
        COMPANY_SITE = "company_site"
        REFERRAL = "referral"
        RECRUITER = "recruiter"
        JOB_FAIR = "job_fair"
        OTHER = "other"

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    company = models.ForeignKey(Company, models.CASCADE, related_name="applications")
    job_title = models.CharField(max_length=255)
    job_url = models.URLField(max_length=2000, default="", blank=True)
    job_description = models.TextField(default="", blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.APPLIED)
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.MEDIUM)
    work_type = models.CharField(max_length=10, choices=WorkType, default="", blank=True)
    job_type = models.CharField(max_length=20, default="", blank=True)
    location = models.CharField(max_length=255, default="", blank=True)
    salary_min = models.PositiveIntegerField(null=True, blank=True)
    salary_max = models.PositiveIntegerField(null=True, blank=True)
    salary_currency = models.CharField(max_length=3, default="USD")
    source = models.CharField(max_length=20, choices=Source, default=Source.LINKEDIN)
    referrer_name = models.CharField(max_length=255, default="", blank=True)
    cover_letter = models.TextField(default="", blank=True)
    resume_version = models.ForeignKey(Resume, models.SET_NULL, null=True, blank=True, db_column="resume_id")
    applied_date = models.DateField(null=True, blank=True)
    response_date = models.DateField(null=True, blank=True)
    next_action = models.CharField(max_length=255, default="", blank=True)
    next_action_date = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        managed = False
        db_table = "applications_application"
        ordering = ["-updated_at"]

    @property
    def days_since_applied(self):
        if self.applied_date is None:
            return None
        return (timezone.now().date() - self.applied_date).days

    @property
    def has_response(self):
        return self.response_date is not None


class Note(models.Model):
    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    content = models.TextField()
    note_type = models.CharField(max_length=20)
    is_main = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        managed = False
        db_table = "applications_note"
        ordering = ["-created_at"]


class Interview(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    application = models.ForeignKey(Application, models.CASCADE, related_name="interviews")
    uid = models.UUIDField()
    name = models.CharField(max_length=100)
    day = models.DateField(null=True)
    interviewer_names = models.TextField()
    preparation_notes = models.TextField()
    post_interview_notes = models.TextField()
    questions = models.JSONField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    round_number = models.PositiveIntegerField(default=1)
    interview_type = models.CharField(max_length=20)
    scheduled_at = models.DateTimeField()
    duration_minutes = models.PositiveIntegerField(default=60)
    status = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)

    class Meta:
        managed = False
        db_table = "interviews_interview"
        ordering = ["scheduled_at"]


class Outcome(models.Model):
    uid = models.UUIDField()
    application = models.OneToOneField(Application, models.CASCADE, related_name="outcome")
    status = models.CharField(max_length=20)
    salary = models.PositiveIntegerField(null=True)
    salary_currency = models.CharField(max_length=3)
    bonus = models.TextField()
    equity = models.TextField()
    benefits = models.TextField()
    start_date = models.DateField(null=True)
    deadline = models.DateField(null=True)
    negotiation_notes = models.TextField()
    notes = models.TextField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "applications_outcome"


class Reflection(models.Model):
    uid = models.UUIDField()
    application = models.OneToOneField(Application, models.CASCADE, related_name="reflection")
    what_worked = models.TextField()
    what_failed = models.TextField()
    skill_gaps = models.JSONField(null=True)
    improvement_plan = models.TextField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "applications_reflection"


class Employer(models.Model):
    name = models.CharField(max_length=255)

    class Meta:
        managed = False
        db_table = "companies_employer"


class Posting(models.Model):
    employer = models.ForeignKey(Employer, models.PROTECT, null=True)
    company_name = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    description = models.TextField()
    description_html = models.TextField()
    internship_type = models.CharField(max_length=20)
    location = models.TextField()
    work_mode = models.CharField(max_length=10)
    skills = models.JSONField()
    stipend = models.CharField(max_length=255)
    url = models.URLField(max_length=2000)
    apply_url = models.URLField(max_length=2000)
    posted_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    seats = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10)
    state_reason = models.CharField(max_length=200)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField()
    score_parts = models.JSONField()

    class Meta:
        managed = False
        db_table = "board_posting"


class Source(models.Model):
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)

    class Meta:
        managed = False
        db_table = "ingestion_source"


class Sighting(models.Model):
    posting = models.ForeignKey(Posting, models.CASCADE, related_name="sightings")
    source = models.ForeignKey(Source, models.PROTECT)
    external_id = models.CharField(max_length=255)
    url = models.CharField(max_length=2000)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    is_telling = models.BooleanField()
    missed = models.PositiveSmallIntegerField()

    class Meta:
        managed = False
        db_table = "ingestion_sighting"
        ordering = ["id"]


class Lead(models.Model):
    posting = models.OneToOneField(Posting, models.PROTECT)
    status = models.CharField(max_length=20)
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    metadata = models.JSONField()
    contact = models.JSONField()
    touched_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "outreach_lead"


class FollowUp(models.Model):
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="followups")
    due_date = models.DateField()
    notes = models.TextField()
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    completed_at = models.DateTimeField(null=True)
    completed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "outreach_followup"
        ordering = ["due_date", "id"]


class Chat(models.Model):
    uid = models.UUIDField(default=uuid.uuid4)
    title = models.CharField(max_length=255, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    active_at = models.DateTimeField()
    last_update_id = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        managed = False
        db_table = "messaging_chat"


class Participant(models.Model):
    chat = models.ForeignKey(Chat, models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    read_id = models.BigIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "messaging_participant"


class Message(models.Model):
    chat = models.ForeignKey(Chat, models.CASCADE, related_name="messages")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    content = models.TextField()
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True)
    place = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "messaging_message"


class MessageReaction(models.Model):
    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    emoji = models.CharField(max_length=64)

    class Meta:
        managed = False
        db_table = "messaging_reaction"


class Entry(models.Model):
    kind = models.CharField(max_length=10)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    title = models.CharField(max_length=255, blank=True)
    content = models.TextField()
    content_html = models.TextField()
    forum_id = models.BigIntegerField()
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replies")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    edited_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "writing_entry"


class Like(models.Model):
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="likes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)

    class Meta:
        managed = False
        db_table = "writing_like"
