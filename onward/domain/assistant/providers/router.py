"""Who answers a question: one provider after the other, until one gives an answer that can be used."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import structlog
from django.db import connection
from django.utils import timezone

from onward.domain.assistant.providers import clients, services
from onward.domain.assistant.providers.clients import Prompt, Reply
from onward.domain.assistant.providers.config import Category, Config, Provider
from onward.domain.assistant.providers.faults import Busy, Fault, Limited, OutOfOrder, TimedOut, TooLong, Unusable
from onward.domain.assistant.providers.models import Outcome
from onward.domain.assistant.writing import BadAnswer, WriterFailed

log = structlog.get_logger(__name__)

T = TypeVar("T")

# Seconds. Nobody waits longer for a provider's turn; with less time left nobody is asked.
LONGEST_WAIT = 10.0
LEAST = 0.5
# Seconds before a second attempt, and twice as long before each one after it.
PAUSE = 0.25

BAD = "The writing service gave no usable answer. Please try again later."
GONE = "The writing service cannot be reached at the moment. Please try again later."
LONG = "The texts are too long for the writing service. Please shorten them."


@dataclass(frozen=True, kw_only=True)
class Answer(Generic[T]):
    """What was answered.

    :param text: as the provider gave it
    :param tokens: of all calls that led to it
    """

    value: T
    text: str
    model: str
    tokens: int


class Router:
    """Asks the providers of a configuration on somebody's behalf.

    :param read: makes of a text what was asked for, or raises :class:`Unusable`
    """

    def __init__(self, *, config: Config, owner_id: int, category: Category) -> None:
        self._config = config
        self._owner_id = owner_id
        self._category = category
        self._ends = time.monotonic() + config.deadline
        self._tokens = 0

    def ask(self, prompt: Prompt, read: Callable[[str], T]) -> Answer[T]:
        """Ask until there is an answer.

        :raises WriterFailed: when there is none
        """
        turn = self._config.candidates(self._category)
        problems: list[Fault | Busy | TooLong] = []
        for attempt in range(1 + self._config.max_retries):
            later: list[tuple[str, Provider]] = []
            waits: list[float] = []
            for name, provider in turn:
                try:
                    return self._insist(name, provider, prompt, read)
                except (Fault, Busy, TooLong) as problem:
                    problems.append(problem)
                    if isinstance(problem, Busy) or (isinstance(problem, Fault) and problem.wait is not None):
                        later.append((name, provider))
                        waits.append(problem.wait or 0.0)
            # Those who are only busy may be worth a short wait.
            last = attempt == self._config.max_retries
            if last or not waits or min(waits) > min(LONGEST_WAIT, self._left - LEAST):
                break
            _let_go()
            time.sleep(min(waits))
            turn = later
        raise _failure(problems)

    @property
    def _left(self) -> float:
        return self._ends - time.monotonic()

    def _insist(self, name: str, provider: Provider, prompt: Prompt, read: Callable[[str], T]) -> Answer[T]:
        """Ask one provider, and again when that may help."""
        for attempt in range(self._config.max_retries):
            try:
                return self._converse(name, provider, prompt, read)
            except Fault as fault:
                pause = PAUSE * 2**attempt * (0.5 + random.random())  # noqa: S311
                if not fault.again or fault.wait is not None or pause > self._left - LEAST:
                    raise
            time.sleep(pause)
        return self._converse(name, provider, prompt, read)

    def _converse(self, name: str, provider: Provider, prompt: Prompt, read: Callable[[str], T]) -> Answer[T]:
        """Ask, and when the answer has not the form that was asked for, say so once."""
        try:
            return self._call(name, provider, prompt, read)
        except Malformed as problem:
            complaint = (
                f"That was not what was asked for: {problem.reason}. "
                "Answer again, with the JSON object alone and nothing before or after it."
            )
            turns = (*prompt.turns, ("assistant", problem.text or "(nothing)"), ("user", complaint))
            return self._call(name, provider, replace(prompt, turns=turns), read)

    def _call(self, name: str, provider: Provider, prompt: Prompt, read: Callable[[str], T]) -> Answer[T]:
        seconds = min(provider.timeout, self._left)
        if seconds < LEAST and seconds < provider.timeout:
            raise Busy(LONGEST_WAIT)
        breaker = self._config.circuit_breaker
        call_id = services.reserve_call(
            owner_id=self._owner_id,
            name=name,
            provider=provider,
            category=self._category,
            prompt=prompt,
            breaker=breaker,
        )
        _let_go()
        try:
            reply = clients.ask(provider, prompt, seconds=seconds)
        except Fault as fault:
            if isinstance(fault, TimedOut) and seconds < provider.timeout:
                # It was given less time than it is owed.
                fault.breaks = False
            self._note(name, fault, call_id)
            raise
        try:
            value = read(reply.text)
        except Unusable as fault:
            self._settle(name, provider, prompt, call_id, reply, Outcome.UNUSABLE)
            log.warning("provider_failed", provider=name, outcome=fault.outcome.value, reason=fault.reason)
            raise
        self._settle(name, provider, prompt, call_id, reply, Outcome.ANSWERED)
        return Answer(value=value, text=reply.text, model=provider.model_name, tokens=self._tokens)

    def _settle(
        self, name: str, provider: Provider, prompt: Prompt, call_id: int, reply: Reply, outcome: Outcome
    ) -> None:
        self._tokens += services.settle(
            call_id=call_id, provider=provider, prompt=prompt, reply=reply, outcome=outcome, at=timezone.now()
        )
        services.recover(name=name)

    def _note(self, name: str, fault: Fault, call_id: int) -> None:
        now = timezone.now()
        services.fail(call_id=call_id, fault=fault, at=now)
        opens = services.blame(name=name, fault=fault, breaker=self._config.circuit_breaker, at=now)
        log.warning("provider_failed", provider=name, outcome=fault.outcome.value, reason=fault.reason, rests=opens)


def _let_go() -> None:
    """Release the database connection before a wait: dozens may wait, and the database serves few."""
    if not connection.in_atomic_block:
        connection.close()


class Malformed(Unusable):
    """An answer whose form is wrong: it may be right when asked for again."""

    def __init__(self, reason: str, *, text: str) -> None:
        super().__init__(reason)
        self.text = text


def _failure(problems: list[Fault | Busy | TooLong]) -> WriterFailed:
    """Return the reason for which there is no answer, as a sentence for a person."""
    faults = [problem for problem in problems if isinstance(problem, Fault)]
    if any(fault.answered for fault in faults):
        return BadAnswer(BAD)
    waits = [problem.wait for problem in problems if not isinstance(problem, TooLong) and problem.wait is not None]
    if waits:
        seconds = max(1, round(min(waits)))
        plural = "" if seconds == 1 else "s"
        # Who is left alone because nothing came back is not busy.
        busy = any(isinstance(problem, Busy | Limited) and not isinstance(problem, OutOfOrder) for problem in problems)
        state = "is busy" if busy else "cannot be reached"
        return WriterFailed(f"The writing service {state}. Please try again in {seconds} second{plural}.")
    return WriterFailed(GONE if faults or not problems else LONG)
