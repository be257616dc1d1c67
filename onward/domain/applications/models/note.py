from django.db import models
from django.db.models import Q

from onward.domain.applications.choices import NoteType
from onward.platform.record import Record


class Note(Record):
    """Something worth remembering about an application."""

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="notes", db_index=False)
    content = models.TextField()
    note_type = models.CharField(max_length=20, choices=NoteType, default=NoteType.GENERAL)
    # The one that is the application's own text where an API knows of no list of notes.
    is_main = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(note_type__in=NoteType.values), name="note_type_is_known"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(is_main=True), name="note_is_the_only_main_one_of_its_application"
            ),
        ]
        indexes = [
            models.Index(fields=["application", "-created_at"], name="note_list"),
        ]

    def __str__(self) -> str:
        return self.content[:60]
