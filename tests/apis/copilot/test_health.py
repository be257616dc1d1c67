"""Whether the server can serve, as the copilot document tells it."""

import pytest

from onward.platform.http import health

pytestmark = pytest.mark.django_db

HEALTH = "/copilot/health"


@pytest.mark.parametrize(
    ("redis_url", "cache", "status", "redis"),
    [
        ("", True, "healthy", "disabled"),
        ("redis://127.0.0.1/0", True, "healthy", "connected"),
        ("redis://127.0.0.1/0", False, "degraded", "unreachable"),
    ],
)
def test_redis_is_asked_where_there_is_one(anonymous, settings, monkeypatch, redis_url, cache, status, redis):
    settings.REDIS_URL = redis_url
    monkeypatch.setattr(health, "cache_answers", lambda: cache)

    answered = anonymous.get(HEALTH)

    assert answered.status_code == 200
    assert answered.json() == {
        "status": status,
        "database": {"status": "connected"},
        "redis": {"status": redis},
    }


def test_without_its_database_the_server_is_unhealthy(anonymous, monkeypatch):
    monkeypatch.setattr(health, "database_answers", lambda: False)

    answered = anonymous.get(HEALTH)

    assert (answered.status_code, answered.json()["status"]) == (503, "unhealthy")
    assert answered.json()["database"] == {"status": "unreachable"}


def test_asking_for_it_is_never_too_much(anonymous, throttled):
    throttled.THROTTLE_ANON = (1, 60)

    assert [anonymous.get(HEALTH).status_code for _ in range(3)] == [200] * 3
    assert [anonymous.get("/copilot/api/v1/auth/me/health").status_code for _ in range(2)] == [404, 429]
