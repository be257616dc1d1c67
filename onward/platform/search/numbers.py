"""Numbers as terms, so that a search by a range is a search by words.

A number has a term for itself and for each of its beginnings, in digits of two bits; a range is a few such terms.
"""

from collections.abc import Iterator

# Digits, and the greatest number; what is greater counts as that.
DIGITS = 8
MOST = 4**DIGITS - 1


def number_terms(field: str, value: int) -> list[str]:
    """Return the terms of a number from 0 on."""
    value = max(0, min(value, MOST))
    return [_term(field, digits, value >> 2 * (DIGITS - digits)) for digits in range(DIGITS + 1)]


def at_least(field: str, bound: int) -> list[str]:
    """Return terms of which every number has one that is not below a bound, and no other number has any."""
    return list(_between(field, max(0, min(bound, MOST)), MOST))


def at_most(field: str, bound: int) -> list[str]:
    """Return terms of which every number has one that is not above a bound, and no other number has any."""
    return list(_between(field, 0, max(0, min(bound, MOST))))


def _between(field: str, low: int, high: int) -> Iterator[str]:
    while low <= high:
        # The greatest block that begins here and does not reach too far.
        digits = DIGITS
        while digits and low % 4 ** (DIGITS - digits + 1) == 0 and low + 4 ** (DIGITS - digits + 1) - 1 <= high:
            digits -= 1
        yield _term(field, digits, low >> 2 * (DIGITS - digits))
        low += 4 ** (DIGITS - digits)


def _term(field: str, digits: int, beginning: int) -> str:
    return f"{field}:{digits}.{beginning}"
