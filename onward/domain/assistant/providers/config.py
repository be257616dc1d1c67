"""The file of providers: which there are, how much each may be asked, and who is asked for what."""

import json
import os
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    model_validator,
)

Category = Literal["analysis", "generation", "comparison"]


class Kind(NamedTuple):
    """What is known of a kind of provider.

    :param base_url: where it is asked; empty when only the operator can know
    :param needs_key: whether it answers nobody without one
    :param json: whether it can be told to answer in JSON
    :param limit: what it calls the most tokens that it may write
    """

    base_url: str
    needs_key: bool
    json: bool = True
    limit: str = "max_tokens"


KINDS = {
    "anthropic": Kind("https://api.anthropic.com", needs_key=True, json=False),
    "deepseek": Kind("https://api.deepseek.com/v1", needs_key=True),
    "gemini": Kind("https://generativelanguage.googleapis.com/v1beta/openai", needs_key=True),
    "groq": Kind("https://api.groq.com/openai/v1", needs_key=True),
    "mistral": Kind("https://api.mistral.ai/v1", needs_key=True),
    "ollama": Kind("http://127.0.0.1:11434/v1", needs_key=False),
    # Its newer models know this name only.
    "openai": Kind("https://api.openai.com/v1", needs_key=True, limit="max_completion_tokens"),
    "openai-compatible": Kind("", needs_key=False, json=False),
    "openrouter": Kind("https://openrouter.ai/api/v1", needs_key=True),
    "together": Kind("https://api.together.xyz/v1", needs_key=True),
    "vllm": Kind("", needs_key=False),
}
REFERENCE = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)")


def _known(value: object) -> object:
    if value not in KINDS:
        raise ValueError(f"must be one of {', '.join(KINDS)}")
    return value


def _key(value: object, info: ValidationInfo) -> object:
    """Find the key in the environment; the file holds its name only."""
    if value is None or isinstance(value, SecretStr):
        return value
    found = REFERENCE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise ValueError(
            "must name an environment variable, such as env:GROQ_API_KEY; the key itself must not stand here"
        )
    key = (info.context or {}).get(found[1], "").strip()
    # A provider that is switched off needs no key.
    if not key and info.data.get("enabled"):
        raise ValueError(f"the environment variable {found[1]} is not set")
    if not key.isascii() or not key.isprintable():
        raise ValueError(f"the environment variable {found[1]} holds characters that no key has")
    return SecretStr(key) if key else None


def _address(value: object) -> object:
    if not isinstance(value, str) or not value:
        return value
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise ValueError("must be a web address such as https://api.groq.com/openai/v1")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ValueError("must hold no name, password, query or fragment")
    return value.rstrip("/")


Tokens = Annotated[int, Field(ge=1, le=100_000_000)]
Price = Annotated[Decimal, Field(ge=0, le=1, max_digits=20)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, protected_namespaces=())


class Prices(_Section):
    """What one token costs, read and written."""

    input: Price = Decimal(0)
    output: Price = Decimal(0)


def _prices(value: object) -> object:
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        return {"input": str(value), "output": str(value)}
    return value


class Provider(_Section):
    """One model at one place.

    :param timeout: seconds that one answer may take
    :param priority: the lowest number is asked first where no route says otherwise
    """

    # Before the key, which asks for it.
    enabled: bool = True
    provider: Annotated[str, BeforeValidator(_known)]
    model_name: Annotated[str, Field(min_length=1, max_length=100)]
    api_key: Annotated[SecretStr | None, BeforeValidator(_key)] = None
    base_url: Annotated[str, BeforeValidator(_address)] = ""
    temperature: Annotated[float | None, Field(ge=0, le=2)] = None
    max_tokens: Annotated[int, Field(ge=64, le=100_000)] = 2048
    cost_per_token: Annotated[Prices, BeforeValidator(_prices)] = Prices()
    rate_limit_rpm: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    rate_limit_tpm: Tokens | None = None
    timeout: Annotated[float, Field(gt=0, le=600)] = 60
    priority: Annotated[int, Field(ge=0, le=1_000_000)] = 100

    @property
    def kind(self) -> Kind:
        """What is known of its kind."""
        return KINDS[self.provider]

    @property
    def address(self) -> str:
        """Where it is asked."""
        return self.base_url or self.kind.base_url

    @property
    def key(self) -> str:
        """The key itself; empty when it has none."""
        return self.api_key.get_secret_value() if self.api_key else ""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if not self.address:
            raise ValueError(f"base_url: must be given for {self.provider}")
        if self.enabled and self.kind.needs_key and not self.key:
            raise ValueError("api_key: must name an environment variable, such as env:GROQ_API_KEY")
        return self


