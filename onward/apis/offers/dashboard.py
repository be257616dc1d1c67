"""The numbers of a dashboard, in the words and by the formulas of the offers document.

Rates are fractions of the applications that were sent, which is all but the saved ones. Everything is added up from
whole numbers and divided once, so that every database gives the same.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from onward.apis.offers.lenses import SOURCE, STATUS
from onward.apis.offers.schemas.analytics import (
    PipelineBreakdown,
    SalariesInCurrency,
    SalaryInsight,
    SourceEffectiveness,
    WeeklyTrend,
)
from onward.domain.applications.choices import OutcomeStatus
from onward.domain.insight.queries.dashboard import ApplicationGroup, Week

SAVED = "Saved"
ANSWERED = frozenset({"Interviewing", "Offer", "Accepted", "Rejected"})
INTERVIEWED = frozenset({"Interviewing", "Offer", "Accepted"})
OFFERED = frozenset({"Offer", "Accepted"})
# What is said of a source that nobody has named.
UNKNOWN = "Unknown"
# What is said of salaries where there are none.
DOLLARS = "USD"


def pipeline(rows: Sequence[ApplicationGroup]) -> list[PipelineBreakdown]:
    """Count by status, the most frequent first and in the document's order where they are equal."""
    counts = _counted(rows, by=_status)
    words = [word for word in filter(None, STATUS.words) if word in counts]
    return [PipelineBreakdown(status=word, count=counts[word]) for word in _ranked(words, counts)]


def response_rate(rows: Sequence[ApplicationGroup]) -> float:
    """Return the fraction that was answered."""
    return _rate(rows, lambda row: _status(row) in ANSWERED)


def interview_rate(rows: Sequence[ApplicationGroup]) -> float:
    """Return the fraction that came to an interview: by their status, or because there is one."""
    return _rate(rows, lambda row: _status(row) in INTERVIEWED or row.interviewed)


def offer_rate(rows: Sequence[ApplicationGroup]) -> float:
    """Return the fraction that came to an offer."""
    return _rate(rows, lambda row: _status(row) in OFFERED)


def source_breakdown(rows: Sequence[ApplicationGroup]) -> list[SourceEffectiveness]:
    """Return what came of each source, the most frequent first; saved applications count too."""
    applied = _counted(rows, by=_source)
    interviews = _counted((row for row in rows if row.interviewed), by=_source)
    offers = _counted((row for row in rows if row.outcome == OutcomeStatus.OFFER), by=_source)
    words = [word for word in (*filter(None, SOURCE.words), UNKNOWN) if word in applied]
    return [
        SourceEffectiveness(source=word, applied=applied[word], interviews=interviews[word], offers=offers[word])
        for word in _ranked(words, applied)
    ]


def weekly_trend(weeks: Sequence[Week]) -> list[WeeklyTrend]:
    """Return what was done in each week."""
    return [WeeklyTrend(week=week.name, applications=week.applications, stages=week.interviews) for week in weeks]


def salary_insights(rows: Sequence[ApplicationGroup]) -> SalaryInsight:
    """Return what was hoped for and what was offered.

    The currency is that of most of the salaries, hoped for and offered together; of several, the first by the alphabet.
    "usd" and "USD" are one.
    Only what is in that currency is averaged and compared. How many there are is counted in all currencies.
    """
    offers = [row for row in rows if row.outcome == OutcomeStatus.OFFER]
    salaries: Counter[str] = Counter()
    for row in rows:
        salaries[row.currency.upper()] += row.paid
    for row in offers:
        salaries[_offered_in(row)] += row.offers
    currencies = sorted((currency for currency, number in salaries.items() if number), key=lambda c: (-salaries[c], c))
    each = [_in_currency(currency, rows, offers) for currency in currencies]
    most = each[0] if each else _in_currency(DOLLARS, rows, offers)
    return SalaryInsight(
        applications_with_salary=sum(row.paid for row in rows),
        average_expected_min=most.average_expected_min,
        average_expected_max=most.average_expected_max,
        offers_with_salary=sum(row.offers for row in offers),
        average_offered=most.average_offered,
        highest_offer=most.highest_offer,
        currency=most.currency,
        by_currency=each,
    )


def _in_currency(
    currency: str, rows: Iterable[ApplicationGroup], offers: Iterable[ApplicationGroup]
) -> SalariesInCurrency:
    hoped = [row for row in rows if row.currency.upper() == currency]
    offered = [row for row in offers if row.offers and _offered_in(row) == currency]
    return SalariesInCurrency(
        currency=currency,
        applications_with_salary=sum(row.paid for row in hoped),
        average_expected_min=_average(sum(row.low for row in hoped), sum(row.lows for row in hoped)),
        average_expected_max=_average(sum(row.high for row in hoped), sum(row.highs for row in hoped)),
        offers_with_salary=sum(row.offers for row in offered),
        average_offered=_average(sum(row.offered for row in offered), sum(row.offers for row in offered)),
        highest_offer=max((row.highest for row in offered), default=None),
    )


def _offered_in(row: ApplicationGroup) -> str:
    return (row.offered_currency or DOLLARS).upper()


def _status(row: ApplicationGroup) -> str:
    return str(STATUS.show(row.status))


def _source(row: ApplicationGroup) -> str:
    return SOURCE.show(row.source) or UNKNOWN


def _counted(rows: Iterable[ApplicationGroup], *, by: Callable[[ApplicationGroup], str]) -> Counter[str | None]:
    counts: Counter[str | None] = Counter()
    for row in rows:
        counts[by(row)] += row.number
    return counts


def _ranked(words: Iterable[str], counts: Counter[str | None]) -> list[str]:
    # Sorting keeps the order of equals.
    return sorted(words, key=lambda word: -counts[word])


def _rate(rows: Iterable[ApplicationGroup], reached: Callable[[ApplicationGroup], bool]) -> float:
    sent = [row for row in rows if _status(row) != SAVED]
    whole = sum(row.number for row in sent)
    return round(sum(row.number for row in sent if reached(row)) / whole, 4) if whole else 0.0


def _average(total: int, number: int) -> float | None:
    return round(total / number, 2) if number else None
