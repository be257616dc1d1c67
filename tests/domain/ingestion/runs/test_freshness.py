"""Whether an opening can still be applied for, as far as its sources tell."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.board.models import Posting
from onward.domain.ingestion.choices import RunState
from onward.domain.ingestion.judgement import freshness as rule
from onward.domain.ingestion.models import Sighting
from onward.domain.ingestion.services import freshness, runs
from onward.domain.ingestion.sources import KINDS
from onward.platform.events.models import EventRecord
from tests.domain.ingestion.servers import behaviour
from tests.domain.ingestion.servers.posts import posts

pytestmark = pytest.mark.django_db


def states():
    """Give the state of each posting, by the id that the first source has for it."""
    return {
        sighting.external_id: sighting.posting.state
        for sighting in Sighting.objects.select_related("posting").order_by("-pk")
    }


def lose(local, count, name="greenhouse"):
    """Let a source list so many postings less."""
    local[name].posts = local[name].posts[count:]


def test_of_a_whole_board_one_that_is_missing_is_uncertain_and_then_closed(local, run):
    local.add("greenhouse", posts(10))
    run()
    lose(local, 1)

    run()
    assert states()["1"] == "uncertain"
    assert Posting.objects.get(state="uncertain").state_reason == rule.MISSING
    run()

    assert states()["1"] == "closed"
    assert Posting.objects.get(state="closed").state_reason == rule.NOT_LISTED
    assert Posting.objects.filter(state="live").count() == 9
    run()
    assert Posting.objects.filter(state="closed").count() == 1


def test_one_that_is_listed_again_is_live(local, run):
    local.add("greenhouse", posts(10))
    run()
    first = local["greenhouse"].posts[0]
    lose(local, 1)
    run()
    local["greenhouse"].posts.append(first)

    run()

    assert set(states().values()) == {"live"}
    lose_again = local["greenhouse"].posts.pop()
    run()
    assert states()[lose_again.id] == "uncertain"


def test_what_another_source_lists_is_live(local, run):
    local.add("greenhouse", posts(10))
    local.add("lever", posts(10), company="Northwind Example")
    run()
    lose(local, 1)
    run()
    run()
    assert set(states().values()) == {"live"}

    lose(local, 1, "lever")
    run()
    assert states()["1"] == "uncertain"
    run()

    assert states()["1"] == "closed"


def test_when_the_source_that_told_it_is_gone_another_one_tells(local, run):
    local.add("greenhouse", posts(10))
    run()
    local.add("lever", posts(10), company="Northwind Example")
    run()
    lose(local, 1)
    run()
    run()
    local["lever"].posts[0] = replace(local["lever"].posts[0], html="<p>Told by another.</p>")

    run()

    assert Posting.objects.get(title=local["lever"].posts[0].title).description.startswith("Told by another.")


@pytest.mark.parametrize(("left", "uncertain"), [(14, 6), (13, 0), (0, 0)])
def test_a_reading_of_less_than_seven_tenths_of_the_usual_closes_nothing(local, run, left, uncertain):
    local.add("greenhouse", posts(20))
    run()
    lose(local, 20 - left)

    done = run()

    assert done.state == RunState.COMPLETED
    assert list(states().values()).count("uncertain") == uncertain
    assert "closed" not in states().values()


def test_what_has_become_usual_counts_again(local, run):
    local.add("greenhouse", posts(20))
    run()
    lose(local, 10)

    for _ in range(4):
        run()

    assert list(states().values()).count("closed") == 10


def test_data_that_cannot_be_read_closes_nothing_that_may_stand_there(local, run):
    local.add("jsonld", posts(10))
    run()
    lose(local, 2, "jsonld")
    well = local["jsonld"].site.respond

    def half_broken(request):
        told = well(request)
        return replace(
            told, body=told.body.replace(b"</head>", b'<script type="application/ld+json">{"@type"</script>')
        )

    local["jsonld"].site.respond = half_broken
    for _ in range(3):
        done = run()
        assert (done.state, done.rejected) == (RunState.COMPLETED, 1)
    assert set(states().values()) == {"live"}

    local["jsonld"].site.respond = well
    run()
    run()

    assert list(states().values()).count("closed") == 2


def test_what_was_cancelled_closes_nothing(local, start):
    from onward.platform.jobs import run_due

    local.add("greenhouse", posts(10))
    start()
    run_due()
    lose(local, 2)

    for _ in range(3):
        runs.cancel(run=start(), at=timezone.now())
        run_due()

    assert set(states().values()) == {"live"}


@pytest.fixture
def windowed(monkeypatch):
    monkeypatch.setitem(KINDS, "greenhouse", replace(KINDS["greenhouse"], windowed=True))


def test_a_feed_of_the_latest_says_nothing_by_its_silence_until_two_weeks_have_passed(local, run, windowed):
    local.add("greenhouse", posts(10))
    run()
    lose(local, 8)
    run()
    run()
    assert set(states().values()) == {"live"}

    Sighting.objects.filter(external_id__in=["1", "2"]).update(
        last_seen_at=timezone.now() - timedelta(days=14, hours=1)
    )
    Sighting.objects.filter(external_id__in=["3"]).update(last_seen_at=timezone.now() - timedelta(days=13))
    for _ in range(3):
        run()

    assert [id for id, state in states().items() if state == "uncertain"] == ["2", "1"]
    assert "closed" not in states().values()
    assert Posting.objects.filter(state_reason=rule.SILENT).count() == 2


def test_what_has_left_the_window_is_not_seen_by_an_answer_that_has_not_changed(local, run, windowed):
    local.add("greenhouse", posts(10), behaviour=behaviour.tagged)
    run()
    lose(local, 8)
    run()

    again = run()

    assert again.readings.get().is_unchanged
    assert again.found == 2


def test_what_is_past_its_closing_day_is_closed(local, run):
    today = timezone.now().date()
    past, last, later = (
        replace(post, closes_on=today + timedelta(days=days)) for post, days in zip(posts(3), (-1, 0, 1), strict=True)
    )
    local.add("greenhouse", [past, last, later])
    run()
    # This source tells no days.
    for external_id, post in zip("123", (past, last, later), strict=True):
        Posting.objects.filter(sightings__external_id=external_id).update(closes_on=post.closes_on)

    assert freshness.close_past(at=timezone.now()) == 1

    assert states() == {"3": "live", "2": "live", "1": "closed"}
    assert Posting.objects.get(state="closed").state_reason == rule.PAST
    assert freshness.close_past(at=timezone.now()) == 0
    run()
    assert states()["1"] == "closed"


def test_a_closed_opening_under_a_new_id_is_the_same_posting_again(local, run):
    local.add("greenhouse", posts(10))
    run()
    first = local["greenhouse"].posts[0]
    lose(local, 1)
    run()
    run()
    posting = Posting.objects.get(state="closed")
    local["greenhouse"].posts.append(replace(first, id="501", html="<p>Once more.</p>"))

    done = run()

    assert (done.saved, done.duplicates) == (0, 10)
    again = Posting.objects.get(pk=posting.pk)
    assert (again.state, again.description) == ("live", "Once more.")
    assert Sighting.objects.filter(posting=posting).count() == 2
    told = EventRecord.objects.filter(name="ingestion.postings_read").order_by("pk").last()
    assert told.payload["reposted_ids"] == [posting.pk]
    for _ in range(3):
        run()
    assert Posting.objects.get(pk=posting.pk).state == "live"


@pytest.fixture
def reposted(local, run):
    """Read a board of ten twice; before the second time, one is gone and others come. Gives the first one's posting."""

    def reposted(*new, gone=1, ids_first=False, **changes):
        local.add("greenhouse", posts(10))
        run()
        first, *others = local["greenhouse"].posts
        again = [replace(first, id=id, **changes) for id in new]
        others = others[gone - 1 :] if gone else [first, *others]
        local["greenhouse"].posts = [*again, *others] if ids_first else [*others, *again]
        done = run()
        return done, Posting.objects.get(pk=Sighting.objects.get(external_id=first.id).posting_id)

    return reposted


