"""What all processes know of providers: who has asked what, who must wait, and what was answered before.

All of it stands in the database, so that limits hold for several machines also where there is no Redis; against the
seconds that an answer takes, a row costs nothing. Nothing here is held while a provider is asked.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from onward.domain.assistant.providers.clients import Prompt, Reply, estimate
from onward.domain.assistant.providers.config import CircuitBreaker, Provider
from onward.domain.assistant.providers.faults import Busy, Fault, OutOfOrder, TooLong
from onward.domain.assistant.providers.models import CachedAnswer, Call, Outcome, Standing
from onward.platform.record import append

MINUTE = timedelta(minutes=1)


def reserve_call(
    *, owner_id: int, name: str, provider: Provider, category: str, prompt: Prompt, breaker: CircuitBreaker
) -> int:
    """Write down that a provider is about to be asked, if it may be; gives the number of the call.

    In no span of a minute is it asked more often, or for more tokens, than its limits say.

    :raises Busy: when it may not be asked now; `OutOfOrder` when that is because it did not answer of late
    :raises TooLong: when it never may be asked this
    """
    counted = prompt.tokens + provider.max_tokens
    if provider.rate_limit_tpm and counted > provider.rate_limit_tpm:
        raise TooLong
    with transaction.atomic():
        standing = _lock_standing(name)
        # Read when it is one's turn: those who came later but were let in first would count as later.
        at = timezone.now()
        if wait := _wait(standing, at):
            opened = standing.open_until is not None and standing.open_until > at
            raise OutOfOrder(wait) if opened else Busy(wait)
        if wait := _wait_for_limits(name, provider, counted, at):
            raise Busy(wait)
        if standing.open_until:
            # This call is the trial; the others wait for how it ends, or for the next one.
            _change(standing, open_until=at + timedelta(seconds=breaker.seconds))
        pk: int = append(
            Call,
            owner_id=owner_id,
            provider=name,
            model=provider.model_name,
            category=category,
            outcome=Outcome.BEGUN.value,
            counted=counted,
            tokens_in=0,
            tokens_out=0,
            is_estimate=False,
            cost=Decimal(0),
            at=at,
            ended_at=None,
        )
    return pk


def _lock_standing(name: str) -> Standing:
    found = Standing.objects.select_for_update().filter(name=name).first()
    if found is None:
        Standing.objects.bulk_create([Standing(name=name)], ignore_conflicts=True)
        found = Standing.objects.select_for_update().get(name=name)
    return found


def _wait(standing: Standing, at: datetime) -> float:
    ends = [moment for moment in (standing.open_until, standing.rests_until) if moment and moment > at]
    return max(((moment - at).total_seconds() for moment in ends), default=0.0)


def _wait_for_limits(name: str, provider: Provider, counted: int, at: datetime) -> float:
    """Return the seconds until a call fits into the last minute; 0 when it does now."""
    if not provider.rate_limit_rpm and not provider.rate_limit_tpm:
        return 0.0
    rows = list(
        Call.objects.filter(provider=name, at__gt=at - MINUTE).order_by("at", "pk").values_list("at", "counted")
    )
    calls, tokens = len(rows), sum(count for _, count in rows)
    wait = 0.0
    # Forget the oldest ones until there is room.
    for then, count in rows:
        fits = not provider.rate_limit_rpm or calls < provider.rate_limit_rpm
        if fits and (not provider.rate_limit_tpm or tokens + counted <= provider.rate_limit_tpm):
            break
        calls, tokens = calls - 1, tokens - count
        wait = max((then + MINUTE - at).total_seconds(), 0.001)
    return wait


def _change(standing: Standing, **values: object) -> None:
    Standing.objects.filter(pk=standing.pk).update(**values)


def settle(*, call_id: int, provider: Provider, prompt: Prompt, reply: Reply, outcome: Outcome, at: datetime) -> int:
    """Write down what an answer has cost; gives its tokens."""
    tokens_in, tokens_out = reply.tokens_in, reply.tokens_out
    guessed = tokens_in is None or tokens_out is None
    if tokens_in is None:
        tokens_in = prompt.tokens
    if tokens_out is None:
        tokens_out = estimate(reply.text)
    tokens_in, tokens_out = (min(max(count, 0), 2**31 - 1) for count in (tokens_in, tokens_out))
    prices = provider.cost_per_token
    counted = min(tokens_in + tokens_out, 2**31 - 1)
    Call.objects.filter(pk=call_id).update(
        outcome=outcome,
        counted=counted,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        is_estimate=guessed,
        cost=tokens_in * prices.input + tokens_out * prices.output,
        ended_at=at,
    )
    return counted


def fail(*, call_id: int, fault: Fault, at: datetime) -> None:
    """Write down that there was no answer. What may have been worked on goes on to count against the limit."""
    Call.objects.filter(pk=call_id).update(
        outcome=fault.outcome, ended_at=at, **({} if fault.counts else {"counted": 0})
    )


def recover(*, name: str) -> None:
    """Forget the failures of a provider that has answered."""
    Standing.objects.filter(name=name).exclude(failures=0, open_until=None).update(failures=0, open_until=None)


@transaction.atomic
def blame(*, name: str, fault: Fault, breaker: CircuitBreaker, at: datetime) -> bool:
    """Count a failure, and let the provider rest when it wants to; True when nobody asks it any more for a while."""
    standing = _lock_standing(name)
    changes: dict[str, object] = {}
    if fault.wait:
        rests_until = at + timedelta(seconds=fault.wait)
        changes["rests_until"] = max(rests_until, standing.rests_until or rests_until)
    opens = False
    if fault.breaks:
        changes["failures"] = min(standing.failures + 1, 2**31 - 1)
        opens = standing.failures + 1 >= breaker.threshold
        if opens:
            changes["open_until"] = at + timedelta(seconds=breaker.seconds)
    elif standing.failures or standing.open_until:
        # It answers, if only with a refusal: no reason to go on thinking that it is out of order.
        changes |= {"failures": 0, "open_until": None}
    if changes:
        _change(standing, **changes)
    return opens


def remembered(*, owner_id: int, key: str, at: datetime) -> CachedAnswer | None:
    """Return the answer that this person got to the same question, if it is not too old."""
    return CachedAnswer.objects.filter(owner_id=owner_id, key=key, expires_at__gt=at).first()


@transaction.atomic
def remember(*, owner_id: int, key: str, text: str, model: str, seconds: int, at: datetime) -> None:
    """Keep an answer for a while; those whose time has come go."""
    CachedAnswer.objects.filter(expires_at__lte=at).delete()
    CachedAnswer.objects.update_or_create(
        owner_id=owner_id,
        key=key,
        defaults={"text": text, "model": model, "expires_at": at + timedelta(seconds=seconds)},
    )
