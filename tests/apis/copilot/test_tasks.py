"""Enhanced recommendations, and the tasks by which they and runs over sources are followed and broken off."""

import json
import sys
from types import SimpleNamespace

import pytest
from django.utils import timezone

from onward.domain.assistant.providers.config import read as read_config
from onward.domain.feed.services import catch_up
from onward.domain.ingestion.services import runs
from onward.domain.matching import recommending, services
from onward.domain.matching.models import Ranking
from onward.domain.resumes.models import Fact, ResumeText
from onward.platform.events.models import EventRecord
from onward.platform.jobs import run_due
from tests.domain.assistant.providers.servers import Model
from tests.factories import PostingFactory, ResumeFactory, SavedJobFactory, SourceFactory

pytestmark = pytest.mark.django_db(transaction=True)

RUN, TASKS = "/copilot/api/v1/enhanced-recommendations/run", "/copilot/api/v1/tasks"
PYTHON = "Requirements:\n- Python\n"


@pytest.fixture
def skilled(ada):
    """Ada, whose résumé speaks of invoices, with two jobs that name the same skill and a posting."""
    resume = ResumeFactory(owner=ada, is_default=True, file_key="a")
    text = "Built the service that writes invoices in Python\nPayments and ledgers"
    ResumeText.objects.create(resume=resume, file_key="a", text=text, read_at=timezone.now())
    Fact.objects.create(resume=resume, kind="skill", text="Python", lines=["Python"], origin="reader")
    SavedJobFactory(
        owner=ada, job_title="Games", company_name="A", description=f"{PYTHON}You draw dragons and castles."
    )
    SavedJobFactory(owner=ada, job_title="Invoices", company_name="B", description=f"{PYTHON}You write invoices.")
    PostingFactory(title="Posted", company_name="C", description=f"{PYTHON}You plant trees.", places=[], location="")
    catch_up()
    return ada


def started(client, body=None):
    answered = client.post(RUN, body) if body is not None else client.post(RUN)
    assert answered.status_code == 202, answered.content
    return answered.json()["task_id"]


def task(client, task_id):
    answered = client.get(f"{TASKS}/{task_id}")
    assert answered.status_code == 200, answered.content
    return answered.json()


def finished(client, body=None):
    task_id = started(client, body)
    run_due()
    return task(client, task_id)


def titles(told):
    return [row["title"] for row in told["result"]["recommendations"]]


def test_a_run_is_accepted_and_followed_to_its_end(as_ada, skilled):
    task_id = started(as_ada)
    before = task(as_ada, task_id)
    run_due()
    after = task(as_ada, task_id)

    assert (before["status"], before["progress"], before["result"]) == ("pending", 0, None)
    assert (after["status"], after["progress"], after["error"]) == ("completed", 100, None)
    assert after["kind"] == "enhanced_recommendations"
    assert after["ended_at"] is not None


def test_what_speaks_of_what_the_resume_does_comes_first(as_ada, skilled):
    told = finished(as_ada)

    assert titles(told)[0] == "Invoices"
    assert set(titles(told)) == {"Invoices", "Games", "Posted"}
    best, *others = told["result"]["recommendations"]
    assert best["model"] == told["result"]["model"] == "onward-lexical-1"
    assert all(best["semantic_score"] > row["semantic_score"] for row in others)
    assert best["match_score"] >= 70
    assert best["reasons"]
    assert told["result"]["warnings"] == []


@pytest.mark.parametrize(("body", "count"), [({}, 3), ({"limit": 1}, 1), ({"limit": 100}, 3)])
def test_as_many_are_compared_as_one_wants(as_ada, skilled, body, count):
    assert len(titles(finished(as_ada, body))) == count


@pytest.mark.parametrize("limit", [0, 101, "many", 1.5, -1])
def test_a_limit_that_cannot_be_is_refused_and_starts_nothing(as_ada, limit):
    answered = as_ada.post(RUN, {"limit": limit})

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"][-1] == "limit"
    assert not Ranking.objects.exists()


def test_another_persons_task_is_not_there(as_ada, as_ben, skilled):
    task_id = started(as_ada)

    for answered in (as_ben.get(f"{TASKS}/{task_id}"), as_ben.delete(f"{TASKS}/{task_id}")):
        assert (answered.status_code, answered.json()) == (404, {"detail": "Task not found"})
    assert task(as_ada, task_id)["status"] == "pending"


@pytest.mark.parametrize("task_id", ["6b7f0f0e-0000-4000-8000-000000000000", "7", "x", "%00"])
def test_a_task_that_is_not_there_is_404(as_ada, task_id):
    assert as_ada.get(f"{TASKS}/{task_id}").status_code == 404
    assert as_ada.delete(f"{TASKS}/{task_id}").status_code == 404


def test_a_cancelled_run_is_never_made(as_ada, skilled):
    task_id = started(as_ada)

    assert as_ada.delete(f"{TASKS}/{task_id}").status_code == 204
    run_due()

    told = task(as_ada, task_id)
    assert (told["status"], told["result"]) == ("cancelled", None)


def test_a_run_that_is_cancelled_while_it_is_made_keeps_nothing(as_ada, skilled, monkeypatch):
    task_id = started(as_ada)
    found = recommending.jobs

    def cancelled_meanwhile(**asked):
        assert as_ada.delete(f"{TASKS}/{task_id}").status_code == 204
        return found(**asked)

    monkeypatch.setattr(recommending, "jobs", cancelled_meanwhile)
    run_due()

    told = task(as_ada, task_id)
    assert (told["status"], told["result"]) == ("cancelled", None)


