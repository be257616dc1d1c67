"""How sources are: what fails, what is left alone for it, and what is asked all the same."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.board.models import Posting
from onward.domain.ingestion import queries
from onward.domain.ingestion.choices import Health, ReadingState, RunState
from onward.domain.ingestion.models import Source
from onward.domain.ingestion.services import sources
from onward.domain.ingestion.sources.builtin import BUILTIN
from onward.platform.jobs import run_due
from onward.platform.refusals import Invalid
from tests.domain.ingestion.servers import behaviour
from tests.domain.ingestion.servers.posts import posts

pytestmark = pytest.mark.django_db

NOT_FOUND = behaviour.saying(404)


def test_nothing_found_is_no_failure(local, run, source):
    local.add("greenhouse", [])

    done = run()

    assert done.state == RunState.COMPLETED
    assert done.readings.get().error == ""
    assert (source().last_found, source().failures) == (0, 0)
    assert source().last_success_at is not None


def test_a_source_that_fails_says_why_and_the_others_go_on(local, run, source):
    local.add("greenhouse", posts(3))
    local.add("lever", posts(3), behaviour=NOT_FOUND)

    done = run()

    assert done.state == RunState.COMPLETED
    errors = {reading.source.name: reading.error for reading in done.readings.all()}
    assert errors == {"greenhouse": "", "lever": "The source answered 404."}
    assert (source("lever").failure, source("lever").failures) == ("The source answered 404.", 1)
    assert source("lever").last_success_at is None


def test_a_run_has_failed_when_all_its_sources_have(local, run):
    local.add("greenhouse", posts(3), behaviour=NOT_FOUND)
    local.add("lever", posts(3), behaviour=behaviour.ending_early)

    assert run().state == RunState.FAILED


def test_a_run_over_nothing_is_over(run, local):
    done = run()

    assert (done.state, done.readings.count()) == (RunState.COMPLETED, 0)
    assert queries.run(done.uid).progress == 100


def test_a_source_that_failed_three_times_is_left_alone_for_an_hour_and_then_tried_again(local, run, source):
    local.add("greenhouse", posts(3), behaviour=NOT_FOUND)
    for _ in range(3):
        assert run().readings.get().state == ReadingState.FAILED
    asked = len(local["greenhouse"].requests)

    left = run()

    reading = left.readings.get()
    assert (left.state, reading.state) == (RunState.FAILED, ReadingState.SKIPPED)
    assert "3 times in a row" in reading.error
    assert "404" in reading.error
    assert len(local["greenhouse"].requests) == asked
    assert source().failures == 3

    run(at=timezone.now() + timedelta(hours=1, minutes=1))

    assert len(local["greenhouse"].requests) == asked + 1


@pytest.mark.once
def test_the_rest_doubles_up_to_a_day():
    hours = [sources.rest_after(failures) / timedelta(hours=1) for failures in (3, 4, 5, 6, 7, 8, 9, 1_000_000)]

    assert hours == [1, 2, 4, 8, 16, 24, 24, 24]


def test_who_names_a_source_has_it_asked_all_the_same(local, run, source):
    local.add("greenhouse", posts(3), behaviour=NOT_FOUND)
    for _ in range(4):
        run("greenhouse")
    assert source().failures == 4
    local["greenhouse"].behave(behaviour.well)

    done = run("greenhouse")

    assert (done.state, done.saved) == (RunState.COMPLETED, 3)
    assert (source().failures, source().failure, source().resting_until) == (0, "", None)
    assert run().readings.get().state == ReadingState.COMPLETED


def test_a_source_is_never_given_up(local, run, source):
    local.add("greenhouse", posts(3), behaviour=NOT_FOUND)
    run()
    Source.objects.update(failures=400)
    run("greenhouse")
    local["greenhouse"].behave(behaviour.well)

    assert run(at=source().resting_until + timedelta(seconds=1)).saved == 3


@pytest.mark.parametrize(
    "ill",
    [
        behaviour.cut,
        behaviour.ending_early,
        behaviour.saying(200, b'{"jobs": null}'),
        behaviour.saying(200, b"[]"),
        behaviour.saying(200, b"<html>Sorry</html>"),
        behaviour.moved("http://127.0.0.1:9/elsewhere"),
    ],
    ids=["cut", "half of it", "null", "another shape", "no JSON", "moved"],
)
def test_a_failed_reading_closes_nothing_and_keeps_what_was_saved(local, run, waits, ill):
    local.add("greenhouse", posts(10))
    run()
    local["greenhouse"].behave(ill)

    for _ in range(3):
        assert run("greenhouse").state == RunState.FAILED

    assert list(Posting.objects.values_list("state", flat=True)) == ["live"] * 10


@pytest.mark.parametrize("name", ["lever", "", "GREENHOUSE", "\N{SNOWMAN}"])
def test_a_source_that_is_not_there_or_not_enabled_is_refused(local, start, name):
    local.add("greenhouse", [])
    start()
    Source.objects.create(name="lever", kind="lever", board="x")

    with pytest.raises(Invalid) as refusal:
        start("greenhouse", name)

    assert list(refusal.value.fields) == ["sources"]
    assert len(refusal.value.fields["sources"]) == 1


def test_a_fresh_server_knows_sources_and_asks_nobody(start, local, monkeypatch):
    monkeypatch.setattr(sources, "BUILTIN", BUILTIN)

    made = start()

    assert Source.objects.count() == len(BUILTIN) > 3
    assert not Source.objects.filter(is_enabled=True).exists()
    assert made.readings.count() == 0


def test_a_source_that_the_program_names_is_asked_when_an_admin_enables_it(local, start, settings, monkeypatch):
    entry = local.add("greenhouse", posts(3))
    monkeypatch.setattr(local, "served", {})
    monkeypatch.setattr(sources, "BUILTIN", (entry,))
    start()
    sources.switch(source=Source.objects.get(), is_enabled=True, at=timezone.now())

    assert sources.take_over(at=timezone.now()) == []
    assert [reading.source.name for reading in start().readings.all()] == ["greenhouse"]


def test_a_source_of_the_file_wins_over_one_of_its_name_that_the_program_names(local, start, monkeypatch):
    entry = local.add("greenhouse", posts(3))
    monkeypatch.setattr(sources, "BUILTIN", (replace(entry, board="other"),))

    start()

    assert (Source.objects.get().board, Source.objects.get().is_enabled) == (entry.board, True)


def test_a_source_that_is_switched_off_before_its_turn_is_not_asked(local, start, source):
    local.add("greenhouse", posts(3))
    made = start()

    sources.switch(source=source(), is_enabled=False, at=timezone.now())
    run_due()

    assert made.readings.get().state == ReadingState.SKIPPED
    assert local["greenhouse"].requests == []


def test_the_file_names_what_is_asked_and_history_stays(local, start, settings):
    local.add("greenhouse", posts(3))
    start()
    run_due()
    entry = local["greenhouse"].entry

    settings.SOURCES = ()
    assert sources.take_over(at=timezone.now()) == ["greenhouse"]
    gone = Source.objects.get()
    assert (gone.is_enabled, gone.last_found) == (False, 3)
    assert gone.left_at is not None
    assert queries.sources().count() == 0

    settings.SOURCES = (entry,)
    assert sources.take_over(at=timezone.now()) == ["greenhouse"]
    back = Source.objects.get()
    assert (back.is_enabled, back.left_at, back.pk) == (True, None, gone.pk)
    assert sources.take_over(at=timezone.now()) == []


def test_what_an_admin_has_switched_off_stays_off_when_the_program_starts_again(local, start, source):
    local.add("greenhouse", posts(3))
    start()
    sources.switch(source=source(), is_enabled=False, at=timezone.now())

    assert sources.take_over(at=timezone.now()) == []
    assert not source().is_enabled


def test_a_source_that_is_elsewhere_now_is_read_whole(local, run, source, settings):
    local.add("greenhouse", posts(3), behaviour=behaviour.tagged)
    run()
    assert source().etags
    other = local.add("lever", posts(3))

    settings.SOURCES = (type(other)("greenhouse", "lever", other.base_url, other.board),)
    sources.take_over(at=timezone.now())

    assert (source().kind, source().etags) == ("lever", {})


def test_health_says_in_a_word_how_a_source_is(local, run, source):
    at = timezone.now()
    local.add("greenhouse", posts(3), behaviour=NOT_FOUND)

    def health(at=at):
        return Source.objects.annotate(how=queries.health(now=at)).values_list("how", flat=True).get()

    run()
    assert health() == Health.FAILING
    run()
    run()
    assert health() == Health.RESTING
    assert health(at + timedelta(hours=2)) == Health.FAILING
    local["greenhouse"].behave(behaviour.well)
    run("greenhouse")
    assert health() == Health.WELL
    sources.switch(source=source(), is_enabled=False, at=at)
    assert health() == Health.OFF
    sources.switch(source=source(), is_enabled=True, at=at)
    Source.objects.update(last_success_at=None)
    assert health() == Health.NEVER_READ


def test_two_processes_that_start_together_make_one_row_of_a_source(together, settings):
    from onward.domain.ingestion.entry import Entry

    settings.SOURCES = tuple(Entry(f"s{number}", "greenhouse", board="x") for number in range(5))

    together(8, lambda number: sources.take_over(at=timezone.now()))

    assert Source.objects.count() == 5
