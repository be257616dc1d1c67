"""The sentence with which the day begins."""

from datetime import datetime

from onward.domain.insight.queries.today import Day

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def sentence(day: Day, here: datetime) -> str:
    """Return what matters today, as a person would say it. :param here: the time on the reader's clock"""
    if not day.has_applications:
        return "A search begins with one application."
    due = [item for item in day.items if item.kind != "quiet"]
    said = [f"{_count(len(due), 'thing').capitalize()} today."] if due else ["Nothing has to be done today."]
    first = next((item for item in day.items if item.kind == "interview"), None)
    if first is not None:
        at = f" at {first.due.astimezone(here.tzinfo):%H:%M}" if first.has_time else ""
        said.append(f"{first.company} expects you{at}.")
    elif day.week:
        there = day.week[0].due.astimezone(here.tzinfo)
        said.append(f"{day.week[0].company} expects you on {there:%A}.")
    quiet = sum(item.kind == "quiet" for item in day.items)
    if quiet and not due:
        said.append(f"{_count(quiet, 'application').capitalize()} went quiet.")
    return " ".join(said)


def _count(number: int, noun: str) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {noun}{'' if number == 1 else 's'}"
