"""What jobs can be searched by."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from pydantic import Field

from onward.apis.base import Request
from onward.apis.copilot.lenses import JOB_TYPE
from onward.apis.copilot.schemas.words import JobTypeWord
from onward.apis.filters import ByFlag, ByLens, Condition, Filter
from onward.domain.applications.choices import WorkType
from onward.platform.search import FoldedAmong, folded
from onward.platform.wire import IN_DIGITS, MAX_INT8, Fold, Text, Whole


class Contains(Filter):
    """By text that a column holds, in any case and accents."""

    kind = Annotated[str, Text(255)]

    def conditions(self, name: str) -> dict[str, Condition]:
        return {name: lambda value: Q(GreaterThan(StrIndex(Fold(F(self.path)), value), 0))}

    def chosen(self, request: Request, name: str, value: Any) -> tuple[str, Any]:
        return name, folded(value)


class OnlyRemote(ByFlag):
    """Only what is done from anywhere; asked not to, it finds everything."""

    def __init__(self) -> None:
        super().__init__(Q(work_type=WorkType.REMOTE))

    def conditions(self, name: str) -> dict[str, Condition]:
        return {**super().conditions(name), f"{name} no": lambda _: Q()}


class JobTypeFilter(ByLens):
    """By the type of a job, however it is spelled."""

    def __init__(self) -> None:
        super().__init__("job_type", JOB_TYPE)
        self.kind = JobTypeWord


class PaysAtLeast(Filter):
    """By what it pays: its range reaches up to a sum, or has no upper end."""

    kind = Annotated[int, Whole(0, MAX_INT8), IN_DIGITS]
    schema: Mapping[str, Any] = {"type": "integer", "minimum": 0}
    field = models.BigIntegerField()

    def __init__(self, reaching: str = "salary_max", open_with: str = "salary_min", lookup: str = "gte") -> None:
        super().__init__(reaching)
        self.open_with, self.lookup = open_with, lookup

    def conditions(self, name: str) -> dict[str, Condition]:
        is_open = Q(**{f"{self.path}__isnull": True, f"{self.open_with}__isnull": False})
        return {name: lambda value: Q(**{f"{self.path}__{self.lookup}": value}) | is_open}


class PaysAtMost(PaysAtLeast):
    """By what it pays: its range begins at a sum or below, or has no lower end."""

    def __init__(self) -> None:
        super().__init__("salary_min", "salary_max", "lte")


class UsesAny(Filter):
    """By a list of texts, one of which must be among those that are asked for."""

    kind = Annotated[list[Annotated[str, Text(100)]], Field(max_length=50)]
    schema: Mapping[str, Any] = {"type": "array", "items": {"type": "string"}}
    field = models.JSONField()
    repeated = True

    def conditions(self, name: str) -> dict[str, Condition]:
        return {name: lambda value: Q(FoldedAmong(F(self.path), value))}

    def chosen(self, request: Request, name: str, value: Any) -> tuple[str, Any]:
        return name, [folded(text) for text in value]
