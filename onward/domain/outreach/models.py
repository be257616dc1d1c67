import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.outreach.choices import LeadAction, LeadStatus, MessageType, Tone
from onward.platform.record import Record


class Lead(Record):
    """A posting whose company the placement team hopes to win. It is the team's, and nobody's own.

    One that was made by hand has a posting as well, made with it.
    """

    posting = models.OneToOneField("board.Posting", models.PROTECT, related_name="lead")
    status = models.CharField(max_length=20, choices=LeadStatus, default=LeadStatus.NEW)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="leads", db_index=False
    )
    metadata = models.JSONField(default=dict, blank=True)
    # Whom to write to, in whatever form the desk keeps it.
    contact = models.JSONField(default=dict, blank=True)
    # When a person last did something about it; found, by a run or by hand, it begins with that.
    touched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=LeadStatus.values), name="lead_status_is_known"),
        ]
        indexes = [
            # The list, the latest found first; the same of one status, and of one member.
            models.Index(fields=["-created_at", "-id"], name="lead_list"),
            models.Index(fields=["status", "-created_at", "-id"], name="lead_status"),
            models.Index(fields=["assigned_to", "status"], name="lead_assigned"),
        ]

    def __str__(self) -> str:
        return f"lead #{self.pk}"


class LeadStatusChange(models.Model):
    """A move of a lead from one status to another. Never changed afterwards: analytics ask the history."""

    id = models.BigAutoField(primary_key=True)
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="status_changes")
    before = models.CharField(max_length=20, choices=LeadStatus)
    after = models.CharField(max_length=20, choices=LeadStatus)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(after__in=LeadStatus.values), name="lead_status_change_is_known"),
        ]
        indexes = [
            # How many ever came to a status, and who brought them there.
            models.Index(fields=["after", "lead", "changed_by"], name="lead_status_reached"),
        ]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class Remark(Record):
    """Something worth knowing about a lead."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class FollowUp(Record):
    """Something to be done about a lead on a day."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="followups")
    due_date = models.DateField()
    notes = models.TextField(default="", blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="followups", db_index=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    # When it was done, and who said so; until then it is open.
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    # When somebody last planned it for that day and that person.
    planned_at = models.DateTimeField(default=timezone.now, editable=False)
    # When its assignee was told that it is due.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["assigned_to", "due_date"], condition=Q(completed_at__isnull=True), name="followup_open"
            ),
            models.Index(fields=["lead", "due_date"], condition=Q(completed_at__isnull=True), name="followup_next"),
        ]

    def __str__(self) -> str:
        return f"follow-up of {self.due_date}"


class Message(Record):
    """A text to a company, as it was saved: each time is a version of its own."""

    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="messages")
    employer = models.ForeignKey("companies.Employer", models.CASCADE, null=True, blank=True, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    message_type = models.CharField(max_length=10, choices=MessageType)
    tone = models.CharField(max_length=20, choices=Tone, default=Tone.PROFESSIONAL)
    subject = models.CharField(max_length=255, default="", blank=True)
    text = models.TextField()
    # Counted within the lead, or within the employer where there is no lead.
    version = models.PositiveIntegerField(default=1)
    # The job that wrote it among others: one about each lead.
    batch = models.BigIntegerField(null=True, blank=True, editable=False)
    # How it was written: model, tokens, sources, warnings.
    metadata = models.JSONField(default=dict, blank=True)
    # When a person sent it, as they say.
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(message_type__in=MessageType.values), name="message_type_is_known"),
            models.CheckConstraint(condition=Q(tone__in=Tone.values), name="message_tone_is_known"),
            models.CheckConstraint(
                condition=Q(lead__isnull=False) | Q(employer__isnull=False), name="message_is_about_something"
            ),
            models.UniqueConstraint(
                fields=["lead", "version"], condition=Q(lead__isnull=False), name="message_is_one_of_its_version"
            ),
            models.UniqueConstraint(
                fields=["employer", "version"],
                condition=Q(lead__isnull=True),
                name="message_is_one_of_its_employers_version",
            ),
            models.UniqueConstraint(
                fields=["lead", "batch"], condition=Q(batch__isnull=False), name="message_is_one_of_its_batch"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.text[:80]


class LeadActivity(models.Model):
    """A line of the team's timeline, written by reaction in the transaction of what it tells of."""

    id = models.BigAutoField(primary_key=True)
    # Of a line about an employer there is no lead; of one about a lead, the employer is that of its posting then.
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="activities", db_index=False)
    employer = models.ForeignKey(
        "companies.Employer", models.CASCADE, null=True, blank=True, related_name="activities", db_index=False
    )
    # Who acted; nobody where a run did.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    action = models.CharField(max_length=30, choices=LeadAction)
    description = models.TextField(default="", blank=True)
    # By field, what it was and what it is: {"status": ["new", "contacted"]}.
    changes = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "lead activities"
        indexes = [
            models.Index(fields=["lead", "-created_at", "-id"], name="lead_timeline"),
            models.Index(fields=["employer", "-created_at", "-id"], name="employer_timeline"),
        ]

    def __str__(self) -> str:
        return self.description or self.action


class RemovedLead(models.Model):
    """A mark that somebody has removed the lead of a posting: no run makes another."""

    id = models.BigAutoField(primary_key=True)
    posting = models.OneToOneField("board.Posting", models.CASCADE, related_name="removed_lead")
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"removed lead of posting {self.posting_id}"


class CalendarLink(models.Model):
    """The link by which somebody's calendar reads their follow-ups. A new one, or none, makes the old one void.

    The row holds nothing that opens anything. What opens the calendar is made from the row and the server's key.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_link")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"calendar of {self.owner_id}"


class Revision(models.Model):
    """Tells one state of the desk's record from another. There is one row, written by every change."""

    id = models.SmallAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.uid)
