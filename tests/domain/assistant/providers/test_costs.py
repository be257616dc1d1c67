"""What providers cost, and what is not paid for twice."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from onward.domain.assistant.providers.models import CachedAnswer, Call
from tests.domain.assistant.providers.conftest import POSTING, letter, match
from tests.domain.assistant.providers.servers import LETTER
from tests.domain.assistant.providers.test_router import two


def test_every_call_is_kept_with_what_it_cost(model, configured, ada, ben):
    first, _ = two(model, configured, None, cost_per_token={"input": "0.0000005", "output": 0.0000015})
    letter(ada)
    letter(ada)
    match(ben)
    first.script = [500]
    letter(ben)

    cost = 120 * Decimal("0.0000005") + 30 * Decimal("0.0000015")
    assert list(Call.objects.order_by("pk").values_list("owner_id", "provider", "tokens_in", "cost")) == [
        (ada.pk, "one", 120, cost),
        (ada.pk, "one", 120, cost),
        (ben.pk, "one", 120, cost),
        (ben.pk, "one", 0, 0),
        (ben.pk, "two", 120, 0),
    ]
    assert not Call.objects.filter(ended_at=None).exists()


def test_tokens_that_nobody_told_are_guessed_and_said_to_be(model, configured, ada):
    server = model()
    server.usage = None
    configured(one={"base_url": server.address, "cost_per_token": 0.000001})

    written = letter(ada)

    call = Call.objects.get()
    assert call.is_estimate
    assert written.tokens == call.tokens_in + call.tokens_out > 200
    assert call.cost == (call.tokens_in + call.tokens_out) * Decimal("0.000001")


def test_a_bill_outlives_the_account_and_an_answer_does_not(model, configured, ada):
    server = model()
    configured({"cache_ttl": 60}, one={"base_url": server.address})
    letter(ada)
    assert CachedAnswer.objects.filter(owner=ada).count() == 1

    ada.delete()

    assert Call.objects.get().owner_id is None
    assert not CachedAnswer.objects.exists()


def test_the_same_question_is_not_paid_for_twice(model, configured, ada):
    server = model()
    configured({"cache_ttl": 60}, one={"base_url": server.address})

    first, second = letter(ada), letter(ada)
    again = match(ada), match(ada)

    assert server.calls == 2
    assert (second.text, second.model, second.warnings) == (first.text, first.model, first.warnings)
    assert (first.tokens, second.tokens) == (150, 0)
    assert again[0].parts == again[1].parts


def test_another_question_or_an_old_answer_is_asked_for(model, configured, ada):
    server = model()
    configured({"cache_ttl": 60}, one={"base_url": server.address})
    letter(ada)

    letter(ada, posting=POSTING + " And tea.")
    assert server.calls == 2
    CachedAnswer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    letter(ada)
    assert server.calls == 3
    # What had expired is gone.
    assert CachedAnswer.objects.count() == 1


def test_two_people_share_no_answer(model, configured, ada, ben):
    server = model()
    server.script = ["well", LETTER + " (for Ben)"]
    configured({"cache_ttl": 60}, one={"base_url": server.address})

    assert letter(ada).text == LETTER
    assert letter(ben).text == LETTER + " (for Ben)"
    assert letter(ada).text == LETTER
    assert server.calls == 2
    assert len(set(CachedAnswer.objects.values_list("key", flat=True))) == 2


def test_another_model_gives_another_answer(model, configured, ada):
    server = model()
    configured({"cache_ttl": 60}, one={"base_url": server.address})
    letter(ada)
    configured({"cache_ttl": 60}, one={"base_url": server.address, "model_name": "m-3"})

    assert letter(ada).model == "m-3"
