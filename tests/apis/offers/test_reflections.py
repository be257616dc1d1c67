"""Reflections, as the offers document promises them."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.activity.models import Activity
from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application, Reflection
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, ReflectionFactory

pytestmark = pytest.mark.django_db

APPLICATIONS = "/offers/api/v1/applications/"
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
WHOLE = {
    "what_worked": "Whiteboarding aloud",
    "what_failed": "Estimating",
    "skill_gaps": {"TypeScript": "intermediate", "System Design": {"level": 2, "read": [True, None, 1.5]}},
    "improvement_plan": "A kata a day",
}


@pytest.fixture
def application(ada):
    return ApplicationFactory(owner=ada, company__owner=ada, status="interviewing", updated_at=LONG_AGO)


@pytest.fixture
def path(application):
    return f"{APPLICATIONS}{application.uid}/reflection"


@pytest.fixture
def reflection(application):
    return ReflectionFactory(
        application=application,
        what_worked="Asking",
        skill_gaps={"Go": 1},
        created_at=LONG_AGO,
        updated_at=LONG_AGO,
    )


@pytest.fixture
def at_reflection(path, reflection):
    return f"{path}/{reflection.uid}"


def row(reflection):
    return Reflection.objects.filter(pk=reflection.pk).values().get()


def places(answered):
    assert answered.status_code == 422, answered.content
    return [problem["loc"] for problem in answered.json()["detail"]]


def nested(deep):
    value = {}
    for _ in range(deep - 1):
        value = {"a": value}
    return value


def test_an_empty_body_is_a_reflection_too(as_ada, application, path):
    answered = as_ada.post(path, {})

    written = answered.json()
    assert (answered.status_code, written) == (
        201,
        {
            "id": str(Reflection.objects.get().uid),
            "application_id": str(application.uid),
            "what_worked": None,
            "what_failed": None,
            "skill_gaps": None,
            "improvement_plan": None,
            "created_at": written["created_at"],
            "updated_at": written["created_at"],
        },
    )


def test_keeps_every_field_and_shows_it_in_the_application(as_ada, application, path):
    written = as_ada.post(path, WHOLE).json()

    assert {name: written[name] for name in WHOLE} == WHOLE
    assert as_ada.get(f"{APPLICATIONS}{application.uid}").json()["reflection"] == written


def test_the_application_is_not_touched(as_ada, application, path):
    written = as_ada.post(path, WHOLE).json()
    as_ada.put(f"{path}/{written['id']}", {"what_failed": "Nothing"})
    as_ada.delete(f"{path}/{written['id']}")

    application.refresh_from_db()
    assert (application.status, application.updated_at) == (Status.INTERVIEWING, LONG_AGO)


def test_the_timeline_tells_of_it(as_ada, application, path):
    as_ada.post(path, WHOLE)

    line = Activity.objects.get()
    assert (line.action, line.application_id, line.metadata) == (
        "reflection_written",
        application.pk,
        {"reflection_id": Reflection.objects.get().pk},
    )
    assert line.description == f"Reflection: {application.company.name} — {application.job_title}"
    assert EventRecord.objects.get(name="application.reflection_written").owner_id == application.owner_id


def test_a_second_reflection_is_refused_and_changes_nothing(as_ada, path, reflection):
    before = row(reflection)

    answered = as_ada.post(path, WHOLE)

    assert (answered.status_code, answered.json()) == (
        409,
        {"detail": "Reflection already exists. Use PUT to update it."},
    )
    assert row(reflection) == before
    assert not Activity.objects.exists()


def test_of_two_first_reflections_at_once_one_is_written(together, as_ada, application, path):
    answers = together(6, lambda number: as_ada.post(path, {"what_worked": f"{number}"}))

    assert sorted(answered.status_code for answered in answers) == [201, 409, 409, 409, 409, 409]
    assert Reflection.objects.count() == 1
    assert Activity.objects.filter(action="reflection_written").count() == 1


def test_an_outcome_and_a_reflection_at_once_are_both_kept(together, as_ada, application, path):
    nouns = [path, f"{APPLICATIONS}{application.uid}/outcome"]

    answers = together(6, lambda number: as_ada.post(nouns[number % 2], {}))

    assert sorted(answered.status_code for answered in answers) == [201, 201, 409, 409, 409, 409]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("what_failed", "a\x00b"),
        ("skill_gaps", "TypeScript"),
        ("skill_gaps", nested(17)),
    ],
)
def test_what_is_not_valid_is_refused_by_the_name_of_its_field(as_ada, path, at_reflection, reflection, name, value):
    before = row(reflection)

    assert places(as_ada.post(path, {name: value})) == [["body", name]]
    assert places(as_ada.put(at_reflection, {name: value})) == [["body", name]]
    assert row(reflection) == before


def test_gaps_may_nest_as_deep_as_an_application_that_holds_them_can_be_sent_back(as_ada, application, path):
    gaps = nested(16)

    assert as_ada.post(path, {"skill_gaps": gaps}).json()["skill_gaps"] == gaps
    whole = as_ada.get(f"{APPLICATIONS}{application.uid}").json()
    assert as_ada.put(f"{APPLICATIONS}{application.uid}", whole).json() == whole


@pytest.mark.parametrize(
    "gaps", [{}, {"": ""}, {"Ünïcode 🧑🏽‍🚀": "'; --"}, {"n": [0, -0.5, 1e-9, 10**15]}, {"a": {"a": {}}}]
)
def test_any_object_of_gaps_is_given_back_as_it_was_sent(as_ada, path, gaps):
    assert as_ada.post(path, {"skill_gaps": gaps}).json()["skill_gaps"] == gaps


def test_changes_what_is_sent_and_leaves_the_rest(as_ada, at_reflection, reflection):
    changed = as_ada.put(at_reflection, {"what_failed": "Estimating"}).json()

    assert (changed["what_worked"], changed["what_failed"], changed["skill_gaps"]) == (
        "Asking",
        "Estimating",
        {"Go": 1},
    )
    reflection.refresh_from_db()
    assert reflection.created_at == LONG_AGO < reflection.updated_at


def test_every_field_can_be_changed(as_ada, at_reflection):
    changed = as_ada.put(at_reflection, WHOLE).json()

    assert {name: changed[name] for name in WHOLE} == WHOLE


@pytest.mark.parametrize("name", WHOLE)
def test_null_clears_a_field(as_ada, at_reflection, name):
    as_ada.put(at_reflection, WHOLE)

    changed = as_ada.put(at_reflection, {name: None}).json()

    assert {field: changed[field] for field in WHOLE} == {**WHOLE, name: None}


def test_cleared_gaps_are_no_gaps_to_the_database_either(as_ada, at_reflection):
    as_ada.put(at_reflection, {"skill_gaps": None})

    assert Reflection.objects.filter(skill_gaps__isnull=True).count() == 1


@pytest.mark.parametrize("name", ["what_worked", "what_failed", "improvement_plan"])
def test_an_empty_text_is_shown_as_null(as_ada, at_reflection, name):
    as_ada.put(at_reflection, WHOLE)

    assert as_ada.put(at_reflection, {name: ""}).json()[name] is None


@pytest.mark.parametrize("gaps", [{"Go": True}, {"Go": 2}, {"Go": "1"}, {}])
def test_gaps_that_differ_are_changed(as_ada, at_reflection, gaps):
    changed = as_ada.put(at_reflection, {"skill_gaps": gaps}).json()["skill_gaps"]

    # To Python, true is 1.
    assert repr(changed) == repr(gaps)


def test_an_update_that_says_nothing_new_changes_nothing(as_ada, at_reflection, reflection):
    before = row(reflection)

    for body in ({}, {"what_worked": "Asking"}, {"skill_gaps": {"Go": 1}}, {"unknown": 1}):
        assert as_ada.put(at_reflection, body).status_code == 200

    assert row(reflection) == before


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
GAPS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(gaps=st.none() | st.dictionaries(TEXTS, GAPS, max_size=3), what_worked=TEXTS, plan=TEXTS)
def test_what_is_taken_can_be_read_and_written_back_without_a_change(as_ada, ada, gaps, what_worked, plan):
    application = ApplicationFactory(owner=ada, company__owner=ada, status="offer")
    path = f"{APPLICATIONS}{application.uid}/reflection"
    answered = as_ada.post(path, {"what_worked": what_worked, "skill_gaps": gaps, "improvement_plan": plan})
    if answered.status_code == 422:
        # A number that is too large.
        assert [problem["loc"] for problem in answered.json()["detail"]] == [["body", "skill_gaps"]]
        return
    shown = answered.json()
    assert shown["skill_gaps"] == gaps
    Reflection.objects.filter(uid=shown["id"]).update(updated_at=LONG_AGO)
    held = Reflection.objects.filter(uid=shown["id"]).values().get()

    assert as_ada.put(f"{path}/{shown['id']}", shown).status_code == 200
    assert as_ada.put(f"{path}/{shown['id']}", {"skill_gaps": gaps}).status_code == 200

    assert Reflection.objects.filter(uid=shown["id"]).values().get() == held


def test_deletes_a_reflection(as_ada, application, path, at_reflection):
    answered = as_ada.delete(at_reflection)

    assert (answered.status_code, answered.json()) == (200, {"detail": "Reflection deleted"})
    assert as_ada.get(f"{APPLICATIONS}{application.uid}").json()["reflection"] is None
    assert as_ada.post(path, {}).status_code == 201


def test_another_persons_application_is_refused(as_ben, path, at_reflection, reflection):
    before = row(reflection)

    answers = [as_ben.post(path, {}), as_ben.put(at_reflection, WHOLE), as_ben.delete(at_reflection)]

    assert [(a.status_code, a.json()) for a in answers] == [(403, {"detail": "Not your application"})] * 3
    assert row(reflection) == before


def test_an_application_that_is_not_there_is_not_found(as_ada, reflection):
    path = f"{APPLICATIONS}{uuid4()}/reflection"

    answers = [
        as_ada.post(path, {}),
        as_ada.put(f"{path}/{reflection.uid}", {}),
        as_ada.delete(f"{path}/{reflection.uid}"),
    ]

    assert [(a.status_code, a.json()) for a in answers] == [(404, {"detail": "Application not found"})] * 3


def test_a_reflection_on_another_application_is_not_found(as_ada, ada, path, reflection):
    other = ApplicationFactory(owner=ada, company__owner=ada)
    places = [f"{APPLICATIONS}{other.uid}/reflection/{reflection.uid}", f"{path}/{uuid4()}"]

    answers = [answered for place in places for answered in (as_ada.put(place, WHOLE), as_ada.delete(place))]

    assert [(a.status_code, a.json()) for a in answers] == [(404, {"detail": "Reflection not found"})] * 4


def test_reflections_leave_with_their_application(as_ada, application, reflection):
    as_ada.delete(f"{APPLICATIONS}{application.uid}")

    assert not Application.objects.exists()
    assert not Reflection.objects.exists()
