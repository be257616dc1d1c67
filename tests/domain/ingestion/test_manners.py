"""Who may ask a host, when, and how often."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from onward.domain.ingestion.fetching import Fetch, Spent, services
from onward.domain.ingestion.models import Host, Turn
from onward.domain.ingestion.sources import KINDS
from tests.domain.ingestion.servers import behaviour, posts
from tests.waiting import until

HOST = "https://boards-api.greenhouse.io:443"


def reading(entry, **options):
    return list(KINDS[entry.kind].read(entry, Fetch(entry, wanted=lambda: None, **options)))


def test_a_host_answers_two_at_a_time_however_many_sources_it_has(local, settings, together):
    shared = local.host()
    entries = [
        local.add("greenhouse", posts(2), name=f"board-{n}", at=shared, behaviour=behaviour.slow(0.2)) for n in range(8)
    ]
    settings.SOURCES = local.entries

    found = together(8, lambda n: reading(entries[n], place=n + 1))

    assert [len(each) for each in found] == [2] * 8
    assert shared.most_open == 2
    assert not Turn.objects.exists()


def test_hosts_do_not_wait_for_each_other(local, settings, transactional_db):
    local.add("greenhouse", posts(1), name="ill", behaviour=behaviour.hanging)
    local.add("greenhouse", posts(2), name="well")
    settings.SOURCES = local.entries
    gone = threading.Event()

    class Gone(BaseException):
        pass

    def wanted():
        if gone.is_set():
            raise Gone

    def hang(place):
        try:
            entry = local["ill"].entry
            list(KINDS[entry.kind].read(entry, Fetch(entry, place=place, wanted=wanted)))
        except Gone:
            pass
        finally:
            connection.close()

    hanging = [threading.Thread(target=hang, args=[place]) for place in (1, 2)]
    for thread in hanging:
        thread.start()
    until(lambda: len(local["ill"].requests) == 2)

    assert len(reading(local["well"].entry, place=3)) == 2

    gone.set()
    for thread in hanging:
        thread.join()
    assert not Turn.objects.exists()


@pytest.mark.django_db
def test_turns_come_in_the_order_that_was_given():
    at = timezone.now()
    turns = {place: services.line_up(origin=HOST, place=place, at=at) for place in (5, 3, 4, 1, 2)}

    def come():
        return [place for place in sorted(turns) if services.take(turn_id=turns[place], at=at)]

    assert come() == [1, 2]
    services.leave(turn_id=turns.pop(2))
    assert come() == [1, 3]
    services.leave(turn_id=turns.pop(1))
    services.leave(turn_id=turns.pop(3))
    assert come() == [4, 5]


@pytest.mark.django_db
def test_the_turn_of_who_died_is_free_after_a_while():
    at = timezone.now()
    for place in (1, 2):
        assert services.take(turn_id=services.line_up(origin=HOST, place=place, at=at), at=at)
    waiting = services.line_up(origin=HOST, place=3, at=at)

    later = at + services.LEASE / 2
    assert services.renew(turn_id=waiting, at=later)
    assert not services.take(turn_id=waiting, at=later)

    later = at + services.LEASE + timedelta(seconds=1)
    assert services.take(turn_id=waiting, at=later)
    assert Turn.objects.count() == 1


@pytest.mark.django_db
def test_a_reading_that_was_interrupted_goes_on_in_its_own_turn():
    at = timezone.now()
    before = services.line_up(origin=HOST, place=7, at=at)
    assert services.take(turn_id=before, at=at)
    assert services.take(turn_id=services.line_up(origin=HOST, place=8, at=at), at=at)

    again = services.line_up(origin=HOST, place=7, at=at)

    assert services.take(turn_id=again, at=at)
    assert not services.renew(turn_id=before, at=at)


@pytest.mark.django_db
def test_a_host_is_asked_with_time_in_between(settings):
    services.line_up(origin=HOST, place=1, at=timezone.now())

    moments = [services.reserve(origin=HOST, spacing=0.5, now=1000.0) for _ in range(4)]

    assert moments == pytest.approx([1000, 1000.5, 1001, 1001.5])
    assert services.reserve(origin=HOST, spacing=0.5, now=1010.0) == pytest.approx(1010)


@pytest.mark.django_db
def test_a_host_that_wants_to_be_left_alone_is_left_alone_by_all():
    services.line_up(origin=HOST, place=1, at=timezone.now())

    services.rest(origin=HOST, until=1030.0)

    assert services.reserve(origin=HOST, spacing=0.5, now=1000.0) == pytest.approx(1030)
    # A clock that was put back must not keep it alone for ever.
    Host.objects.update(free_from=9e9)
    assert services.reserve(origin=HOST, spacing=0.5, now=1000.0) == pytest.approx(1000)


def test_a_reading_that_must_wait_tells_the_others(local, settings, transactional_db):
    entry = local.add("greenhouse", posts(1), behaviour=behaviour.limited(1, seconds=1))
    settings.SOURCES = local.entries
    before = time.time()

    assert len(reading(entry, place=1)) == 1

    first, second = local["greenhouse"].requests
    assert second.at - first.at >= 1
    assert Host.objects.get().free_from >= before + 1


@pytest.mark.once
@pytest.mark.django_db
def test_a_source_is_asked_as_often_a_day_as_its_entry_says(local, settings):
    entry = local.add("greenhouse", posts(1), daily_limit=2)
    other = local.add("greenhouse", posts(1), name="other")
    settings.SOURCES = local.entries

    for _ in range(2):
        assert len(reading(entry)) == 1
    with pytest.raises(Spent, match="2 times a day"):
        reading(entry)

    assert len(local["greenhouse"].requests) == 2
    assert len(reading(other)) == 1


@pytest.mark.django_db
def test_manners_cost_a_statement_for_each_page(local, settings, queries):
    entry = local.add("lever", posts(450))
    settings.SOURCES = local.entries

    with queries() as asked:
        assert len(reading(entry, place=1)) == 450

    pages = len(local["lever"].requests)
    assert pages == 5
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= 12 + pages