def test_what_has_ended_is_not_cancelled(as_ada, skilled):
    told = finished(as_ada)

    answered = as_ada.delete(f"{TASKS}/{told['task_id']}")

    assert answered.status_code == 400
    assert answered.json() == {"detail": "Cannot cancel task with status: completed"}
    assert task(as_ada, told["task_id"]) == told


def test_a_run_that_fails_says_so(as_ada, skilled, monkeypatch):
    task_id = started(as_ada)

    def broken(**asked):
        raise RuntimeError("broken")

    monkeypatch.setattr(recommending, "jobs", broken)
    run_due()

    told = task(as_ada, task_id)
    assert (told["status"], told["error"]) == ("failed", services.BROKEN)


def test_a_run_whose_worker_died_is_made_by_the_next(as_ada, skilled):
    task_id = started(as_ada)
    Ranking.objects.update(status="processing", attempts=1, progress=30)
    run_due()

    assert task(as_ada, task_id)["status"] == "completed"


def test_a_run_that_was_begun_too_often_is_given_up(as_ada, skilled):
    task_id = started(as_ada)
    Ranking.objects.update(status="processing", attempts=services.MOST_ATTEMPTS)
    run_due()

    told = task(as_ada, task_id)
    assert (told["status"], told["error"]) == ("failed", services.LOST)


def test_the_end_of_a_run_is_told_once(as_ada, skilled):
    told = finished(as_ada)
    services.perform(ranking_id=Ranking.objects.get().pk, clock=timezone.now)

    (event,) = EventRecord.objects.filter(name="matching.ranking_ended")
    assert event.payload["ranking"] == told["task_id"]
    assert event.payload["status"] == "completed"


@pytest.fixture
def model():
    server = Model()
    yield server
    server.close()


@pytest.fixture
def comparing(settings, tmp_path, model):
    """A provider that is asked for comparisons."""
    provider = {"provider": "vllm", "model_name": "m-1", "api_key": "env:KEY", "base_url": model.address, "priority": 1}
    path = tmp_path / "llm.json"
    given = {"providers": {"one": provider}, "task_routing": {"comparison": ["one"]}, "max_retries": 0}
    path.write_text(json.dumps(given))
    settings.LLM_CONFIG = read_config(str(path), {"KEY": "sk-test"})
    return model


def test_a_provider_puts_the_first_ones_in_order(as_ada, skilled, comparing):
    comparing.script = [json.dumps({"order": ["opening 3", "opening 1", "opening 2"]})]

    told = finished(as_ada)

    assert titles(told)[1] == "Invoices"
    assert {row["model"] for row in told["result"]["recommendations"]} == {"m-1"}
    assert told["result"]["warnings"] == []


def test_what_a_provider_leaves_out_stays_behind_what_it_names(as_ada, skilled, comparing):
    comparing.script = [json.dumps({"order": ["opening 2", "opening 2", "opening 3", "opening 9"]})]

    told = finished(as_ada)

    assert titles(told)[2] == "Invoices"
    assert len(titles(told)) == 3


@pytest.mark.parametrize("answer", ["no order at all", '{"order": []}', '{"order": ["opening 9"]}'])
def test_where_a_provider_fails_the_result_stays_with_a_warning(as_ada, skilled, comparing, answer):
    comparing.script = [answer]

    told = finished(as_ada)

    assert told["status"] == "completed"
    assert titles(told)[0] == "Invoices"
    assert "order of this server" in told["result"]["warnings"][0]


def test_a_provider_is_sent_the_resume_and_the_openings_alone(as_ada, skilled, comparing):
    SavedJobFactory(owner=skilled, job_title="Noted", description=PYTHON, notes="Secret note")
    comparing.script = [json.dumps({"order": [f"opening {n}" for n in (1, 2, 3, 4)]})]

    finished(as_ada)

    sent = json.dumps(comparing.asked[-1], ensure_ascii=False)
    assert "invoices" in sent
    assert "Secret note" not in sent
    assert skilled.email not in sent


class Letters:
    """An embedding model that knows how often letters occur."""

    @classmethod
    def from_pretrained(cls, folder):
        return cls()

    def encode(self, texts):
        return SimpleNamespace(tolist=lambda: [[text.lower().count(letter) for letter in "dragons"] for text in texts])


def test_an_embedding_model_of_the_operator_compares_texts(as_ada, skilled, settings, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "model2vec", SimpleNamespace(StaticModel=Letters))
    settings.EMBEDDINGS = tmp_path / "letters"

    told = finished(as_ada)

    assert told["result"]["model"] == "model2vec:letters"
    assert all(0 <= row["semantic_score"] <= 100 for row in told["result"]["recommendations"])


def test_where_the_embedding_model_fails_words_are_compared_with_a_warning(as_ada, skilled, settings, tmp_path):
    settings.EMBEDDINGS = tmp_path / "nothing"

    told = finished(as_ada)

    assert told["result"]["model"] == "onward-lexical-1"
    assert told["result"]["warnings"] == [services.semantic.UNUSABLE]


def test_a_run_over_sources_is_followed_and_broken_off_like_any_task(as_root, as_ada, root):
    source = SourceFactory()
    begun = runs.start(at=timezone.now(), asked_by_id=root.pk, sources=[source.name], makes_leads=False)

    told = task(as_root, begun.uid)
    assert (told["kind"], told["status"], told["progress"]) == ("job_ingestion", "pending", 0)
    assert as_ada.get(f"{TASKS}/{begun.uid}").status_code == 404

    assert as_root.delete(f"{TASKS}/{begun.uid}").status_code == 204
    assert task(as_root, begun.uid)["status"] == "cancelled"
