"""Reading postings from sources, as admins do it through the copilot API."""

import pytest
from django.utils import timezone

from onward.domain.board.models import Posting
from onward.domain.ingestion.models import Run
from onward.domain.ingestion.services import sources
from onward.domain.outreach.models import Lead
from onward.platform.jobs import run_due
from tests import poison
from tests.domain.ingestion import servers
from tests.domain.ingestion.servers.posts import posts
from tests.factories import ReadingFactory, SourceFactory

pytestmark = pytest.mark.django_db

INGESTION = "/copilot/api/v1/job-ingestion"


@pytest.fixture
def local(settings, monkeypatch):
    """Sources on this machine, and no others."""
    monkeypatch.setattr(sources, "BUILTIN", ())
    with servers.sources() as served:
        served.add("greenhouse", posts(8))
        served.add("lever", posts(4, company="Fabrikam Example"))
        settings.SOURCES = served.entries
        sources.take_over(at=timezone.now())
        yield served


def last_runs(client):
    said = client.get(f"{INGESTION}/status").json()
    return said, {source["name"]: source["last_run"] for source in said["sources"]}


def test_what_all_sources_tell_of_is_kept_and_is_nobodys_lead(local, as_root):
    before, nothing = last_runs(as_root)
    answered = as_root.post(f"{INGESTION}/run", {})
    asked, _ = last_runs(as_root)
    run_due()
    after, last = last_runs(as_root)

    assert (answered.status_code, list(answered.json())) == (202, ["task_id"])
    assert nothing == {"greenhouse": None, "lever": None}
    assert [(said["running"], said["queue_depth"]) for said in (before, asked, after)] == [
        (False, 0),
        (True, 2),
        (False, 0),
    ]
    assert {name: (run["found"], run["saved"], run["duplicates"], run["errors"]) for name, run in last.items()} == {
        "greenhouse": (8, 8, 0, 0),
        "lever": (4, 4, 0, 0),
    }
    assert (Posting.objects.count(), Lead.objects.count()) == (12, 0)


def test_a_source_of_the_operators_is_known_as_soon_as_the_server_answers(local, as_root, settings):
    local.add("ashby", posts(2))
    settings.SOURCES = local.entries

    assert as_root.post(f"{INGESTION}/run", {"sources": ["ashby"]}).status_code == 202


def test_sources_are_chosen_by_name_and_known_postings_are_not_kept_twice(local, as_root):
    for _ in range(2):
        as_root.post(f"{INGESTION}/run", {"sources": ["lever"]})
        run_due()

    _, last = last_runs(as_root)
    assert last["greenhouse"] is None
    assert (last["lever"]["saved"], last["lever"]["duplicates"]) in {(0, 4), (0, 0)}
    assert Posting.objects.count() == 4


def test_the_desk_makes_leads_later_of_what_was_read_without(local, as_root, as_cleo, cleo):
    from tests.factories import RoleFactory

    RoleFactory(user=cleo)
    as_root.post(f"{INGESTION}/run", {"sources": ["lever"]})
    run_due()
    as_cleo.post("/outreach/fetch/run", {"mode": "custom", "sources": ["greenhouse"]})
    run_due()

    assert (
        Lead.objects.count() == Posting.objects.filter(is_internship=True, sightings__source__name="greenhouse").count()
    )


@pytest.mark.parametrize("names", [["lever", "nowhere"], ["off"], [""], "lever", [1], [None]])
def test_a_source_that_cannot_be_asked_is_named_and_nothing_starts(local, as_root, names):
    SourceFactory(name="off", is_enabled=False)

    answered = as_root.post(f"{INGESTION}/run", {"sources": names})

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"][:2] == ["body", "sources"]
    assert not Run.objects.exists()


def test_a_reading_that_failed_counts_as_an_error(as_root):
    ReadingFactory(state="failed", source__name="broken", finished_at=timezone.now())

    assert last_runs(as_root)[1]["broken"]["errors"] >= 1


def test_only_admins_may(as_ada, as_root, anonymous):
    for method, path in (("get", "status"), ("post", "run")):
        refused = getattr(as_ada, method)(f"{INGESTION}/{path}")
        assert (refused.status_code, refused.json()) == (403, {"detail": "Admin access required"})
        assert getattr(anonymous, method)(f"{INGESTION}/{path}").status_code == 401
    assert not Run.objects.exists()


def test_no_value_makes_it_stumble(as_root):
    for value in poison.values():
        answered = as_root.post(f"{INGESTION}/run", {"sources": [value]})
        assert answered.status_code in {400, 422}, value
    assert not Run.objects.exists()
