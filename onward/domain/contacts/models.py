from django.conf import settings
from django.db import models
from django.db.models import Q

from onward.domain.contacts.choices import ContactType
from onward.platform.record import Record


class Contact(Record):
    """Somebody whom a person knows at a company, with or without an application there."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="contacts", db_index=False)
    application = models.ForeignKey(
        "applications.Application", models.CASCADE, null=True, blank=True, related_name="contacts"
    )
    name = models.CharField(max_length=255)
    email = models.EmailField(max_length=255, default="", blank=True)
    phone = models.CharField(max_length=50, default="", blank=True)
    # What they do there.
    job_title = models.CharField(max_length=255, default="", blank=True)
    # In the person's own words: a contact may work where the record knows no company.
    company_name = models.CharField(max_length=255, default="", blank=True)
    contact_type = models.CharField(max_length=20, choices=ContactType, default=ContactType.OTHER)
    linkedin_url = models.URLField(max_length=500, default="", blank=True)
    notes = models.TextField(default="", blank=True)
    last_contacted = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(contact_type__in=ContactType.values), name="contact_type_is_known"),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="contact_list"),
        ]

    def __str__(self) -> str:
        return self.name
