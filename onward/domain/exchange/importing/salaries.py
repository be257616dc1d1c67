"""What people write as a salary, as a lowest and a highest yearly sum."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

LARGEST = 2**31 - 1

_CURRENCY = r"(?:[a-z]{0,3}[$€£¥₹]|usd|eur|euro|gbp|chf|cad|aud|nzd|sgd|inr|sek|nok|dkk|pln|jpy|fr\.)"
_NUMBER = r"(\d+(?:[.,'’ \u00a0\u202f]\d+)*)"
_THOUSANDS = r"(k|tsd\.?|thousand)?"
_SUM = rf"{_CURRENCY}?\s*{_NUMBER}\s*{_THOUSANDS}\s*{_CURRENCY}?"
_SALARY = re.compile(
    rf"(from|ab|over|min\.?|>=?|up to|upto|bis zu|bis|max\.?|under|<=?|ca\.?|circa|about|approx\.?|around|~)?\s*{_SUM}"
    rf"(?:\s*(?:-|–|—|−|to|bis|until|and)\s*{_SUM})?\s*(\+)?([\s,;(/].*)?",
    re.DOTALL,
)
# A sum for an hour or a month is no yearly sum, and nobody but its owner can make one of it.
_PERIOD = re.compile(
    r"\b(?:hour|hourly|hr|hrs|h|day|daily|week|weekly|month|monthly|mo|stunde|tag|monat|mtl|pm|pw)\b|p\.\s?m\."
)
_LOWER = {"from", "ab", "over", "min", "min.", ">", ">="}
_UPPER = {"up to", "upto", "bis zu", "bis", "max", "max.", "under", "<", "<="}


@dataclass(frozen=True, slots=True)
class Salary:
    """A yearly sum. :param exact: whether the two numbers say all that was written"""

    low: int | None
    high: int | None
    exact: bool


def read(text: str) -> Salary | None:
    """Read ``80k-100k``, ``$120,000 – $150,000``, ``€60.000``; None when it cannot be read as a yearly salary."""
    text = text.strip().casefold()
    found = _SALARY.fullmatch(text) if len(text) <= 100 else None
    if not found or _PERIOD.search(text):
        return None
    word, first, first_k, second, second_k, plus, _ = found.groups()
    low = _number(first, thousands=bool(first_k))
    high = _number(second, thousands=bool(second_k)) if second else None
    if low is not None and high is not None and second_k and not first_k and low < 1000:
        low *= 1000
    if low is None or (second and high is None) or max(low, high or 0) > LARGEST:
        return None
    # "85", or "80 - 100", may be thousands a year or an hourly wage.
    if max(low, high or 0) < 1000 and not re.fullmatch(r"0+", first):
        return None
    exact = bool(re.fullmatch(r"[\d.,'’ \u00a0\u202fk–—−-]+", text))
    if high is not None:
        return Salary(min(low, high), max(low, high), exact)
    if word in _UPPER:
        return Salary(None, low, exact)
    return Salary(low, None if plus or word in _LOWER else low, exact)


def read_bound(text: str) -> int | None:
    """Read one end of a range; a bare number is taken as it is. None when it cannot be read."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= 10:
        number = int(text)
        return number if number <= LARGEST else None
    salary = read(text)
    return (salary.low if salary.low is not None else salary.high) if salary else None


def _number(text: str, *, thousands: bool) -> int | None:
    digits = re.sub(r"['’ \u00a0\u202f]", "", text)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d{1,2})?", digits):
        digits = digits.replace(",", "")
    else:
        digits = digits.replace(",", ".")
    try:
        return int(Decimal(digits) * (1000 if thousands else 1))
    except InvalidOperation:
        return None
