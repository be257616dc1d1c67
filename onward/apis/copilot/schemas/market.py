"""The market as it is shown."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from onward.apis.copilot.schemas.feed import FeedOut
from onward.apis.copilot.schemas.words import JobTypeWord
from onward.platform.wire import EMPTY_IS_NULL, Body, Text, Whole, Wire, empty_is

_RANGE = re.compile(r"([0-9]{1,4})d?", re.ASCII)


def _days(value: Any) -> Any:
    if isinstance(value, str):
        found = _RANGE.fullmatch(value.strip())
        if not found:
            raise PydanticCustomError("time_range", "A time range is a number of days, such as 30 or 30d.")
        return int(found[1])
    return value


class MarketAsked(Body):
    """What the address of the market may say."""

    time_range: Annotated[
        int, Whole(7, 365), BeforeValidator(_days), empty_is("30"), Field(description="Days: 30 or 30d")
    ] = 30
    location: Annotated[str, Text(255)] = ""
    job_type: Annotated[JobTypeWord | None, EMPTY_IS_NULL] = None


class SalariesAsked(MarketAsked):
    """What the address of the salaries may say."""

    time_range: Annotated[
        int, Whole(7, 365), BeforeValidator(_days), empty_is("365"), Field(description="Days: 365 or 365d")
    ] = 365


class Asked(Wire):
    """Of which postings an answer is: those of the days from one to another, both included."""

    time_range_days: int
    date_from: date
    date_to: date
    location: str | None
    job_type: str | None


class Growing(Wire):
    """How many there are, how many there were in the span before, and the growth in percent, null where none were."""

    count: int
    previous_count: int
    growth_percentage: float | None


class SkillCount(Growing):
    """How many postings ask for a skill."""

    skill: str


class CompanyCount(Growing):
    """How many postings a company has."""

    company: str


class LocationCount(Growing):
    """How many postings there are at a place."""

    location: str


class SalaryGroup(Wire):
    """What is paid a year: a quarter of ``n`` postings pays less than ``p25``, half less than ``median``."""

    currency: str
    seniority: str | None
    n: int
    p25: int
    median: int
    p75: int


class MarketOut(Asked):
    """The market at a glance."""

    total_postings: int
    previous_total: int
    growth_percentage: float | None
    remote_percentage: float | None
    top_skills: list[SkillCount]
    top_companies: list[CompanyCount]
    top_locations: list[LocationCount]
    seniority: dict[str, int]
    remote_options: dict[str, int]
    salaries: list[SalaryGroup]


class DayCount(Wire):
    """How many postings a day brought."""

    date: date
    count: int


class TrendsOut(Asked):
    """How the market moves."""

    total_postings: int
    previous_total: int
    growth_percentage: float | None
    skills: list[SkillCount]
    rising_skills: list[SkillCount]
    falling_skills: list[SkillCount]
    daily: list[DayCount]


class SalariesOut(Asked):
    """What is paid."""

    salaries: list[SalaryGroup]
    by_seniority: list[SalaryGroup]


class SourceFeedOut(FeedOut):
    """The feed of one source. ``configured``: whether the server reads it."""

    configured: bool
