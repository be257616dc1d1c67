"""Documents, as the offers document promises them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.activity.models import Activity
from onward.domain.applications.choices import DocumentType
from onward.domain.applications.models import Document
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, DocumentFactory

pytestmark = pytest.mark.django_db

PATH = "/offers/api/v1/documents/"
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
WHOLE = {
    "doc_type": "Cover Letter",
    "name": "Letter to Acme",
    "file_url": "https://files.example.org/letter.pdf",
    "notes": "Second draft",
}


@pytest.fixture
def application(ada):
    return ApplicationFactory(owner=ada, company__owner=ada, updated_at=LONG_AGO)


@pytest.fixture
def document(application):
    return DocumentFactory(
        application=application, name="References", notes="Three", created_at=LONG_AGO, updated_at=LONG_AGO
    )


def row(document):
    return Document.objects.filter(pk=document.pk).values().get()


def names(answered):
    assert answered.status_code == 200, answered.content
    return [shown["name"] for shown in answered.json()]


def places(answered):
    assert answered.status_code == 422, answered.content
    return [problem["loc"] for problem in answered.json()["detail"]]


def test_adds_a_document_with_a_name_alone(as_ada, application):
    answered = as_ada.post(PATH, {"application_id": str(application.uid), "name": "Portfolio"})

    added = answered.json()
    assert (answered.status_code, added) == (
        201,
        {
            "id": str(Document.objects.get().uid),
            "application_id": str(application.uid),
            "doc_type": "Other",
            "name": "Portfolio",
            "file_url": None,
            "notes": None,
            "created_at": added["created_at"],
            "updated_at": added["created_at"],
        },
    )


def test_keeps_every_field(as_ada, application):
    added = as_ada.post(PATH, {"application_id": str(application.uid), **WHOLE}).json()

    assert {name: added[name] for name in WHOLE} == WHOLE
    assert as_ada.get(f"{PATH}{application.uid}").json() == [added]


@pytest.mark.parametrize("word", ["Resume", "Cover Letter", "Portfolio", "Reference", "Other"])
def test_says_each_type_in_its_own_word(as_ada, application, word):
    added = as_ada.post(PATH, {"application_id": str(application.uid), "name": "x", "doc_type": word}).json()

    assert added["doc_type"] == word


def test_the_application_is_not_touched(as_ada, application):
    added = as_ada.post(PATH, {"application_id": str(application.uid), **WHOLE}).json()
    as_ada.put(f"{PATH}{added['id']}", {"name": "Another"})
    as_ada.delete(f"{PATH}{added['id']}")

    application.refresh_from_db()
    assert application.updated_at == LONG_AGO


def test_the_timeline_tells_of_it(as_ada, application):
    as_ada.post(PATH, {"application_id": str(application.uid), **WHOLE})

    line = Activity.objects.get()
    assert (line.action, line.application_id, line.metadata) == (
        "document_added",
        application.pk,
        {"document_id": Document.objects.get().pk},
    )
    assert line.description == f"Document: Letter to Acme ({application.company.name} — {application.job_title})"
    event = EventRecord.objects.get(name="application.document_added")
    assert (event.owner_id, event.payload["document_type"]) == (application.owner_id, DocumentType.COVER_LETTER)


def test_lists_the_latest_first(as_ada, application):
    for days, name in ((2, "second"), (1, "first"), (3, "third")):
        DocumentFactory(application=application, name=name, created_at=LONG_AGO + timedelta(days=days))
    DocumentFactory(application=application, name="third, later", created_at=LONG_AGO + timedelta(days=3))

    assert names(as_ada.get(f"{PATH}{application.uid}")) == ["third, later", "third", "second", "first"]


def test_lists_one_applications_documents_only(as_ada, ada, application, document):
    DocumentFactory(application=ApplicationFactory(owner=ada, company__owner=ada))
    DocumentFactory()

    assert names(as_ada.get(f"{PATH}{application.uid}")) == ["References"]


def test_an_application_may_have_no_documents(as_ada, application):
    assert as_ada.get(f"{PATH}{application.uid}").json() == []


@pytest.mark.parametrize("count", [1, 20])
def test_a_list_is_one_statement_however_long_it_is(as_ada, application, queries, count):
    for _ in range(count):
        DocumentFactory(application=application)

    with queries() as asked:
        assert len(as_ada.get(f"{PATH}{application.uid}").json()) == count

    # Who asks, and what they asked for.
    assert len(asked) == 2


def test_what_is_anothers_is_not_listed(as_ben, application, document):
    answered = as_ben.get(f"{PATH}{application.uid}")

    assert (answered.status_code, answered.json()) == (403, {"detail": "Not your application"})


def test_an_application_that_is_not_there_has_no_list(as_ada, document):
    for uid in (uuid4(), document.uid):
        answered = as_ada.get(f"{PATH}{uid}")
        assert (answered.status_code, answered.json()) == (404, {"detail": "Application not found"})


def test_nothing_is_put_to_an_application_that_is_not_there(as_ada):
    answered = as_ada.post(PATH, {"application_id": str(uuid4()), "name": "x"})

    assert (answered.status_code, answered.json()) == (404, {"detail": "Application not found"})


def test_nothing_is_put_to_another_persons_application(as_ben, application):
    answered = as_ben.post(PATH, {"application_id": str(application.uid), "name": "x"})

    assert (answered.status_code, answered.json()) == (403, {"detail": "Not your application"})
    assert not Document.objects.exists()


def test_application_and_name_must_be_given(as_ada):
    assert places(as_ada.post(PATH, {})) == [["body", "application_id"], ["body", "name"]]
    assert places(as_ada.post(PATH)) == [["body", "application_id"], ["body", "name"]]


BAD = [
    ("name", " \t"),
    ("doc_type", "cover_letter"),
    ("file_url", "files/letter.pdf"),
    ("file_url", "javascript:alert(1)"),
    ("file_url", "ftp://files.example.org/x"),
    ("file_url", "https://files.example.org/" + "x" * 500),
    ("notes", "a\x00b"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_is_not_valid_is_refused_by_the_name_of_its_field(as_ada, application, document, name, value):
    before = row(document)

    assert places(as_ada.post(PATH, {"application_id": str(application.uid), "name": "x", name: value})) == [
        ["body", name]
    ]
    assert places(as_ada.put(f"{PATH}{document.uid}", {name: value})) == [["body", name]]
    assert row(document) == before


@pytest.mark.parametrize(("name", "value"), [("application_id", None), ("application_id", "7"), ("name", None)])
def test_what_must_be_given_may_not_be_null(as_ada, application, name, value):
    assert places(as_ada.post(PATH, {"application_id": str(application.uid), "name": "x", name: value})) == [
        ["body", name]
    ]


def test_the_longest_name_and_address_fit(as_ada, application):
    longest = {"name": "n" * 255, "file_url": "https://files.example.org/".ljust(500, "x")}

    added = as_ada.post(PATH, {"application_id": str(application.uid), **longest}).json()

    assert {name: added[name] for name in longest} == longest


@pytest.mark.parametrize("name", ["file_url", "notes"])
@pytest.mark.parametrize("nothing", [None, ""])
def test_null_or_an_empty_text_clears_a_field(as_ada, application, name, nothing):
    added = as_ada.post(PATH, {"application_id": str(application.uid), **WHOLE}).json()

    changed = as_ada.put(f"{PATH}{added['id']}", {name: nothing}).json()

    assert {field: changed[field] for field in WHOLE} == {**WHOLE, name: None}
    assert as_ada.post(PATH, {"application_id": str(application.uid), **WHOLE, name: nothing}).json()[name] is None


@pytest.mark.parametrize("name", ["name", "doc_type"])
def test_null_leaves_what_a_document_always_has(as_ada, document, name):
    before = row(document)

    assert as_ada.put(f"{PATH}{document.uid}", {name: None}).status_code == 200
    assert row(document) == before


def test_changes_what_is_sent_and_leaves_the_rest(as_ada, document):
    changed = as_ada.put(f"{PATH}{document.uid}", {"doc_type": "Reference"}).json()

    assert (changed["doc_type"], changed["name"], changed["notes"]) == ("Reference", "References", "Three")
    document.refresh_from_db()
    assert document.created_at == LONG_AGO < document.updated_at


def test_every_field_can_be_changed(as_ada, document):
    changed = as_ada.put(f"{PATH}{document.uid}", WHOLE).json()

    assert {name: changed[name] for name in WHOLE} == WHOLE


def test_a_document_stays_with_its_application(as_ada, ada, application, document):
    other = ApplicationFactory(owner=ada, company__owner=ada)

    changed = as_ada.put(f"{PATH}{document.uid}", {"application_id": str(other.uid), "name": "Moved?"}).json()

    assert (changed["application_id"], changed["name"]) == (str(application.uid), "Moved?")


def test_an_update_that_says_nothing_new_changes_nothing(as_ada, document):
    before = row(document)

    for body in ({}, {"name": "References"}, {"doc_type": "Other", "notes": " Three "}, {"unknown": 1}):
        assert as_ada.put(f"{PATH}{document.uid}", body).status_code == 200

    assert row(document) == before


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@given(doc_type=st.sampled_from(DocumentType.values), name=TEXTS, file_url=TEXTS, notes=TEXTS)
def test_what_is_read_and_written_back_changes_nothing(as_ada, ada, doc_type, name, file_url, notes):
    """Also where the record holds what this document would not take: it came there by another way."""
    application = ApplicationFactory(owner=ada, company__owner=ada)
    document = DocumentFactory(
        application=application, doc_type=doc_type, name=name, file_url=file_url, notes=notes, updated_at=LONG_AGO
    )
    before = row(document)
    (shown,) = as_ada.get(f"{PATH}{application.uid}").json()

    answered = as_ada.put(f"{PATH}{document.uid}", shown)

    assert (answered.status_code, answered.json()) == (200, shown)
    assert row(document) == before


def test_deletes_a_document(as_ada, application, document):
    answered = as_ada.delete(f"{PATH}{document.uid}")

    assert (answered.status_code, answered.json()) == (200, {"detail": "Document deleted"})
    assert as_ada.get(f"{PATH}{application.uid}").json() == []


def test_another_persons_document_is_refused(as_ben, document):
    before = row(document)

    answers = [as_ben.put(f"{PATH}{document.uid}", {"name": "Mine"}), as_ben.delete(f"{PATH}{document.uid}")]

    assert [(a.status_code, a.json()) for a in answers] == [(403, {"detail": "Not your document"})] * 2
    assert row(document) == before


def test_a_document_that_is_not_there_is_not_found(as_ada, application):
    for uid in (uuid4(), application.uid):
        answers = [as_ada.put(f"{PATH}{uid}", {"name": "x"}), as_ada.delete(f"{PATH}{uid}")]
        assert [(a.status_code, a.json()) for a in answers] == [(404, {"detail": "Document not found"})] * 2


def test_a_document_is_deleted_once(together, as_ada, document):
    answers = together(4, lambda number: as_ada.delete(f"{PATH}{document.uid}"))

    assert sorted(answered.status_code for answered in answers) == [200, 404, 404, 404]
