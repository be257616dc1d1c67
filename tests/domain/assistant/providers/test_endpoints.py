"""Providers as people meet them: through the API."""

import json
import logging

import pytest

from onward.domain.assistant.models import Generation
from onward.domain.assistant.providers.models import Call
from tests.domain.assistant.providers import servers
from tests.domain.assistant.providers.conftest import KEY, POSTING, RESUME
from tests.domain.assistant.providers.servers import LETTER, MATCH

URL = "/tracker/api/v1/ai"
ASKED = {"job_description": POSTING, "resume_text": RESUME * 3, "company_name": "Initech", "job_title": "Developer"}


def test_a_provider_writes_the_letter_and_is_named(model, configured, ada, as_ada):
    server = model()
    server.script = [LETTER + "\n\nI have run Kubernetes for ten years."]
    configured(one={"base_url": server.address, "model_name": "llama-3.1-70b-versatile"})

    answer = as_ada.post(f"{URL}/cover-letter/generate/", ASKED)

    body = answer.json()
    assert answer.status_code == 200, body
    assert body["cover_letter"].startswith("Dear Hiring Team")
    assert (body["model"], body["tokens_used"]) == ("llama-3.1-70b-versatile", 150)
    saved = Generation.objects.get(owner=ada)
    assert any("Kubernetes" in warning for warning in saved.warnings)
    assert Call.objects.get().owner_id == ada.pk


def test_a_provider_compares(model, configured, as_ada):
    server = model()
    configured(one={"provider": "anthropic", "base_url": server.address})

    analysis = as_ada.post(f"{URL}/job-match/analyze/", ASKED).json()["analysis"]

    assert analysis["match_score"] == 72
    assert analysis["missing_skills"] == MATCH["missing_skills"]


@pytest.mark.parametrize(
    ("act", "status"), [(servers.raw(b"<html>"), 502), (servers.reset, 503), (429, 503), (500, 502)]
)
def test_a_failure_is_a_sentence_without_a_trace_and_a_warning_in_the_log(
    act, status, model, configured, as_ada, caplog
):
    server = model()
    server.script = [act]
    configured(one={"base_url": server.address})

    answer = as_ada.post(f"{URL}/cover-letter/generate/", ASKED)

    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert answer.json()["error"].startswith("The writing service")
    assert not Generation.objects.exists()
    assert not any(secret in json.dumps(answer.json()) for secret in (KEY, server.address, "Traceback"))
    # Somebody else's server is down, not this one.
    assert max(line.levelno for line in caplog.records) == logging.WARNING
    assert "provider_failed" in caplog.text
