"""Asking one provider one question, in the protocol that it speaks."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from onward.domain.assistant.providers.config import Provider
from onward.domain.assistant.providers.faults import (
    Denied,
    Erred,
    Fault,
    Garbled,
    Limited,
    Rejected,
    TimedOut,
    Unreachable,
    Unusable,
)

# Seconds: the longest that a provider can ask to be left alone for, and how long it is when it does not say.
LONGEST_REST = 120.0
USUAL_REST = 5.0


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A question.

    :param system: what to do
    :param turns: who said what so far, ``user`` or ``assistant``, the last one being the question
    :param json: whether the answer is to be JSON
    """

    system: str
    turns: tuple[tuple[Literal["user", "assistant"], str], ...]
    json: bool = False

    @property
    def tokens(self) -> int:
        """How many tokens it has at most, nearly: a token of any language is seldom shorter than three bytes."""
        texts = [self.system, *(text for _, text in self.turns)]
        return sum(estimate(text) for text in texts) + 8 * len(texts)


def estimate(text: str) -> int:
    """Guess how many tokens a text has; rather too many than too few."""
    return math.ceil(len(text.encode("utf-8", "replace")) / 3)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a provider says.

    :param tokens_in: as it counts them; none when it does not say
    """

    text: str
    tokens_in: int | None
    tokens_out: int | None


def ask(provider: Provider, prompt: Prompt, *, seconds: float) -> Reply:
    """Ask once.

    :raises Fault: when there is no answer
    """
    try:
        reply = (_anthropic if provider.provider == "anthropic" else _openai)(provider, prompt, seconds)
    except ValidationError as problem:
        # What does not fit may hold anything; where it does not fit is enough.
        place = ".".join(str(part) for part in problem.errors(include_input=False)[0]["loc"])
        raise Garbled(f"not in its protocol at {place or 'the top'}") from None
    if provider.key and provider.key in reply.text:
        raise Unusable("the answer holds the key")
    return reply


def fault_of(status: int, headers: Mapping[str, str]) -> Fault:
    """Return what a status other than 2xx means."""
    reason = f"status {status}"
    wait = retry_after(headers)
    if status == 429:
        return Limited(reason, wait=USUAL_REST if wait is None else wait)
    if status in {408, 409} or status >= 500:
        return Erred(reason, wait=wait)
    if status in {401, 402, 403, 404, 405} or status < 400:
        # A redirect too: it is not followed, since the key would go with it.
        return Denied(reason)
    return Rejected(reason)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read how many seconds a provider wants to be left alone for; never negative and never more than is bearable."""
    given = headers.get("retry-after", "").strip()
    if not given:
        return None
    try:
        wait = float(given)
    except ValueError:
        try:
            wait = parsedate_to_datetime(given).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return None
    return None if math.isnan(wait) else min(max(wait, 0.0), LONGEST_REST)


class _Answer(BaseModel):
    """What is read of an answer; what else it holds is passed over."""


class _Usage(_Answer):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Message(_Answer):
    content: str | None = None
    refusal: str | None = None


class _Choice(_Answer):
    message: _Message
    finish_reason: str | None = None


class _Completion(_Answer):
    choices: list[_Choice]
    usage: _Usage | None = None


def _openai(provider: Provider, prompt: Prompt, seconds: float) -> Reply:
    """Ask in OpenAI's protocol, chat completions."""
    # Only where it is used: the client library takes 45 MB in every process.
    import openai

    from onward.domain.assistant.providers.transport import client

    asked: dict[str, Any] = {
        "model": provider.model_name,
        "messages": [
            {"role": "system", "content": prompt.system},
            *({"role": role, "content": text} for role, text in prompt.turns),
        ],
        provider.kind.limit: provider.max_tokens,
    }
    if provider.temperature is not None:
        asked["temperature"] = provider.temperature
    if prompt.json and provider.kind.json:
        asked["response_format"] = {"type": "json_object"}
    with client(seconds) as http:
        # Its own retries are off: ours know of deadlines, limits and other providers.
        library = openai.OpenAI(
            api_key=provider.key or "none",
            base_url=provider.address,
            max_retries=0,
            timeout=seconds,
            http_client=http,
        )
        # Found in the environment, where they are meant for OpenAI alone.
        if provider.provider != "openai":
            library.organization = library.project = None
        library.admin_api_key = None
        try:
            answer = library.chat.completions.with_raw_response.create(**asked)
            found = _Completion.model_validate_json(answer.http_response.content)
        except openai.APITimeoutError:
            raise TimedOut(f"no answer in {seconds:.0f} s") from None
        except openai.APIStatusError as problem:
            raise fault_of(problem.status_code, problem.response.headers) from None
        except openai.APIConnectionError as problem:
            raise _broken(problem.__cause__) from None
        except openai.OpenAIError as problem:
            raise Garbled(type(problem).__name__) from None
    if not found.choices:
        raise Garbled("no choices")
    [choice, *_] = found.choices
    if choice.finish_reason == "length":
        raise Unusable("cut off at max_tokens")
    if choice.message.refusal or choice.finish_reason == "content_filter":
        raise Unusable("refused to answer")
    usage = found.usage or _Usage()
    return Reply(text=choice.message.content or "", tokens_in=usage.prompt_tokens, tokens_out=usage.completion_tokens)


class _Block(_Answer):
    type: str
    text: str = ""


class _Spent(_Answer):
    input_tokens: int | None = None
    output_tokens: int | None = None


class _Written(_Answer):
    content: list[_Block]
    stop_reason: str | None = None
    usage: _Spent | None = None


def _anthropic(provider: Provider, prompt: Prompt, seconds: float) -> Reply:
    """Ask in Anthropic's protocol, messages."""
    import httpx2

    from onward.domain.assistant.providers.transport import client

    asked: dict[str, Any] = {
        "model": provider.model_name,
        "max_tokens": provider.max_tokens,
        "system": prompt.system,
        "messages": [{"role": role, "content": text} for role, text in prompt.turns],
    }
    if provider.temperature is not None:
        asked["temperature"] = min(provider.temperature, 1.0)
    headers = {"anthropic-version": "2023-06-01", "x-api-key": provider.key}
    with client(seconds) as http:
        try:
            answer = http.post(f"{provider.address.removesuffix('/v1')}/v1/messages", json=asked, headers=headers)
        except httpx2.TimeoutException:
            raise TimedOut(f"no answer in {seconds:.0f} s") from None
        except httpx2.TransportError as problem:
            raise _broken(problem) from None
    if answer.status_code != 200:
        raise fault_of(answer.status_code, answer.headers)
    found = _Written.model_validate_json(answer.content)
    if found.stop_reason == "max_tokens":
        raise Unusable("cut off at max_tokens")
    if found.stop_reason == "refusal":
        raise Unusable("refused to answer")
    usage = found.usage or _Spent()
    return Reply(
        text="".join(block.text for block in found.content if block.type == "text"),
        tokens_in=usage.input_tokens,
        tokens_out=usage.output_tokens,
    )


def _broken(problem: BaseException | None) -> Fault:
    from onward.domain.assistant.providers.transport import TooMuch

    if isinstance(problem, TooMuch):
        return Garbled(str(problem))
    return Unreachable(type(problem).__name__)
