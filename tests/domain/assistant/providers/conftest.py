"""Providers that run on this machine."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onward.domain.assistant import providers
from onward.domain.assistant.providers import router
from onward.domain.assistant.providers.config import Config, read
from onward.domain.resumes.facts.reader import read as read_resume
from tests.domain.assistant.providers.servers import Model

KEY = "sk-sentinel-4f1c9e77"


@pytest.fixture
def model() -> Iterator[Callable[[], Model]]:
    """Start a server that answers like a language model."""
    started: list[Model] = []

    def start() -> Model:
        started.append(Model())
        return started[-1]

    yield start
    for server in started:
        server.close()


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(router, "PAUSE", 0.01)


@pytest.fixture
def configured(settings: Any, tmp_path: Path) -> Callable[..., Config]:
    """Configure providers by name: ``configured(first={"base_url": …})``; further fields go by ``_extra``."""

    def configure(_extra: dict[str, Any] | None = None, **named: dict[str, Any]) -> Config:
        usual = {"provider": "vllm", "model_name": "m-1", "api_key": "env:MODEL_KEY", "timeout": 60}
        given = {
            "providers": {
                name: {"priority": number, **usual, **fields} for number, (name, fields) in enumerate(named.items())
            },
            "max_retries": 0,
            "cache_ttl": 0,
            **(_extra or {}),
        }
        path = tmp_path / "llm_config.json"
        path.write_text(json.dumps(given))
        config = read(str(path), {"MODEL_KEY": KEY})
        assert config is not None
        settings.LLM_CONFIG = config
        return config

    return configure


RESUME = "Ada Ahmed\nPython developer at Northwind, 2019 to 2023. PostgreSQL, invoices.\n"
POSTING = "We look for a Python developer who runs our services on PostgreSQL and Kubernetes, with care and humour."


def letter(user: Any, *, posting: str = POSTING, resume: str = RESUME) -> Any:
    """Have a letter written."""
    writer = providers.writer(user_id=user.pk)
    assert writer is not None
    return writer.cover_letter(
        resume=read_resume(resume), posting=posting, company_name="Initech", job_title="Developer", tone="formal"
    )


def about(resume: str = RESUME) -> dict[str, Any]:
    """Return what every text about a job is asked for with."""
    return {
        "resume": read_resume(resume),
        "posting": POSTING,
        "company_name": "Initech",
        "job_title": "Developer",
        "tone": "creative",
    }


def match(user: Any) -> Any:
    """Have a résumé compared."""
    writer = providers.writer(user_id=user.pk)
    assert writer is not None
    return writer.job_match(resume=read_resume(RESUME), posting=POSTING, job_title="Developer")


def questions(user: Any, count: int = 10) -> Any:
    """Have questions written."""
    writer = providers.writer(user_id=user.pk)
    assert writer is not None
    return writer.interview_questions(posting=POSTING, company_name="Initech", job_title="Developer", count=count)
