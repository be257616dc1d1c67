"""What is written for an application, on its page."""

import html

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.applications.models import Document
from onward.domain.assistant import services
from onward.domain.assistant.models import Generation, Task
from onward.platform.jobs import run_due
from onward.web.assistant.marking import marked
from tests.factories import ApplicationFactory, ResumeFactory
from tests.poison import POISON

POSTING = "Data Engineer\n\nRequirements:\n- Python\n- PostgreSQL\n- Kubernetes\n"
LETTER = "Dear team,\n\n• Built a pipeline in Python\n\nYours, Ada"
SOURCES = [{"claim": "Built a pipeline in Python", "fact": "Built a pipeline in Python and SQL, 2021"}]


@pytest.fixture
def made(ada):
    return ApplicationFactory(owner=ada, job_title="Engineer", job_description=POSTING)


@pytest.fixture
def desk(made):
    return f"/app/applications/{made.pk}/assistant/"


def written(application, **fields):
    said = {"kind": "cover_letter", "content": LETTER, "sources": SOURCES, "model": "m", **fields}
    return Generation.objects.create(owner=application.owner, application=application, **said)


def test_a_letter_is_asked_for_waited_for_and_there_with_what_it_rests_on(adas, ada, made, desk):
    asked = adas.send(f"{desk}ask/cover_letter/", **{"cover_letter-tone": "formal", "cover_letter-instructions": ""})
    waiting = adas.get(desk).text

    assert asked.status_code == 302
    assert "waits for its turn" in waiting
    assert 'hx-trigger="every 2s"' in waiting

    run_due()
    page = adas.get(desk).text

    assert "hx-trigger" not in page
    assert Generation.objects.get(application=made).tone == "formal"
    assert "There is no résumé that can be read" in html.unescape(page)


def test_each_claim_is_marked_and_leads_to_its_line(adas, made, desk):
    kept = written(made)

    page = adas.get(desk).text

    assert f'<mark>Built a pipeline in Python</mark><a class="rests" href="#source-{kept.pk}-1"' in page
    assert f'<li id="source-{kept.pk}-1">Built a pipeline in Python and SQL, 2021</li>' in page


def test_a_match_is_shown_with_its_parts_what_is_there_and_what_is_not(adas, made, desk):
    analysis = {
        "match_score": 64,
        "parts": {"skills": 50, "experience": 78},
        "matching_skills": ["Python"],
        "missing_skills": ["Kubernetes"],
        "recommendations": ["Put the pipeline first."],
        "summary": "Two of three.",
        "warnings": [],
    }
    sources = [
        {"claim": "Python", "fact": "Python, 5 years", "asked": "Python"},
        {"missing": "Kubernetes", "asked": "K"},
    ]
    written(made, kind="job_match", content="{}", analysis=analysis, sources=sources)

    page = adas.get(desk).text

    for said in ("<b>64</b>", 'value="50"', "Put the pipeline first.", "Python, 5 years", "No line for Kubernetes."):
        assert said in page


def test_a_match_needs_the_text_of_the_posting(adas, ada, made, desk):
    resume = ResumeFactory(owner=ada)
    made.job_description = " "
    made.save()

    answer = adas.send(f"{desk}ask/job_match/", **{"job_match-resume": resume.pk})

    assert answer.status_code == 422
    assert "text is missing" in html.unescape(answer.text)
    assert not Task.objects.exists()


@pytest.mark.parametrize("begun", [False, True])
def test_what_is_stopped_is_never_there(adas, made, desk, begun):
    adas.send(f"{desk}ask/interview_questions/", **{"interview_questions-count": 5})
    task = Task.objects.get()
    if begun:
        services.begin(task_id=task.pk, at=timezone.now())

    assert adas.send(f"{desk}tasks/{task.pk}/stop/").status_code == 302
    run_due()

    assert not Generation.objects.exists()
    assert "Under way" not in adas.get(desk).text


def test_a_failure_is_said_until_it_is_put_away(adas, ada, made, desk):
    resume = ResumeFactory(owner=ada)
    adas.send(f"{desk}ask/job_match/", **{"job_match-resume": resume.pk})
    resume.delete()
    run_due()

    page = adas.get(desk).text
    assert services.GONE in html.unescape(page)
    assert "hx-trigger" not in page

    adas.send(f"{desk}tasks/{Task.objects.get().pk}/stop/")
    assert "Under way" not in adas.get(desk).text


