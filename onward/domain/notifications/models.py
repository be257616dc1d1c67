from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from onward.domain.notifications.choices import NOTICE_TYPES, NoticePriority, NotificationStatus, NotificationType
from onward.platform.record import Record


class Preferences(Record):
    """Which mails somebody wants, and when. Without a row, the defaults count."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences")
    interview_reminders = models.BooleanField(default=True)
    interview_reminder_hours = models.PositiveSmallIntegerField(default=24)
    application_updates = models.BooleanField(default=True)
    weekly_summary = models.BooleanField(default=True)
    # Whether there are mails, pushes and lines of the feed at all.
    email_enabled = models.BooleanField(default=True)
    push_enabled = models.BooleanField(default=True)
    in_app_enabled = models.BooleanField(default=True)
    # Of the types of notices that have no column, those that were chosen or refused.
    categories = models.JSONField(default=dict, blank=True)
    # Besides the summary of the week, which has its own.
    daily_briefings = models.BooleanField(default=False)
    # On the owner's clock; a start after the end spans midnight.
    quiet_hours_start = models.TimeField(null=True, blank=True)
    quiet_hours_end = models.TimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "preferences"
        constraints = [
            models.CheckConstraint(
                condition=Q(interview_reminder_hours__gte=1, interview_reminder_hours__lte=168),
                name="reminder_hours_are_a_week_at_most",
            ),
            models.CheckConstraint(
                # One end alone is kept, and counts once the other is there.
                condition=Q(quiet_hours_start__isnull=True)
                | Q(quiet_hours_end__isnull=True)
                | ~Q(quiet_hours_start=F("quiet_hours_end")),
                name="quiet_hours_have_a_length",
            ),
        ]

    def __str__(self) -> str:
        return f"preferences of {self.owner_id}"


class Notification(models.Model):
    """A mail to somebody, from the moment at which it is clear that there will be one.

    The row is the truth: jobs only look whether its time has come.
    """

    id = models.BigAutoField(primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False)
    notification_type = models.CharField(max_length=20, choices=NotificationType)
    subject = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=NotificationStatus, default=NotificationStatus.PENDING)
    # What it is about goes, and the notification goes with it.
    application = models.ForeignKey(
        "applications.Application", models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    interview = models.ForeignKey(
        "interviews.Interview", models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    reminder = models.ForeignKey(
        "reminders.Reminder", models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    # Of a reminder that somebody made: for which time.
    remind_at = models.DateTimeField(null=True, blank=True)
    # Of the reminder of an interview: how many hours ahead it was asked for, and of which time it reminds.
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    interview_at = models.DateTimeField(null=True, blank=True)
    # Of a summary: the Monday on which it is sent.
    week = models.DateField(null=True, blank=True)
    # Of a mail about follow-ups that are due: the day of which it tells.
    day = models.DateField(null=True, blank=True)
    # What else the text needs: of a move the status before it, of a custom one the text itself.
    details = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField()
    # Until then somebody is sending it; one who died in between is believed no longer.
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Since when it waits for its owner to verify their address.
    held_since = models.DateTimeField(null=True, blank=True)
    # Why it was not sent. For staff only.
    error = models.TextField(default="", blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(notification_type__in=NotificationType.values), name="notification_type_is_known"
            ),
            models.CheckConstraint(condition=Q(status__in=NotificationStatus.values), name="notification_status_known"),
            models.UniqueConstraint(
                fields=["interview", "hours", "interview_at"],
                condition=Q(interview__isnull=False),
                name="interview_is_reminded_of_once",
            ),
            models.UniqueConstraint(
                fields=["reminder", "remind_at"],
                condition=Q(reminder__isnull=False),
                name="reminder_is_due_once",
            ),
            models.UniqueConstraint(
                fields=["owner", "week"], condition=Q(week__isnull=False), name="week_is_summed_up_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "day"], condition=Q(day__isnull=False), name="follow_ups_are_told_once_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="notification_history"),
            models.Index(fields=["due_at"], condition=Q(status="pending"), name="notification_pending"),
            models.Index(fields=["held_since"], condition=Q(held_since__isnull=False), name="notification_held"),
        ]

    def __str__(self) -> str:
        return self.subject


class Notice(Record):
    """A line of somebody's feed: shown where they are signed in, whether or not a mail says the same."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False)
    type = models.CharField(max_length=30, choices=NOTICE_TYPES)
    priority = models.CharField(max_length=10, choices=NoticePriority, default=NoticePriority.MEDIUM)
    title = models.CharField(max_length=200)
    message = models.TextField(default="", blank=True)
    # The lead that it is about, where it is about one.
    lead = models.ForeignKey("outreach.Lead", models.SET_NULL, null=True, blank=True, related_name="notices")
    data = models.JSONField(default=dict, blank=True)
    # Where to look, from the server's root; empty where there is nothing to see.
    action_url = models.CharField(max_length=500, default="", blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # What is told of once has a key: whoever looks for it again finds it told.
    key = models.CharField(max_length=100, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], condition=~Q(key=""), name="notice_is_told_once"),
            models.CheckConstraint(
                condition=Q(type__in=[word for word, _ in NOTICE_TYPES]), name="notice_type_is_known"
            ),
            models.CheckConstraint(condition=Q(priority__in=NoticePriority.values), name="notice_priority_is_known"),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="notice_feed"),
            models.Index(fields=["owner"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.title


class Announcement(models.Model):
    """Something that the server's admins tell everybody."""

    title = models.CharField(max_length=200)
    message = models.TextField()
    priority = models.CharField(max_length=10, choices=NoticePriority, default=NoticePriority.MEDIUM)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.title
