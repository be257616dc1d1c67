"""Fetching: internships are read from sources in sessions that can be watched and cancelled."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils import timezone

from onward.domain.ingestion.models import Run, Source
from onward.domain.ingestion.services import sources
from onward.platform.jobs import run_due
from tests.domain.ingestion.servers import behaviour
from tests.domain.ingestion.servers.posts import posts
from tests.factories import ReadingFactory, RunFactory, SourceFactory

pytestmark = pytest.mark.django_db

FETCH = "/outreach/fetch"
COUNTS = ("found", "saved", "leads", "duplicates", "filtered", "rejected")


@pytest.fixture
def fetched(local, settings, as_cleo, cleo):
    """Run a fetch to its end and give what is said of it then."""

    def fetched(**body):
        settings.SOURCES = local.entries
        answered = as_cleo.post(f"{FETCH}/run", body)
        assert answered.status_code == 202, answered.content
        run_due()
        return as_cleo.get(f"{FETCH}/status/{answered.json()['session_id']}").json()

    return fetched


def refused(answered, name):
    assert answered.status_code == 422, answered.content
    assert answered.json()["detail"][0]["loc"][:2] == ["body", name]


def test_post_fetch_run_begins_a_session_that_status_follows_to_its_end(fetched, local, as_cleo):
    local.add("greenhouse", posts(8))
    local.add("lever", posts(4, company="Fabrikam Example"))

    said = fetched(mode="default")

    assert (said["status"], said["progress"], said["mode"]) == ("completed", 100, "default")
    assert (said["found"], said["saved"], said["duplicates"], said["rejected"]) == (12, 12, 0, 0)
    assert said["found"] == said["saved"] + said["duplicates"] + said["rejected"]
    assert [(one["name"], one["kind"], one["status"], one["found"], one["error"]) for one in said["sources"]] == [
        ("greenhouse", "greenhouse", "completed", 8, None),
        ("lever", "lever", "completed", 4, None),
    ]


def test_what_the_operators_file_names_is_listed_and_can_be_fetched_at_once(local, settings, as_cleo, cleo):
    local.add("greenhouse", posts(2))
    settings.SOURCES = local.entries

    listed = as_cleo.get(f"{FETCH}/sources").json()["results"]
    Source.objects.all().delete()
    named = as_cleo.post(f"{FETCH}/run", {"mode": "custom", "sources": ["greenhouse"]})

    assert [(one["name"], one["is_enabled"]) for one in listed] == [("greenhouse", True)]
    assert named.status_code == 202


def test_get_fetch_status_counts_what_is_read_again_as_duplicates(fetched, local):
    local.add("greenhouse", posts(8))
    fetched()

    again = fetched()

    assert [again[name] for name in ("found", "saved", "duplicates", "leads")] == [8, 0, 8, 0]


def test_one_source_that_fails_says_why_and_the_session_completes(fetched, local):
    local.add("greenhouse", posts(2))
    local.add("lever", posts(2), behaviour=behaviour.saying(404))
    local.add("ashby", [])

    said = fetched()

    assert said["status"] == "completed"
    assert {one["name"]: (one["status"], one["error"]) for one in said["sources"]} == {
        "ashby": ("completed", None),
        "greenhouse": ("completed", None),
        "lever": ("failed", "The source answered 404."),
    }


def test_a_session_fails_only_where_all_of_its_sources_do(fetched, local):
    local.add("lever", posts(2), behaviour=behaviour.saying(404))

    assert fetched()["status"] == "failed"


def test_a_custom_fetch_reads_the_sources_that_are_named_and_makes_leads_of_what_fits(fetched, local, as_cleo):
    local.add("greenhouse", posts(8))
    local.add("lever", posts(4, company="Fabrikam Example"))

    said = fetched(mode="custom", sources=["greenhouse"], locations=["lyon"], threshold=0, internship_types=[])

    assert [one["name"] for one in said["sources"]] == ["greenhouse"]
    assert said["leads"] + said["filtered"] == said["saved"] == 8
    assert (said["mode"], said["locations"], said["internship_types"]) == ("custom", ["lyon"], [])


def test_a_default_fetch_reads_all_enabled_sources_whatever_is_named(fetched, local):
    local.add("greenhouse", posts(1))
    local.add("lever", posts(1))

    said = fetched(mode="default", sources=["greenhouse"], internship_types=None, locations=None)

    assert [one["name"] for one in said["sources"]] == ["greenhouse", "lever"]


def test_refuses_what_cannot_be_fetched_by_the_name_of_the_field(as_cleo, cleo):
    SourceFactory(name="off", is_enabled=False)
    for body, name in (
        ({"mode": "all"}, "mode"),
        ({"threshold": 101}, "threshold"),
        ({"threshold": "high"}, "threshold"),
        ({"internship_types": ["weekend"]}, "internship_types"),
        ({"locations": "Lyon"}, "locations"),
        ({"locations": [""]}, "locations"),
        ({"mode": "custom", "sources": ["nowhere"]}, "sources"),
        ({"mode": "custom", "sources": ["off"]}, "sources"),
        ({"mode": "default", "sources": ["nowhere"]}, "sources"),
    ):
        refused(as_cleo.post(f"{FETCH}/run", body), name)
    assert not Run.objects.exists()


def test_post_fetch_cancel_stops_a_session_and_what_is_over_cannot_be_cancelled(fetched, local, settings, as_cleo):
    local.add("greenhouse", posts(3))
    settings.SOURCES = local.entries
    sources.take_over(at=timezone.now())
    session = as_cleo.post(f"{FETCH}/run", {}).json()
    assert session["status"] == "queued"

    cancelled = as_cleo.post(f"{FETCH}/cancel/{session['session_id']}")

    assert (cancelled.status_code, cancelled.json()) == (200, {**session, "status": "cancelled"})
    again = as_cleo.post(f"{FETCH}/cancel/{session['session_id']}")
    assert (again.status_code, again.json()) == (409, {"detail": "This run is over: it is cancelled."})
    run_due()
    said = as_cleo.get(f"{FETCH}/status/{session['session_id']}").json()
    assert (said["status"], said["found"], said["sources"][0]["status"]) == ("cancelled", 0, "cancelled")


def test_a_session_that_is_not_there_is_not_found(as_cleo, cleo):
    for session in (uuid4(), 7, "x"):
        assert as_cleo.get(f"{FETCH}/status/{session}").status_code == 404
        assert as_cleo.post(f"{FETCH}/cancel/{session}").status_code == 404


def test_watching_a_session_of_many_sources_asks_the_database_twice(as_cleo, cleo, queries):
    run = RunFactory()
    ReadingFactory.create_batch(20, run=run)
    as_cleo.get(f"{FETCH}/status/{run.uid}")

    with queries() as asked:
        said = as_cleo.get(f"{FETCH}/status/{run.uid}").json()

    assert len(asked) == 2
    assert len(said["sources"]) == 20


def test_members_see_sources_and_how_they_are_and_admins_enable_them(local, as_cleo, as_dora, cleo):
    on = SourceFactory(name="on", last_success_at=timezone.now(), last_found=7)
    off = SourceFactory(name="off", is_enabled=False)
    SourceFactory(name="left", left_at=timezone.now())

    said = as_cleo.get(f"{FETCH}/sources").json()["results"]
    assert [(one["name"], one["health"], one["last_found"]) for one in said] == [("off", "off", 0), ("on", "well", 7)]
    assert [one["name"] for one in as_cleo.get(f"{FETCH}/sources", {"health": "well"}).json()["results"]] == ["on"]

    assert as_cleo.patch(f"{FETCH}/sources/{off.pk}", {"is_enabled": True}).status_code == 403
    answered = as_dora.patch(f"{FETCH}/sources/{off.pk}", {"is_enabled": True})
    assert (answered.status_code, answered.json()["health"]) == (200, "never_read")
    assert as_dora.patch(f"{FETCH}/sources/{on.pk}", {"is_enabled": False}).json()["health"] == "off"
    assert Source.objects.get(name="off").is_enabled
    refused(as_dora.patch(f"{FETCH}/sources/{off.pk}", {"is_enabled": "perhaps"}), "is_enabled")
    assert as_dora.patch(f"{FETCH}/sources/999999", {"is_enabled": True}).status_code == 404


def test_get_internships_activities_tells_when_the_posting_is_closed_open_again_and_posted_again(
    fetched, local, as_cleo
):
    local.add("greenhouse", posts(8))
    fetched()
    gone, others = posts(8)[1], [post for post in posts(8) if post.id != "2"]
    lead = as_cleo.get(f"/outreach/internships?search={gone.title.split()[0]}").json()["results"][0]
    assert lead["title"] == gone.title

    def reading(*listed):
        local["greenhouse"].posts = list(listed)
        fetched()

    reading(*others)
    reading(*others)
    reading(gone, *others)
    reading(replace(gone, id="900"), *others)

    lines = as_cleo.get(f"/outreach/internships/{lead['id']}/activity").json()["results"]
    assert [(line["type"], line["description"], line["actor"]) for line in reversed(lines)] == [
        ("found", "Found at a source.", None),
        ("state_changed", "Closed. Its source does not list it any more.", None),
        ("state_changed", "Open again.", None),
        ("reposted", "Posted again at a source.", None),
    ]
    assert lines[2]["changes"] == {"state": ["uncertain", "closed"]}
    assert as_cleo.get(f"/outreach/internships/{lead['id']}").json()["status"] == "new"


def test_post_internships_by_hand_is_what_a_source_tells_of_later_and_keeps_what_a_person_wrote(
    fetched, local, as_cleo
):
    told = posts(8)[1]
    sent = {
        "title": told.title.replace("Intern", "Trainee"),
        "company": f"{told.company} GmbH",
        "location": told.place,
        "stipend": "By arrangement",
    }
    made = as_cleo.post("/outreach/internships", sent).json()
    as_cleo.patch(f"/outreach/internships/{made['id']}", {"title": told.title})
    local.add("greenhouse", posts(8), company=told.company)

    said = fetched()

    assert (said["found"], said["saved"], said["duplicates"]) == (8, 7, 1)
    whole = as_cleo.get(f"/outreach/internships/{made['id']}").json()
    assert (whole["title"], whole["stipend"]) == (told.title, "By arrangement")
    assert [seen["external_id"] for seen in whole["sightings"]] == [told.id]
    assert whole["description"]
    assert whole["url"]
