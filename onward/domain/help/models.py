from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.help.choices import FeedbackType
from onward.platform.record import Record


class Article(Record):
    """A page that explains something about Onward. The first ones come with the migrations; staff write others."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    excerpt = models.CharField(max_length=500)
    category = models.CharField(max_length=50)
    tags = models.JSONField(default=list, blank=True)
    # Markdown.
    content = models.TextField()
    is_published = models.BooleanField(default=True)
    view_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        indexes = [models.Index(fields=["category", "title"], name="article_list")]

    def __str__(self) -> str:
        return self.title


class HelpfulVote(models.Model):
    """Somebody was helped by an article: once each."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="votes", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="helpful_votes")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "owner"], name="helpful_vote_is_one")]

    def __str__(self) -> str:
        return f"{self.owner_id} was helped by {self.article_id}"


class Feedback(Record):
    """What somebody tells the operators about Onward, and what they answer."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feedback", db_index=False)
    type = models.CharField(max_length=30, choices=FeedbackType)
    title = models.CharField(max_length=255)
    description = models.TextField()
    screenshot_url = models.CharField(max_length=2000, default="", blank=True)
    # Where they were, as their program calls it.
    page_url = models.CharField(max_length=2000, default="", blank=True)
    metadata = models.JSONField(default=dict, blank=True)
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(condition=Q(type__in=FeedbackType.values), name="feedback_type_is_known"),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="feedback_mine"),
            # The inbox: what nobody has answered yet.
            models.Index(fields=["created_at"], condition=Q(answered_at__isnull=True), name="feedback_open"),
        ]

    def __str__(self) -> str:
        return self.title
