"""Writing a batch of postings that a source told of: a statement writes hundreds of rows."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.companies.choices import Origin
from onward.domain.companies.models import Employer
from onward.domain.companies.services import employers
from onward.domain.ingestion import matching, queries
from onward.domain.ingestion.arrival import SAID, Arrival
from onward.domain.ingestion.events import PostingsRead
from onward.domain.ingestion.judgement.freshness import PAST
from onward.domain.ingestion.judgement.industries import guess_industry
from onward.domain.ingestion.matching import Moment
from onward.domain.ingestion.models import Reading, Sighting, Source
from onward.domain.ingestion.services import runs
from onward.domain.ingestion.services.readings import Begun, lock_reading
from onward.domain.ingestion.services.states import change_states
from onward.domain.ingestion.services.turns import own_turn
from onward.platform.events import publish
from onward.platform.record import append_all, change_all

PAY = frozenset({"pay_min", "pay_max", "pay_currency", "pay_period"})
# Reasons of rejections that are kept one by one, with how many there were for each.
MOST_REASONS = 20


@dataclass(slots=True)
class Rejections:
    """Why postings were rejected since a reading was begun: it begins anew with each attempt, as what it reads does.

    :ivar ids: of those that were rejected since the last batch: they cannot be read, but they are there
    """

    reasons: Counter[str] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)

    def add(self, reason: str, external_id: str = "") -> None:
        """Count one."""
        if reason in self.reasons or len(self.reasons) < MOST_REASONS:
            self.reasons[reason] += 1
        else:
            self.reasons["other reasons"] += 1
        if external_id:
            self.ids.append(external_id)


@dataclass(slots=True)
class _Fates:
    """What has become of a batch, by the ids of postings."""

    new: list[int] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    reposted: list[int] = field(default_factory=list)


class _Known(NamedTuple):
    pk: int
    posting_id: int
    content_key: str
    reading_id: int
    is_telling: bool


def take_in(
    *,
    begun: Begun,
    arrivals: Sequence[Arrival],
    unchanged: Sequence[str],
    rejections: Rejections,
    when: Moment,
    at: datetime,
    wanted: Callable[[], None],
) -> list[Arrival]:
    """Take a batch into the record, count it and announce it, all of it or nothing.

    What this reading has taken in already is passed over: so one that is begun again doubles nothing.

    :param arrivals: what is new or has changed, each with an id of its own
    :param unchanged: ids of what the source says no otherwise than before
    :param when: with `Moment.MIDWAY`, what may be one that was listed before under another id is not taken in yet
    :param wanted: raises when nobody wants it any more; asked while others have their turn
    :returns: what was not taken in, and is to be brought again at the end
    :raises Overtaken: when the run was cancelled, or somebody else reads
    :raises DatabaseError: when the database refuses a row
    """
    with own_turn(wanted):
        reading = lock_reading(begun)
        told = {arrival.external_id: arrival for arrival in arrivals}
        known = _known(begun.source, [*told, *unchanged, *rejections.ids])
        fates = _Fates()
        _see_rejected(known, rejections, reading, at)
        again = [
            (told.get(external_id), known[external_id])
            for external_id in (*told, *unchanged)
            if external_id in known and known[external_id].reading_id != reading.pk
        ]
        _see_again(again, reading, fates, at)
        new = [arrival for arrival in arrivals if arrival.external_id not in known]
        waiting = _take_new(new, begun.source, reading, fates, when, at)
        _count_and_announce(begun, reading, fates, at, rejections)
    rejections.ids.clear()
    return waiting


def take_unchanged(*, begun: Begun, most: int, at: datetime, wanted: Callable[[], None]) -> bool:
    """See again, where a source says that nothing has changed, what is there as far as we know; some at a time.

    :param most: how many
    :returns: whether there may be more
    :raises Overtaken: when the run was cancelled, or somebody else reads
    """
    with own_turn(wanted):
        reading = lock_reading(begun)
        there = queries.listed(begun.source).exclude(reading=reading).order_by("pk")
        rows = dict(there.values_list("pk", "posting_id")[:most])
        if rows:
            fates = _Fates(seen=list(rows.values()))
            _touch(rows.keys(), reading, at)
            _see(fates.seen, at)
            _count_and_announce(begun, reading, fates, at, None)
        return len(rows) == most


def _known(source: Source, external_ids: Collection[str]) -> dict[str, _Known]:
    rows = Sighting.objects.filter(source=source, external_id__in=external_ids)
    columns = ("pk", "posting_id", "content_key", "reading_id", "is_telling")
    return {row[0]: _Known(*row[1:]) for row in rows.values_list("external_id", *columns)}


def _see_rejected(known: dict[str, _Known], rejections: Rejections, reading: Reading, at: datetime) -> None:
    """Keep what was known before and cannot be read now from being missed: it is listed."""
    there = [known[external_id] for external_id in rejections.ids if external_id in known]
    if there:
        _touch([sighting.pk for sighting in there], reading, at)
        _see([sighting.posting_id for sighting in there], at)


def _see_again(pairs: Sequence[tuple[Arrival | None, _Known]], reading: Reading, fates: _Fates, at: datetime) -> None:
    """See postings again that this source has told of before, and take over what it says otherwise now.

    :param pairs: with nothing where it says the same
    """
    if not pairs:
        return
    _touch([sighting.pk for _, sighting in pairs], reading, at)
    changed = [(arrival, sighting) for arrival, sighting in pairs if arrival]
    change_all(
        Sighting,
        ["url", "url_key", "content_key"],
        [
            {
                "id": sighting.pk,
                "url": arrival.found.url,
                "url_key": arrival.url_key,
                "content_key": arrival.content_key,
            }
            for arrival, sighting in changed
        ],
    )
    _tell([(sighting.posting_id, arrival) for arrival, sighting in changed if sighting.is_telling], at)
    fates.seen += [sighting.posting_id for _, sighting in pairs]
    _see(fates.seen, at)


def _take_new(
    told: Sequence[Arrival], source: Source, reading: Reading, fates: _Fates, when: Moment, at: datetime
) -> list[Arrival]:
    """Take in what this source has not told of before: a posting that another has told of, or one that nobody has.

    :returns: what waits for the end of the reading
    """
    if not told:
        return []
    employer_ids = employers.find_or_make(called=[(arrival.company, arrival.domain) for arrival in told], at=at)
    _guess_industries(told, employer_ids, at)
    met = matching.meet(source, told, reading=reading, when=when)
    arrivals = [arrival for arrival in told if arrival.external_id not in met.waiting]
    # What was posted again says what is said under its new id; what a person wrote has its gaps filled.
    telling = met.reposted | met.entered
    unmet = [arrival for arrival in arrivals if arrival.external_id not in met.known]
    new_ids = append_all(Posting, [_posting(arrival, employer_ids, met, at) for arrival in unmet])
    posting_ids = dict(zip((arrival.external_id for arrival in unmet), new_ids, strict=True)) | met.known
    append_all(
        Sighting,
        [
            {
                "posting_id": posting_ids[arrival.external_id],
                "source_id": source.pk,
                "external_id": arrival.external_id,
                "url": arrival.found.url,
                "url_key": arrival.url_key,
                "content_key": arrival.content_key,
                "first_seen_at": at,
                "last_seen_at": at,
                "is_telling": arrival.external_id not in met.known or arrival.external_id in telling,
                "reading_id": reading.pk,
            }
            for arrival in arrivals
        ],
    )
    known_ids = list(met.known.values())
    fates.new += new_ids
    fates.seen += known_ids
    fates.reposted += [met.known[external_id] for external_id in met.reposted]
    if known_ids:
        _see(known_ids, at)
    if met.reposted:
        former = Sighting.objects.filter(source=source, posting__in=fates.reposted).exclude(reading=reading)
        former.update(is_telling=False)
    _tell([(met.known[arrival.external_id], arrival) for arrival in arrivals if arrival.external_id in telling], at)
    return [arrival for arrival in told if arrival.external_id in met.waiting]


def _guess_industries(arrivals: Sequence[Arrival], employer_ids: dict[tuple[str, str], int], at: datetime) -> None:
    """Guess what the employers do that nobody knew before, by their names and what they look for."""
    texts: dict[int, Arrival] = {}
    for arrival in arrivals:
        if employer_id := employer_ids.get((arrival.company, arrival.domain)):
            texts.setdefault(employer_id, arrival)
    new = Employer.objects.filter(pk__in=texts, created_at=at, industry="").values_list("pk", "name")
    guesses = {pk: guess_industry(name=name, description=texts[pk].found.description) for pk, name in new}
    told = {pk: {"industry": industry} for pk, industry in guesses.items() if industry}
    if told:
        employers.learn(told=told, origin=Origin.GUESS, at=at)


def _posting(
    arrival: Arrival, employer_ids: dict[tuple[str, str], int], met: matching.Met, at: datetime
) -> dict[str, Any]:
    is_past = arrival.values["closes_on"] is not None and arrival.values["closes_on"] < at.date()
    return {
        **arrival.values,
        "employer_id": employer_ids.get((arrival.company, arrival.domain)),
        "resembles_id": met.doubtful.get(arrival.external_id),
        "state": PostingState.CLOSED if is_past else PostingState.LIVE,
        "state_reason": PAST if is_past else "",
        "state_changed_at": at,
        "first_seen_at": at,
        "last_seen_at": at,
        "created_at": at,
        "updated_at": at,
    }


def _touch(sighting_ids: Collection[int], reading: Reading, at: datetime) -> None:
    Sighting.objects.filter(pk__in=sighting_ids).update(last_seen_at=at, reading=reading, missed=0)


def _see(posting_ids: Collection[int], at: datetime) -> None:
    """Note that postings are listed: those that were not live are so again, unless their closing day has passed."""
    seen = Posting.objects.filter(pk__in=posting_ids)
    seen.update(last_seen_at=at)
    in_time = Q(closes_on=None) | Q(closes_on__gte=at.date())
    change_states(seen.filter(in_time), PostingState.LIVE, at=at)


def _tell(pairs: Sequence[tuple[int, Arrival]], at: datetime) -> None:
    """Let postings say what their source says of them now, but for what a person wrote or has published."""
    if not pairs:
        return
    kept = Posting.objects.filter(pk__in=[posting_id for posting_id, _ in pairs], published_at=None)
    written = dict(kept.values_list("pk", "written"))
    protected = {pk: _with_others(names) for pk, names in written.items() if names}
    said = {row["id"]: row for row in Posting.objects.filter(pk__in=protected).values("id", *SAID)} if protected else {}
    change_all(
        Posting,
        [*SAID, "updated_at"],
        [
            {
                "id": posting_id,
                "updated_at": at,
                **{name: arrival.values[name] for name in SAID},
                **{name: said[posting_id][name] for name in protected.get(posting_id, ()) if name in SAID},
            }
            for posting_id, arrival in pairs
            if posting_id in written
        ],
    )


def _with_others(written: Sequence[str]) -> set[str]:
    """Return what stays besides what a person wrote: of pay, all of it or nothing."""
    return {*written, *(PAY if PAY.intersection(written) else ())}


def _count_and_announce(
    begun: Begun, reading: Reading, fates: _Fates, at: datetime, rejections: Rejections | None
) -> None:
    """Add what has become of a batch to the counts, and announce it to those who make leads of it."""
    # What was rejected by an attempt before this one is the same again: counted is what is more than that.
    rejected = max(0, rejections.reasons.total() - reading.rejected) if rejections else 0
    if rejections and rejected:
        Reading.objects.filter(pk=reading.pk).update(reasons=dict(rejections.reasons))
    runs.count(
        begun.run.pk,
        reading.pk,
        found=len(fates.new) + len(fates.seen) + rejected,
        saved=len(fates.new),
        duplicates=len(fates.seen),
        rejected=rejected,
    )
    if not fates.new and not fates.seen:
        return
    publish(
        PostingsRead(
            owner_id=begun.run.asked_by_id,
            at=at,
            run_id=begun.run.pk,
            reading_id=reading.pk,
            source_id=begun.source.pk,
            new_ids=tuple(fates.new),
            seen_ids=tuple(fates.seen),
            reposted_ids=tuple(fates.reposted),
            makes_leads=begun.run.makes_leads,
            internship_types=tuple(begun.run.internship_types),
            locations=tuple(begun.run.locations),
            threshold=begun.run.threshold,
        )
    )
