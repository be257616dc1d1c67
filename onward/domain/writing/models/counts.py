from django.db import models

from onward.domain.writing.choices import EntryKind


class EntryCount(models.Model):
    """How many entries of a kind everybody may see in one place; kept by the database's own triggers (`counting`)."""

    kind = models.CharField(max_length=10, choices=EntryKind)
    # Of threads their forum, of posts their thread, of comments their video; 0 of what stands under nothing.
    place_id = models.BigIntegerField()
    count = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "place_id"], name="entry_count_is_one")]

    def __str__(self) -> str:
        return f"{self.count} × {self.kind} in {self.place_id}"
