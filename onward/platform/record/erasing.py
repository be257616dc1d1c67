"""Erasing what refers to a row, in whatever table: an app that is added is erased with the others."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction

# Rows of a transaction.
BATCH = 200

Reference = tuple[type[models.Model], Any]


def references(to: type[models.Model]) -> Iterator[Reference]:
    """Yield the foreign keys to a model, each with the model that has it; those of apps that build on others first."""
    for config in reversed(list(apps.get_app_configs())):
        for model in config.get_models():
            for field in model._meta.local_concrete_fields:
                if field.is_relation and field.related_model is to:
                    yield model, field


def erase_references(
    to: type[models.Model], pk: int, *, wanted: Callable[[], object], but: Collection[type[models.Model]] = ()
) -> None:
    """Delete the rows that belong to a row, some at a time, and let those name none that only refer to it.

    Repeating it is harmless, and it may end anywhere in between.

    :param wanted: called before each batch; raises when nobody wants it any more
    :param but: models whose rows stay
    """
    for model, field in references(to):
        if model in but:
            continue
        rows = model._base_manager.filter(**{field.name: pk}).order_by("pk")
        while batch := list(rows.values_list("pk", flat=True)[:BATCH]):
            wanted()
            these = model._base_manager.filter(pk__in=batch, **{field.name: pk})
            with transaction.atomic():
                if field.null and field.remote_field.on_delete is not models.CASCADE:
                    these.update(**{field.name: None})
                else:
                    these.delete()
