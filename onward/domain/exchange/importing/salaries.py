"""What people write as a salary, as a lowest and a highest yearly sum in a currency."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

LARGEST = 2**31 - 1

# A crown alone may be Swedish, Norwegian or Danish; nothing is said of it.
_SIGNS = {
    "US$": "USD",
    "CA$": "CAD",
    "C$": "CAD",
    "AU$": "AUD",
    "A$": "AUD",
    "NZ$": "NZD",
    "SG$": "SGD",
    "S$": "SGD",
    "HK$": "HKD",
    "R$": "BRL",
    "MX$": "MXN",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₺": "TRY",
    "₴": "UAH",
    "฿": "THB",
    "₫": "VND",
    "₱": "PHP",
    "zł": "PLN",
    "Kč": "CZK",
    "Fr.": "CHF",
    "SFr": "CHF",
}
# ISO 4217. In small letters some of them are words; those that people write so are listed again.
_CODES = re.compile(
    r"AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BRL|BSD|BTN|BWP|BYN|"
    r"BZD|CAD|CDF|CHF|CLP|CNY|COP|CRC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|"
    r"GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|"
    r"KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MYR|MZN|NAD|"
    r"NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|"
    r"SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|UYU|UZS|VES|"
    r"VND|VUV|WST|XAF|XCD|XOF|XPF|YER|ZAR|ZMW|ZWG"
)
_SMALL = re.compile(r"usd|eur|gbp|chf|cad|aud|nzd|sgd|inr|sek|nok|dkk|pln|jpy|hkd|czk", re.IGNORECASE)
_NAMES = {
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **dict.fromkeys(("franken", "sfr"), "CHF"),
    **dict.fromkeys(("rupees", "lpa", "lakh", "lakhs"), "INR"),
}
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
_MULTIPLES = {"k": 1000, "tsd": 1000, "tsd.": 1000, "thousand": 1000, "m": 10**6, "mio": 10**6, "mio.": 10**6} | (
    dict.fromkeys(("lpa", "lakh", "lakhs", "lac"), 100_000)
)

_NUMBER = r"(\d+(?:[.,'’ \u00a0\u202f]\d+)*)"
_SUM = rf"{_NUMBER}\s*(k|tsd\.?|thousand|mio\.?|m|lpa|lakhs?|lac)?(?![^\W\d_])"
_SALARY = re.compile(
    rf"(from|ab|over|min\.?|>=?|up to|upto|bis zu|bis|max\.?|under|<=?|ca\.?|circa|about|approx\.?|around|~)?\s*{_SUM}"
    rf"(?:\s*(?:-|–|—|−|to|bis|until|and|à)\s*{_SUM})?\s*(\+)?([\s,;(/].*)?",
    re.DOTALL,
)
# A sum for an hour or a month is no yearly sum, and nobody but its owner can make one of it.
_PERIOD = re.compile(
    r"\b(?:hour|hourly|hr|hrs|h|day|daily|week|weekly|month|monthly|mo|stunde|stundenlohn|tag|monat|monatlich|monats\w*|"
    r"mtl|pm|pw|mois|mensuel\w*|mes|mensual\w*|hora|heure)\b|p\.\s?m\."
)
_YEARLY = re.compile(r"(?:\b(?:per|a|pro|par|al)\s+|/\s*)?\b(?:annum|year|yr|yearly|annually|jahr|an|año|p\.\s?a)\b\.?")
_LOWER = {"from", "ab", "over", "min", "min.", ">", ">="}
_UPPER = {"up to", "upto", "bis zu", "bis", "max", "max.", "under", "<", "<="}


@dataclass(frozen=True, slots=True)
class Salary:
    """A yearly sum.

    :param currency: ISO 4217; empty where nothing names one, or more than one is named
    :param low: above `high` where it is written so
    :param exact: whether this is all that was written
    :param cut: whether the sum was no whole number, and this is less
    """

    low: int | None
    high: int | None
    currency: str
    exact: bool
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """What the header of a column says about its sums. :param multiple: 1000 for ``Salary (k€)``"""

    currency: str = ""
    multiple: int = 1
    yearly: bool = True


PLAIN = Unit()


def unit(header: str) -> Unit:
    """Read ``Gehalt (€)``, ``Salary (in k CHF)``, ``Monthly pay``."""
    bare = _without_currency(header).casefold()
    thousands = re.search(r"\b(?:k|tsd|thousands?|000s?)\b", bare)
    return Unit(currency(header), 1000 if thousands else 1, not _PERIOD.search(bare))


def currency(text: str) -> str:
    """Find the one currency that a text names, by sign, code or name; empty when there is none, or more than one."""
    found = {_SIGNS[sign] for sign in _SIGN.findall(text)}
    found |= {code for word in _WORD.findall(_SIGN.sub(" ", text)) if (code := _code(word))}
    return found.pop() if len(found) == 1 else ""


def read(text: str, column: Unit = PLAIN) -> Salary | None:
    """Read ``80k-100k``, ``$120,000 – $150,000``, ``€60.000``; None when it cannot be read as a yearly salary."""
    if len(text) > 100:
        return None
    named = currency(text)
    if not named and _names_any(text):
        return None
    named = named or column.currency
    bare = _without_currency(text).strip().casefold()
    found = _SALARY.fullmatch(bare)
    if not found or not column.yearly or _PERIOD.search(bare):
        return None
    word, first, first_unit, second, second_unit, plus, rest = found.groups()
    low, high = _number(first, first_unit), _number(second, second_unit) if second else None
    if low is None or (second and high is None):
        return None
    if high is not None and second_unit and not first_unit and low < 1000:
        low *= _MULTIPLES[second_unit]
    if max(low, high or 0) < 1000:
        # "85", or "80 - 100", may be thousands a year or an hourly wage, unless the header says.
        if column.multiple == 1 and not re.fullmatch(r"0+", first):
            return None
        low, high = low * column.multiple, None if high is None else high * column.multiple
    if max(low, high or 0) > LARGEST:
        return None
    cut = low != int(low) or (high is not None and high != int(high))
    exact = bool(named) and not word and not plus and not (rest or "").strip() and not cut
    least = int(low)
    if high is not None:
        return Salary(least, int(high), named, exact, cut)
    if word in _UPPER:
        return Salary(None, least, named, exact, cut)
    return Salary(least, None if plus or word in _LOWER else least, named, exact, cut)


def read_bound(text: str, column: Unit = PLAIN) -> Salary | None:
    """Read one end of a range, as its `low`; None when it cannot be read."""
    found = read(text, column)
    if found is None or (found.low is not None and found.high not in {None, found.low}):
        return None
    low = found.low if found.low is not None else found.high
    return Salary(low, None, found.currency, found.exact, found.cut)


def read_own(text: str) -> Salary | None:
    """Read one end of a range as our own export writes it: any number, in no currency."""
    known = text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST
    return Salary(int(text), None, "", exact=True) if known else read_bound(text)


def _code(word: str) -> str:
    if _CODES.fullmatch(word) or _SMALL.fullmatch(word):
        return word.upper()
    return _NAMES.get(word.casefold(), "")


def _names_any(text: str) -> bool:
    return bool(_SIGN.search(text) or any(_code(word) for word in _WORD.findall(text)))


def _without_currency(text: str) -> str:
    """Take out of a text whatever names a currency, and that the sum is a yearly one."""

    def bare(found: re.Match[str]) -> str:
        word = found[0]
        return " " if _code(word) and word.casefold() not in _MULTIPLES else word

    return _YEARLY.sub(" ", _WORD.sub(bare, _SIGN.sub(" ", text)))


def _number(text: str, unit: str | None) -> Decimal | None:
    digits = re.sub(r"['’ \u00a0\u202f]", "", text)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d{1,2})?", digits):
        digits = digits.replace(",", "")
    else:
        digits = digits.replace(",", ".")
    try:
        return Decimal(digits) * _MULTIPLES.get(unit or "", 1)
    except InvalidOperation:
        return None
