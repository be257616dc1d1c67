"""Finding open postings: the database finds them, one function puts them in order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, JSONField, TextField
from django.db.models.functions import Cast

from onward.domain.feed.choices import Order
from onward.domain.feed.index import NAME, POSTINGS
from onward.domain.feed.keys import counted, posting_of
from onward.domain.feed.models import Brief
from onward.domain.feed.ranking import RANKED, Card, Ranking
from onward.domain.feed.wanted import Said, Wanted, filters, least, read
from onward.platform.search import spelling
from onward.platform.search.among import Among
from onward.platform.search.index import Query
from onward.platform.search.models import Word
from onward.platform.wire import Param, Statement

# As many are counted one by one; of more it is said that they are more.
COUNTED = 10_000
# As many of those that are put in order have every word where it counts.
AHEAD = 600

_KEYS: Any = Param("keys", JSONField())
_WORDS: Any = Param("words", JSONField())
_CARDS = Statement(
    lambda: Brief.objects.filter(Among(F("key"), _KEYS)).values_list(
        "key", "title_terms", "company_terms", Cast("skills", TextField()), Cast("places", TextField())
    )
)
_TIMES = Statement(
    lambda: Word.objects.filter(index=NAME, word__in=[Param(f"word{n}", TextField()) for n in range(12)]).values_list(
        "word", "times"
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """Open postings that somebody looks for.

    :ivar numbers: of all that were found, up to `COUNTED`, the newest first
    :ivar is_all: whether there are no more
    :ivar said: the words that were looked for in the end
    :ivar meant: what was looked for instead of words that nobody writes so
    :ivar is_whole: whether they have every word; none has, where they have all but one, or no word is looked for
    :ivar ahead: some of those that have the words where they count
    """

    numbers: Sequence[int]
    is_all: bool
    said: Sequence[Said] = ()
    meant: dict[str, str] = field(default_factory=dict)
    is_whole: bool = True
    ahead: Sequence[int] = ()

    @property
    def total(self) -> int:
        return len(self.numbers)

    def facets(self) -> dict[str, dict[str, int]]:
        """Return how many postings have each word, the newest `COUNTED` at most."""
        return counted(self.numbers)


def find(
    wanted: Wanted, *, without: Collection[int] = (), today: date, order: Order, below: int | None = None
) -> Found:
    """Find open postings.

    :param without: ids of postings that are not there for whoever looks
    :param today: which day it is for them
    :param below: only those whose numbers are lower
    """
    others = filters(wanted)
    lowest = least(wanted, today=today)

    def among(words: Query, most: int) -> list[int]:
        numbers = POSTINGS.find([*others, *words], below=below, least=lowest, most=most + len(without))
        return [number for number in numbers if posting_of(number) not in without] if without else numbers

    said = read(wanted.words)
    if wanted.words.strip() and not said:
        # Signs alone are in no posting, and words that stand in all of them tell none from another.
        return Found((), is_all=True, is_whole=False)
    numbers, meant = among([one.anywhere() for one in said], COUNTED + 1), {}
    if said and not numbers and (meant := spelling.meant(NAME, [one.word for one in said])):
        corrected = read(wanted.words, meant)
        numbers = among([one.anywhere() for one in corrected], COUNTED + 1)
        said = corrected
    is_whole = bool(numbers) or len(said) < 2
    if not is_whole:
        without_one = ([one.anywhere() for one in said if one is not left] for left in said)
        numbers = sorted(
            {number for words in without_one for number in among(words, RANKED // len(said))}, reverse=True
        )
    ahead: list[int] = []
    if order == Order.RELEVANCE and said and len(numbers) > RANKED:
        ahead = among([one.ahead() for one in said], AHEAD)
    return Found(numbers[:COUNTED], len(numbers) <= COUNTED, said, meant, is_whole, ahead)


def ranked(found: Found, *, today: date) -> list[tuple[int, int]]:
    """Return the first `RANKED` of what was found, the best first: each with its score, and its number."""
    numbers = list(dict.fromkeys([*found.ahead, *found.numbers[:RANKED]]))[:RANKED]
    ranking = Ranking(found.said, _times(found.said), today, is_whole=found.is_whole)
    cards = map(Card._make, _CARDS.rows(keys=numbers))
    return sorted([(ranking.score(card), card.number) for card in cards], reverse=True)


def _times(said: Sequence[Said]) -> dict[str, int]:
    words = [one.word for one in said][:12]
    values = {f"word{n}": words[n] if n < len(words) else "" for n in range(12)}
    return dict(_TIMES.rows(**values)) if words else {}
