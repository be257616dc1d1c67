"""Who is asked, in which order, how often, and who is left alone."""

import io
import json
import logging
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from onward.domain.assistant.providers import router, services
from onward.domain.assistant.providers.clients import LONGEST_REST, Prompt, retry_after
from onward.domain.assistant.providers.config import read
from onward.domain.assistant.providers.faults import Busy
from onward.domain.assistant.providers.models import CachedAnswer, Call, Standing
from onward.domain.assistant.writing import WriterFailed
from tests.domain.assistant.providers import servers
from tests.domain.assistant.providers.conftest import KEY, POSTING, letter, match, questions
from tests.domain.assistant.providers.servers import LETTER
from tests.platform.jobs.test_processes import address

HERE = Path(__file__).parent


def two(model, configured, extra=None, **first_fields):
    first, second = model(), model()
    configured(
        extra,
        one={"base_url": first.address, **first_fields},
        two={"base_url": second.address, "model_name": "m-2"},
    )
    return first, second


def test_the_lowest_priority_number_is_asked_first(model, configured, ada):
    first, second = two(model, configured, priority=9)

    assert letter(ada).model == "m-2"
    assert (first.calls, second.calls) == (0, 1)


def test_a_route_decides_who_is_asked_for_what(model, configured, ada):
    routes = {"task_routing": {"analysis": ["two"], "generation": ["one", "two"]}}
    first, second = two(model, configured, routes, priority=99)

    assert (letter(ada).model, questions(ada).model, match(ada).model) == ("m-1", "m-1", "m-2")
    assert (first.calls, second.calls) == (2, 1)
    assert set(Call.objects.values_list("category", "provider")) == {("generation", "one"), ("analysis", "two")}


def test_who_is_switched_off_is_not_asked(model, configured, ada):
    first, _ = two(model, configured, enabled=False)

    assert letter(ada).model == "m-2"
    assert first.calls == 0


@pytest.mark.parametrize("act", [500, 429, 401, 400, servers.reset, servers.hang, servers.raw(b"<html>"), "Sure!"])
def test_after_any_fault_the_next_one_is_asked(act, model, configured, ada):
    first, second = two(model, configured, timeout=0.6)
    first.script = [act]

    assert letter(ada).model == "m-2"
    assert (first.calls, second.calls) == (1, 1)


def test_without_fallback_only_the_first_is_asked(model, configured, ada):
    first, second = two(model, configured, {"fallback_enabled": False})
    first.script = [500]

    with pytest.raises(WriterFailed):
        letter(ada)

    assert (first.calls, second.calls) == (1, 0)


def test_an_error_is_tried_again_at_the_same_provider_first(model, configured, ada):
    first, second = two(model, configured, {"max_retries": 2})
    first.script = [500, servers.reset, "well"]

    assert letter(ada).model == "m-1"
    assert (first.calls, second.calls) == (3, 0)


@pytest.mark.parametrize("act", [401, 400, servers.hang, "Sure!"])
def test_what_would_not_help_is_not_tried_again(act, model, configured, ada):
    first, second = two(model, configured, {"max_retries": 2}, timeout=0.6)
    first.script = [act]

    assert letter(ada).model == "m-2"
    assert (first.calls, second.calls) == (1, 1)


def test_who_asks_to_be_left_alone_is_left_alone_by_everybody(model, configured, ada, ben):
    first, second = two(model, configured)
    first.script, first.retry_after = [429, "well"], "30"

    letter(ada)
    letter(ben)

    assert (first.calls, second.calls) == (1, 2)
    Standing.objects.update(rests_until=timezone.now() - timedelta(seconds=1))
    assert letter(ada).model == "m-1"


@pytest.fixture
def slept(monkeypatch):
    """The seconds that the router waits, on a clock that stands still but for them."""
    waits = []
    now = [timezone.now()]

    def sleep(seconds):
        waits.append(seconds)
        now[0] += timedelta(seconds=seconds)

    monkeypatch.setattr(timezone, "now", lambda: now[0])
    monkeypatch.setattr(router, "time", SimpleNamespace(monotonic=lambda: now[0].timestamp(), sleep=sleep))
    return waits


