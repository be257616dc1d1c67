from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.webhooks.choices import DeliveryStatus, WebhookEvent
from onward.domain.webhooks.signing import new_secret
from onward.platform.record import Record


class Endpoint(Record):
    """An address of somebody's program that is told what happens in their record."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhooks", db_index=False)
    name = models.CharField(max_length=255)
    url = models.URLField(max_length=2000)
    secret = models.CharField(max_length=100, default=new_secret, editable=False)
    # What was the secret before, each with the time until which it is good: [{"secret": …, "until": …}].
    former_secrets = models.JSONField(default=list, editable=False)
    events = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    # Deliveries in a row that have finally failed.
    failure_count = models.PositiveIntegerField(default=0)
    last_failure_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    # Who sends to it now, and until when that is believed: one delivery at a time, whoever works.
    holder = models.CharField(max_length=32, default="", blank=True, editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="webhook_list"),
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(Record):
    """One thing that happened, on its way to one endpoint."""

    # The endpoint's owner, kept here too: their deliveries are listed across endpoints.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries", db_index=False)
    event = models.CharField(max_length=40, choices=WebhookEvent)
    # JSON, as it is sent: kept as text, because what is signed are its bytes.
    body = models.TextField()
    status = models.CharField(max_length=10, choices=DeliveryStatus, default=DeliveryStatus.PENDING)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField()
    # When it is to be sent; nothing when there is no more to do.
    due_at = models.DateTimeField(default=timezone.now, null=True, blank=True)
    response_status_code = models.PositiveIntegerField(null=True, blank=True)
    error_message = models.CharField(max_length=300, default="", blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(condition=Q(event__in=WebhookEvent.values), name="delivery_event_is_known"),
            models.CheckConstraint(condition=Q(status__in=DeliveryStatus.values), name="delivery_status_is_known"),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="delivery_list"),
            # How many of the last day, for each endpoint of a list.
            models.Index(fields=["endpoint", "created_at", "status"], name="delivery_day"),
            models.Index(fields=["endpoint", "due_at"], condition=Q(due_at__isnull=False), name="delivery_due"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="delivery_overdue"),
        ]

    def __str__(self) -> str:
        return f"{self.event} #{self.pk}"
