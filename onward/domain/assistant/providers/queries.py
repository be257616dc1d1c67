"""What providers have cost."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from onward.domain.assistant.providers.models import Call


def ledger(*, since: datetime, until: datetime) -> QuerySet[Call, dict[str, Any]]:
    """Return what each person has cost at each provider and model, the dearest first."""
    return (
        Call.objects.filter(at__gte=since, at__lt=until)
        .values("owner_id", "provider", "model")
        .annotate(
            calls=Count("pk"),
            spent_in=Sum("tokens_in"),
            spent_out=Sum("tokens_out"),
            total=Sum("cost", default=Decimal(0)),
        )
        .order_by("-total", "owner_id", "provider", "model")
    )
