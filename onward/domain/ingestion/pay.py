"""What openings pay, as numbers or as text says it."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import pycountry
from price_parser import Price

from onward.domain.ingestion.cleaning import line
from onward.domain.ingestion.found import Pay

MOST = Decimal(10**9)
_CENT = Decimal("0.01")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,10})?")
_AMOUNT = re.compile(r"\d[\d.,'’  ]*(?:\s?[kK]\b)?")
_RANGE = re.compile(r"\s*(?:-|–|—|\bto\b|\bbis\b|\bund\b|\band\b)\s*", re.IGNORECASE)
_PERIODS = (
    ("hour", re.compile(r"hour|/\s?hr?\b|\bhr\b|stunde|heure|\bhora", re.IGNORECASE)),
    ("day", re.compile(r"\bda(?:y|ily)|\btag\b|\bjour|\bd[ií]a\b", re.IGNORECASE)),
    ("week", re.compile(r"week|woche|semaine|semana", re.IGNORECASE)),
    ("month", re.compile(r"month|monat|\bmois\b|\bmes\b|/\s?mo?\b", re.IGNORECASE)),
    ("year", re.compile(r"year|annual|annum|jahr|\ban\b|annuel|/\s?yr?\b|\byr\b|\bp\.?\s?a\b|\baño", re.IGNORECASE)),
)
# The currency that is meant by a sign, where it is said which dollar; a bare one is that of the United States.
_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "$": "USD",
    "US$": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "CAD$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "S$": "SGD",
    "HK$": "HKD",
    "R$": "BRL",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "₪": "ILS",
    "₴": "UAH",
    "₩": "KRW",
    "zł": "PLN",
    "Kč": "CZK",
    "Fr.": "CHF",
}


def pay(minimum: Any, maximum: Any, currency: Any = "", period: Any = "") -> Pay | None:
    """Return what somebody says in numbers; None when neither of the two is one.

    :param period: in the source's words: ``per-year-salary``, ``1 YEAR``, ``HOUR``
    """
    lowest, highest = amount(minimum), amount(maximum)
    if lowest is not None and highest is not None and lowest > highest:
        lowest, highest = highest, lowest
    if lowest is None and highest is None:
        return None
    return Pay(lowest, highest, currency_code(line(currency)), period_of(line(period)))


def amount(value: Any) -> Decimal | None:
    """Return an amount above zero that a pay may be, to the cent."""
    found: Decimal | None = None
    if isinstance(value, str):
        text = value.strip()[:40]
        found = Decimal(text) if _NUMBER.fullmatch(text) else Price.fromstring(text).amount
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        found = Decimal(value)
    if found is None or not found.is_finite() or not 0 < found <= MOST:
        return None
    try:
        rounded = found.quantize(_CENT)
    except InvalidOperation:
        return None
    return rounded or None


def pay_of_text(text: str) -> Pay | None:
    """Return what a text such as ``€50k – €60k per year`` says; None when it does not read as pay."""
    text = text[:200]
    parts = _RANGE.split(text, maxsplit=1)
    prices = [Price.fromstring(part) for part in parts]
    currency = next((code for price in prices if (code := currency_code(price.currency or ""))), "")
    period = period_of(text)
    if not currency and not period:
        # A number among words may be anything.
        return None
    lowest, highest = amount_of_text(parts[0]), amount_of_text(parts[-1])
    if lowest and highest and 1000 * lowest <= highest:
        # "50 – 60k"
        lowest *= 1000
    made = pay(lowest, highest)
    return made and Pay(made.minimum, made.maximum, currency, period)


def amount_of_text(text: str) -> Decimal | None:
    """Return the first amount in a text."""
    found = _AMOUNT.search(text)
    if not found:
        return None
    price = Price.fromstring(found[0].rstrip("kK ")).amount
    return amount(price * 1000 if price is not None and found[0].lower().endswith("k") else price)


@lru_cache(256)
def currency_code(text: str) -> str:
    """Return the ISO 4217 code of a currency that is given by its code or its sign; empty when there is none."""
    text = text.strip()
    if text in _SIGNS:
        return _SIGNS[text]
    if len(text) == 3 and text.isascii() and pycountry.currencies.get(alpha_3=text.upper()):
        return text.upper()
    return ""


@lru_cache(256)
def period_of(text: str) -> str:
    """Return what a pay is for: hour, day, week, month or year; empty when the text does not say."""
    return next((name for name, pattern in _PERIODS if pattern.search(text)), "")
