"""What a run takes in, counts and repeats."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from onward.domain.board import services as board
from onward.domain.board.models import Posting
from onward.domain.ingestion.choices import ReadingState, RunState
from onward.domain.ingestion.models import Sighting
from onward.platform.events.models import EventRecord
from tests.domain.ingestion.runs.conftest import counts
from tests.domain.ingestion.servers import behaviour
from tests.domain.ingestion.servers.posts import posts

pytestmark = pytest.mark.django_db


def came(found, saved, duplicates, rejected=0):
    return SimpleNamespace(found=found, saved=saved, duplicates=duplicates, rejected=rejected)


def test_a_run_brings_in_all_that_its_sources_have(local, run, source):
    local.add("greenhouse", posts(30))
    local.add("lever", posts(20, company="Southwind Example", first=100))

    done = run()

    assert done.state == RunState.COMPLETED
    assert counts(done) == came(50, 50, 0)
    assert Posting.objects.count() == Sighting.objects.count() == 50
    assert {reading.source.name: counts(reading) for reading in done.readings.all()} == {
        "greenhouse": came(30, 30, 0),
        "lever": came(20, 20, 0),
    }
    assert (source().last_found, source().last_new, source().failures) == (30, 30, 0)
    assert source().last_success_at is not None


def test_a_second_run_adds_what_is_new_and_nothing_twice(local, run):
    local.add("greenhouse", posts(30))
    run()
    local["greenhouse"].posts += posts(5, first=31)

    again = run()

    assert counts(again) == came(35, 5, 30)
    assert Posting.objects.count() == Sighting.objects.count() == 35


def test_an_opening_that_a_source_lists_twice_counts_once(local, run):
    local.add("greenhouse", [*posts(3), *posts(2)])

    assert counts(run()) == came(3, 3, 0)


def test_an_opening_that_two_sources_list_is_one_posting_and_known_to_the_second(local, run):
    local.add("greenhouse", posts(3))
    local.add("lever", posts(3), company="Northwind Example")

    done = run()

    assert counts(done) == came(6, 3, 3)
    assert Posting.objects.count() == 3
    assert Sighting.objects.filter(posting=Posting.objects.first()).count() == 2


def test_two_ids_on_one_board_are_two_openings_however_alike(local, run):
    (one,) = posts(1)
    local.add("greenhouse", [one, replace(one, id="2")])

    assert counts(run()) == came(2, 2, 0)


def test_an_answer_that_has_not_changed_means_that_all_are_seen(local, run, source):
    local.add("greenhouse", posts(30), behaviour=behaviour.tagged)
    first = run()

    again = run()

    reading = again.readings.get()
    assert reading.is_unchanged
    assert counts(again) == came(30, 0, 30)
    assert Sighting.objects.exclude(reading=reading).count() == 0
    assert (source().last_found, source().last_new) == (30, 0)
    assert Posting.objects.filter(last_seen_at__gt=first.finished_at).count() == 30


def test_an_etag_is_kept_only_of_an_answer_that_was_taken_in_whole(local, run, source):
    local.add("greenhouse", posts(30), behaviour=behaviour.tagged)
    run()
    before = source().etags
    assert before
    local["greenhouse"].posts += posts(3, first=31)
    local["greenhouse"].behave(lambda *a: behaviour.ending_early(a[0], lambda: behaviour.tagged(*a), a[2]))
    assert run().state == RunState.FAILED
    assert source().etags == before

    local["greenhouse"].behave(behaviour.tagged)

    assert run().saved == 3
    assert source().etags != before


def test_what_cannot_be_read_is_rejected_with_the_reason_and_stops_nothing(local, run):
    good, bad = posts(2)
    local.add("greenhouse", [good, replace(bad, title="")])

    done = run()

    assert counts(done) == came(2, 1, 0, 1)
    reading = done.readings.get()
    assert list(reading.reasons.values()) == [1]
    assert "title" in next(iter(reading.reasons)).lower()
    assert reading.state == ReadingState.COMPLETED


def test_what_was_known_and_cannot_be_read_any_more_is_still_listed(local, run):
    good, bad = posts(2)
    local.add("greenhouse", [good, bad])
    run()
    local["greenhouse"].posts[1] = replace(bad, title="")

    run()
    run()

    assert set(Posting.objects.values_list("state", flat=True)) == {"live"}


def test_what_the_database_cannot_keep_is_rejected_alone(local, run, monkeypatch):
    from onward.domain.ingestion import reading

    arrive = reading.arrive

    def arriving(found, *args, **options):
        arrival = arrive(found, *args, **options)
        if found.external_id == "7":
            arrival.values["score"] = 101
        return arrival

    monkeypatch.setattr(reading, "arrive", arriving)
    local.add("greenhouse", posts(30))

    done = run()

    assert counts(done) == came(30, 29, 0, 1)
    assert done.readings.get().reasons == {"The database cannot keep it.": 1}
    assert not Sighting.objects.filter(external_id="7").exists()


def test_one_event_tells_of_a_batch(local, run, monkeypatch):
    from onward.domain.ingestion import reading

    monkeypatch.setattr(reading, "MOST", 10)
    local.add("greenhouse", posts(25))
    run()
    local["greenhouse"].posts += posts(1, first=26)
    run()

    told = EventRecord.objects.filter(name="ingestion.postings_read").order_by("pk")
    assert [(len(event.payload["new_ids"]), event.payload["seen_ids"]) for event in told] == [
        *((10, 0), (10, 0), (5, 0)),
        *((0, 10), (0, 10), (1, 5)),
    ]


def test_a_posting_says_what_its_source_says_of_it_now(local, run):
    (post,) = posts(1)
    local.add("greenhouse", [post])
    run()
    local["greenhouse"].posts = [replace(post, title="Night Baker", html="<p>Bread.</p>")]

    assert counts(run()) == came(1, 0, 1)

    posting = Posting.objects.get()
    assert (posting.title, posting.description) == ("Night Baker", "Bread.")


def test_no_run_overwrites_what_a_person_wrote(local, run):
    (post,) = posts(1)
    local.add("greenhouse", [post])
    run()
    Posting.objects.update(title="Baker of the night", written=["title"])
    local["greenhouse"].posts = [replace(post, title="Night Baker", html="<p>Bread.</p>")]

    run()

    posting = Posting.objects.get()
    assert (posting.title, posting.description) == ("Baker of the night", "Bread.")


def test_pay_that_a_person_wrote_in_part_is_theirs_as_a_whole(local, run):
    (post,) = posts(1)
    local.add("lever", [replace(post, low=1000, high=1500)])
    run()
    Posting.objects.update(pay_min=1400, written=["pay_min"])
    local["lever"].posts = [replace(post, low=900, high=1300, html="<p>Bread.</p>")]

    done = run()

    posting = Posting.objects.get()
    assert (posting.pay_min, posting.pay_max) == (1400, 1500)
    assert posting.description.startswith("Bread.")
    assert done.rejected == 0


def test_what_a_person_has_closed_stays_closed(local, run):
    local.add("greenhouse", posts(2))
    done = run()
    closed = Posting.objects.first()
    board.close(posting=closed, reason="Filled.", by_id=None, at=done.finished_at)

    run()

    again = Posting.objects.get(pk=closed.pk)
    assert (again.state, again.state_reason) == ("closed", "Filled.")
    assert Posting.objects.exclude(pk=closed.pk).get().state == "live"


def test_of_what_is_published_here_a_run_touches_the_freshness_and_never_the_text(local, run):
    (post,) = posts(1)
    local.add("greenhouse", [post])
    first = run()
    Posting.objects.update(published_at=first.finished_at)
    before = Posting.objects.get()
    local["greenhouse"].posts = [replace(post, title="Night Baker", html="<p>Bread.</p>")]

    run()

    posting = Posting.objects.get()
    assert (posting.title, posting.description) == (before.title, before.description)
    assert posting.last_seen_at > before.last_seen_at


def test_of_several_sources_the_first_one_tells(local, run):
    (post,) = posts(1)
    local.add("greenhouse", [post])
    run()
    local.add("lever", [post], company="Northwind Example")
    run("lever")
    assert Posting.objects.count() == 1

    local["lever"].posts = [replace(post, html="<p>Told by another.</p>")]
    run("lever")

    assert "another" not in Posting.objects.get().description


def test_a_mistake_of_ours_in_one_source_keeps_no_run_from_its_end(local, run, monkeypatch):
    from onward.domain.ingestion import reading

    def broken(found, *args, **options):
        raise LookupError("secret")

    monkeypatch.setattr(reading, "arrive", broken)
    local.add("greenhouse", posts(1))

    done = run()

    assert done.state == RunState.FAILED
    assert done.readings.get().error == "A mistake in the program: LookupError."
