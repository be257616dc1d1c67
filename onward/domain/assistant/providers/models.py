from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices


class Outcome(TextChoices):
    """What became of a call."""

    BEGUN = "begun", "Begun"
    ANSWERED = "answered", "Answered"
    UNUSABLE = "unusable", "Answered, but of no use"
    LIMITED = "limited", "Refused: too often"
    REJECTED = "rejected", "Refused"
    ERRED = "erred", "Failed there"
    TIMED_OUT = "timed_out", "Took too long"
    UNREACHABLE = "unreachable", "Not reachable"
    GARBLED = "garbled", "Not understood"


class Call(models.Model):
    """One question to a provider: what it cost whom, and what it counts for in the minute after it.

    Written before the question is asked, so that those who ask at the same moment see it.
    """

    # A bill outlives the account; whose it was is then forgotten.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    provider = models.CharField(max_length=64)
    model = models.CharField(max_length=100)
    category = models.CharField(max_length=20)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.BEGUN)
    # Tokens that count against the provider's limit: an upper estimate first, then what it was.
    counted = models.PositiveIntegerField()
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    # The provider did not say how many, so they are guessed by length.
    is_estimate = models.BooleanField(default=False)
    # In the currency of the operator's prices.
    cost = models.DecimalField(max_digits=20, decimal_places=10, default=0)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "assistant_call"
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="assistant_call_outcome_is_known"),
        ]
        indexes = [
            # The last minute of one provider.
            models.Index(fields=["provider", "at"], name="assistant_call_window"),
            models.Index(fields=["owner", "at"], name="assistant_call_ledger"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} #{self.pk}"


class Standing(models.Model):
    """How a provider has been doing of late, as all processes see it.

    While `open_until` has not come, nobody asks it; then one does, to see.
    """

    name = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0, db_default=0)
    open_until = models.DateTimeField(null=True, blank=True)
    # The provider asked to be left alone until then.
    rests_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "assistant_standing"

    def __str__(self) -> str:
        return self.name


class CachedAnswer(models.Model):
    """An answer that is given again for the same question of the same person."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=64)
    text = models.TextField()
    model = models.CharField(max_length=100)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "assistant_cached_answer"
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="assistant_answer_is_cached_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
