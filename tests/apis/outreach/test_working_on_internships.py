"""What the desk does about an internship: changing it, moving it, remarks, removal, adding one by hand."""

import pytest
from django.utils import timezone

from onward.domain.applications.services import apply_to
from onward.domain.board.models import Posting
from onward.domain.companies.models import Employer
from onward.domain.outreach.models import Lead, LeadActivity, LeadStatusChange, RemovedLead
from tests.factories import EmployerFactory, FollowUpFactory, LeadFactory, PostingFactory, RemarkFactory

pytestmark = pytest.mark.django_db

INTERNSHIPS = "/outreach/internships"


@pytest.fixture
def lead(cleo):
    return LeadFactory(posting=PostingFactory(title="Intern", location="Lyon"), metadata={"a": 1})


def refused(answered, *names):
    assert answered.status_code == 422, answered.content
    assert {problem["loc"][1] for problem in answered.json()["detail"]} == set(names)


def test_patch_internship_changes_all_that_is_sent(as_cleo, cleo, dora, lead):
    changes = {
        "status": "researching",
        "assigned_to": dora.pk,
        "metadata": {"campus": ["north"]},
        "title": "Data Intern",
        "location": "Łódź",
        "internship_type": "summer",
        "stipend": "900 € a month",
        "deadline": "2026-09-30",
        "contact": {"name": "Sam", "email": "sam@acme.example"},
    }

    answered = as_cleo.patch(f"{INTERNSHIPS}/{lead.pk}", changes)

    assert answered.status_code == 200
    assert {name: answered.json()[name] for name in changes} == changes
    assert as_cleo.get(f"{INTERNSHIPS}/{lead.pk}").json() == answered.json()
    assert {line["type"] for line in answered.json()["activity"]} == {"status_changed", "assigned", "changed"}


def test_a_change_is_made_whole_or_not_at_all(as_cleo, cleo, ada, lead):
    for wrong, name in (
        ({"status": "nearly"}, "status"),
        ({"assigned_to": ada.pk}, "assigned_to"),
        ({"assigned_to": 999999}, "assigned_to"),
        ({"metadata": "a=1"}, "metadata"),
        ({"metadata": [1]}, "metadata"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"internship_type": "weekend"}, "internship_type"),
        ({"deadline": "soon"}, "deadline"),
        ({"contact": 7}, "contact"),
        ({"seats": -1}, "seats"),
    ):
        refused(as_cleo.patch(f"{INTERNSHIPS}/{lead.pk}", {"location": "Oslo", "stipend": "1", **wrong}), name)

    shown = as_cleo.get(f"{INTERNSHIPS}/{lead.pk}").json()
    assert (shown["location"], shown["stipend"], shown["status"], shown["activity"]) == ("Lyon", "", "new", [])


def test_what_comes_back_as_it_was_shown_is_no_change(as_cleo, cleo, lead):
    shown = as_cleo.get(f"{INTERNSHIPS}/{lead.pk}").json()

    answered = as_cleo.patch(f"{INTERNSHIPS}/{lead.pk}", {**shown, "colour": "blue"})

    assert answered.json() == shown
    assert not LeadActivity.objects.exists()


def test_contact_may_be_a_line_of_text_and_nobody_may_have_it(as_cleo, cleo, dora, lead):
    answered = as_cleo.patch(
        f"{INTERNSHIPS}/{lead.pk}", {"contact": "Sam, 555 7", "assigned_to": dora.pk, "deadline": "2026-09-01"}
    )
    assert answered.json()["contact"] == "Sam, 555 7"

    answered = as_cleo.patch(f"{INTERNSHIPS}/{lead.pk}", {"assigned_to": None, "deadline": None})

    assert (answered.json()["assigned_to"], answered.json()["deadline"]) == (None, None)


def test_patch_status_moves_it_and_keeps_the_remark_and_the_history(as_cleo, cleo, lead):
    answered = as_cleo.patch(
        f"{INTERNSHIPS}/{lead.pk}/status", {"new_status": "contacted", "remark": " Called their HR "}
    )

    assert (answered.status_code, answered.json()["status"]) == (200, "contacted")
    assert [(r["remark"], r["author"]["id"]) for r in answered.json()["remarks"]] == [("Called their HR", cleo.pk)]
    change = LeadStatusChange.objects.get()
    assert (change.before, change.after, change.changed_by) == ("new", "contacted", cleo)
    refused(as_cleo.patch(f"{INTERNSHIPS}/{lead.pk}/status", {"new_status": "won"}), "new_status")
    refused(as_cleo.patch(f"{INTERNSHIPS}/{lead.pk}/status", {}), "new_status")


