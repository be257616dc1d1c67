"""Outcomes, as the offers document promises them."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.activity.models import Activity
from onward.domain.applications.choices import OutcomeStatus, Status
from onward.domain.applications.models import Application, Outcome, StatusChange
from onward.domain.community.models import Award
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, OutcomeFactory

pytestmark = pytest.mark.django_db

APPLICATIONS = "/offers/api/v1/applications/"
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
WHOLE = {
    "status": "Rejected",
    "salary": 120_000,
    "salary_currency": "EUR",
    "bonus": "$20k sign-on",
    "equity": "10k RSUs over 4 years",
    "benefits": "Bicycle, lunch",
    "start_date": "2026-09-01",
    "deadline": "2026-08-15",
    "negotiation_notes": "Asked for more",
    "notes": "Cleo called",
}
CLEARABLE = sorted(WHOLE.keys() - {"salary_currency"})


@pytest.fixture
def application(ada):
    return ApplicationFactory(owner=ada, company__owner=ada, status="interviewing")


@pytest.fixture
def path(application):
    return f"{APPLICATIONS}{application.uid}/outcome"


@pytest.fixture
def outcome(application):
    return OutcomeFactory(application=application, salary=100, notes="A note", created_at=LONG_AGO, updated_at=LONG_AGO)


@pytest.fixture
def at_outcome(path, outcome):
    return f"{path}/{outcome.uid}"


def row(outcome):
    return Outcome.objects.filter(pk=outcome.pk).values().get()


def places(answered):
    assert answered.status_code == 422, answered.content
    return [problem["loc"] for problem in answered.json()["detail"]]


def test_an_empty_body_records_an_offer(as_ada, application, path):
    answered = as_ada.post(path, {})

    recorded = answered.json()
    assert (answered.status_code, recorded) == (
        201,
        {
            "id": str(Outcome.objects.get().uid),
            "application_id": str(application.uid),
            "status": "Offer",
            "salary": None,
            "salary_currency": "USD",
            "bonus": None,
            "equity": None,
            "benefits": None,
            "start_date": None,
            "deadline": None,
            "negotiation_notes": None,
            "notes": None,
            "created_at": recorded["created_at"],
            "updated_at": recorded["created_at"],
        },
    )


def test_keeps_every_field_and_shows_it_in_the_application(as_ada, application, path):
    recorded = as_ada.post(path, WHOLE).json()

    assert {name: recorded[name] for name in WHOLE} == WHOLE
    assert as_ada.get(f"{APPLICATIONS}{application.uid}").json()["outcome"] == recorded


@pytest.mark.parametrize("status", ["Offer", "Rejected", "Withdrawn", None])
def test_says_each_status_in_its_own_word(as_ada, path, status):
    assert as_ada.post(path, {"status": status}).json()["status"] == status


@pytest.mark.parametrize("name", [*CLEARABLE, "salary_currency"])
def test_a_form_may_send_an_empty_text_where_it_means_nothing(as_ada, path, name):
    answered = as_ada.post(path, {name: ""})

    assert answered.status_code == 201
    assert answered.json()[name] == ("USD" if name == "salary_currency" else None)


def test_a_currency_is_kept_as_it_was_sent(as_ada, path):
    assert as_ada.post(path, {"salary_currency": "chf"}).json()["salary_currency"] == "chf"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "offer"),
        ("status", "Accepted"),
        ("salary", "much"),
        ("salary_currency", "EURO"),
        ("notes", "a\x00b"),
    ],
)
def test_what_is_not_valid_is_refused_by_the_name_of_its_field(as_ada, path, at_outcome, outcome, name, value):
    before = row(outcome)

    assert places(as_ada.post(path, {name: value})) == [["body", name]]
    assert places(as_ada.put(at_outcome, {name: value})) == [["body", name]]
    assert row(outcome) == before


@pytest.mark.parametrize("salary", [0, 2**31 - 1])
def test_a_salary_may_be_nothing_and_all_that_the_column_holds(as_ada, path, salary):
    assert as_ada.post(path, {"salary": salary}).json()["salary"] == salary


@pytest.mark.parametrize("before", [s for s in Status if s not in {Status.OFFER, Status.ACCEPTED}])
@pytest.mark.parametrize("status", ["Offer", "Rejected"])
def test_an_application_has_an_offer_once_it_has_an_outcome(as_ada, application, path, before, status):
    Application.objects.update(status=before)

    as_ada.post(path, {"status": status})

    application.refresh_from_db()
    change = StatusChange.objects.get()
    assert application.status == Status.OFFER
    assert (change.before, change.after) == (before, Status.OFFER)
    # The company has answered.
    assert application.response_date is not None


@pytest.mark.parametrize("before", [Status.OFFER, Status.ACCEPTED])
def test_an_application_that_has_come_so_far_stays_there(as_ada, application, path, before):
    Application.objects.update(status=before, updated_at=LONG_AGO)

    as_ada.post(path, {})

    application.refresh_from_db()
    assert (application.status, application.updated_at) == (before, LONG_AGO)
    assert not StatusChange.objects.exists()


def test_the_timeline_tells_of_the_offer_and_of_the_move(as_ada, application, path):
    as_ada.post(path, {"status": "Withdrawn"})

    lines = Activity.objects.filter(application=application).order_by("pk")
    job = f"{application.company.name} — {application.job_title}"
    assert [(line.action, line.description, line.metadata) for line in lines] == [
        ("outcome_recorded", f"Offer: {job}", {"outcome_id": Outcome.objects.get().pk}),
        (
            "status_changed",
            "Status: Interviewing → Offer Received",
            {"old_status": "interviewing", "new_status": "offer", "auto": True},
        ),
    ]
    event = EventRecord.objects.get(name="application.outcome_recorded")
    assert (event.owner_id, event.payload["status"]) == (application.owner_id, OutcomeStatus.WITHDRAWN)


def test_a_second_outcome_is_refused_and_changes_nothing(as_ada, application, path, outcome):
    before = row(outcome)

    answered = as_ada.post(path, WHOLE)

    assert (answered.status_code, answered.json()) == (
        409,
        {"detail": "Outcome already exists. Use PUT to update it."},
    )
    application.refresh_from_db()
    assert row(outcome) == before
    assert (Outcome.objects.count(), application.status) == (1, Status.INTERVIEWING)
    assert not Activity.objects.exists()


def test_of_two_first_outcomes_at_once_one_is_recorded(together, as_ada, application, path):
    answers = together(6, lambda number: as_ada.post(path, {"salary": number}))

    assert sorted(answered.status_code for answered in answers) == [201, 409, 409, 409, 409, 409]
    assert Outcome.objects.count() == 1
    assert Activity.objects.filter(action="outcome_recorded").count() == 1
    assert StatusChange.objects.count() == 1


def test_an_outcome_and_a_move_at_once_both_happen(together, as_ada, application, path):
    """Whoever comes second finds what the first has left; neither waits for the other for ever."""
    moves = [lambda: as_ada.post(path, {}), lambda: as_ada.put(f"{APPLICATIONS}{application.uid}", {"notes": "n"})]

    answers = together(8, lambda number: moves[number % 2]())

    assert sorted(answered.status_code for answered in answers) == [200, 200, 200, 200, 201, 409, 409, 409]
    application.refresh_from_db()
    assert application.status == Status.OFFER


def test_changes_what_is_sent_and_leaves_the_rest(as_ada, at_outcome, outcome):
    answered = as_ada.put(at_outcome, {"salary": 130_000, "status": "Withdrawn"})

    changed = answered.json()
    assert answered.status_code == 200
    assert (changed["salary"], changed["status"], changed["notes"]) == (130_000, "Withdrawn", "A note")
    outcome.refresh_from_db()
    assert (outcome.salary, outcome.status, outcome.created_at) == (130_000, OutcomeStatus.WITHDRAWN, LONG_AGO)
    assert outcome.updated_at > LONG_AGO


@pytest.mark.parametrize(("words", "earned"), [(["Offer"], 1), (["Rejected", "Offer", "Offer"], 1), (["Rejected"], 0)])
def test_an_outcome_that_becomes_an_offer_earns_what_an_offer_earns_once(as_ada, path, words, earned):
    recorded = as_ada.post(path, {"status": "Withdrawn"}).json()

    for word in words:
        as_ada.put(f"{path}/{recorded['id']}", {"status": word})

    assert Award.objects.filter(milestone__key="offer_received").count() == earned
    moves = [event.payload["after"] for event in EventRecord.objects.filter(name="application.outcome_changed")]
    assert moves == [word.lower() for word in dict.fromkeys(words)]


def test_every_field_can_be_changed(as_ada, at_outcome):
    changed = as_ada.put(at_outcome, WHOLE).json()

    assert {name: changed[name] for name in WHOLE} == WHOLE


@pytest.mark.parametrize("name", CLEARABLE)
@pytest.mark.parametrize("nothing", [None, ""])
def test_null_clears_a_field(as_ada, at_outcome, name, nothing):
    as_ada.put(at_outcome, WHOLE)

    changed = as_ada.put(at_outcome, {name: nothing}).json()

    assert {field: changed[field] for field in WHOLE} == {**WHOLE, name: None}


@pytest.mark.parametrize("nothing", [None, ""])
def test_an_amount_always_has_a_currency(as_ada, at_outcome, nothing):
    as_ada.put(at_outcome, {"salary_currency": "EUR"})

    assert as_ada.put(at_outcome, {"salary_currency": nothing}).json()["salary_currency"] == "EUR"


def test_the_application_is_not_touched_by_what_changes_in_its_outcome(as_ada, application, at_outcome):
    Application.objects.update(updated_at=LONG_AGO)

    as_ada.put(at_outcome, {"status": "Rejected"})
    as_ada.delete(at_outcome)

    application.refresh_from_db()
    assert (application.status, application.updated_at) == (Status.INTERVIEWING, LONG_AGO)


def test_an_update_that_says_nothing_new_changes_nothing(as_ada, at_outcome, outcome):
    before = row(outcome)

    for body in ({}, {"salary": 100}, {"notes": "A note", "salary": "100"}, {"unknown": 1}):
        assert as_ada.put(at_outcome, body).status_code == 200

    assert row(outcome) == before


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
DATES = st.none() | st.dates()


@given(
    held=st.fixed_dictionaries(
        {
            "status": st.sampled_from(["", *OutcomeStatus.values]),
            "salary": st.none() | st.integers(0, 2**31 - 1),
            "salary_currency": st.sampled_from(["", "usd", "EUR", " x"]),
            "start_date": DATES,
            "deadline": DATES,
            **dict.fromkeys(("bonus", "equity", "benefits", "negotiation_notes", "notes"), TEXTS),
        }
    )
)
def test_what_is_read_and_written_back_changes_nothing(as_ada, ada, held):
    application = ApplicationFactory(owner=ada, company__owner=ada, status="offer")
    outcome = OutcomeFactory(application=application, updated_at=LONG_AGO, **held)
    before = row(outcome)
    shown = as_ada.get(f"{APPLICATIONS}{application.uid}").json()["outcome"]

    answered = as_ada.put(f"{APPLICATIONS}{application.uid}/outcome/{outcome.uid}", shown)

    assert (answered.status_code, answered.json()) == (200, shown)
    assert row(outcome) == before


def test_deletes_an_outcome_and_leaves_the_application_where_it_is(as_ada, application, path):
    recorded = as_ada.post(path, {}).json()

    answered = as_ada.delete(f"{path}/{recorded['id']}")

    assert (answered.status_code, answered.json()) == (200, {"detail": "Outcome deleted"})
    shown = as_ada.get(f"{APPLICATIONS}{application.uid}").json()
    assert (shown["status"], shown["outcome"]) == ("Offer", None)
    assert as_ada.delete(f"{path}/{recorded['id']}").status_code == 404


def test_there_may_be_another_outcome_after_the_first_is_deleted(as_ada, path):
    first = as_ada.post(path, {}).json()
    as_ada.delete(f"{path}/{first['id']}")

    assert as_ada.post(path, {}).status_code == 201


def test_another_persons_application_is_refused(as_ben, path, at_outcome, outcome):
    before = row(outcome)

    answers = [as_ben.post(path, {}), as_ben.put(at_outcome, {"salary": 1}), as_ben.delete(at_outcome)]

    assert [(a.status_code, a.json()) for a in answers] == [(403, {"detail": "Not your application"})] * 3
    assert row(outcome) == before


def test_an_application_that_is_not_there_is_not_found(as_ada, outcome):
    path = f"{APPLICATIONS}{uuid4()}/outcome"

    answers = [
        as_ada.post(path, {}),
        as_ada.put(f"{path}/{outcome.uid}", {}),
        as_ada.delete(f"{path}/{outcome.uid}"),
    ]

    assert [(a.status_code, a.json()) for a in answers] == [(404, {"detail": "Application not found"})] * 3


def test_an_outcome_of_another_application_is_not_found(as_ada, ada, path, outcome):
    other = ApplicationFactory(owner=ada, company__owner=ada)
    places = [f"{APPLICATIONS}{other.uid}/outcome/{outcome.uid}", f"{path}/{uuid4()}"]

    answers = [answered for place in places for answered in (as_ada.put(place, {"salary": 1}), as_ada.delete(place))]

    assert [(a.status_code, a.json()) for a in answers] == [(404, {"detail": "Outcome not found"})] * 4
    assert Outcome.objects.get().salary == 100


def test_ones_own_application_does_not_lead_to_anothers_outcome(as_ben, ben, outcome):
    mine = ApplicationFactory(owner=ben, company__owner=ben)

    answered = as_ben.put(f"{APPLICATIONS}{mine.uid}/outcome/{outcome.uid}", {"salary": 1})

    assert (answered.status_code, answered.json()) == (404, {"detail": "Outcome not found"})


def test_recording_asks_the_database_no_more_than_it_must(as_ada, application, path, queries):
    Application.objects.update(status=Status.OFFER)
    as_ada.post(f"{APPLICATIONS}{uuid4()}/outcome", {})

    with queries() as asked:
        as_ada.post(path, {})

    assert len([q for q in asked if q["sql"].startswith("SELECT")]) <= 5
