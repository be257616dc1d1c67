"""A row of every model that refers to somebody, made from the model's fields alone: no app that is added is left out."""

import itertools
import uuid
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction

from onward.domain.accounts.models import User
from onward.platform.record.erasing import references
from tests.factories import UserFactory

# Columns that a constraint wants so where the others are filled.
SHAPES: dict[str, dict[str, Any]] = {"video.Video": {"address": ""}}
_numbers = itertools.count(1)


def rows_of(user: User, *, text: str, but: Collection[str] = ()) -> list[models.Model]:
    """Make a row of every model with a foreign key to an account, with a text in every column that takes one.

    :param but: keys that are left out: ``app.Model.field``
    """
    return [
        _made(model, {field.name: user}, text, but)
        for model, field in references(User)
        if f"{model._meta.label}.{field.name}" not in but
    ]


def _made(model: type[models.Model], given: dict[str, Any], text: str, but: Collection[str]) -> models.Model:
    """Make a row with as many columns filled as its constraints let be."""
    values = {**SHAPES.get(model._meta.label, {}), **given}
    for field in model._meta.concrete_fields:
        if field.name in values or isinstance(field, models.AutoField):
            continue
        if field.is_relation:
            if not field.null:
                values[field.name] = _related(field.related_model, given, text, but)
            continue
        values[field.name] = _value(field, text)
    try:
        with transaction.atomic():
            return model._base_manager.create(**values)
    except IntegrityError:
        # What a constraint does not let be filled is as it would be by itself.
        optional = {f.name for f in model._meta.concrete_fields if f.name in values and (f.null or f.has_default())}
        return model._base_manager.create(**{n: v for n, v in values.items() if n in given or n not in optional})


def _related(model: Any, given: dict[str, Any], text: str, but: Collection[str]) -> models.Model:
    if model is User:
        somebody_else: User = UserFactory()
        return somebody_else
    keys = [f.name for f in model._meta.concrete_fields if f.is_relation and f.related_model is User]
    own = next((name for name in keys if f"{model._meta.label}.{name}" not in but), None)
    user = next((value for value in given.values() if isinstance(value, User)), None)
    if own is None or user is None:
        return _plain(model, text)
    return _made(model, {own: user}, text, but)


def _plain(model: type[models.Model], text: str) -> models.Model:
    """Return a row that is nobody's."""
    found = model._base_manager.first()
    if found is not None:
        return found
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField) or field.null or field.has_default():
            continue
        values[field.name] = _related(field.related_model, {}, text, ()) if field.is_relation else _value(field, "x")
    return model._base_manager.create(**values)


def _value(field: Any, text: str) -> Any:
    if field.choices:
        return field.get_default() if field.has_default() and field.get_default() else field.choices[0][0]
    kind = field.get_internal_type()
    if kind in {"CharField", "TextField", "URLField", "EmailField", "SlugField"}:
        if getattr(field, "unique", False) or field.max_length is None or field.max_length >= len(text) + 8:
            return f"{text}{next(_numbers)}"
        return text[: field.max_length] if field.max_length >= len(text) else field.get_default() or "x"
    if kind == "JSONField":
        default = field.get_default()
        return {text: text} if isinstance(default, dict) else [text]
    plain = {
        "UUIDField": uuid.uuid4,
        "DateTimeField": lambda: datetime(2026, 11, 30, 12, tzinfo=UTC),
        "DateField": lambda: date(2026, 11, 30),
        "TimeField": lambda: time(12),
        "DecimalField": lambda: Decimal(1),
        "FloatField": lambda: 1.0,
        "BooleanField": lambda: False,
        "GenericIPAddressField": lambda: "127.0.0.1",
    }
    return plain.get(kind, lambda: next(_numbers))()