@pytest.mark.parametrize("ids_first", [True, False])
def test_an_id_that_is_gone_and_a_new_one_in_the_same_words_are_the_same_posting(reposted, run, ids_first):
    done, posting = reposted("501", ids_first=ids_first)

    assert (done.found, done.saved, done.duplicates) == (10, 0, 10)
    assert [one.external_id for one in posting.sightings.order_by("pk")] == ["1", "501"]
    told = EventRecord.objects.filter(name="ingestion.postings_read").order_by("pk").last()
    assert told.payload["reposted_ids"] == [posting.pk]
    for _ in range(3):
        assert run().saved == 0
    assert set(Posting.objects.values_list("state", flat=True)) == {"live"}


@pytest.mark.parametrize(
    ("why", "options"),
    [
        ("it is still listed", {"gone": 0}),
        ("it says something else", {"html": "<p>Another text.</p>"}),
        ("nobody knows what is gone", {"gone": 5}),
    ],
)
def test_a_new_id_is_another_opening_where(reposted, why, options):
    done, posting = reposted("501", **options)

    assert done.saved == 1, why
    assert posting.sightings.count() == 1


def test_of_two_new_ids_one_is_what_is_gone(reposted):
    done, posting = reposted("501", "502")

    assert (done.saved, done.duplicates) == (1, 10)
    assert posting.sightings.count() == 2


def test_an_opening_that_was_closed_though_it_is_listed_is_not_what_a_new_id_means(local, run):
    local.add("greenhouse", posts(10))
    run()
    Posting.objects.filter(sightings__external_id="1").update(state="closed", written=["state"])
    local["greenhouse"].posts.append(replace(local["greenhouse"].posts[0], id="501"))

    assert run().saved == 1


def test_a_feed_says_nothing_of_what_is_gone(reposted, windowed):
    assert reposted("501")[0].saved == 1


def test_a_new_id_beside_one_that_is_still_listed_is_another_opening(local, run):
    local.add("greenhouse", posts(10))
    run()
    local["greenhouse"].posts.append(replace(local["greenhouse"].posts[0], id="501"))

    assert run().saved == 1


def judging(asked):
    """Count the statements of a run without those of jobs that come after it, such as the feed's."""
    return len([one for one in asked if re.search(r'"(ingestion|board|outreach|events)_', one["sql"])])


def test_what_a_source_does_not_list_is_judged_with_few_statements(local, run, queries):
    local.add("greenhouse", posts(300))
    run()
    lose(local, 60)

    with queries() as asked:
        run()

    few = judging(asked)
    lose(local, 10)
    with queries() as asked:
        run()
    # Ten more are closed now than then, by two statements, and their leads told of it.
    assert judging(asked) <= few + 20
