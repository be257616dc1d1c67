"""The file of providers: what is wrong with it stops the start and is named."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from onward.domain.assistant.providers.config import read

GROQ = {"provider": "groq", "model_name": "llama", "api_key": "env:GROQ_API_KEY"}
KEYS = {"GROQ_API_KEY": "gsk-sentinel-5512"}
LITERAL = "gsk-literal-sentinel-88"


def given(tmp_path, content, keys=KEYS):
    path = tmp_path / "llm_config.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return read(str(path), keys)


def one(**fields):
    return {"providers": {"g": {**GROQ, **fields}}}


def test_a_short_file_is_enough(tmp_path):
    config = given(tmp_path, one())

    provider = config.providers["g"]
    assert (provider.key, provider.address) == ("gsk-sentinel-5512", "https://api.groq.com/openai/v1")
    assert (provider.timeout, provider.max_tokens, provider.enabled) == (60, 2048, True)
    assert (config.fallback_enabled, config.cache_ttl, config.circuit_breaker.threshold) == (True, 3600, 5)


def test_all_fields_of_the_structure_are_read(tmp_path):
    fields = {
        "base_url": "http://10.0.0.5:9000/v1/",
        "temperature": 0.2,
        "max_tokens": 700,
        "cost_per_token": 0.0000007,
        "rate_limit_rpm": 30,
        "rate_limit_tpm": 6000,
        "timeout": 20,
        "priority": 3,
        "enabled": True,
    }
    content = {
        **one(**fields),
        "task_routing": {"analysis": ["g"], "generation": ["g"], "comparison": ["g"]},
        "fallback_enabled": False,
        "max_retries": 2,
        "cache_ttl": 60,
        "circuit_breaker": {"threshold": 3, "seconds": 30},
    }

    provider = given(tmp_path, content).providers["g"]

    assert provider.address == "http://10.0.0.5:9000/v1"
    assert str(provider.cost_per_token.input) == str(provider.cost_per_token.output) == "7E-7"


WRONG = {
    "providers.g.api_key: must name an environment variable": one(api_key=LITERAL),
    "providers.g.api_key: the environment variable NO_KEY is not set": one(api_key="env:NO_KEY"),
    "providers.g.api_key: must name": one(api_key=None),
    "providers.g.provider: must be one of anthropic": one(provider="grok"),
    "providers.g.base_url: must be given for vllm": one(provider="vllm"),
    "providers.g.base_url: must be a web address": one(base_url="ftp://x"),
    "providers.g.base_url: must hold no name": one(base_url=f"https://me:{LITERAL}@host/v1"),
    "providers.g.temperature: ": one(temperature=3),
    "providers.g.max_tokens: ": one(max_tokens=0),
    "providers.g.rate_limit_rpm: ": one(rate_limit_rpm=0),
    "providers.g.rate_limit_tpm: ": one(rate_limit_tpm=-1),
    "providers.g.timeout: ": one(timeout="soon"),
    "providers.g.cost_per_token.input: ": one(cost_per_token=-1),
    "providers.g.model_name: ": one(model_name=""),
    "providers.g.apikey: there is no such field": one(apikey=LITERAL),
    "task_routing.analysis: there is no provider called h": {**one(), "task_routing": {"analysis": ["h"]}},
    "task_routing.analysis: must name a provider that is enabled": {**one(), "task_routing": {"analysis": []}},
    "task_routing.poetry": {**one(), "task_routing": {"poetry": ["g"]}},
    "max_retries: ": {**one(), "max_retries": 99},
    "circuit_breaker.threshold: ": {**one(), "circuit_breaker": {"threshold": 0}},
    "cache_ttl: ": {**one(), "cache_ttl": -1},
    "retries: there is no such field": {**one(), "retries": 1},
    "providers: ": {},
    "is not JSON (line 1)": '{"providers": ' + LITERAL,
    "Input should be": "[]",
}


@pytest.mark.parametrize("message", WRONG)
def test_what_is_wrong_is_named_and_not_repeated(message, tmp_path):
    with pytest.raises(ImproperlyConfigured) as refused:
        given(tmp_path, WRONG[message])

    text = str(refused.value)
    assert "ONWARD_LLM_CONFIG: " in text
    assert message in text
    assert LITERAL not in text
    assert refused.value.__cause__ is None


def test_every_problem_is_named_at_once(tmp_path):
    with pytest.raises(ImproperlyConfigured) as refused:
        given(tmp_path, one(temperature=3, timeout=0))

    assert str(refused.value).count("ONWARD_LLM_CONFIG: providers.g.") == 2


def test_who_is_switched_off_needs_no_key(tmp_path):
    config = given(tmp_path, one(enabled=False), {})

    assert not config.enabled


def test_a_key_that_no_header_could_carry_is_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="holds characters that no key has"):
        given(tmp_path, one(), {"GROQ_API_KEY": "gsk\r\nX: 1"})


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(ImproperlyConfigured, match=r"nowhere/llm.json cannot be read: No such file"):
        read("nowhere/llm.json", {})


def environment(path, folder):
    """Give the environment of a server that reads this file."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("ONWARD_")}
    return {
        **mine,
        **KEYS,
        "ONWARD_LLM_CONFIG": str(path),
        "ONWARD_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "onward.config.settings",
    }


def test_a_bad_file_stops_the_start(tmp_path):
    path = tmp_path / "llm_config.json"
    path.write_text(json.dumps(one(api_key=LITERAL)))

    started = subprocess.run(
        [sys.executable, "-m", "onward", "check"],
        env=environment(path, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode != 0
    assert "ONWARD_LLM_CONFIG: providers.g.api_key: must name an environment variable" in started.stderr
    assert LITERAL not in started.stderr


def test_neither_library_is_loaded_before_it_is_used(tmp_path):
    path = tmp_path / "llm_config.json"
    path.write_text(json.dumps(one()))
    program = (
        "import django, sys; django.setup()\n"
        "from django.conf import settings\n"
        "from onward.domain.assistant import providers\n"
        "assert settings.LLM_CONFIG.enabled and providers.writer(user_id=1)\n"
        "sys.exit(bool({'openai', 'httpx2', 'httpcore2'} & set(sys.modules)))"
    )
    started = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(path, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode == 0, started.stderr
