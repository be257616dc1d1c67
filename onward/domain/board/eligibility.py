"""Who may apply for a posting, as far as it asks for something that a profile says.

What is asked for is a dictionary with any of ``graduation_years`` and ``programmes`` (one of each list must fit),
``min_gpa`` and ``work_authorisation`` (it must be there); all of them together must be met.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from onward.platform.record import name_key


class Studies(NamedTuple):
    """What somebody's profile says; none where it does not."""

    graduation_year: int | None
    programme: str | None
    gpa: float | None
    work_authorised: bool | None


class Verdict(NamedTuple):
    """Whether somebody may apply. :ivar reasons: sentences for them: what is not met, and what is not known"""

    is_eligible: bool
    reasons: list[str]


def judge(asked: Mapping[str, Any], studies: Studies) -> Verdict:
    """Compare what a posting asks for with a profile. What the profile leaves out counts as met, and is named."""
    unmet: list[str] = []
    unknown: list[str] = []

    def compare(wanted: str, said: object, *, met: bool, is_said: bool, called: str) -> None:
        if not is_said:
            unknown.append(f"Your profile does not say {called}: {wanted}.")
        elif not met:
            unmet.append(f"{wanted[0].upper()}{wanted[1:]}; your profile says {said}.")

    if years := asked.get("graduation_years"):
        year = studies.graduation_year
        wanted = f"the year of graduation must be {_one_of(years)}"
        compare(wanted, year, met=year in years, is_said=year is not None, called="when you graduate")
    if programmes := asked.get("programmes"):
        programme = studies.programme or ""
        wanted = f"the programme must be {_one_of(programmes)}"
        fits = name_key(programme) in {name_key(one) for one in programmes}
        compare(wanted, programme, met=fits, is_said=bool(programme), called="what you study")
    least = asked.get("min_gpa")
    if least is not None:
        gpa = studies.gpa
        wanted = f"the GPA must be {least:g} at least"
        compare(wanted, gpa, met=gpa is not None and gpa >= least, is_said=gpa is not None, called="your GPA")
    if asked.get("work_authorisation"):
        may = studies.work_authorised
        wanted = "an authorisation to work is needed"
        compare(wanted, "you have none", met=bool(may), is_said=may is not None, called="whether you may work here")
    return Verdict(not unmet, [*unmet, *unknown])


def _one_of(values: list[Any]) -> str:
    *others, last = map(str, values)
    return f"{', '.join(others)} or {last}" if others else last
