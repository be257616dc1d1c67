from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.writing.models import Entry

LONGEST_ADDRESS = 2000


class Video(models.Model):
    """What a video has beside its words: an address elsewhere, or a file here."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="video")
    address = models.CharField(max_length=LONGEST_ADDRESS, default="", blank=True)
    # Of a file in the private storage, which never changes.
    file_key = models.CharField(max_length=100, default="", blank=True, editable=False)
    content_type = models.CharField(max_length=50, default="", blank=True, editable=False)
    size = models.BigIntegerField(null=True, blank=True, editable=False)
    # Whose quota the file counts for.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="videos", editable=False
    )
    # In seconds; None where it could not be found.
    duration = models.FloatField(null=True, blank=True, editable=False)
    poster_key = models.CharField(max_length=100, default="", blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(~Q(address="") & Q(file_key="", size__isnull=True))
                | (Q(address="", size__gt=0) & ~Q(file_key="")),
                name="video_has_an_address_or_a_file",
            ),
            models.UniqueConstraint(fields=["file_key"], condition=~Q(file_key=""), name="video_file_is_its_own"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.address or self.file_key}"


class Caption(models.Model):
    """What is said in a video, in one language, as WebVTT."""

    video = models.ForeignKey(Video, models.CASCADE, related_name="captions", db_index=False)
    # A language tag of BCP 47, such as `de` or `pt-BR`.
    language = models.CharField(max_length=35)
    content = models.TextField()
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["video", "language"], name="caption_is_one_of_its_language")]

    def __str__(self) -> str:
        return f"{self.video_id} in {self.language}"


class Upload(models.Model):
    """A file that comes in pieces, until a video is made of it. What has come is as long as its file."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="video_uploads")
    file_key = models.CharField(max_length=100, unique=True, editable=False)
    # In bytes, when it will be whole.
    length = models.BigIntegerField()
    # As the client has sent it, to be given back.
    metadata = models.CharField(max_length=2000, default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(length__gt=0), name="video_upload_has_a_length")]
        indexes = [models.Index(fields=["expires_at"], name="video_upload_expired")]

    def __str__(self) -> str:
        return self.file_key
