from django.conf import settings
from django.db import models
from django.db.models import Q

from onward.domain.companies.choices import Size
from onward.platform.record import Record


class Employer(Record):
    """A company as the whole server knows it."""

    name = models.CharField(max_length=255)
    # The name without its legal form, and without regard to case (see `names.name_key`).
    name_key = models.CharField(max_length=255, editable=False)
    # Of its own pages, such as "acme.example"; empty where nobody knows it. Two of one name differ in it.
    domain = models.CharField(max_length=253, default="", blank=True)
    website = models.URLField(max_length=500, default="", blank=True)
    industry = models.CharField(max_length=255, default="", blank=True)
    size = models.CharField(max_length=20, choices=Size, default="", blank=True)
    location = models.CharField(max_length=255, default="", blank=True)
    description = models.TextField(default="", blank=True)
    logo_url = models.URLField(max_length=500, default="", blank=True)
    # By field, an `Origin`. What a person wrote is replaced by nobody else.
    origins = models.JSONField(default=dict, blank=True, editable=False)
    # When its own page was last asked for what it says of itself.
    page_read_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__in=["", *Size.values]), name="employer_size_is_known"),
        ]
        indexes = [
            models.Index(fields=["name_key"], name="employer_name"),
        ]

    def __str__(self) -> str:
        return self.name


class EmployerName(models.Model):
    """A name by which an employer is or was known, together with the domain that it was known with.

    These rows decide which employer is meant: each pair belongs to one.
    """

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="names")
    name_key = models.CharField(max_length=255)
    domain = models.CharField(max_length=253, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name_key", "domain"], name="employer_is_one_of_its_name_and_domain"),
        ]

    def __str__(self) -> str:
        return self.name_key


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
    # The same company as the whole server knows it.
    employer = models.ForeignKey(
        Employer, models.SET_NULL, null=True, blank=True, editable=False, related_name="companies"
    )

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
