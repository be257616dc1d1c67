"""Texts about jobs as the copilot document promises them: generated, kept, listed, and whose they are."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onward.domain.activity.models import Activity
from onward.domain.assistant import services
from onward.domain.assistant.models import Generation
from onward.domain.assistant.writing import BadAnswer, WriterFailed
from onward.platform.jobs.models import Job
from tests import poison
from tests.apis.copilot.test_jobs import add, wrong
from tests.domain.assistant.providers.conftest import configured, model  # noqa: F401 (fixtures)
from tests.domain.assistant.providers.servers import LETTER
from tests.domain.assistant.writers import FakeWriter
from tests.domain.resumes.documents import pdf
from tests.domain.resumes.papers import docx_of, paragraph
from tests.factories import SavedJobFactory

pytestmark = pytest.mark.django_db

CONTENT = "/copilot/api/v1/content"
GENERATE = f"{CONTENT}/generate"
HISTORY = "/tracker/api/v1/ai/history/"
KINDS = ["cover_letter", "resume_tailoring", "email_template"]
TONES = ["professional", "casual", "enthusiastic", "confident", "creative"]
JOB = {
    "company": "Contoso",
    "title": "Backend Engineer",
    "description": "We keep the books of bakeries. Requirements:\n- Python and PostgreSQL\n- Kubernetes",
    "requirements": "Knowledge of SAP is required.",
    "notes": "Their salary is a secret: 99999",
    "salary_min": 71234,
    "application_url": "https://contoso.example/jobs/5",
}
RESUME = (
    "Ada Ahmed",
    "ada@lovelace.example",
    "Experience",
    "Backend Developer, Quartz GmbH, 2018 - present",
    "- Built an API in Python with PostgreSQL",
)


@pytest.fixture
def writer(monkeypatch):
    """Whoever writes in these tests."""
    fake = FakeWriter()
    monkeypatch.setattr(services, "_writer", lambda owner_id: fake)
    return fake


@pytest.fixture
def job(as_ada):
    return add(as_ada, **JOB)["id"]


def uploaded(client, content=None, name="cv.docx"):
    content = content or docx_of("".join(paragraph(line) for line in RESUME))
    file = SimpleUploadedFile(name, content, "application/octet-stream")
    path = "/tracker/api/v1/applications/resumes/upload/"
    answered = client.upload(path, {"file": file, "version_name": "Backend"})
    assert answered.status_code == 201, answered.content
    return answered.json()["id"]


def generate(client, job, kind="cover_letter", **more):
    answered = client.post(GENERATE, {"job_id": job, "content_type": kind, **more})
    assert answered.status_code == 201, answered.content
    return answered.json()


# What is generated


@pytest.mark.parametrize("kind", KINDS)
def test_content_is_answered_as_documented_and_read_again(as_ada, job, kind):
    made = generate(as_ada, job, kind)

    assert list(made)[:6] == ["content_id", "content_type", "tone", "generated_content", "model", "created_at"]
    assert (made["content_type"], made["tone"], made["model"]) == (kind, "professional", "onward-quotes-1")
    assert made["job_id"] == job
    assert made["template_type"] == ("follow_up" if kind == "email_template" else None)
    assert "Contoso" in made["generated_content"]
    assert "Backend Engineer" in made["generated_content"]
    assert as_ada.get(f"{CONTENT}/{made['content_id']}").json() == made


@pytest.mark.parametrize("resume", [True, False])
@pytest.mark.parametrize("tone", TONES)
def test_a_letter_names_company_and_title_and_has_forty_words(as_ada, job, tone, resume):
    if resume:
        uploaded(as_ada)

    text = generate(as_ada, job, tone=tone)["generated_content"]

    assert "Contoso" in text
    assert "Backend Engineer" in text
    assert len(text.split()) >= 40


@pytest.mark.parametrize("kind", KINDS)
def test_five_tones_differ(as_ada, job, kind):
    uploaded(as_ada)

    made = [generate(as_ada, job, kind, tone=tone) for tone in TONES]

    assert [one["tone"] for one in made] == TONES
    assert len({one["generated_content"] for one in made}) == 5


def test_three_templates_differ(as_ada, job):
    made = [
        generate(as_ada, job, "email_template", template_type=word) for word in ("follow_up", "thank_you", "inquiry")
    ]

    assert [one["template_type"] for one in made] == ["follow_up", "thank_you", "inquiry"]
    assert len({one["generated_content"] for one in made}) == 3


def test_a_letter_quotes_the_default_resume_and_says_what_each_claim_rests_on(as_ada, job):
    uploaded(as_ada)
    uploaded(as_ada, docx_of(paragraph("Experience") + paragraph("- Walked dogs with Python")), "other.docx")

    made = generate(as_ada, job)

    assert "• Built an API in Python with PostgreSQL" in made["generated_content"]
    assert "dogs" not in made["generated_content"]
    assert {
        "claim": "Built an API in Python with PostgreSQL",
        "fact": "Built an API in Python with PostgreSQL",
    } in made["sources"]


def test_without_a_resume_a_letter_is_general_and_claims_nothing(as_ada, ada, job):
    ada.skills = ["Rust"]
    ada.save()

    made = generate(as_ada, job)

    assert made["sources"] == []
    assert (
        made["warnings"][0] == "There is no résumé that can be read, so the text is general and claims nothing of you."
    )
    assert not any(word in made["generated_content"] for word in ("Rust", "Python", "résumé", "experience", "skill"))


def test_a_resume_without_text_makes_the_letter_general_and_says_why(as_ada, job):
    uploaded(as_ada, pdf(), "scan.pdf")

    made = generate(as_ada, job)

    assert made["warnings"][:2] == [
        "No text was found in this file. It may be a scan: paste the text instead.",
        "There is no résumé that can be read, so the text is general and claims nothing of you.",
    ]
    assert made["sources"] == []


def test_a_resume_of_somebody_else_is_not_used(as_ada, as_ben, job):
    uploaded(as_ben)

    assert generate(as_ada, job)["sources"] == []


def test_tailoring_says_what_to_move_up_what_is_theirs_and_what_is_missing(as_ada, job):
    uploaded(as_ada)

    text = generate(as_ada, job, "resume_tailoring")["generated_content"]

    moved, yours, missing = (
        text.partition(title)[2].partition("\n\n")[0] for title in ("Move up\n", "yours\n", "Missing\n")
    )
    assert "• Built an API in Python with PostgreSQL" in moved
    assert "• Python: your line" in yours
    assert "• SAP: the posting asks for it (“Knowledge of SAP is required.”)" in missing
    assert "Kubernetes" in missing
    assert "Python" not in missing


def test_a_job_without_any_text_is_written_about_all_the_same(as_ada, ada):
    bare = SavedJobFactory(owner=ada, company_name="Contoso")

    for kind in KINDS:
        assert "Contoso" in generate(as_ada, bare.pk, kind)["generated_content"]


def test_what_is_written_for_an_applied_job_stands_in_its_timeline(as_ada):
    applied = add(as_ada, **JOB, status="applied")["id"]

    for kind in KINDS:
        generate(as_ada, applied, kind)

    lines = Activity.objects.filter(metadata__has_key="generation_id")
    assert sorted(line.description.partition(":")[0] for line in lines) == ["Cover Letter", "Email", "Résumé Tailoring"]


def test_content_outlives_its_job(as_ada, job):
    made = generate(as_ada, job)

    assert as_ada.delete(f"/copilot/api/v1/jobs/{job}").status_code == 204

    assert as_ada.get(f"{CONTENT}/{made['content_id']}").json() == {**made, "job_id": None}


def test_a_job_that_goes_while_the_writer_works_harms_nothing(as_ada, job, writer):
    writer.before = lambda: as_ada.delete(f"/copilot/api/v1/jobs/{job}")

    made = generate(as_ada, job)

    assert made["job_id"] is None


# With a provider


def test_a_prompt_holds_the_job_and_the_resume_and_nothing_else_of_the_account(model, configured, as_ada, ada, job):  # noqa: F811
    ada.first_name, ada.last_name, ada.bio, ada.skills = "Adelheid", "Lovelace", "I dance", ["Fortran"]
    ada.save()
    add(as_ada, company="Othercorp", title="Other title")
    uploaded(as_ada)
    server = model()
    configured(one={"base_url": server.address})

    for kind in KINDS:
        generate(as_ada, job, kind, tone="creative", custom_instructions="Be brief, please")
        asked = json.dumps(server.asked[-1], ensure_ascii=False)
        for part in ("Contoso", "Backend Engineer", "We keep the books", "inventive", "Be brief", "Built an API"):
            assert part in asked
        for part in ("Adelheid", "I dance", "Fortran", "Othercorp", "99999", "71234", "contoso.example"):
            assert part not in asked
        assert not any(one in asked for one in (ada.email, f'"{ada.username}"', str(ada.uid)))


def test_a_providers_text_is_kept_to_the_letter_with_warnings_beside_it(model, configured, as_ada, job):  # noqa: F811
    uploaded(as_ada)
    text = LETTER + "\n\nI have run Kubernetes for ten years."
    server = model()
    server.script = [text]
    configured(one={"base_url": server.address, "model_name": "small-1"})

    made = generate(as_ada, job)

    assert (made["generated_content"], made["model"]) == (text, "small-1")
    assert "Skill not in the résumé: Kubernetes" in made["warnings"]
    assert "The company is not named as it was given: Contoso" in made["warnings"]


@pytest.mark.parametrize(("status", "problem"), [(502, BadAnswer), (503, WriterFailed)])
def test_what_cannot_be_written_is_a_sentence_and_nothing_is_kept(as_ada, job, writer, status, problem):
    def refuse():
        raise problem("The writing service cannot be reached. Please try again in 5 seconds.")

    writer.before = refuse
    answered = as_ada.post(GENERATE, {"job_id": job, "content_type": "cover_letter"})

    assert answered.status_code == status
    assert answered.json() == {"detail": "The writing service cannot be reached. Please try again in 5 seconds."}
    assert not Generation.objects.exists()


def test_a_writer_is_asked_by_a_job_and_outside_of_any_request(as_ada, job, writer):
    generate(as_ada, job)

    assert Job.objects.get(kind="assistant.answer").queue == "heavy"


# What is refused


def test_a_job_that_is_unknown_or_anothers_is_not_found(as_ada, ben):
    theirs = SavedJobFactory(owner=ben)

    for pk in (theirs.pk, 99999999):
        answered = as_ada.post(GENERATE, {"job_id": pk, "content_type": "cover_letter"})
        assert (answered.status_code, answered.json()) == (404, {"detail": "Job not found"})
    assert not Job.objects.filter(kind="assistant.answer").exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"job_id": None}, "job_id"),
        ({"job_id": "x"}, "job_id"),
        ({"content_type": "poem"}, "content_type"),
        ({"content_type": None}, "content_type"),
        ({"content_type": "job_match"}, "content_type"),
        ({"tone": "formal"}, "tone"),
        ({"tone": 7}, "tone"),
        ({"template_type": "complaint"}, "template_type"),
        ({"custom_instructions": "x" * 2001}, "custom_instructions"),
        ({"custom_instructions": ["x"]}, "custom_instructions"),
    ],
)
def test_a_wrong_value_is_named(as_ada, job, sent, field):
    assert wrong(as_ada.post(GENERATE, {"job_id": job, "content_type": "cover_letter", **sent})) == [field]


def test_what_must_be_said_is_the_job_and_the_kind(as_ada, job):
    assert wrong(as_ada.post(GENERATE, {})) == ["job_id", "content_type"]


@pytest.mark.parametrize("field", ["job_id", "content_type", "tone", "template_type", "custom_instructions"])
def test_no_value_makes_an_error_of_ours(as_ada, job, writer, field):
    for value in poison.values():
        answered = as_ada.post(GENERATE, {"job_id": job, "content_type": "cover_letter", field: value})
        assert answered.status_code in (201, 404, 422), (field, value, answered.content)


def test_poison_in_a_job_is_text_in_its_content(as_ada, ada):
    for value in poison.values():
        said = {"company": value, "title": value, "description": value}
        added = as_ada.post("/copilot/api/v1/jobs", said)
        if added.status_code == 201:
            for kind in KINDS:
                generate(as_ada, added.json()["id"], kind)


# Whose it is, and where it is seen


def test_content_is_listed_the_latest_first_and_by_kind_and_job(as_ada, as_ben, job):
    other = add(as_ada, company="Initech", title="Clerk")["id"]
    made = [generate(as_ada, which, kind)["content_id"] for which in (job, other) for kind in KINDS]

    listed = as_ada.get(CONTENT)

    assert [row["content_id"] for row in listed.json()] == made[::-1]
    assert listed["X-Total-Count"] == "6"
    assert [row["content_id"] for row in as_ada.get(f"{CONTENT}?job_id={other}").json()] == made[:2:-1]
    assert {row["content_type"] for row in as_ada.get(f"{CONTENT}?content_type=email_template").json()} == {
        "email_template"
    }
    assert as_ben.get(CONTENT).json() == []


@pytest.mark.parametrize("size", [1, 7])
def test_a_list_takes_two_queries_however_long_it_is(as_ada, ada, queries, size):
    for number in range(size):
        Generation.objects.create(owner=ada, kind="cover_letter", content=str(number), model="m")
    as_ada.get(CONTENT)

    with queries() as asked:
        assert len(as_ada.get(CONTENT).json()) == size

    assert len(asked) == 2  # the bearer's, and the rows with their count


def test_anothers_content_is_not_there(as_ada, as_ben, job):
    pk = generate(as_ada, job)["content_id"]

    for answered in (as_ben.get(f"{CONTENT}/{pk}"), as_ben.delete(f"{CONTENT}/{pk}")):
        assert answered.status_code == 404
    assert as_ada.delete(f"{CONTENT}/{pk}").status_code == 204
    assert as_ada.get(f"{CONTENT}/{pk}").status_code == 404


def test_the_tracker_shows_the_letters_and_knows_nothing_of_what_it_has_no_word_for(as_ada, job):
    letter, *others = (generate(as_ada, job, kind)["content_id"] for kind in KINDS)
    Generation.objects.update(is_favorite=True)

    assert [row["id"] for row in as_ada.get(HISTORY).json()["results"]] == [letter]
    assert [row["id"] for row in as_ada.get(f"{HISTORY}favorites/").json()] == [letter]
    assert as_ada.get(f"{HISTORY}{letter}/").json()["content_type"] == "cover_letter"
    for pk in others:
        path = f"{HISTORY}{pk}/"
        tried = [
            as_ada.get(path),
            as_ada.patch(path, {"rating": 1}),
            as_ada.delete(path),
            as_ada.post(f"{path}rate/", {"rating": 1}),
            as_ada.post(f"{path}toggle_favorite/"),
        ]
        assert [answered.status_code for answered in tried] == [404] * 5
    assert as_ada.get(f"{HISTORY}?content_type=email_template").status_code == 400


def test_the_tracker_s_letters_are_content_and_its_matches_are_not(as_ada, writer):
    asked = {"job_description": JOB["description"], "resume_text": "\n".join(RESUME), "company_name": "Contoso"}
    letter = as_ada.post("/tracker/api/v1/ai/cover-letter/generate/", {**asked, "tone": "formal"}).json()["saved_id"]
    as_ada.post("/tracker/api/v1/ai/job-match/analyze/", asked)

    [row] = as_ada.get(CONTENT).json()

    assert (row["content_id"], row["tone"], row["company"]) == (letter, "professional", "Contoso")
    assert Generation.objects.get(pk=letter).tone == "formal"


def test_the_tracker_knows_four_tones(as_ada, writer):
    asked = {"job_description": JOB["description"], "resume_text": "\n".join(RESUME)}

    for tone in ("confident", "creative"):
        answered = as_ada.post("/tracker/api/v1/ai/cover-letter/generate/", {**asked, "tone": tone})
        assert answered.json() == {"tone": [f'"{tone}" is not a valid choice.']}


def test_twenty_an_hour_are_shared_with_the_tracker(as_ada, throttled, job, writer):
    throttled.THROTTLE_AI = (2, 3600)
    asked = {"job_description": JOB["description"], "resume_text": "\n".join(RESUME)}

    assert as_ada.post("/tracker/api/v1/ai/cover-letter/generate/", asked).status_code == 200
    assert generate(as_ada, job)
    answered = as_ada.post(GENERATE, {"job_id": job, "content_type": "cover_letter"})

    assert answered.status_code == 429
    assert int(answered["Retry-After"]) > 3000
