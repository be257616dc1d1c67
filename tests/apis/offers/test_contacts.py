"""Contacts, as the offers document promises them."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.activity.models import Activity
from onward.domain.contacts.choices import ContactType
from onward.domain.contacts.models import Contact
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, ContactFactory

pytestmark = pytest.mark.django_db

PATH = "/offers/api/v1/contacts/"
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
WHOLE = {
    "name": "Cleo Costa",
    "email": "cleo@acme.example.org",
    "phone": "+49 30 123456",
    "role_title": "Talent partner",
    "company": "Acme",
    "contact_type": "Hiring Manager",
    "linkedin_url": "https://www.linkedin.com/in/jane-doe",
    "notes": "Met at the fair",
    "last_contacted": "2026-02-27",
}
OPTIONAL = [name for name in WHOLE if name not in {"name", "contact_type"}]


@pytest.fixture
def application(ada):
    return ApplicationFactory(owner=ada, updated_at=LONG_AGO)


@pytest.fixture
def contact(ada, application):
    return ContactFactory(
        owner=ada,
        application=application,
        name="Cleo Costa",
        email="cleo@acme.example.org",
        notes="Met at the fair",
        created_at=LONG_AGO,
        updated_at=LONG_AGO,
    )


def row(contact):
    return Contact.objects.filter(pk=contact.pk).values().get()


def names(answered):
    assert answered.status_code == 200, answered.content
    return [shown["name"] for shown in answered.json()]


def places(answered):
    assert answered.status_code == 422, answered.content
    return [problem["loc"] for problem in answered.json()["detail"]]


def test_adds_a_contact_with_a_name_alone(as_ada, ada):
    answered = as_ada.post(PATH, {"name": "Cleo Costa"})

    added = answered.json()
    assert (answered.status_code, added) == (
        201,
        {
            "id": str(Contact.objects.get().uid),
            "user_id": str(ada.uid),
            "application_id": None,
            "name": "Cleo Costa",
            "email": None,
            "phone": None,
            "role_title": None,
            "company": None,
            "contact_type": "Other",
            "linkedin_url": None,
            "notes": None,
            "last_contacted": None,
            "created_at": added["created_at"],
            "updated_at": added["created_at"],
        },
    )


def test_keeps_every_field(as_ada, application):
    added = as_ada.post(PATH, {"application_id": str(application.uid), **WHOLE}).json()

    assert {name: added[name] for name in WHOLE} == WHOLE
    assert added["application_id"] == str(application.uid)
    assert as_ada.get(f"{PATH}{added['id']}").json() == added


@pytest.mark.parametrize("word", ["Recruiter", "Hiring Manager", "Referral", "HR", "Peer", "Other"])
def test_says_each_type_in_its_own_word(as_ada, word):
    assert as_ada.post(PATH, {"name": "x", "contact_type": word}).json()["contact_type"] == word


def test_a_form_that_sends_empty_texts_means_nothing(as_ada):
    added = as_ada.post(PATH, {"name": "Cleo", "application_id": "", **dict.fromkeys(OPTIONAL, "")}).json()

    assert {name: added[name] for name in (*OPTIONAL, "application_id")} == dict.fromkeys((*OPTIONAL, "application_id"))


def test_the_timeline_tells_of_it(as_ada, ada, application):
    as_ada.post(PATH, {"application_id": str(application.uid), **WHOLE})

    line = Activity.objects.get()
    assert (line.action, line.description, line.application_id, line.metadata) == (
        "contact_added",
        "Contact: Cleo Costa",
        application.pk,
        {"contact_id": Contact.objects.get().pk},
    )
    event = EventRecord.objects.get(name="contact.added")
    assert (event.owner_id, event.payload["application_id"]) == (ada.pk, application.pk)


def test_lists_the_latest_first_and_only_ones_own(as_ada, ada):
    for days, name in ((2, "second"), (1, "first"), (3, "third")):
        ContactFactory(owner=ada, name=name, created_at=LONG_AGO + timedelta(days=days))
    ContactFactory(owner=ada, name="third, later", created_at=LONG_AGO + timedelta(days=3))
    ContactFactory()

    assert names(as_ada.get(PATH)) == ["third, later", "third", "second", "first"]


def test_lists_so_many_after_so_many_others(as_ada, ada):
    for number in range(103):
        ContactFactory(owner=ada, name=str(number), created_at=LONG_AGO + timedelta(days=number))

    assert len(names(as_ada.get(PATH))) == 100
    assert names(as_ada.get(PATH, {"skip": 1, "limit": 2})) == ["101", "100"]
    assert names(as_ada.get(PATH, {"skip": 102})) == ["0"]
    assert names(as_ada.get(PATH, {"limit": 0})) == []


def test_lists_what_belongs_to_one_application(as_ada, ada, application, contact):
    ContactFactory(owner=ada)
    bare = ApplicationFactory(owner=ada)

    assert names(as_ada.get(PATH, {"application_id": str(application.uid)})) == ["Cleo Costa"]
    assert names(as_ada.get(PATH, {"application_id": str(application.uid), "contact_type": "HR"})) == []
    assert names(as_ada.get(PATH, {"application_id": str(bare.uid)})) == []


def test_asking_for_an_application_that_is_not_ones_own_is_refused(as_ada, as_ben, application, contact):
    anothers = as_ben.get(PATH, {"application_id": str(application.uid)})
    missing = as_ada.get(PATH, {"application_id": str(uuid4())})

    assert (anothers.status_code, anothers.json()) == (403, {"detail": "Not your application"})
    assert (missing.status_code, missing.json()) == (404, {"detail": "Application not found"})
    assert places(as_ada.get(PATH, {"application_id": "7"})) == [["query", "application_id"]]


def test_lists_one_type(as_ada, ada, contact):
    ContactFactory(owner=ada, name="Sam", contact_type=ContactType.HIRING_MANAGER)

    assert names(as_ada.get(PATH, {"contact_type": "Hiring Manager"})) == ["Sam"]
    assert places(as_ada.get(PATH, {"contact_type": "hiring_manager"})) == [["query", "contact_type"]]


def test_an_empty_filter_is_none(as_ada, contact):
    assert names(as_ada.get(f"{PATH}?application_id=&contact_type=")) == ["Cleo Costa"]


@pytest.mark.parametrize("count", [1, 20])
def test_a_list_is_one_statement_however_long_it_is(as_ada, ada, application, queries, count):
    for _ in range(count):
        ContactFactory(owner=ada, application=application)
    for asked_for in ({}, {"application_id": str(application.uid)}, {"contact_type": "Other"}):
        as_ada.get(PATH, asked_for)
        with queries() as asked:
            assert len(as_ada.get(PATH, asked_for).json()) == count
        # Who asks, and what they asked for.
        assert len(asked) == 2


def test_no_contact_is_linked_to_what_is_not_ones_own(as_ada, as_ben, ben, application):
    theirs = ContactFactory(owner=ben)
    before = row(theirs)
    forbidden, missing = {"detail": "Not your application"}, {"detail": "Application not found"}

    for send, path in ((as_ben.post, PATH), (as_ben.put, f"{PATH}{theirs.uid}")):
        answered = send(path, {"name": "x", "application_id": str(application.uid)})
        assert (answered.status_code, answered.json()) == (403, forbidden)
        answered = send(path, {"name": "x", "application_id": str(uuid4())})
        assert (answered.status_code, answered.json()) == (404, missing)
    assert list(Contact.objects.all()) == [theirs]
    assert row(theirs) == before


BAD = [
    ("name", " \t"),
    ("application_id", "7"),
    ("email", "jane"),
    ("email", "cleo@"),
    ("email", "cleo@acme.example.org, sam@acme.example.org"),
    ("email", "cleo@acme.example.org\nBcc: x@example.org"),
    ("email", f"{'x' * 60}@{'y' * 200}.example.org"),
    ("contact_type", "hiring_manager"),
    ("linkedin_url", "javascript:alert(1)"),
    ("linkedin_url", "https://linkedin.com/" + "x" * 500),
    ("notes", "a\x00b"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_is_not_valid_is_refused_by_the_name_of_its_field(as_ada, contact, name, value):
    before = row(contact)

    assert places(as_ada.post(PATH, {"name": "x", name: value})) == [["body", name]]
    assert places(as_ada.put(f"{PATH}{contact.uid}", {name: value})) == [["body", name]]
    assert row(contact) == before
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_said_is_the_usual(as_ada, nothing):
    assert as_ada.post(PATH, {"name": "Cleo", "contact_type": nothing}).json()["contact_type"] == "Other"


def test_the_name_must_be_given(as_ada):
    assert places(as_ada.post(PATH, {"name": None})) == [["body", "name"]]
    assert places(as_ada.post(PATH, {"email": "cleo@acme.example.org"})) == [["body", "name"]]
    assert places(as_ada.post(PATH)) == [["body", "name"]]


def test_the_longest_texts_fit(as_ada):
    longest = {
        "name": "n" * 255,
        "phone": "1" * 50,
        "role_title": "r" * 255,
        "company": "c" * 255,
        "linkedin_url": "https://www.linkedin.com/".ljust(500, "x"),
    }

    added = as_ada.post(PATH, longest).json()

    assert {name: added[name] for name in longest} == longest


@pytest.mark.parametrize("name", OPTIONAL)
@pytest.mark.parametrize("nothing", [None, ""])
def test_null_or_an_empty_text_clears_a_field(as_ada, name, nothing):
    added = as_ada.post(PATH, WHOLE).json()

    changed = as_ada.put(f"{PATH}{added['id']}", {name: nothing}).json()

    assert {field: changed[field] for field in WHOLE} == {**WHOLE, name: None}


@pytest.mark.parametrize(("name", "nothing"), [("name", None), ("contact_type", None), ("contact_type", "")])
def test_null_leaves_what_always_is(as_ada, contact, name, nothing):
    before = row(contact)

    assert as_ada.put(f"{PATH}{contact.uid}", {name: nothing}).status_code == 200
    assert row(contact) == before


def test_null_unlinks_an_application_and_absence_does_not(as_ada, contact, application):
    kept = as_ada.put(f"{PATH}{contact.uid}", {"notes": "x"}).json()
    unlinked = as_ada.put(f"{PATH}{contact.uid}", {"application_id": None}).json()
    linked = as_ada.put(f"{PATH}{contact.uid}", {"application_id": str(application.uid)}).json()

    assert [shown["application_id"] for shown in (kept, unlinked, linked)] == [
        str(application.uid),
        None,
        str(application.uid),
    ]


def test_changes_what_is_sent_and_leaves_the_rest(as_ada, contact):
    changed = as_ada.put(f"{PATH}{contact.uid}", {"contact_type": "HR"}).json()

    assert (changed["contact_type"], changed["name"], changed["notes"]) == ("HR", "Cleo Costa", "Met at the fair")
    contact.refresh_from_db()
    assert contact.created_at == LONG_AGO < contact.updated_at


def test_every_field_can_be_changed(as_ada, ada):
    contact = ContactFactory(owner=ada)

    changed = as_ada.put(f"{PATH}{contact.uid}", WHOLE).json()

    assert {name: changed[name] for name in WHOLE} == WHOLE


def test_an_update_that_says_nothing_new_changes_nothing(as_ada, contact):
    before = row(contact)

    for body in ({}, {"name": "Cleo Costa"}, {"contact_type": "Other", "notes": "Met at the fair"}, {"unknown": 1}):
        assert as_ada.put(f"{PATH}{contact.uid}", body).status_code == 200

    assert row(contact) == before
    assert not EventRecord.objects.exists()


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@given(
    contact_type=st.sampled_from(ContactType.values),
    name=TEXTS,
    email=TEXTS,
    linkedin_url=TEXTS,
    notes=TEXTS,
    linked=st.booleans(),
    last_contacted=st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
)
def test_what_is_read_and_written_back_changes_nothing(as_ada, ada, linked, **fields):
    """Also where the record holds what this document would not take: it came there by another way."""
    application = ApplicationFactory(owner=ada) if linked else None
    contact = ContactFactory(owner=ada, application=application, updated_at=LONG_AGO, **fields)
    before = row(contact)
    shown = as_ada.get(f"{PATH}{contact.uid}").json()

    answered = as_ada.put(f"{PATH}{contact.uid}", shown)

    assert (answered.status_code, answered.json()) == (200, shown)
    assert row(contact) == before


def test_deletes_a_contact(as_ada, contact):
    answered = as_ada.delete(f"{PATH}{contact.uid}")

    assert (answered.status_code, answered.json()) == (200, {"detail": "Contact deleted"})
    assert as_ada.get(f"{PATH}{contact.uid}").status_code == 404
    assert as_ada.get(PATH).json() == []


def test_a_contact_goes_with_its_application(as_ada, ada, contact, application):
    ContactFactory(owner=ada, name="Sam")

    as_ada.delete(f"/offers/api/v1/applications/{application.uid}")

    assert names(as_ada.get(PATH)) == ["Sam"]


def test_another_persons_contact_is_refused(as_ben, contact):
    before = row(contact)
    path = f"{PATH}{contact.uid}"

    answers = [as_ben.get(path), as_ben.put(path, {"name": "Mine"}), as_ben.put(path, {"name": 1}), as_ben.delete(path)]

    assert [(a.status_code, a.json()) for a in answers] == [(403, {"detail": "Not your contact"})] * 4
    assert row(contact) == before


def test_a_contact_that_is_not_there_is_not_found(as_ada, application):
    for uid in (uuid4(), application.uid):
        path = f"{PATH}{uid}"
        answers = [as_ada.get(path), as_ada.put(path, {"name": "x"}), as_ada.delete(path)]
        assert [(a.status_code, a.json()) for a in answers] == [(404, {"detail": "Contact not found"})] * 3


def test_a_contact_is_deleted_once(together, as_ada, contact):
    answers = together(4, lambda number: as_ada.delete(f"{PATH}{contact.uid}"))

    assert sorted(answered.status_code for answered in answers) == [200, 404, 404, 404]
