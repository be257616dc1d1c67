from django.conf import settings
from django.db import models
from django.db.models import Q

from onward.platform.record import Record


class Resume(Record):
    """One version of somebody's résumé, with its file."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="resumes")
    version_name = models.CharField(max_length=255)
    notes = models.TextField(default="", blank=True)
    # Where the file is when it is kept elsewhere. There can be one of ours too: each API says which of them it shows.
    external_url = models.URLField(max_length=500, default="", blank=True)
    # The key of the file in the private storage; what a person sees is `file_name`.
    file_key = models.CharField(max_length=255, default="", blank=True)
    file_name = models.CharField(max_length=255, default="", blank=True)
    file_size = models.PositiveIntegerField(default=0)
    content_type = models.CharField(max_length=100, default="", blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        verbose_name = "résumé"
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(is_default=True), name="resume_default_is_one_for_its_owner"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-is_default", "-created_at"], name="resume_list"),
        ]

    def __str__(self) -> str:
        return self.version_name


class ResumeText(models.Model):
    """What the file of a version says, or why nobody can tell: read once, until another file takes its place."""

    resume = models.OneToOneField(Resume, models.CASCADE, primary_key=True, related_name="text")
    # The file that was read.
    file_key = models.CharField(max_length=255)
    text = models.TextField(default="", blank=True)
    problem = models.TextField(default="", blank=True)
    # Sentences: what the person should know of the text.
    warnings = models.JSONField(default=list, blank=True)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = "text of a résumé"
        verbose_name_plural = "texts of résumés"

    def __str__(self) -> str:
        return self.file_key
