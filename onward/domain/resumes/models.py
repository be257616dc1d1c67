from django.conf import settings
from django.db import models
from django.db.models import Q

from onward.domain.resumes.choices import FactKind, Origin, UploadStatus
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


class Upload(models.Model):
    """A version whose file came to be read for its owner: how far that is, and what they passed over of it."""

    resume = models.OneToOneField(Resume, models.CASCADE, primary_key=True, related_name="upload")
    status = models.CharField(max_length=10, choices=UploadStatus, default=UploadStatus.PENDING)
    # Percent.
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(default="", blank=True)
    # Sections of which nothing is suggested any more.
    skipped = models.JSONField(default=list, blank=True)
    # When it became the default: once, whatever file takes the place of the first.
    promoted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = "upload of a résumé"
        verbose_name_plural = "uploads of résumés"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=UploadStatus.values), name="upload_status_is_known"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="upload_progress_is_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.progress} %"


class Fact(Record):
    """Something that a person holds true of themselves, as a line of a résumé has it or as they have put it.

    What the reader or a provider has drafted is the person's only when it is confirmed; what they refuse stays, so
    that it is not drafted again.
    """

    resume = models.ForeignKey(Resume, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=FactKind)
    text = models.CharField(max_length=400)
    # The lines of the résumé that it rests on; of a position, its header and what was done there.
    lines = models.JSONField(default=list, blank=True)
    # Of a position: title, employer, begins, ends. Of a study: degree. Only what is plain, or was confirmed.
    details = models.JSONField(default=dict, blank=True)
    # What the reader takes these and others to be where they are not plain: for the person to confirm.
    guess = models.JSONField(default=dict, blank=True)
    origin = models.CharField(max_length=8, choices=Origin)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FactKind.values), name="fact_kind_is_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="fact_origin_is_known"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True), name="fact_is_confirmed_or_refused"
            ),
            models.UniqueConstraint(fields=["resume", "kind", "text"], name="fact_is_said_once"),
        ]

    def __str__(self) -> str:
        return self.text
