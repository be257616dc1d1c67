"""Internships: the list and one in full."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    ApplicationFactory,
    EmployerFactory,
    FollowUpFactory,
    LeadActivityFactory,
    LeadFactory,
    MessageFactory,
    PostingFactory,
    ReadingFactory,
    RemarkFactory,
    SightingFactory,
)

pytestmark = pytest.mark.django_db

INTERNSHIPS = "/outreach/internships"
LONG_AGO = datetime(2026, 1, 5, 12, tzinfo=UTC)


def titles(answered):
    assert answered.status_code == 200, answered.content
    return [row["title"] for row in answered.json()["results"]]


def lead(title="Intern", **posting):
    """A lead with a posting of this title. :param posting: of the lead: ``status``, ``assigned_to``, …"""
    of_lead = {
        name: posting.pop(name)
        for name in ("status", "assigned_to", "created_at", "touched_at", "metadata")
        if name in posting
    }
    return LeadFactory(posting=PostingFactory(title=title, **posting), **of_lead)


def test_get_internships_lists_what_was_found_the_latest_first(as_cleo, cleo):
    employer = EmployerFactory(name="Acme")
    posting = PostingFactory(
        employer=employer,
        title="Data Intern",
        internship_type="summer",
        url="https://acme.example/jobs/1",
        posted_on=date(2026, 3, 1),
        score=70,
    )
    SightingFactory(posting=posting, reading__source__name="acme board")
    older = lead("Older", created_at=LONG_AGO)
    newer = LeadFactory(posting=posting, assigned_to=cleo, status="contacted", metadata={"campus": "north"})
    FollowUpFactory(lead=newer, due_date=date(2026, 5, 2))
    FollowUpFactory(lead=newer, due_date=date(2026, 4, 2))
    FollowUpFactory(lead=newer, due_date=date(2026, 3, 2), completed_at=timezone.now())

    said = as_cleo.get(INTERNSHIPS).json()

    assert (said["count"], said["next"], said["previous"]) == (2, None, None)
    assert [row["id"] for row in said["results"]] == [newer.pk, older.pk]
    row = said["results"][0]
    moments = {name: row.pop(name) for name in ("first_seen", "last_seen", "created_at")}
    assert all(datetime.fromisoformat(moment).tzinfo for moment in moments.values())
    assert row == {
        "id": newer.pk,
        "title": "Data Intern",
        "company": {"id": employer.pk, "name": "Acme"},
        "company_id": employer.pk,
        "location": "Lyon",
        "internship_type": "summer",
        "source": "acme board",
        "status": "contacted",
        "assigned_to": cleo.pk,
        "url": "https://acme.example/jobs/1",
        "posted_date": "2026-03-01",
        "state": "live",
        "score": 70,
        "next_followup": "2026-04-02",
        "stale": False,
        "metadata": {"campus": "north"},
    }


def test_a_company_that_nobody_knows_is_shown_as_the_posting_writes_it(as_cleo, cleo):
    LeadFactory(posting=PostingFactory(employer=None, company_name="Globex"))

    row = as_cleo.get(INTERNSHIPS).json()["results"][0]

    assert (row["company"], row["company_id"], row["source"]) == ({"id": None, "name": "Globex"}, None, "manual")


def test_the_list_asks_the_database_twice_however_long_it_is(as_cleo, cleo, queries):
    for number in range(5):
        SightingFactory(posting=lead(f"Intern {number}").posting)
    as_cleo.get(INTERNSHIPS)

    with queries() as asked:
        as_cleo.get(INTERNSHIPS, {"status": "new", "search": "intern"})

    assert len(asked) == 2


def test_filters_by_status_type_state_and_company(as_cleo, cleo):
    lead("Summer", internship_type="summer", status="replied")
    lead("Thesis", internship_type="thesis", state="closed")
    acme = lead("Of Acme", employer=EmployerFactory(name="Acme"))

    assert titles(as_cleo.get(INTERNSHIPS, {"status": "replied"})) == ["Summer"]
    assert titles(as_cleo.get(INTERNSHIPS, {"internship_type": "thesis"})) == ["Thesis"]
    assert titles(as_cleo.get(INTERNSHIPS, {"state": "closed"})) == ["Thesis"]
    assert titles(as_cleo.get(INTERNSHIPS, {"company_id": acme.posting.employer_id})) == ["Of Acme"]
    assert titles(as_cleo.get(INTERNSHIPS, {"status": "", "state": "live", "status_of_the_moon": "full"})) == [
        "Of Acme",
        "Summer",
    ]


def test_filters_by_a_part_of_the_place_in_any_case_beyond_ascii(as_cleo, cleo):
    lead("East", location="Ülzen, Germany")
    lead("West", location="100% Ardèche")
    lead("Anywhere", location="Worldwide", work_mode="remote")

    assert titles(as_cleo.get(INTERNSHIPS, {"location": "üLZEN"})) == ["East"]
    assert titles(as_cleo.get(INTERNSHIPS, {"location": "0% ARD"})) == ["West"]
    assert titles(as_cleo.get(INTERNSHIPS, {"location": "%"})) == ["West"]
    assert titles(as_cleo.get(INTERNSHIPS, {"location": "Remote"})) == ["Anywhere"]


def test_filters_by_any_source_that_has_told_of_it(as_cleo, cleo):
    both, one = lead("Both"), lead("One")
    first, second = ReadingFactory(source__name="first"), ReadingFactory(source__name="second")
    SightingFactory(posting=both.posting, reading=first)
    SightingFactory(posting=both.posting, reading=second, is_telling=False)
    SightingFactory(posting=one.posting, reading=first)
    lead("By hand")

    assert titles(as_cleo.get(INTERNSHIPS, {"source": "first"})) == ["One", "Both"]
    assert titles(as_cleo.get(INTERNSHIPS, {"source": "second"})) == ["Both"]
    assert titles(as_cleo.get(INTERNSHIPS, {"source": "manual"})) == ["By hand"]
    assert titles(as_cleo.get(INTERNSHIPS, {"source": "third"})) == []
    assert [row["source"] for row in as_cleo.get(INTERNSHIPS).json()["results"]] == ["manual", "first", "first"]


def test_filters_by_whose_it_is(as_cleo, cleo, dora):
    lead("Cleo's", assigned_to=cleo)
    lead("Dora's", assigned_to=dora)
    lead("Nobody's")

    assert titles(as_cleo.get(INTERNSHIPS, {"assigned_to": dora.pk})) == ["Dora's"]
    assert titles(as_cleo.get(INTERNSHIPS, {"assigned_to": "me"})) == ["Cleo's"]
    assert titles(as_cleo.get(INTERNSHIPS, {"assigned_to": "none"})) == ["Nobody's"]
    for nonsense in ("everybody", "-1", "1.5", "9" * 30):
        assert as_cleo.get(INTERNSHIPS, {"assigned_to": nonsense}).status_code == 422


def test_a_range_of_days_holds_both_of_its_ends_on_the_readers_clock(as_cleo, cleo):
    cleo.timezone = "Pacific/Auckland"
    cleo.save()
    # In Auckland it is one o'clock on the 3rd, and half past twelve at night on the 4th.
    lead("On the 3rd", created_at=datetime(2026, 3, 2, 12, tzinfo=UTC))
    lead("On the 4th", created_at=datetime(2026, 3, 3, 11, 30, tzinfo=UTC))

    assert titles(as_cleo.get(INTERNSHIPS, {"date_from": "2026-03-03", "date_to": "2026-03-03"})) == ["On the 3rd"]
    assert titles(as_cleo.get(INTERNSHIPS, {"date_from": "2026-03-04"})) == ["On the 4th"]
    assert titles(as_cleo.get(INTERNSHIPS, {"date_to": "2026-03-04"})) == ["On the 4th", "On the 3rd"]
    assert titles(as_cleo.get(INTERNSHIPS, {"date_from": "2026-03-05", "date_to": "2026-03-03"})) == []


def test_stale_is_what_nobody_has_touched_for_14_days_and_nothing_is_planned_for(as_cleo, cleo):
    then = timezone.now() - timedelta(days=15)
    lead("Forgotten", touched_at=then)
    lead("Won", touched_at=then, status="converted")
    lead("Fresh", touched_at=timezone.now() - timedelta(days=13))
    FollowUpFactory(lead=lead("Planned", touched_at=then))
    FollowUpFactory(lead=lead("Done", touched_at=then), completed_at=then)

    assert titles(as_cleo.get(INTERNSHIPS, {"stale": "true", "ordering": "title"})) == ["Done", "Forgotten"]
    assert titles(as_cleo.get(INTERNSHIPS, {"stale": "false", "ordering": "title"})) == ["Fresh", "Planned", "Won"]


def test_searches_title_company_and_place_without_regard_to_case_beyond_ascii(as_cleo, cleo):
    lead("Ingénieure Données")
    lead("Analyst", employer=EmployerFactory(name="ÅNGSTRÖM"))
    lead("Cook", location="ŁÓDŹ", employer=None, company_name="Straße 100%")

    assert titles(as_cleo.get(INTERNSHIPS, {"search": "INGÉNIEURE donnees"})) == ["Ingénieure Données"]
    assert titles(as_cleo.get(INTERNSHIPS, {"search": "ångström"})) == ["Analyst"]
    assert titles(as_cleo.get(INTERNSHIPS, {"search": "strasse łódź"})) == ["Cook"]
    assert titles(as_cleo.get(INTERNSHIPS, {"search": "0%"})) == ["Cook"]
    assert titles(as_cleo.get(INTERNSHIPS, {"search": "%n%"})) == []


def test_unknown_words_are_refused_by_the_name_of_the_parameter(as_cleo, cleo):
    for name, word in {
        "status": "nearly",
        "internship_type": "weekend",
        "state": "open",
        "stale": "perhaps",
        "date_from": "yesterday",
        "date_to": "2026-02-30",
        "ordering": "colour",
    }.items():
        answered = as_cleo.get(INTERNSHIPS, {name: word})
        assert answered.status_code == 422
        assert answered.json()["detail"][0]["loc"] == ["query", name]


@pytest.mark.parametrize(
    "order",
    [
        *("id", "created_at", "status", "title", "company", "location", "internship_type", "assigned_to"),
        *("posted_date", "first_seen", "last_seen", "state", "score", "next_followup"),
    ],
)
def test_orders_by_any_column_both_ways_with_what_is_not_known_last(as_cleo, cleo, order):
    first = lead("A", score=10, posted_on=date(2026, 3, 1), internship_type="summer", company_name="A", location="A")
    second = lead("B", score=20, posted_on=date(2026, 3, 2), internship_type="thesis", company_name="B", location="B")
    FollowUpFactory(lead=first, due_date=date(2026, 3, 1))
    FollowUpFactory(lead=second, due_date=date(2026, 3, 2))
    lead("C", score=30, internship_type="trainee", company_name="C", location="C")

    up, down = (titles(as_cleo.get(INTERNSHIPS, {"ordering": sign + order})) for sign in ("", "-"))

    if order in {"posted_date", "next_followup"}:
        assert (up, down) == (["A", "B", "C"], ["B", "A", "C"])
    else:
        assert (up, down) == (["A", "B", "C"], ["C", "B", "A"])


def test_pages_are_of_20_rows_and_of_100_at_most(as_cleo, cleo):
    employer = EmployerFactory()
    for number in range(101):
        lead(f"Intern {number}", employer=employer)

    first = as_cleo.get(INTERNSHIPS).json()
    assert (first["count"], len(first["results"])) == (101, 20)
    assert len(as_cleo.get(INTERNSHIPS, {"page_size": 1000}).json()["results"]) == 100
    last = as_cleo.get(INTERNSHIPS, {"page": 2, "page_size": 100}).json()
    assert titles(as_cleo.get(INTERNSHIPS, {"page": 2, "page_size": 100})) == ["Intern 0"]
    assert last["previous"] == f"http://testserver{INTERNSHIPS}?page_size=100"
    assert as_cleo.get(INTERNSHIPS, {"page": 7}).status_code == 404


def test_get_internship_shows_it_in_full_with_all_that_was_done(as_cleo, cleo, queries):
    posting = PostingFactory(
        description="Count things.",
        description_html="<p>Count things.</p>",
        score_parts={"title": 30},
        closes_on=date(2026, 9, 1),
        state="uncertain",
        state_reason="not seen lately",
    )
    found = LeadFactory(posting=posting)
    sighting = SightingFactory(posting=posting, external_id="j-7", url="https://acme.example/j-7")
    remark = RemarkFactory(lead=found, author=cleo, text="Call on Monday")
    followup = FollowUpFactory(lead=found, assigned_to=cleo, due_date=date(2026, 3, 9))
    message = MessageFactory(lead=found, subject="Hello", text="Dear Acme", author=cleo)
    line = LeadActivityFactory(lead=found, actor=cleo, changes={"status": ["new", "contacted"]})
    ApplicationFactory(posting=posting, status="offer")
    ApplicationFactory(posting=posting, status="wishlist")
    as_cleo.get(f"{INTERNSHIPS}/{found.pk}")

    with queries() as asked:
        said = as_cleo.get(f"{INTERNSHIPS}/{found.pk}").json()

    assert len(asked) <= 3
    assert said["company"] == {"id": posting.employer_id, "name": posting.employer.name}
    plain = ("description", "description_html", "score_parts", "deadline", "state", "state_reason", "published_at")
    assert {name: said[name] for name in plain} == {
        "description": "Count things.",
        "description_html": "<p>Count things.</p>",
        "score_parts": {"title": 30},
        "deadline": "2026-09-01",
        "state": "uncertain",
        "state_reason": "not seen lately",
        "published_at": None,
    }
    assert [(one["source"], one["external_id"]) for one in said["sightings"]] == [(sighting.source.name, "j-7")]
    assert [(one["id"], one["remark"], one["author"]["name"]) for one in said["remarks"]] == [
        (remark.pk, "Call on Monday", "Cleo Costa")
    ]
    assert [(one["id"], one["due_date"], one["completed"]) for one in said["followups"]] == [
        (followup.pk, "2026-03-09", False)
    ]
    assert [(one["id"], one["message"], one["version"]) for one in said["messages"]] == [(message.pk, "Dear Acme", 1)]
    assert [(one["id"], one["changes"]) for one in said["activity"]] == [(line.pk, {"status": ["new", "contacted"]})]
    assert (said["applications"], said["outcomes"]["offer"], said["outcomes"]["applied"]) == (1, 1, 0)


def test_get_internship_activity_tells_what_happened_the_latest_first(as_cleo, cleo):
    found = LeadFactory()
    LeadActivityFactory(lead=found, actor=None, action="found", created_at=LONG_AGO, description="Found")
    LeadActivityFactory(lead=found, actor=cleo, action="status_changed", changes={"status": ["new", "replied"]})
    LeadActivityFactory(description="Of another")

    said = as_cleo.get(f"{INTERNSHIPS}/{found.pk}/activity").json()

    assert [(line["type"], line["actor"], line["changes"]) for line in said["results"]] == [
        ("status_changed", {"id": cleo.pk, "name": "Cleo Costa"}, {"status": ["new", "replied"]}),
        ("found", None, {}),
    ]
    assert said["count"] == 2


def test_an_internship_that_is_not_there_is_not_found(as_cleo, cleo):
    for path in ("7", "7/activity", "x", "9" * 30):
        assert as_cleo.get(f"{INTERNSHIPS}/{path}").status_code == 404
