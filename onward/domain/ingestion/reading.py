"""Reading a source: what it tells goes into the record batch by batch, until it has told all, fails, or is stopped."""

import logging
from collections.abc import Iterator, Sequence

from django.db import Error as DatabaseTrouble
from django.db import IntegrityError
from django.db.utils import DataError
from django.utils import timezone

from onward.domain.ingestion import queries
from onward.domain.ingestion.arrival import Arrival, arrive, content_key
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Broken, Fetch, NotModified, Spent
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.matching import Moment
from onward.domain.ingestion.models import Source
from onward.domain.ingestion.services import batches, freshness, readings
from onward.domain.ingestion.services.batches import Rejections
from onward.domain.ingestion.services.readings import Begun, Overtaken
from onward.domain.ingestion.sources import KINDS
from onward.platform import jobs

logger = logging.getLogger("onward.ingestion")

# How many postings, and how many signs of their descriptions, are held in memory and written at once.
MOST = 1000
HEAVIEST = 4_000_000
# After how many postings it is looked whether anybody still wants them.
LOOK = 10

TOO_LONG = "It took longer than 25 minutes."
UNKNOWN = "This version of the program knows no sources of this kind."
UNSTORABLE = "The database cannot keep it."


def read(reading_id: int) -> int:
    """Read a source of a run, unless that is done or somebody else does; returns whether it was read.

    :raises Cancelled: when it was cancelled, or taken over for dead
    :raises DatabaseTrouble: when the database does not answer; the reading goes on when the job is tried again
    """
    begun = readings.begin(reading_id=reading_id, job_id=jobs.own_id(), at=timezone.now())
    if begun is None:
        return 0
    try:
        _read(begun)
    except Overtaken:
        readings.stop(begun=begun, at=timezone.now())
    except jobs.Cancelled:
        readings.stop(begun=begun, at=timezone.now())
        raise
    return 1


def _read(begun: Begun) -> None:
    intake = Intake(begun)
    fetch = Fetch(entry_of(begun.source), place=begun.reading_id, etags=begun.source.etags)
    is_unchanged, problem = False, ""
    try:
        with fetch:
            intake.take_all(fetch)
    except NotModified:
        is_unchanged = True
    except Spent as spent:
        readings.skip(begun=begun, reason=spent.reason, at=timezone.now())
        return
    except Broken as broken:
        problem = broken.reason
    except jobs.OutOfTime:
        readings.fail(begun=begun, reason=TOO_LONG, at=timezone.now())
        return
    except (DatabaseTrouble, Overtaken):
        raise
    except Exception as mistake:
        # One of our own, which must not keep the run from its end.
        logger.exception("reading %s of %s: a mistake in the program", begun.reading_id, begun.source)
        problem = f"A mistake in the program: {type(mistake).__name__}."
    if problem:
        # What came before may be kept; what is gone nobody knows.
        intake.flush()
        intake.take_waiting(ended=False)
        readings.fail(begun=begun, reason=problem, at=timezone.now())
        return
    if is_unchanged:
        intake.see_all_again()
    etags = begun.source.etags if is_unchanged else fetch.etags
    readings.complete(
        begun=begun, etags=etags, is_unchanged=is_unchanged, hides_some=intake.hides_some, at=timezone.now()
    )


def entry_of(source: Source) -> Entry:
    """Return what an adapter needs to know of a source."""
    return Entry(source.name, source.kind, source.base_url, source.board, source.company, source.daily_limit)


class Intake:
    """Collects what a source tells, and has it written when there is enough of it.

    :ivar hides_some: whether there is something that could not be read and may have been any of what is missing
    """

    def __init__(self, begun: Begun) -> None:
        self._begun = begun
        self._source = entry_of(begun.source)
        self._rejections = Rejections()
        self._found: dict[str, Found] = {}
        self._weight = 0
        self._waiting: dict[str, Arrival] = {}
        self._when = Moment.MIDWAY
        self.hides_some = False

    def take_all(self, fetch: Fetch) -> None:
        """Take in all that a source tells.

        :raises Broken: when the reading failed
        :raises NotModified: when nothing has changed since the last one
        """
        adapter = KINDS.get(self._source.kind)
        if adapter is None:
            raise Broken(UNKNOWN)
        if adapter.windowed:
            self._when = Moment.NOBODY_KNOWS
        for number, told in enumerate(adapter.read(self._source, fetch)):
            if number % LOOK == 0:
                _look()
            if isinstance(told, Rejected):
                self._rejections.add(told.reason, told.external_id)
                self.hides_some |= told.hides
            elif told.external_id not in self._found:
                self._found[told.external_id] = told
                self._weight += len(told.description) + len(told.description_html)
            if max(len(self._found), len(self._rejections.ids)) >= MOST or self._weight >= HEAVIEST:
                self.flush()
        self.flush()
        self.take_waiting(ended=not self.hides_some)

    def flush(self) -> None:
        """Have written what was collected."""
        found = self._found
        self._found, self._weight = {}, 0
        if not (found or self._rejections.ids or self._rejections.reasons):
            return
        before = queries.content_keys(self._begun.source, found)
        at = timezone.now()
        keys = {external_id: content_key(told, self._source) for external_id, told in found.items()}
        unchanged = [external_id for external_id, key in keys.items() if before.get(external_id) == key]
        others = keys.keys() - set(unchanged)
        arrivals = [arrive(found[one], self._source, at=at, told=keys[one]) for one in keys if one in others]
        self._write(arrivals, unchanged, self._when)

    def _write(self, arrivals: list[Arrival], unchanged: Sequence[str], when: Moment) -> None:
        """Write a batch; when the database refuses it, its halves, until what it refuses is found."""
        try:
            waiting = batches.take_in(
                begun=self._begun,
                arrivals=arrivals,
                unchanged=unchanged,
                rejections=self._rejections,
                when=when,
                at=timezone.now(),
                wanted=_look,
            )
            self._waiting |= {arrival.external_id: arrival for arrival in waiting}
            if len(self._waiting) >= MOST:
                # Nothing is held in memory without a limit.
                self._when = Moment.NOBODY_KNOWS
        except (DataError, IntegrityError):
            if unchanged or len(arrivals) > 1:
                self._write([], unchanged, when)
                for half in _halves(arrivals):
                    self._write(half, [], when)
                return
            if not arrivals:
                raise
            logger.exception("reading %s: a posting that cannot be kept", self._begun.reading_id)
            self._rejections.add(UNSTORABLE, arrivals[0].external_id)

    def take_waiting(self, *, ended: bool) -> None:
        """Have written what waited until it is known what the source lists: posted again, or others in the same words.

        :param ended: whether the source has told all that it lists
        """
        waiting, self._waiting = list(self._waiting.values()), {}
        if waiting:
            is_told = ended and freshness.is_all_told(
                source=self._begun.source, reading_id=self._begun.reading_id, more=len(waiting)
            )
            self._write(waiting, [], Moment.AT_THE_END if is_told else Moment.NOBODY_KNOWS)

    def see_all_again(self) -> None:
        """See again all that there is, because the source says that nothing has changed."""
        while batches.take_unchanged(begun=self._begun, most=MOST, at=timezone.now(), wanted=_look):
            _look()


def _halves(arrivals: list[Arrival]) -> Iterator[list[Arrival]]:
    middle = len(arrivals) // 2
    yield arrivals[:middle]
    yield arrivals[middle:]


def _look() -> None:
    """See whether the reading is still wanted.

    :raises Cancelled: when it is not
    """
    if jobs.cancelled():
        raise jobs.Cancelled
