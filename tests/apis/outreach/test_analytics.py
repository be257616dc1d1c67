"""The dashboard and what all fetches have brought, through the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.ingestion.models import Reading, Run, Source
from onward.domain.outreach.services import leads
from onward.domain.outreach.services.revision import revise
from tests import factories as make

pytestmark = pytest.mark.django_db

DASHBOARD, SUMMARY = "/outreach/analytics/dashboard", "/outreach/analytics/fetch-summary"


def test_the_dashboard_tells_what_the_work_adds_up_to(as_cleo, cleo):
    lead = make.LeadFactory(posting__employer__industry="Banking")
    for status in ("contacted", "converted"):
        leads.change_status(lead_ids=[lead.pk], to=status, by_id=cleo.pk, at=timezone.now())
    make.LeadFactory(touched_at=timezone.now() - timedelta(days=20))
    make.FollowUpFactory(lead=lead, due_date=timezone.now().date())
    revise()

    said = as_cleo.get(DASHBOARD).json()

    assert said["companies_contacted"] == 1
    assert said["conversions"] == {"count": 1, "contacted": 1, "rate": 100.0}
    assert said["funnels"]["stages"]["contacted"] == {"now": 0, "ever": 1}
    assert said["funnels"]["stages"]["new"] == {"now": 1, "ever": 2}
    assert said["leaderboards"]["conversions"] == [{"user_id": cleo.pk, "name": "Cleo Costa", "count": 1}]
    assert (said["followups_due"], said["stale"]) == (1, 1)
    assert {"industry": "Banking", "companies": 1, "leads": 1} in said["industry_distribution"]


def test_an_act_is_in_the_next_dashboard(as_cleo, cleo):
    lead = make.LeadFactory()
    assert as_cleo.get(DASHBOARD).json()["funnels"]["stages"]["meeting"]["now"] == 0

    leads.change_status(lead_ids=[lead.pk], to="meeting", by_id=cleo.pk, at=timezone.now())

    assert as_cleo.get(DASHBOARD).json()["funnels"]["stages"]["meeting"] == {"now": 1, "ever": 1}


def test_the_dashboard_asks_at_most_four_times(as_cleo, cleo, queries):
    make.LeadStatusChangeFactory(after="contacted", changed_by=cleo)
    revise()
    for most in (4, 3):
        with queries() as asked:
            assert as_cleo.get(DASHBOARD).status_code == 200
        assert len(asked) <= most


def test_the_summary_counts_all_sessions_by_source(as_cleo):
    source = Source.objects.create(name="Northwind", kind="greenhouse")
    for found, state in ((7, "completed"), (0, "failed")):
        run = Run.objects.create(found=found, saved=3, leads=2)
        Reading.objects.create(run=run, source=source, state=state, found=found, saved=3, leads=2)
    Source.objects.create(name="Never asked", kind="lever")

    said = as_cleo.get(SUMMARY).json()

    assert said == {
        "sessions": 2,
        "found": 7,
        "saved": 6,
        "leads": 4,
        "by_source": [
            {
                "source": "Northwind",
                "kind": "greenhouse",
                "readings": 2,
                "failed": 1,
                "found": 7,
                "saved": 6,
                "leads": 4,
                "last_read_at": None,
            }
        ],
    }


@pytest.mark.parametrize("path", [DASHBOARD, SUMMARY])
def test_the_figures_are_the_teams(as_ada, anonymous, path):
    assert as_ada.get(path).status_code == 403
    assert anonymous.get(path).status_code == 401