def test_what_was_written_is_kept_liked_rated_and_deleted(adas, made, desk):
    kept = written(made)

    adas.send(f"{desk}written/{kept.pk}/favourite/")
    adas.send(f"{desk}written/{kept.pk}/rating/", rating="4")
    adas.send(f"{desk}written/{kept.pk}/document/")
    kept.refresh_from_db()
    document = Document.objects.get(application=made)

    assert (kept.is_favorite, kept.rating) == (True, 4)
    assert (document.doc_type, document.notes) == ("cover_letter", LETTER)
    assert "Built a pipeline in Python" in adas.get(f"/app/applications/{made.pk}/").text
    for rating in ("", "6", "x"):
        adas.send(f"{desk}written/{kept.pk}/rating/", rating=rating)
        kept.refresh_from_db()
        assert kept.rating is None
    adas.send(f"{desk}written/{kept.pk}/delete/")
    assert not Generation.objects.exists()
    assert Document.objects.exists()


PATHS = ["", "ask/cover_letter/", "ask/nonsense/", "tasks/{task}/stop/"]
PATHS += [f"written/{{written}}/{act}/" for act in ("favourite", "rating", "document", "delete")]


@pytest.mark.parametrize("path", PATHS)
def test_what_is_anothers_or_another_applications_does_not_exist(adas, ada, ben, path):
    theirs, mine = ApplicationFactory(owner=ben), ApplicationFactory(owner=ada)
    kept = written(theirs)
    task = Task.objects.create(owner=ben, kind="cover_letter")

    for application in (theirs, mine):
        if application is mine and path in {"", "ask/cover_letter/", "tasks/{task}/stop/"}:
            continue
        address = f"/app/applications/{application.pk}/assistant/" + path.format(written=kept.pk, task=task.pk)
        assert (adas.send(address, rating="1") if path else adas.get(address)).status_code == 404

    kept.refresh_from_db()
    assert (kept.is_favorite, kept.rating, Task.objects.get().status) == (False, None, "pending")
    assert not Document.objects.exists()


def test_the_desk_costs_five_statements_whatever_was_written(adas, ada, made, desk, queries):
    ResumeFactory.create_batch(3, owner=ada)
    for _ in range(4):
        written(made)

    with queries() as asked:
        adas.get(desk)

    assert len(asked) == 5


@pytest.mark.parametrize("value", POISON, ids=lambda value: ascii(str(value))[:30])
def test_nothing_that_is_typed_breaks_the_desk(adas, made, desk, value):
    kept, value = written(made), str(value)
    letter = {"cover_letter-tone": "formal", "cover_letter-instructions": value, "cover_letter-resume": value}
    answers = [
        adas.send(f"{desk}ask/cover_letter/", **letter),
        adas.send(f"{desk}ask/cover_letter/", **letter | {"cover_letter-resume": "", "cover_letter-tone": value}),
        adas.send(f"{desk}ask/interview_questions/", **{"interview_questions-count": value}),
        adas.send(f"{desk}written/{kept.pk}/rating/", rating=value),
    ]

    assert all(answer.status_code < 500 for answer in answers)


@pytest.mark.once
@given(st.text("ab ", max_size=30), st.lists(st.text("ab ", max_size=6), max_size=5))
def test_marking_changes_no_letter_of_a_text_and_marks_only_claims(text, claims):
    pieces = marked(text, [{"claim": claim} for claim in claims])

    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text == claims[piece.source - 1] for piece in pieces if piece.source)
    numbers = [piece.source for piece in pieces if piece.source]
    assert len(numbers) == len(set(numbers))
    assert {claim for claim in claims if claim and claim in text} or not numbers


@pytest.mark.once
def test_a_claim_within_a_longer_one_is_not_marked_twice():
    pieces = marked("I like tea and tea cakes.", [{"claim": "tea"}, {"claim": "tea cakes"}])

    assert [(piece.text, piece.source) for piece in pieces if piece.source] == [("tea", 1), ("tea cakes", 2)]
