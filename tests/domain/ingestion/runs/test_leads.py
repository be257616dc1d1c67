"""What of a run becomes leads, and what is told of it."""

from dataclasses import replace

import pytest

from onward.domain.board import services as board
from onward.domain.board.models import Posting
from onward.domain.notifications.models import Notice
from onward.domain.outreach.models import Lead, LeadActivity
from onward.domain.outreach.services import leads
from onward.domain.outreach.services.conversion import convert
from onward.platform.events.models import EventRecord
from tests.domain.ingestion.servers import behaviour
from tests.domain.ingestion.servers.posts import posts

pytestmark = pytest.mark.django_db


def became(done):
    return done.leads, done.filtered


def test_each_internship_of_a_run_becomes_a_lead_and_is_counted(local, run):
    local.add("greenhouse", posts(8))

    done = run()

    assert became(done) == (4, 4)
    assert became(done.readings.get()) == (4, 4)
    assert set(Lead.objects.values_list("posting__is_internship", flat=True)) == {True}
    assert set(LeadActivity.objects.values_list("action", "actor")) == {("found", None)}
    assert EventRecord.objects.filter(name="ingestion.postings_read").count() == 1


@pytest.mark.parametrize("answers", [None, behaviour.tagged])
def test_what_was_stored_before_becomes_a_lead_also_where_nothing_has_changed(local, run, answers):
    local.add("greenhouse", posts(8), **({"behaviour": answers} if answers else {}))
    first = run(threshold=100)
    assert became(first) == (0, 8)

    again = run()

    assert became(again) == (4, 4)
    assert became(run()) == (0, 8)
    assert Lead.objects.count() == 4


def test_a_run_makes_leads_of_what_passes_its_wishes_only(local, run):
    local.add("greenhouse", posts(32))

    done = run(locations=["Lyon"])

    assert {lead.posting.places[0]["country"] for lead in Lead.objects.select_related("posting")} <= {"FR"}
    assert done.leads == Lead.objects.count()
    assert Posting.objects.count() == 32
    everywhere = run()
    assert done.leads + everywhere.leads == 16


def test_no_run_brings_a_removed_lead_back_or_changes_what_the_desk_wrote(local, run, cleo):
    local.add("greenhouse", posts(8))
    run()
    removed, renamed, published = list(Lead.objects.order_by("pk")[:3])
    at = removed.created_at
    leads.remove(lead=removed, by_id=cleo.pk, at=at)
    leads.update(lead=renamed, by_id=cleo.pk, at=at, title="Baker", contact={"email": "jobs@northwind.example"})
    convert(lead=published, by_id=cleo.pk, at=at, description="Come to us.")
    local["greenhouse"].posts = [replace(post, title=f"{post.title} II", html="<p>Else</p>") for post in posts(8)]

    done = run()

    assert done.leads == 0
    assert Lead.objects.count() == 3
    kept = Posting.objects.get(lead=renamed)
    assert (kept.title, kept.description) == ("Baker", "Else")
    ours = Posting.objects.get(lead=published)
    assert (ours.description, ours.title.endswith("II")) == ("Come to us.", False)
    assert ours.last_seen_at > at
    assert Posting.objects.get(removed_lead__isnull=False).title.endswith("II")


def test_a_published_posting_that_is_gone_is_closed_and_says_the_same(local, run, cleo):
    local.add("greenhouse", posts(8))
    others = [post for post in posts(8) if post != posts(2)[1]]
    run()
    lead = Lead.objects.get(posting__sightings__external_id=posts(2)[1].id)
    convert(lead=lead, by_id=cleo.pk, at=lead.created_at, description="Come to us.")
    local["greenhouse"].posts = others

    run()
    run()

    posting = Posting.objects.get(lead=lead)
    assert (posting.state, posting.description) == ("closed", "Come to us.")
    assert posting.published_at is not None
    lead.refresh_from_db()
    assert lead.status == "converted"


def test_an_opening_that_comes_again_under_another_id_is_the_same_lead(local, run, cleo):
    local.add("greenhouse", posts(8))
    others = [post for post in posts(8) if post != posts(2)[1]]
    run()
    lead = Lead.objects.get(posting__sightings__external_id=posts(2)[1].id)
    leads.change_status(lead_ids=[lead.pk], to="contacted", by_id=cleo.pk, at=lead.created_at)
    local["greenhouse"].posts = others
    run()
    run()
    local["greenhouse"].posts = [replace(posts(2)[1], id="900"), *others]

    done = run()

    assert done.leads == 0
    lead.refresh_from_db()
    assert (lead.status, lead.posting.state) == ("contacted", "live")
    assert list(lead.activities.order_by("pk").values_list("action", flat=True)) == [
        "found",
        "status_changed",
        "state_changed",
        "state_changed",
        "reposted",
    ]


def test_who_asked_for_a_run_is_told_how_it_ended(local, run, cleo):
    local.add("greenhouse", posts(8))
    run(asked_by_id=cleo.pk)
    run()

    notice = Notice.objects.get()
    assert (notice.owner, notice.type, notice.title) == (cleo, "run_ended", "The search has ended")
    assert notice.message == "Found: 8. New: 8. New leads: 4."
    assert notice.data["state"] == "completed"


def test_what_a_person_closed_or_withdrew_is_not_published_by_a_run(local, run, cleo):
    local.add("greenhouse", posts(8))
    run()
    lead = Lead.objects.order_by("pk").first()
    convert(lead=lead, by_id=cleo.pk, at=lead.created_at)
    board.withdraw(posting=lead.posting, by_id=cleo.pk, at=lead.created_at)

    run()

    assert Posting.objects.get(lead=lead).published_at is None
