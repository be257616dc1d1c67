"""Whatever is deleted through an API or a page comes back: what each of them can delete is asked of its document."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from onward.domain.applications.models import Application, Document
from onward.domain.applications.services.documents import replace_documents
from onward.domain.assistant.models import Generation
from onward.domain.community.models import Group, Membership, Post, Reaction
from onward.domain.feed.models import SavedSearch
from onward.domain.resumes import services as resumes
from onward.domain.resumes.models import Fact, Resume
from onward.domain.webhooks.models import Delivery, Endpoint
from onward.platform.bin import services
from onward.platform.bin.models import Binned, BinnedFile
from tests.domain.resumes.documents import pdf
from tests.factories import (
    ApplicationFactory,
    GroupFactory,
    PostFactory,
    ResumeFactory,
    UserFactory,
)

DOCUMENTS = Path(__file__).resolve().parent.parent / "architecture" / "openapi"
# What these delete is in the bin; tests here and in test_bin.py bring it back.
KEPT = {
    *("/tracker/api/v1/companies/{company_id}/", "/tracker/api/v1/applications/{application_id}/"),
    *("/tracker/api/v1/applications/resumes/{resume_id}/", "/tracker/api/v1/interviews/{interview_id}/"),
    *("/tracker/api/v1/ai/history/{item_id}/", "/tracker/api/v1/webhooks/endpoints/{endpoint_id}/"),
    *("/offers/api/v1/resumes/{resume_id}", "/offers/api/v1/applications/{uid}", "/offers/api/v1/contacts/{uid}"),
    "/offers/api/v1/applications/{uid}/stages/{stage_uid}",
    "/offers/api/v1/applications/{uid}/outcome/{outcome_uid}",
    "/offers/api/v1/applications/{uid}/reflection/{reflection_uid}",
    *("/offers/api/v1/documents/{uid}", "/offers/api/v1/reminders/{uid}", "/offers/api/v1/tags/{uid}"),
    *("/offers/api/v1/saved-jobs/{uid}", "/offers/api/v1/social/groups/{group_id}"),
    *("/offers/api/v1/social/posts/{post_id}", "/copilot/api/v1/jobs/saved-searches/{search_id}"),
    *("/copilot/api/v1/jobs/{job_id}", "/copilot/api/v1/applications/{application_id}"),
    "/copilot/api/v1/content/{content_id}",
}
# These take back what somebody has said or asked for, and leave nothing that could come back.
TAKEN_BACK = {
    "/tracker/api/v1/ai/tasks/{task_id}/",
    "/offers/api/v1/tags/application/{application_id}/remove/{tag_id}",
    *("/offers/api/v1/social/follow/{user_id}", "/offers/api/v1/social/groups/{group_id}/leave"),
    *("/offers/api/v1/social/posts/{post_id}/react", "/copilot/api/v1/jobs/feed/{posting_id}/dismiss"),
    *("/copilot/api/v1/tasks/{task_id}", "/copilot/api/v1/help-articles/{slug}/helpful"),
}
AT = timezone.now()


@pytest.mark.once
def test_each_deletion_of_an_api_was_thought_of():
    deletions = set()
    for api in ("tracker", "offers", "copilot"):
        paths = json.loads((DOCUMENTS / f"{api}.json").read_text())["paths"]
        deletions |= {path for path, verbs in paths.items() if "delete" in verbs}

    assert deletions == KEPT | TAKEN_BACK


def bring_back(browser):
    """Bring back whatever is in the bin, by its page."""
    browser.open("/app/deleted/")
    for kept in Binned.objects.order_by("-pk"):
        browser.send(f"/app/deleted/{kept.pk}/")


@pytest.fixture
def resume(ada):
    return resumes.upload(
        owner_id=ada.pk,
        file=_file(pdf()),
        file_name="ada.pdf",
        version_name="Engineer",
        standing=resumes.Standing.BESIDE,
        at=AT,
    )


def _file(content):
    return ContentFile(content, "ada.pdf")


@pytest.mark.parametrize("api", ["/tracker/api/v1/applications/resumes", "/offers/api/v1/resumes"])
def test_a_resume_comes_back_with_its_file_its_facts_and_the_applications_it_was_sent_with(
    adas, as_ada, ada, resume, api, django_capture_on_commit_callbacks
):
    Fact.objects.create(resume=resume, kind="skill", text="Python", origin="reader")
    made = ApplicationFactory(owner=ada, resume=resume)
    before = list(Resume.objects.values())

    with django_capture_on_commit_callbacks(execute=True):
        key = resume.pk if "tracker" in api else resume.uid
        assert as_ada.delete(f"{api}/{key}/").status_code in {200, 204}
    assert not Resume.objects.exists()
    assert default_storage.exists(resume.file_key)
    assert "Résumé, " in adas.get("/app/deleted/").text
    with django_capture_on_commit_callbacks(execute=True):
        bring_back(adas)

    made.refresh_from_db()
    assert made.resume_id == resume.pk
    assert Fact.objects.filter(resume=resume).exists()
    assert [{**row, "updated_at": None} for row in Resume.objects.values()] == [
        {**row, "updated_at": None} for row in before
    ]
    assert default_storage.exists(resume.file_key)


def test_a_default_resume_that_comes_back_leaves_the_one_that_took_its_place(adas, as_ada, ada):
    first, second = ResumeFactory(owner=ada, is_default=True), ResumeFactory(owner=ada)
    as_ada.delete(f"/tracker/api/v1/applications/resumes/{first.pk}/")

    bring_back(adas)

    assert list(Resume.objects.order_by("pk").values_list("pk", "is_default")) == [
        (first.pk, False),
        (second.pk, True),
    ]


def test_files_in_the_bin_are_gone_after_thirty_days_and_not_before(
    as_ada, ada, resume, django_capture_on_commit_callbacks
):
    as_ada.delete(f"/tracker/api/v1/applications/resumes/{resume.pk}/")
    assert resumes.tidy(owner_id=ada.pk, at=timezone.now() + timedelta(days=2)) == 0

    with django_capture_on_commit_callbacks(execute=True):
        services.forget_old(at=timezone.now() + timedelta(days=29))
    assert default_storage.exists(resume.file_key)
    with django_capture_on_commit_callbacks(execute=True):
        services.forget_old(at=timezone.now() + timedelta(days=31))
    assert not default_storage.exists(resume.file_key)


def test_the_files_of_a_bin_take_up_as_much_as_an_account_may_keep_and_the_first_go_first(
    as_ada, ada, settings, django_capture_on_commit_callbacks
):
    content = pdf()
    settings.STORAGE_PER_ACCOUNT = 2 * len(content)
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("first", "second", "third"):
            made = resumes.upload(
                owner_id=ada.pk,
                file=_file(content),
                file_name="ada.pdf",
                version_name=name,
                standing=resumes.Standing.BESIDE,
                at=AT,
            )
            as_ada.delete(f"/tracker/api/v1/applications/resumes/{made.pk}/")

    assert sorted(Binned.objects.values_list("title", flat=True)) == ["second", "third"]
    assert BinnedFile.objects.count() == 2


def test_what_the_assistant_wrote_comes_back_and_is_its_applications_again(adas, as_ada, ada):
    made = Generation.objects.create(
        owner=ada, application=ApplicationFactory(owner=ada), kind="cover_letter", content="Dear", model="quotes"
    )
    before = list(Generation.objects.values())

    assert as_ada.delete(f"/tracker/api/v1/ai/history/{made.pk}/").status_code == 204
    assert not Generation.objects.exists()
    bring_back(adas)

    assert list(Generation.objects.values()) == before


def test_a_group_comes_back_with_its_posts_but_without_who_has_left_for_good(adas, as_ada, ada, ben):
    group = GroupFactory(creator=ada)
    Membership.objects.create(group=group, user=ben, joined_at=AT)
    gone = UserFactory()
    PostFactory(author=ben, group=group)
    theirs = PostFactory(author=gone, group=group)
    Reaction.objects.create(post=theirs, user=ben, reaction="like", created_at=AT)

    assert as_ada.delete(f"/offers/api/v1/social/groups/{group.uid}").status_code in {200, 204}
    gone.delete()
    bring_back(adas)

    assert Group.objects.get().pk == group.pk
    assert list(Post.objects.values_list("author_id", flat=True)) == [ben.pk]
    assert list(Membership.objects.values_list("user_id", flat=True)) == [ben.pk]
    assert not Reaction.objects.exists()


def test_a_post_comes_back_with_what_people_thought_of_it(adas, as_ada, ada, ben):
    post = PostFactory(author=ada)
    Reaction.objects.create(post=post, user=ben, reaction="like", created_at=AT)

    assert as_ada.delete(f"/offers/api/v1/social/posts/{post.uid}").status_code in {200, 204}
    bring_back(adas)

    assert Post.objects.get().pk == post.pk
    assert Reaction.objects.get().user_id == ben.pk


def test_a_saved_search_comes_back_unless_another_has_its_name(adas, as_ada, ada):
    made = SavedSearch.objects.create(owner=ada, name="Kiel", wanted={}, often="daily", seen_until=AT)

    as_ada.delete(f"/copilot/api/v1/jobs/saved-searches/{made.pk}")
    other = SavedSearch.objects.create(owner=ada, name="Kiel", wanted={}, often="daily", seen_until=AT)
    bring_back(adas)
    assert "Kiel cannot come back: something else has taken its place." in adas.get("/app/deleted/").text
    other.delete()
    bring_back(adas)

    assert SavedSearch.objects.get().pk == made.pk


def test_a_webhook_comes_back_switched_off_and_without_what_it_sent(adas, as_ada, ada):
    made = Endpoint.objects.create(owner=ada, url="https://example.org/hook", events=["application.created"])

    assert as_ada.delete(f"/tracker/api/v1/webhooks/endpoints/{made.uid}/").status_code == 204
    bring_back(adas)

    back = Endpoint.objects.get()
    assert (back.pk, back.secret, back.is_active) == (made.pk, made.secret, False)
    assert not Delivery.objects.exists()


def test_documents_that_an_application_is_given_no_more_come_back(adas, ada):
    made = ApplicationFactory(owner=ada)
    letter = Document.objects.create(application=made, name="Letter", file_url="https://example.org/a", notes="Mine")

    assert replace_documents(application=made, documents=[("CV", "")], at=AT)
    bring_back(adas)

    assert {document.name for document in made.documents.all()} == {"Letter", "CV"}
    assert made.documents.get(pk=letter.pk).notes == "Mine"


def test_an_application_comes_back_with_the_files_of_its_documents(adas, ada, django_capture_on_commit_callbacks):
    made = ApplicationFactory(owner=ada)
    adas.open(f"/app/applications/{made.pk}/")
    file = BytesIO(pdf())
    file.name = "letter.pdf"
    with django_capture_on_commit_callbacks(execute=True):
        adas.send(f"/app/applications/{made.pk}/documents/", file=file)
        adas.send(f"/app/applications/{made.pk}/delete/")
    assert not Application.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        bring_back(adas)

    document = Document.objects.get()
    answer = adas.get(f"/app/applications/{made.pk}/documents/{document.pk}/")
    assert b"".join(answer.streaming_content) == pdf()
