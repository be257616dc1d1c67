from django.conf import settings
from django.db import models
from django.db.models import Q

from onward.domain.companies.choices import Size
from onward.platform.record import Record


class Company(Record):
    """A company as one person knows it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="companies")
    name = models.CharField(max_length=255)
    # The name without regard to case and spacing (see `name_key`): what makes it unique.
    name_key = models.CharField(max_length=1000, editable=False)
    website = models.URLField(max_length=500, default="", blank=True)
    industry = models.CharField(max_length=255, default="", blank=True)
    location = models.CharField(max_length=255, default="", blank=True)
    size = models.CharField(max_length=20, choices=Size, default="", blank=True)
    glassdoor_rating = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    notes = models.TextField(default="", blank=True)

    class Meta:
        verbose_name_plural = "companies"
        constraints = [
            models.UniqueConstraint(fields=["owner", "name_key"], name="company_is_one_for_its_owner"),
            models.CheckConstraint(condition=Q(size__in=["", *Size.values]), name="company_size_is_known"),
            models.CheckConstraint(
                condition=Q(glassdoor_rating__isnull=True) | Q(glassdoor_rating__gte=0, glassdoor_rating__lte=5),
                name="company_rating_is_0_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.name