def test_any_status_may_follow_any(as_cleo, cleo, lead):
    words = ("converted", "new", "dormant", "meeting", "declined", "replied", "researching", "contacted")
    for word in words:
        assert as_cleo.patch(f"{INTERNSHIPS}/{lead.pk}/status", {"new_status": word}).json()["status"] == word

    assert [change.after for change in LeadStatusChange.objects.order_by("pk")] == list(words)


def test_repeating_a_status_is_no_change_but_its_remark_is_kept(as_cleo, cleo, lead):
    for remark in ("One", "Two"):
        as_cleo.patch(f"{INTERNSHIPS}/{lead.pk}/status", {"new_status": "replied", "remark": remark})
    as_cleo.patch(f"{INTERNSHIPS}/{lead.pk}/status", {"new_status": "replied", "remark": ""})

    assert LeadStatusChange.objects.count() == 1
    assert sorted(lead.remarks.values_list("text", flat=True)) == ["One", "Two"]


def test_post_remark_adds_a_note_that_names_its_author(as_cleo, cleo, lead):
    answered = as_cleo.post(f"{INTERNSHIPS}/{lead.pk}/remarks", {"remark": "Ask for Sam"})

    assert answered.status_code == 201
    said = answered.json()
    assert {name: said[name] for name in ("internship_id", "remark", "author")} == {
        "internship_id": lead.pk,
        "remark": "Ask for Sam",
        "author": {"id": cleo.pk, "name": "Cleo Costa"},
    }
    refused(as_cleo.post(f"{INTERNSHIPS}/{lead.pk}/remarks", {"remark": " "}), "remark")
    refused(as_cleo.post(f"{INTERNSHIPS}/{lead.pk}/remarks", {}), "remark")


def test_get_remarks_lists_them_the_latest_first(as_cleo, cleo, lead, queries):
    first, second = RemarkFactory(lead=lead, text="One"), RemarkFactory(lead=lead, text="Two")
    RemarkFactory()
    as_cleo.get(f"{INTERNSHIPS}/{lead.pk}/remarks")

    with queries() as asked:
        said = as_cleo.get(f"{INTERNSHIPS}/{lead.pk}/remarks").json()

    assert len(asked) == 3
    assert (said["count"], [one["id"] for one in said["results"]]) == (2, [second.pk, first.pk])


def test_delete_internship_removes_it_with_all_that_was_done_and_keeps_its_company(as_dora, dora, as_cleo, lead):
    RemarkFactory(lead=lead)
    FollowUpFactory(lead=lead)
    posting = lead.posting
    assert as_cleo.delete(f"{INTERNSHIPS}/{lead.pk}").status_code == 403

    answered = as_dora.delete(f"{INTERNSHIPS}/{lead.pk}")

    assert (answered.status_code, answered.content) == (204, b"")
    assert not Lead.objects.exists()
    assert RemovedLead.objects.get().posting == posting
    assert Employer.objects.filter(pk=posting.employer_id).exists()
    assert as_dora.delete(f"{INTERNSHIPS}/{lead.pk}").status_code == 404


def test_post_internship_adds_one_by_hand_and_finds_its_company_by_name(as_cleo, cleo):
    acme = EmployerFactory(name="Acme GmbH", name_key="acme")

    answered = as_cleo.post(
        INTERNSHIPS,
        {
            "title": "Intern",
            "company": "ACME Ltd.",
            "location": "Lyon",
            "internship_type": "thesis",
            "assigned_to": cleo.pk,
            "status": "researching",
            "posted_date": "2026-03-01",
            "deadline": "2026-09-01",
            "contact": "Sam",
            "metadata": {"met at": "fair"},
            "seats": 2,
        },
    )

    assert answered.status_code == 201
    said = answered.json()
    told = ("title", "location", "internship_type", "assigned_to", "status", "posted_date", "deadline", "source")
    assert [said[name] for name in told] == [
        *("Intern", "Lyon", "thesis", cleo.pk, "researching", "2026-03-01", "2026-09-01", "manual")
    ]
    assert (said["company"]["id"], said["metadata"], said["seats"]) == (acme.pk, {"met at": "fair"}, 2)
    assert Posting.objects.get().is_internship