class CircuitBreaker(_Section):
    """When a provider that fails is left alone: after so many failures in a row, for so many seconds."""

    threshold: Annotated[int, Field(ge=1, le=1000)] = 5
    seconds: Annotated[float, Field(gt=0, le=86_400)] = 60


class Config(_Section):
    """All of the file.

    :param task_routing: who is asked for what, in order; without a route all are asked, by their priority
    :param max_retries: how often one provider is asked again after an error
    :param cache_ttl: seconds in which the same question of the same person gets the same answer; 0: never
    :param deadline: seconds that one question may take, whoever answers it
    """

    providers: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")], Provider]
    task_routing: dict[Category, list[str]] = {}
    fallback_enabled: bool = True
    max_retries: Annotated[int, Field(ge=0, le=5)] = 1
    cache_ttl: Annotated[int, Field(ge=0, le=2_592_000)] = 3600
    circuit_breaker: CircuitBreaker = CircuitBreaker()
    # A task of the assistant may take three minutes, its résumé's reading included.
    deadline: Annotated[float, Field(gt=0, le=150)] = 90

    @property
    def enabled(self) -> bool:
        """Whether anybody may be asked."""
        return any(provider.enabled for provider in self.providers.values())

    @model_validator(mode="after")
    def _routes_lead_somewhere(self) -> Self:
        for category, names in self.task_routing.items():
            for name in names:
                if name not in self.providers:
                    raise ValueError(f"task_routing.{category}: there is no provider called {name}")
            if self.enabled and not any(self.providers[name].enabled for name in names):
                raise ValueError(f"task_routing.{category}: must name a provider that is enabled")
        return self

    def candidates(self, category: Category) -> list[tuple[str, Provider]]:
        """Return those who may be asked for something, in order."""
        names = self.task_routing.get(category)
        if names is None:
            names = sorted(self.providers, key=lambda name: self.providers[name].priority)
        found = [(name, self.providers[name]) for name in dict.fromkeys(names) if self.providers[name].enabled]
        return found if self.fallback_enabled else found[:1]


def read(path: str, environment: Mapping[str, str] = os.environ) -> Config | None:
    """Read the file of providers.

    :param path: empty: there is none
    :raises ImproperlyConfigured: naming every field that is wrong; never what it holds
    """
    if not path:
        return None
    try:
        given = json.loads(Path(path).expanduser().read_text(encoding="utf-8"))
    except OSError as error:
        raise ImproperlyConfigured(_problems([f"{path} cannot be read: {error.strerror}"])) from None
    except (ValueError, RecursionError) as error:
        place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise ImproperlyConfigured(_problems([f"{path} is not JSON{place}"])) from None
    try:
        return Config.model_validate(given, context=dict(environment))
    except ValidationError as error:
        # Neither what was given nor the error that led here: either may hold a key.
        lines = [_line(problem) for problem in error.errors(include_input=False, include_url=False)]
        raise ImproperlyConfigured(_problems(lines)) from None


def _problems(lines: list[str]) -> str:
    return "Bad settings:\n" + "\n".join(f"  ONWARD_LLM_CONFIG: {line}" for line in lines)


def _line(problem: Any) -> str:
    place = ".".join(str(part) for part in problem["loc"] if part != "[key]")
    if problem["type"] == "extra_forbidden":
        return f"{place}: there is no such field"
    message = str(problem["msg"]).removeprefix("Value error, ")
    # What is wrong with several fields together names them itself.
    named = re.match(r"(base_url|api_key): ", message)
    return f"{place}{'.' if named else ': ' if place else ''}{message}"
