"""The résumé that was sent with an application, as the placement team opens it."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from onward.platform import storage
from tests.conftest import client
from tests.factories import ApplicationFactory, ResumeFactory, RoleFactory

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4 the oven"


@pytest.fixture
def as_team(cleo):
    RoleFactory(user=cleo)
    return client(cleo)


@pytest.fixture
def link(as_team, as_ada, ada):
    posting = as_team.post("/campus/api/jobs/", {"title": "Baker", "company": "Globex"}).json()["id"]
    key = storage.store(ContentFile(PDF), folder=f"resumes/user_{ada.pk}", suffix=".pdf")
    resume = ResumeFactory(owner=ada, file_key=key, file_name="oven.pdf", content_type="application/pdf")
    said = {"job_id": posting, "resume_id": resume.pk}
    assert as_ada.post(f"/campus/api/users/{ada.pk}/jobs/", said).status_code == 201
    ApplicationFactory(owner=ada, created_at=timezone.now())
    (row,) = as_team.get(f"/campus/api/jobs/{posting}/applicants/").json()["results"]
    return row["resume"]["url"]


def body(answered):
    return b"".join(answered.streaming_content) if answered.streaming else answered.content


def test_the_team_opens_the_resume_that_was_sent(link, anonymous):
    answered = anonymous.get(link)

    assert answered.status_code == 200
    assert body(answered) == PDF
    assert answered["X-Content-Type-Options"] == "nosniff"


def test_a_link_opens_nothing_but_its_own_resume(link, anonymous, ben):
    another = ResumeFactory(
        owner=ben, file_key=storage.store(ContentFile(b"x"), folder="resumes/user_0", suffix=".pdf")
    )
    address, _, query = link.partition("?")
    number = address.rstrip("/").split("/")[-2] if address.rstrip("/").split("/")[-1].isalpha() else ""
    forged = [
        link.replace("signature=", "signature=x"),
        address,
        *([f"{address.replace(f'/{number}/', f'/{another.pk}/')}?{query}"] if number else []),
    ]

    for one in forged:
        assert anonymous.get(one).status_code in {401, 403, 404}, one


def test_a_link_to_a_resume_that_is_deleted_opens_nothing(link, anonymous, as_ada, ada):
    from onward.domain.resumes.models import Resume
    from onward.domain.resumes.services import delete

    delete(owner_id=ada.pk, resume_id=Resume.objects.get(owner=ada).pk, at=timezone.now())

    assert anonymous.get(link).status_code == 403