def test_a_company_that_is_new_is_made_and_one_that_is_known_can_be_named_by_its_number(as_cleo, cleo):
    made = as_cleo.post(INTERNSHIPS, {"title": "Intern", "company": "Globex"}).json()
    again = as_cleo.post(INTERNSHIPS, {"title": "Intern 2", "company_id": made["company_id"]}).json()

    assert made["company"] == again["company"] == {"id": Employer.objects.get().pk, "name": "Globex"}
    refused(as_cleo.post(INTERNSHIPS, {"title": "Intern", "company_id": 999999}), "company_id")
    refused(as_cleo.post(INTERNSHIPS, {"title": "Intern"}), "company")
    refused(as_cleo.post(INTERNSHIPS, {"title": "Intern", "company": "A", "company_id": 1}), "company")
    refused(as_cleo.post(INTERNSHIPS, {"company": "A"}), "title")
    assert Lead.objects.count() == 2


def test_what_is_not_there_is_not_found_whatever_is_done_about_it(as_dora, dora):
    for method, path, body in (
        ("patch", "7", {"title": "x"}),
        ("delete", "7", None),
        ("patch", "7/status", {"new_status": "new"}),
        ("get", "7/remarks", None),
        ("post", "7/remarks", {"remark": "x"}),
        ("get", "7/followups", None),
        ("post", "7/followups", {"due_date": "2026-03-02"}),
    ):
        assert getattr(as_dora, method)(f"{INTERNSHIPS}/{path}", body or "").status_code == 404, path


def test_post_convert_publishes_it_with_the_desks_text_and_the_status_alone_does_not(as_cleo, cleo, lead):
    as_cleo.patch(f"{INTERNSHIPS}/{lead.pk}/status", {"new_status": "converted"})
    assert as_cleo.get(f"{INTERNSHIPS}/{lead.pk}").json()["published_at"] is None
    text = {"title": "Our intern", "description": "Come and see.", "deadline": "2199-09-01", "seats": 3}

    answered = as_cleo.post(f"{INTERNSHIPS}/{lead.pk}/convert", text)

    said = answered.json()
    assert (answered.status_code, said["status"]) == (200, "converted")
    assert {name: said[name] for name in text} == text
    assert said["published_at"] is not None
    again = as_cleo.post(f"{INTERNSHIPS}/{lead.pk}/convert", {"title": "Another"})
    assert again.json() == {**said, "touched_at": again.json()["touched_at"]}
    refused(as_cleo.post(f"{INTERNSHIPS}/{lead.pk}/convert", {"seats": -1}), "seats")
    assert as_cleo.post(f"{INTERNSHIPS}/999999/convert", {}).status_code == 404


def test_what_closed_already_is_not_published_and_nothing_of_it_is_changed(as_cleo, cleo, lead):
    answered = as_cleo.post(f"{INTERNSHIPS}/{lead.pk}/convert", {"title": "Our intern", "deadline": "2020-01-01"})

    refused(answered, "deadline")
    shown = as_cleo.get(f"{INTERNSHIPS}/{lead.pk}").json()
    assert (shown["title"], shown["status"], shown["published_at"]) == ("Intern", "new", None)


def test_applications_to_what_was_published_come_back_as_counts(as_cleo, cleo, as_ada, ada, lead):
    as_cleo.post(f"{INTERNSHIPS}/{lead.pk}/convert", {})
    application = apply_to(owner_id=ada.pk, posting_id=lead.posting_id, at=timezone.now())
    as_ada.patch(f"/tracker/api/v1/applications/{application.pk}/status/", {"status": "offer"})

    shown = as_cleo.get(f"{INTERNSHIPS}/{lead.pk}").json()

    assert (shown["applications"], shown["outcomes"]["offer"], shown["outcomes"]["applied"]) == (1, 1, 0)