def test_a_short_rest_is_waited_for_when_nobody_else_can_be_asked(model, configured, ada, slept):
    server = model()
    server.script, server.retry_after = [429, "well"], "1"
    configured({"max_retries": 1}, one={"base_url": server.address})

    assert letter(ada).text == LETTER

    assert slept == [pytest.approx(1)]
    assert server.calls == 2


def test_a_long_rest_is_told_instead(model, configured, ada):
    server = model()
    server.script, server.retry_after = [429], "40"
    configured({"max_retries": 3}, one={"base_url": server.address})

    for _ in range(2):
        with pytest.raises(WriterFailed, match=r"busy. Please try again in (40|39) seconds") as failed:
            letter(ada)

    assert type(failed.value) is WriterFailed
    assert server.calls == 1


def test_nobody_waits_for_what_is_not_tried_again(model, configured, ada, slept):
    server = model()
    server.script, server.retry_after = [429], "2"
    configured({"max_retries": 0}, one={"base_url": server.address})

    with pytest.raises(WriterFailed):
        letter(ada)

    assert slept == []


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("3", 3),
        ("0", 0),
        ("-5", 0),
        ("1e9", LONGEST_REST),
        ("inf", LONGEST_REST),
        ("Fri, 31 Dec 2399 23:59:59 GMT", LONGEST_REST),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 0),
        ("nan", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_rest_is_read_and_kept_bearable(given, seconds):
    assert retry_after({"retry-after": given}) == seconds


def test_all_of_it_ends_by_the_deadline(model, configured, ada):
    first, second = two(model, configured, {"deadline": 1.2, "max_retries": 3}, timeout=30)
    # They say nothing for good: that this returns at all is the deadline's doing.
    first.script = second.script = [servers.hang]

    with pytest.raises(WriterFailed) as failed:
        letter(ada)

    assert type(failed.value) is WriterFailed
    # They had less time than they are owed, which is not their fault.
    assert not Standing.objects.filter(failures__gt=0).exists()


BREAKER = {"circuit_breaker": {"threshold": 2, "seconds": 60}}


def test_a_breaker_opens_and_closes(model, configured, ada, ben):
    first, second = two(model, configured, BREAKER)
    first.script = [500]
    for user in (ada, ben, ada, ben):
        assert letter(user).model == "m-2"
    assert (first.calls, second.calls) == (2, 4)

    # One trial when the time has come; it fails, and the others go on to leave it alone.
    Standing.objects.filter(name="one").update(open_until=timezone.now() - timedelta(seconds=1))
    letter(ada)
    letter(ada)
    assert first.calls == 3

    first.script = ["well"]
    Standing.objects.filter(name="one").update(open_until=timezone.now() - timedelta(seconds=1))
    assert letter(ada).model == "m-1"
    assert letter(ada).model == "m-1"
    standing = Standing.objects.get(name="one")
    assert (standing.failures, standing.open_until) == (0, None)


def test_who_is_down_is_not_said_to_be_busy(configured, ada):
    configured(BREAKER, one={"base_url": "http://127.0.0.1:9/v1"})

    for _ in range(3):
        with pytest.raises(WriterFailed, match="cannot be reached") as failed:
            letter(ada)

    assert "busy" not in str(failed.value)
    assert type(failed.value) is WriterFailed
    assert Standing.objects.get(name="one").open_until


def test_of_many_only_one_is_the_trial(configured, ada, together):
    config = configured(BREAKER, one={"base_url": "http://127.0.0.1:9/v1"})
    Standing.objects.create(name="one", failures=2, open_until=timezone.now() - timedelta(seconds=1))

    answers = together(8, lambda number: reserve_call(config, ada))

    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert sum(isinstance(answer, Busy) for answer in answers) == 7


def test_failures_must_come_in_a_row(model, configured, ada):
    first, _ = two(model, configured, BREAKER)
    first.script = [500, "well", 500, "well", 500, "well"]

    assert [letter(ada).model for _ in range(6)] == ["m-2", "m-1"] * 3


def test_questions_that_are_refused_open_no_breaker(model, configured, ada):
    first, _ = two(model, configured, BREAKER)
    first.script = [400, 400, 400, "well"]

    assert [letter(ada).model for _ in range(4)] == ["m-2", "m-2", "m-2", "m-1"]


def reserve_call(config, user, name="one", text="Hello"):
    return services.reserve_call(
        owner_id=user.pk,
        name=name,
        provider=config.providers[name],
        category="generation",
        prompt=Prompt(system="", turns=(("user", text),)),
        breaker=config.circuit_breaker,
    )


def test_no_minute_holds_more_calls_than_allowed(configured, ada, monkeypatch):
    config = configured(one={"base_url": "http://127.0.0.1:9/v1", "rate_limit_rpm": 3})
    start = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
    allowed = []
    for second in range(0, 240, 7):
        at = start + timedelta(seconds=second)
        monkeypatch.setattr(services.timezone, "now", lambda at=at: at)
        try:
            reserve_call(config, ada)
            allowed.append(second)
        except Busy as busy:
            # The wait that it names is exact.
            assert busy.wait == allowed[-3] + 60 - second

    assert allowed == [0, 7, 14, 63, 70, 77, 126, 133, 140, 189, 196, 203]
    assert all(sum(s <= other < s + 60 for other in allowed) <= 3 for s in allowed)


def test_tokens_are_reserved_and_given_back(model, configured, ada):
    server = model()
    configured(one={"base_url": server.address, "rate_limit_tpm": 4000, "max_tokens": 1000})

    # Each reserves its question and 1,000 tokens, and turns out to need 150.
    written = 0
    with pytest.raises(WriterFailed, match="busy"):
        for _ in range(30):
            letter(ada)
            written += 1

    reserved = 1000 + Prompt(system=server.asked[0]["messages"][0]["content"], turns=()).tokens
    assert 4000 - reserved - 500 < written * 150 <= 4000
    assert server.calls == written


def test_what_may_have_been_worked_on_goes_on_to_count(model, configured, ada):
    first, second = model(), model()
    first.script, second.script = [servers.hang], [500]
    configured(one={"base_url": first.address, "timeout": 0.6}, two={"base_url": second.address})

    with pytest.raises(WriterFailed):
        letter(ada)

    slow, erred = Call.objects.order_by("pk")
    assert (slow.outcome, slow.counted > 2048) == ("timed_out", True)
    assert (erred.outcome, erred.counted) == ("erred", 0)


def test_a_question_longer_than_a_minute_allows_is_a_sentence(model, configured, ada):
    server = model()
    configured(one={"base_url": server.address, "rate_limit_tpm": 3000})

    with pytest.raises(WriterFailed, match="too long") as failed:
        letter(ada, posting="word " * 4000)

    assert type(failed.value) is WriterFailed
    assert server.calls == 0


@pytest.fixture
def crowd(tmp_path):
    """Let two processes of four threads ask at once, under each of several limits; gives the letters of each."""
    processes = []

    def ask(user, server, *limits):
        files = []
        for number, limit in enumerate(limits):
            path = tmp_path / f"{number}.json"
            provider = {"provider": "vllm", "model_name": "m-1", "base_url": server.address, **limit}
            path.write_text(json.dumps({"providers": {f"p{number}": provider}, "max_retries": 0, "cache_ttl": 0}))
            files.append(str(path))
        for _ in range(2):
            process = subprocess.Popen(
                [sys.executable, str(HERE / "crowd.py"), str(user.pk), "4", "3", *files],
                env={**os.environ, "ONWARD_DATABASE_URL": address()},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            processes.append(process)
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        written = []
        for _ in files:
            for process in processes:
                process.stdin.write("go\n")
                process.stdin.flush()
            written.append(sum(int(process.stdout.readline()) for process in processes))
        return written

    yield ask
    for process in processes:
        process.kill()
        process.communicate(timeout=120)


@pytest.mark.django_db(transaction=True)
def test_limits_are_exact_for_two_processes(model, crowd, ada):
    server = model()
    # Answers say what they cost only by their length, which is about as much as was reserved.
    server.script = [lambda handler: (time.sleep(0.05), server.say(handler, "Dear all, " + "x " * 1500))]
    server.usage = None

    calls, letters = crowd(ada, server, {"rate_limit_rpm": 7}, {"rate_limit_tpm": 10_000, "max_tokens": 1000})

    rows = list(Call.objects.values_list("provider", "outcome", "counted"))
    assert server.calls == len(rows) == calls + letters
    assert {outcome for _, outcome, _ in rows} == {"answered"}
    assert calls == 7
    assert 10_000 - 2600 < sum(counted for provider, _, counted in rows if provider == "p1") <= 10_000


def test_a_key_is_nowhere(model, configured, ada, monkeypatch):
    """Not in logs, errors, rows or answers, though the provider repeats it wherever it can."""
    logged = io.StringIO()
    handler = logging.StreamHandler(logged)
    logging.getLogger().addHandler(handler)
    levels = {name: logging.getLogger(name).level for name in ("", "openai", "httpx2", "httpcore2", "onward")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    told = []
    try:
        for protocol in ("openai", "anthropic"):
            server = model()
            server.script = [
                401,
                429,
                500,
                400,
                LETTER + KEY,
                servers.raw(f'{{"{KEY}": '.encode()),
                servers.cut,
                "well",
            ]
            config = configured(one={"provider": protocol, "base_url": server.address, "model_name": protocol})
            told += [repr(config), str(config), config.model_dump_json()]
            for _ in range(7):
                Standing.objects.all().delete()
                with pytest.raises(WriterFailed) as failed:
                    letter(ada)
                problem = failed.value
                told += [problem.sentence, repr(problem), repr(problem.__cause__)]
            Standing.objects.all().delete()
            told.append(repr(letter(ada)))
            assert any(KEY in json.dumps(head) for head in server.heads)
    finally:
        logging.getLogger().removeHandler(handler)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)

    assert "provider_failed" in logged.getvalue()
    assert KEY not in logged.getvalue()
    assert KEY not in "".join(told)
    for table in (Call, Standing, CachedAnswer):
        assert KEY not in repr(list(table.objects.values()))


def test_staff_see_what_it_costs_and_no_text(model, configured, ada, root, client):
    server = model()
    configured({"cache_ttl": 60}, one={"base_url": server.address})
    letter(ada)
    client.force_login(root)

    page = client.get("/admin/assistant/call/", {"q": "ada@"}).content.decode()
    detail = client.get(f"/admin/assistant/call/{Call.objects.get().pk}/change/").content.decode()
    standing = client.get("/admin/assistant/standing/", {"q": "one"})

    assert "m-1" in page
    assert "answered" in detail.lower()
    assert standing.status_code == 200
    assert all(secret not in page + detail for secret in (KEY, POSTING, "Northwind"))


def test_no_connection_is_held_while_a_provider_writes(model, configured, ada, transactional_db, monkeypatch):
    server = model()
    configured(one={"base_url": server.address})
    ask, held = router.clients.ask, []
    monkeypatch.setattr(
        router.clients, "ask", lambda *given, **named: (held.append(connection.connection), ask(*given, **named))[1]
    )

    letter(ada)

    assert held == [None]


def test_nothing_is_held_in_the_database_while_a_provider_writes(model, configured, ada, transactional_db):
    server = model()
    inside = []
    server.script = [
        lambda handler: (inside.append(Call.objects.get().outcome), connection.close(), server.say(handler, LETTER))
    ]
    configured(one={"base_url": server.address})

    letter(ada)

    assert inside == ["begun"]


def test_the_sample_file_is_sound():
    path = HERE.parents[3] / "docs" / "llm_config.example.json"
    names = ("GROQ_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY", "MISTRAL_API_KEY")

    config = read(str(path), dict.fromkeys(names, "x" * 20))

    assert config is not None
    assert {p.provider for p in config.providers.values()} >= {
        "groq",
        "openai",
        "anthropic",
        "gemini",
        "mistral",
        "ollama",
    }
    assert set(config.task_routing) == {"analysis", "generation", "comparison"}
