"""Which of the postings that a source tells are known already.

Four rules, the first that decides: (1) the source's own id, which whoever stores postings looks up; (2) the link,
where it names one posting; (3) equal company, title and place after normalising; (4) the same in another spelling: each
word that differs is a spelling of its partner. On one source the id alone decides: rules 2 to 4 count across
sources only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from onward.domain.ingestion.judgement.keys import Keys, consonants
from onward.domain.ingestion.judgement.places import Nearness, Spot, nearness, read_key
from onward.domain.ingestion.judgement.ratios import ratio
from onward.domain.ingestion.judgement.spelling import all_alike
from onward.domain.ingestion.judgement.titles import may_be_one, read_title_key, similarity

# How alike the names of two companies must be, of 1.
COMPANY = 0.8
# Other texts in one block that a row is compared with, at most: many that look alike say nothing any more.
MOST_TEXTS = 50
# Postings of one text at places that may be meant, likewise.
MOST_PLACES = 50
_AND = frozenset({"and", "und", "et", "y", "og", "och"})


@dataclass(frozen=True, slots=True)
class Row:
    """A posting as a source tells it, with an id that is new there."""

    external_id: str
    keys: Keys
    url_key: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A posting that is stored.

    :param sources: where it has been seen
    :param url_keys: of all its links
    """

    id: int
    keys: Keys
    sources: frozenset[int]
    url_keys: frozenset[str] = frozenset()
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a row is; at most one of the three is told, and a row without any is a new posting.

    :param same: the posting that it is
    :param repost: the closed posting that its source tells anew, under another id
    :param resembles: a posting that it may be: nobody can tell, so it is a new one
    """

    same: int | None = None
    repost: int | None = None
    resembles: int | None = None


NEW = Verdict()


def judge(rows: Iterable[Row], known: Iterable[Known], *, source: int) -> dict[str, Verdict]:
    """Return for each row, by its external id, which known posting it is, if any. The order of both is of no account.

    A posting is told once by each source: of several rows that could be it, the one that is most like it is.

    :param known: those that share a link, heads or tails with a row; others cost time and change nothing
    """
    new = sorted({row.external_id: row for row in rows}.values(), key=lambda row: row.external_id)
    stored = sorted(known, key=lambda posting: posting.id)
    verdicts = _by_link(new, stored, source)
    taken = {verdict.same or verdict.repost for verdict in verdicts.values()}
    rest = [row for row in new if row.external_id not in verdicts]
    elsewhere = [posting for posting in stored if source not in posting.sources and posting.id not in taken]
    verdicts |= _by_words(rest, elsewhere)
    rest = [row for row in rest if verdicts.get(row.external_id, NEW).same is None]
    return {row.external_id: NEW for row in new} | verdicts | _reposts(rest, stored, source, taken)


def reposts(rows: Iterable[Row], closed: Iterable[Known]) -> dict[str, int]:
    """Return which rows tell a closed posting of their own source anew, under another id.

    :param closed: of that source only
    """
    new = sorted({row.external_id: row for row in rows}.values(), key=lambda row: row.external_id)
    found = _by_words(new, sorted(closed, key=lambda posting: posting.id))
    return {external_id: verdict.same for external_id, verdict in found.items() if verdict.same is not None}


def _by_link(rows: Sequence[Row], known: Sequence[Known], source: int) -> dict[str, Verdict]:
    """Judge the rows whose link is that of one posting; a link that several share says nothing."""
    told = Counter(row.url_key for row in rows if row.url_key)
    owners: dict[str, list[Known]] = defaultdict(list)
    for posting in known:
        for key in posting.url_keys:
            owners[key].append(posting)
    found = {}
    for row in rows:
        own = owners.get(row.url_key, []) if told[row.url_key] == 1 else []
        if len(own) == 1 and source not in own[0].sources:
            found[row.external_id] = Verdict(same=own[0].id)
        elif len(own) == 1 and own[0].is_closed:
            found[row.external_id] = Verdict(repost=own[0].id)
    return _once(found)


def _reposts(rows: Sequence[Row], known: Sequence[Known], source: int, taken: set[int | None]) -> dict[str, Verdict]:
    closed = [
        posting for posting in known if source in posting.sources and posting.is_closed and posting.id not in taken
    ]
    return {external_id: Verdict(repost=id) for external_id, id in reposts(rows, closed).items()}


def _once(verdicts: dict[str, Verdict]) -> dict[str, Verdict]:
    """Return the first row of each posting only."""
    first: dict[int | None, str] = {}
    for external_id, verdict in verdicts.items():
        first.setdefault(verdict.same or verdict.repost, external_id)
    return {external_id: verdicts[external_id] for external_id in first.values()}


@dataclass(frozen=True, slots=True)
class _Pair:
    """A row and a posting that it may be. :param score: how alike the words are; 0: one of them may make it another"""

    row: Row
    posting: Known
    score: float
    nearness: Nearness

    @property
    def rank(self) -> tuple[float, int, bool, int, str]:
        return (-self.score, -self.nearness, self.posting.is_closed, self.posting.id, self.row.external_id)


def _by_words(rows: Sequence[Row], known: Sequence[Known]) -> dict[str, Verdict]:
    found = _equal(rows, known)
    taken = {verdict.same for verdict in found.values()}
    texts = _Texts(posting for posting in known if posting.id not in taken)
    pairs = [pair for row in rows if row.external_id not in found for pair in texts.pairs(row)]
    unclear = _unclear(pairs)
    for pair in sorted(pairs, key=lambda pair: pair.rank):
        if pair.row.external_id in found:
            continue
        if not pair.score or pair in unclear:
            found[pair.row.external_id] = Verdict(resembles=pair.posting.id)
        elif pair.posting.id not in taken:
            found[pair.row.external_id] = Verdict(same=pair.posting.id)
            taken.add(pair.posting.id)
    return found


def _equal(rows: Sequence[Row], known: Sequence[Known]) -> dict[str, Verdict]:
    """Judge the rows with equal keys: of several, the first with the first."""
    waiting: dict[Keys, list[Known]] = defaultdict(list)
    for posting in sorted(known, key=lambda posting: (posting.is_closed, posting.id), reverse=True):
        if posting.keys.company:
            waiting[posting.keys].append(posting)
    return {row.external_id: Verdict(same=waiting[row.keys].pop().id) for row in rows if waiting.get(row.keys)}


def _unclear(pairs: Iterable[_Pair]) -> set[_Pair]:
    """Return the pairs that are no better than another pair of the same row or posting at another place."""
    rivals: dict[tuple[object, ...], set[str]] = defaultdict(set)
    loose = [pair for pair in pairs if pair.nearness < Nearness.SAME]
    for pair in loose:
        rivals[pair.row.external_id, pair.score, pair.nearness].add(pair.posting.keys.place)
        rivals[pair.posting.id, pair.score, pair.nearness].add(pair.row.keys.place)
    return {
        pair
        for pair in loose
        for one in (pair.row.external_id, pair.posting.id)
        if len(rivals[one, pair.score, pair.nearness]) > 1
    }


@dataclass(slots=True)
class _Text:
    """Postings of one company and title, by their cities; those without a city apart."""

    company: str
    title: str
    by_city: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    without: list[Known] = field(default_factory=list)

    def add(self, posting: Known) -> None:
        where = read_key(posting.keys.place)
        for city in {_city_block(spot) for spot in where if spot.city}:
            self.by_city[city].append(posting)
        if not all(spot.city for spot in where) or not where:
            self.without.append(posting)

    def near(self, where: Sequence[Spot]) -> list[Known]:
        """Return postings that may be at these places, `MOST_PLACES` at most."""
        cities = {_city_block(spot) for spot in where if spot.city}
        if not where or not all(spot.city for spot in where):
            cities = set(self.by_city)
        told = chain(self.without, *(self.by_city.get(city, []) for city in sorted(cities)))
        return list({posting.id: posting for posting in islice(told, MOST_PLACES)}.values())


class _Texts:
    """Postings by company and title, found by their blocks."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.texts: dict[tuple[str, str], _Text] = {}
        self.blocks: dict[int, dict[tuple[str, str], _Text]] = defaultdict(dict)
        self.alike: dict[tuple[str, str], list[tuple[float, _Text]]] = {}
        for posting in known:
            keys = posting.keys
            name = (keys.company, keys.title)
            text = self.texts.setdefault(name, _Text(*name))
            text.add(posting)
            self.blocks[keys.heads][name] = self.blocks[keys.tails][name] = text

    def pairs(self, row: Row) -> list[_Pair]:
        """Return the postings that a row is or may be."""
        name = (row.keys.company, row.keys.title)
        if name not in self.alike:
            self.alike[name] = list(self._alike(row.keys))
        where = read_key(row.keys.place)
        found = [(score, posting) for score, text in self.alike[name] for posting in text.near(where)]
        pairs = [_Pair(row, posting, score, _near(where, posting)) for score, posting in found]
        return [pair for pair in pairs if pair.nearness]

    def _alike(self, keys: Keys) -> Iterator[tuple[float, _Text]]:
        """Return the texts that are those of the keys in some spelling, or may be (0), and how alike they are."""
        near = self.blocks.get(keys.heads, {}) | self.blocks.get(keys.tails, {})
        own = near.pop((keys.company, keys.title), None)
        others = [near[name] for name in sorted(near)[:MOST_TEXTS]]
        for text in [own, *others] if own else others:
            score = likeness(keys.company, keys.title, text.company, text.title)
            if score is not None:
                yield score, text


def likeness(company: str, title: str, other_company: str, other_title: str) -> float | None:
    """Return how alike two postings' words are, of 1; 0 where a word may make them two; None where it does."""
    employers = _companies(company, other_company)
    if not employers:
        return None
    one, other = read_title_key(title), read_title_key(other_title)
    if score := similarity(one, other):
        return employers * score
    return 0 if may_be_one(one, other) else None


def _companies(one: str, other: str) -> float:
    if one == other:
        return float(bool(one))
    some = [word for word in one.split() if word not in _AND]
    others = [word for word in other.split() if word not in _AND]
    score = max(ratio(one, other), ratio("".join(some), "".join(others))) / 100
    return score if score >= COMPANY and all_alike(some, others) else 0


def _near(where: Sequence[Spot], posting: Known) -> Nearness:
    return nearness(where, read_key(posting.keys.place))


def _city_block(spot: Spot) -> str:
    return consonants(spot.city.replace(" ", ""))[:3]
