"""What suits somebody, as the copilot document promises it: their own jobs, postings, and what they lack."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.applications.choices import SavedJobStatus
from onward.domain.feed.models import Dismissal
from onward.domain.feed.services import catch_up
from onward.domain.resumes.models import Fact
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    EmployerFactory,
    LeadFactory,
    PostingFactory,
    ResumeFactory,
    SavedJobFactory,
)

pytestmark = pytest.mark.django_db

API = "/copilot/api/v1"
OWN, BOTH, GAP = f"{API}/jobs/recommendations", f"{API}/recommendations/jobs", f"{API}/recommendations/skills-gap"
PYTHON = "Requirements:\n- Python\n- PostgreSQL\n"


@pytest.fixture
def skilled(ada):
    """Ada, with a default résumé that shows Python and PostgreSQL."""
    resume = ResumeFactory(owner=ada, is_default=True)
    for name in ("Python", "PostgreSQL"):
        Fact.objects.create(
            resume=resume, kind="skill", text=name, lines=[f"Built services in {name}"], origin="reader"
        )
    return ada


@pytest.fixture(autouse=True)
def indexed(as_ada, as_ben):
    """Let the index hold what a test has made whenever it asks, as the job would."""
    for client in (as_ada, as_ben):
        client.get = _after_indexing(client.get)


def _after_indexing(get):
    def asked(*args, **kwargs):
        catch_up()
        return get(*args, **kwargs)

    asked.alone = get
    return asked


def found(answered):
    assert answered.status_code == 200, answered.content
    return answered.json()


def titles(answered):
    return [row["title"] for row in found(answered)]


def posting(**fields):
    return PostingFactory(**{"title": "Developer", "description": PYTHON, "places": [], "location": "", **fields})


def test_ones_jobs_are_told_by_how_well_they_suit_and_why(as_ada, skilled):
    SavedJobFactory(owner=skilled, job_title="Baker", description="Requirements:\n- Baking\n- HACCP\n")
    SavedJobFactory(owner=skilled, job_title="Developer", description=PYTHON)

    best, worst = found(as_ada.get(f"{OWN}?min_match_score=0"))

    assert (best["title"], worst["title"]) == ("Developer", "Baker")
    assert best["match_score"] >= 70 > worst["match_score"]
    assert best["matched_skills"] == ["Python", "PostgreSQL"]
    assert "Python: your résumé says “Built services in Python”." in best["reasons"]
    assert worst["missing_skills"] == ["Baking", "HACCP"]
    assert best["parts"]["must_haves"] == {"score": 100, "weight": 16}
    assert "salary" not in best["parts"]


def test_only_jobs_that_suit_are_told_unless_one_asks_for_all(as_ada, skilled):
    SavedJobFactory(owner=skilled, job_title="Baker", description="Requirements:\n- Baking\n")

    assert titles(as_ada.get(OWN)) == []
    assert titles(as_ada.get(f"{OWN}?min_match_score=0")) == ["Baker"]
    assert as_ada.get(f"{OWN}?min_match_score=101").status_code == 422
    assert as_ada.get(f"{OWN}?limit=0").status_code == 422


def test_what_is_applied_for_or_archived_is_recommended_no_more(as_ada, skilled):
    applied = ApplicationFactory(owner=skilled, status="applied")
    wish = ApplicationFactory(owner=skilled, status="wishlist")
    SavedJobFactory(owner=skilled, job_title="Applied", description=PYTHON, application=applied)
    SavedJobFactory(owner=skilled, job_title="Wished", description=PYTHON, application=wish)
    SavedJobFactory(owner=skilled, job_title="Archived", description=PYTHON, status=SavedJobStatus.ARCHIVED)

    assert titles(as_ada.get(OWN)) == ["Wished"]
    assert titles(as_ada.get(BOTH)) == ["Wished"]


def test_the_profiles_skills_and_the_default_resumes_count_and_refused_ones_do_not(as_ada, ada):
    ada.skills = ["python"]
    ada.save()
    default, other = ResumeFactory(owner=ada, is_default=True), ResumeFactory(owner=ada, is_default=False)
    now = timezone.now()
    Fact.objects.create(resume=default, kind="skill", text="Docker", origin="reader", lines=["Docker"])
    Fact.objects.create(resume=default, kind="skill", text="Go", origin="reader", refused_at=now)
    Fact.objects.create(resume=other, kind="skill", text="Rust", origin="reader")

    assert found(as_ada.get(GAP))["user_skills"] == ["Docker", "Python"]


def test_jobs_and_postings_are_recommended_together(as_ada, skilled):
    SavedJobFactory(owner=skilled, job_title="Mine", description=PYTHON)
    there = posting(title="Theirs", pay_min=50_000, pay_max=60_000, pay_currency="EUR", pay_period="year")

    rows = {row["kind"]: row for row in found(as_ada.get(BOTH))}

    assert rows["job"]["title"] == "Mine"
    assert rows["posting"]["id"] == rows["posting"]["posting_id"] == there.pk
    assert rows["posting"]["salary_range"] == "50,000 – 60,000 EUR a year"
    assert rows["posting"]["match_score"] >= 70


def test_what_is_old_closed_or_the_placement_teams_is_not_recommended(as_ada, skilled):
    now = timezone.now()
    posting(title="Old", first_seen_at=now - timedelta(days=31), posted_on=(now - timedelta(days=31)).date())
    posting(title="Closed", state="closed")
    LeadFactory(posting=posting(title="Lead"))
    posting(title="Open")

    assert titles(as_ada.get(BOTH)) == ["Open"]


def test_companies_that_one_avoids_are_not_recommended(as_ada, skilled):
    skilled.excluded_companies = ["ACME"]
    skilled.save()
    posting(title="Avoided", employer=EmployerFactory(name="Acme GmbH"), company_name="Acme GmbH", company_key="acme")
    posting(title="Wanted", company_name="Bright", company_key="bright")
    SavedJobFactory(owner=skilled, company_name="acme", job_title="Mine", description=PYTHON)

    assert titles(as_ada.get(BOTH)) == ["Wanted"]


def test_what_one_has_applied_for_under_another_link_is_not_recommended(as_ada, skilled):
    company = CompanyFactory(owner=skilled, name="Acme")
    ApplicationFactory(
        owner=skilled, company=company, job_title="Python Developer (m/f/d)", job_url="https://a.example/1"
    )
    same = {"company_name": "Acme GmbH", "company_key": "acme"}
    posting(title="Developer, Python", url="https://b.example/2", **same)
    posting(title="Data Engineer", **same)

    assert titles(as_ada.get(BOTH)) == ["Data Engineer"]


@pytest.mark.parametrize("status", ["applied", "not_applied"])
@pytest.mark.parametrize("behind", ["", "?utm_source=mail", "#apply"])
def test_what_one_has_applied_for_or_saved_under_its_link_is_told_once_whatever_its_company_is_called(
    as_ada, skilled, status, behind
):
    link = "https://jobs.example.org/bakery/17"
    posting(url=link, apply_url=link)
    body = {"company": "Other Name", "title": "Whatever", "application_url": link + behind, "status": status}
    assert as_ada.post(f"{API}/jobs", body).status_code == 201

    assert [one["kind"] for one in found(as_ada.get(BOTH))] == ["job"] * (status == "not_applied")


def test_a_posting_that_one_has_saved_is_told_once_as_ones_job(as_ada, skilled):
    there = posting(title="Saved")
    SavedJobFactory(owner=skilled, job_title="Saved", description=PYTHON, posting=there)
    applied = ApplicationFactory(owner=skilled, status="applied")
    SavedJobFactory(owner=skilled, job_title="Applied", posting=posting(title="Applied"), application=applied)

    assert [(row["kind"], row["title"]) for row in found(as_ada.get(BOTH))] == [("job", "Saved")]


def test_what_one_has_dismissed_is_not_recommended(as_ada, skilled, ben):
    mine, others = posting(title="Dismissed"), posting(title="Dismissed by Ben")
    Dismissal.objects.create(owner=skilled, posting=mine)
    Dismissal.objects.create(owner=ben, posting=others)

    assert titles(as_ada.get(BOTH)) == ["Dismissed by Ben"]


def test_of_one_company_three_are_recommended_at_most(as_ada, skilled):
    for n in range(5):
        posting(title=f"Developer {n}", company_name="Acme", company_key="acme")
    posting(title="Other", company_name="Bright", company_key="bright")

    rows = found(as_ada.get(BOTH))

    assert [row["company"] for row in rows].count("Acme") == 3
    assert len(rows) == 4
    assert len(found(as_ada.get(f"{BOTH}?limit=2"))) == 2
    assert as_ada.get(f"{BOTH}?limit=101").status_code == 422


def test_what_others_do_changes_nothing(as_ada, as_ben, skilled, ben):
    posting()
    SavedJobFactory(owner=skilled, job_title="Mine", description=PYTHON)
    before = [found(as_ada.get(address)) for address in (OWN, BOTH, GAP)]

    ben.skills = ["Rust"]
    ben.save()
    ApplicationFactory(owner=ben, job_title="Developer")
    SavedJobFactory(owner=ben, job_title="Ben's", description="Requirements:\n- Rust\n", salary_min=10)
    ResumeFactory(owner=ben, is_default=True)

    assert [found(as_ada.get(address)) for address in (OWN, BOTH, GAP)] == before
    assert "Mine" not in titles(as_ben.get(BOTH))


def test_who_says_nothing_of_themselves_is_recommended_their_own_jobs_with_a_score_of_0(as_ada, ada):
    posting()
    SavedJobFactory(owner=ada, job_title="")

    (row,) = found(as_ada.get(BOTH))

    assert (row["kind"], row["match_score"], row["matched_skills"]) == ("job", 0, [])


def test_the_gap_is_what_ones_own_jobs_ask_for_on_a_new_server(as_ada, skilled):
    asked = "Requirements:\n- Python\n- PostgreSQL\n- Kubernetes\n- Terraform\n"
    SavedJobFactory(owner=skilled, job_title="Developer", description=asked)
    SavedJobFactory(owner=skilled, job_title="Developer", description="Requirements:\n- Python\n- Kubernetes\n")

    gap = found(as_ada.get(GAP))

    assert gap["missing_skills"] == ["Kubernetes", "Terraform"]
    assert gap["top_market_skills"][0] == {
        "skill": "Kubernetes",
        "count": 2,
        "held": False,
        "opens": gap["top_market_skills"][0]["opens"],
    }
    assert gap["skill_coverage_percentage"] == 50.0
    assert gap["openings"] == 2
    assert gap["recommendations"][0].startswith("Kubernetes: named by 2 of 2 openings")


def test_the_coverage_of_a_gap_is_what_both_lists_name(as_ada, skilled):
    SavedJobFactory(owner=skilled, job_title="Developer", description="Requirements:\n- SQL\n- Kubernetes\n")

    gap = found(as_ada.get(GAP))

    market = [one["skill"] for one in gap["top_market_skills"]]
    both = set(market) & set(gap["user_skills"])
    assert [one["skill"] for one in gap["top_market_skills"] if one["held"]] == list(both) == ["SQL"]
    assert gap["skill_coverage_percentage"] == 100 * len(both) / len(market) == 50


def test_the_gap_says_how_many_more_openings_each_skill_opens(as_ada, skilled):
    posting(title="One", description="Requirements:\n- Python\n- Kubernetes\n")
    posting(title="Two", description="Requirements:\n- Python\n- Kubernetes\n- Terraform\n- Ansible\n")

    gap = {row["skill"]: row for row in found(as_ada.get(GAP))["top_market_skills"]}

    assert gap["Kubernetes"]["count"] == 2
    assert gap["Kubernetes"]["opens"] == 1
    assert gap["Terraform"]["opens"] == 0


def test_the_market_of_a_gap_is_that_of_ones_own_fields(as_ada, skilled):
    skilled.desired_role = "Python Developer"
    skilled.save()
    posting(title="Software Developer", description="Requirements:\n- Docker\n")
    posting(title="Nurse", description="Requirements:\n- Triage\n- Python\n")

    gap = found(as_ada.get(GAP))

    assert gap["openings"] == 1
    assert gap["missing_skills"] == ["Docker"]


def test_an_empty_account_has_an_empty_gap(as_ada):
    assert found(as_ada.get(GAP)) == {
        "user_skills": [],
        "missing_skills": [],
        "top_market_skills": [],
        "skill_coverage_percentage": 0.0,
        "recommendations": [],
        "openings": 0,
    }


@pytest.mark.parametrize(("address", "most"), [(OWN, 7), (BOTH, 13), (GAP, 11)])
def test_statements_do_not_grow_with_the_rows(as_ada, skilled, queries, address, most):
    def add():
        SavedJobFactory(owner=skilled, description=PYTHON)
        posting()
        ApplicationFactory(owner=skilled)

    add()
    found(as_ada.get(address))
    with queries() as few:
        found(as_ada.get.alone(address))
    for _ in range(3):
        add()
    catch_up()
    with queries() as many:
        found(as_ada.get.alone(address))

    assert len(few) == len(many) <= most


@pytest.mark.parametrize("address", [OWN, BOTH, GAP])
def test_nobody_is_recommended_anything_without_signing_in(anonymous, address):
    assert anonymous.get(address).status_code == 401
