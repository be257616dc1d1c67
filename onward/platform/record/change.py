"""Changing a row: only what is different, and told by name."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import models


def fields_of(model: type[models.Model], *, but: Collection[str] = ()) -> frozenset[str]:
    """Return the columns of a model that are its owner's to change. :param but: those that are not"""
    return frozenset(
        field.attname
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name != "owner" and field.attname not in but
    )


def change(row: models.Model, fields: Collection[str], changes: Mapping[str, Any]) -> list[str]:
    """Set what is different and return its names in their order. What is not among the fields is passed over.

    The row is not saved: what it is now may still be refused.
    """
    changed = sorted(f for f, value in changes.items() if f in fields and not is_same(getattr(row, f), value))
    for field in changed:
        setattr(row, field, changes[field])
    return changed


def save(row: models.Model, changed: Collection[str], *, at: datetime) -> None:
    """Save what has changed about a row of the record, and when."""
    row.updated_at = at  # type: ignore[attr-defined]
    row.save(update_fields=[*changed, "updated_at"])


def is_same(one: Any, other: Any) -> bool:
    """Return whether two values are equal, and true is not 1, as it is to Python."""
    if one != other or isinstance(one, bool) != isinstance(other, bool):
        return False
    return not isinstance(one, dict | list) or json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
