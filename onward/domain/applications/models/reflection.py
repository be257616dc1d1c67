from django.db import models

from onward.platform.record import Record


class Reflection(Record):
    """What somebody learned from an application. An application has one at most."""

    application = models.OneToOneField("applications.Application", models.CASCADE, related_name="reflection")
    what_worked = models.TextField(default="", blank=True)
    what_failed = models.TextField(default="", blank=True)
    # By skill, in the person's own words: {"TypeScript": "intermediate"}.
    skill_gaps = models.JSONField(null=True, blank=True)
    improvement_plan = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return f"reflection on {self.application_id}"
