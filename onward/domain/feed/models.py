from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.feed.choices import Often
from onward.platform.record import Record


class Brief(models.Model):
    """A posting in brief, as the feed ranks it and the market counts it: made of the posting, and made anew with it.

    It has no foreign key: when the posting is gone, it says under which number the index has it.
    """

    # See `keys`.
    key = models.BigIntegerField(primary_key=True)
    posting_id = models.BigIntegerField(unique=True)
    # Whether it can be applied for; such ones are in the index.
    is_open = models.BooleanField(default=True)
    # When it came into the index first.
    made_at = models.DateTimeField(default=timezone.now)
    # The terms of title and company, in their order.
    title_terms = models.TextField(default="")
    company_terms = models.TextField(default="")
    company_name = models.CharField(max_length=255, default="")
    # Skills by their names in the list, and what is asked of them (`asking.Asked`).
    skills = models.JSONField(default=list)
    asked = models.JSONField(default=dict)
    seniority = models.CharField(max_length=10, default="")
    work_mode = models.CharField(max_length=10, default="")
    job_type = models.CharField(max_length=20, default="")
    source = models.CharField(max_length=20, default="")
    # Cities and countries, by their names.
    places = models.JSONField(default=list)
    # A year's pay.
    pay_low = models.BigIntegerField(null=True)
    pay_high = models.BigIntegerField(null=True)
    pay_currency = models.CharField(max_length=3, default="")

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="brief_made")]

    def __str__(self) -> str:
        return f"Brief of posting {self.posting_id}"


class Dismissal(models.Model):
    """A posting that somebody does not want to see any more."""

    id = models.BigAutoField(primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="dismissals", db_index=False)
    posting = models.ForeignKey("board.Posting", models.CASCADE, related_name="dismissals")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "posting"], name="posting_is_dismissed_once")]

    def __str__(self) -> str:
        return f"{self.owner_id} does not want posting {self.posting_id}"


class SavedSearch(Record):
    """A search of the feed that somebody keeps, to be told what is new in it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", db_index=False)
    name = models.CharField(max_length=100)
    # As `search.Wanted` is packed.
    wanted = models.JSONField(default=dict)
    often = models.CharField(max_length=10, choices=Often, default=Often.DAILY)
    # What came into the index later is new.
    seen_until = models.DateTimeField(default=timezone.now)
    # The day, on its owner's clock, on which they were told last.
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_search_is_one_of_a_name"),
            models.CheckConstraint(condition=Q(often__in=Often.values), name="saved_search_often_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


class MarketBlock(models.Model):
    """What the postings of a day, or of so many days, have in common: counted once, and read by everybody.

    ``data``: JSON, what `market` counts. It is text: no database looks into it.
    """

    id = models.BigAutoField(primary_key=True)
    # `market.block_name`.
    place = models.CharField(max_length=120, default="")
    # How many (`market.SIZES`); a block of several begins at a multiple of their number since 1970.
    days = models.PositiveSmallIntegerField()
    # Since 1970.
    begins = models.IntegerField()
    data = models.TextField(default="{}")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "days", "begins"], name="market_block_is_one")]
        indexes = [models.Index(fields=["days", "begins"], name="market_block_of_day")]

    def __str__(self) -> str:
        return f"{self.place} {self.begins}+{self.days}"
