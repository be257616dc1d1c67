import os
import re
import runpy
import subprocess
import sys
from importlib import metadata
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from onward import __version__
from onward.config.show import masked

ROOT = Path(__file__).parents[2]


def onward(*words: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing but these settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONWARD_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "onward", *words],
        cwd=ROOT,
        env={**kept, "ONWARD_DATA_DIR": str(folder), **variables},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_settings_shows_each_with_its_value_and_origin(tmp_path):
    shown = onward("settings", folder=tmp_path, ONWARD_THROTTLE_ANON="7/minute")

    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert any(line.split()[:3] == ["ONWARD_THROTTLE_ANON", "environment", "7/minute"] for line in lines)
    assert any(line.split()[:3] == ["ONWARD_V1_API", "default", "tracker"] for line in lines)


def test_settings_shows_no_secret(tmp_path):
    secrets = {
        "ONWARD_SECRET_KEY": "sentinel-key-sentinel-key-sentinel-key",
        "ONWARD_DATABASE_URL": "postgresql://ada:sentinel@127.0.0.1/onward",
        "ONWARD_REDIS_URL": "redis://:sentinel@127.0.0.1:6379",
        "ONWARD_EMAIL_URL": "smtp://ada:sentinel@mail.example.org:587",
    }

    shown = onward("settings", folder=tmp_path, **secrets)

    assert shown.returncode == 0, shown.stderr
    assert "sentinel" not in shown.stdout + shown.stderr
    assert "(38 characters)" in shown.stdout


def test_settings_names_every_bad_one_and_shows_the_rest(tmp_path):
    shown = onward("settings", folder=tmp_path, ONWARD_THROTTLE="maybe", ONWARD_TROTTLE="on")

    assert shown.returncode == 1
    assert "ONWARD_THROTTLE: Input should be 'on' or 'off'" in shown.stderr
    assert "ONWARD_TROTTLE: there is no such setting; did you mean ONWARD_THROTTLE?" in shown.stderr
    assert "ONWARD_V1_API" in shown.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ONWARD_DATABASE_URL", "mysql://127.0.0.1/onward"),
        ("ONWARD_EMAIL_URL", "http://mail.example.org"),
        ("ONWARD_PUBLIC_URL", "http://careers.example.org"),
        ("ONWARD_REDIS_URL", "http://127.0.0.1"),
        ("ONWARD_DATABASE_URL", "postgresql://"),
        ("ONWARD_EMAIL_URL", "smtp://mail.example.org:99999"),
        ("ONWARD_EMAIL_URL", "smtp://mail example.org"),
        ("ONWARD_EMAIL_FROM", "Onward <onward@example.org>\nBcc: ada@example.org"),
        ("ONWARD_EMAIL_FROM", "Onward"),
        ("ONWARD_STORAGE_URL", "s3://somewhere"),
        ("ONWARD_ALLOWED_HOSTS", "http://careers.example.org/"),
        ("ONWARD_CORS_ORIGINS", "*"),
        ("ONWARD_SECRET_KEY", "short"),
        ("ONWARD_DATA_DIR", "/proc/nowhere"),
    ],
)
def test_what_a_setting_may_not_be_is_said_by_its_name(tmp_path, monkeypatch, name, value):
    monkeypatch.setenv("ONWARD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=name):
        runpy.run_path(str(ROOT / "onward/config/settings.py"))


def test_settings_names_what_shows_only_when_they_are_used(tmp_path):
    shown = onward("settings", folder=tmp_path, ONWARD_DATABASE_URL="mysql://127.0.0.1/onward")

    assert shown.returncode == 1
    assert "ONWARD_DATABASE_URL" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_the_version_is_that_of_the_project(tmp_path):
    assert onward("--version", folder=tmp_path).stdout == f"Onward {__version__}\n"
    assert metadata.version("onward") == __version__


def test_help_says_what_each_of_our_commands_does_and_then_names_djangos(tmp_path):
    ours, theirs = onward("--help", folder=tmp_path).stdout.split("Django's:")

    for name in ("serve", "demo", "doctor", "settings", "import-applications", "migrate", "openapi", "worker"):
        assert re.search(rf"^  {name} +[A-Z].*", ours, re.MULTILINE), name
    assert "createsuperuser" in theirs


def test_a_command_whose_database_is_not_there_says_so_in_a_sentence(tmp_path):
    answer = onward("migrate", folder=tmp_path, ONWARD_DATABASE_URL="postgresql://ada:sentinel@127.0.0.1:1/onward")

    assert answer.returncode == 69
    assert answer.stderr.startswith("onward: The database that ONWARD_DATABASE_URL names does not answer")
    assert "sentinel" not in answer.stderr


def test_any_command_names_a_bad_setting_in_a_sentence(tmp_path):
    answer = onward("check", folder=tmp_path, ONWARD_THROTTLE="maybe")

    assert answer.returncode == 78
    assert answer.stderr.startswith("onward: Bad settings:")


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("secret_key", "abc", "•••••••• (3 characters)"),
        ("google_client_secret", "abc", "•••••••• (3 characters)"),
        ("database_url", "postgresql://a:b@h/d", "postgresql://a:••••••••@h/d"),
        ("database_url", "postgresql://a@h/d", "postgresql://a@h/d"),
        ("database_url", "postgresql://[a:b@h", "••••••••"),
        ("secret_key", "", ""),
    ],
)
def test_what_is_secret_is_hidden(name, value, shown):
    assert masked(name, value) == shown


PRODUCTION = {
    "ONWARD_SECRET_KEY": "kept-apart-and-long-enough-0123456789-abcdefghij-ABCDEFGHIJ",
    "ONWARD_PUBLIC_URL": "https://careers.example.org",
    "ONWARD_TRUSTED_PROXIES": "10.0.0.0/8",
}


def test_django_finds_nothing_to_say_about_production(tmp_path):
    answer = onward("check", "--deploy", "--fail-level", "WARNING", folder=tmp_path, **PRODUCTION)

    assert answer.returncode == 0, answer.stderr


def test_cookies_belong_to_this_host_alone_in_production(tmp_path):
    code = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )

    answer = onward("shell", "--no-imports", "-c", code, folder=tmp_path, **PRODUCTION)

    assert answer.stdout.split() == ["__Host-onward_session", "__Host-onward_csrf", "True", "True"], answer.stderr


def test_the_doctor_finds_the_tests_well(db):
    out = StringIO()

    call_command("doctor", stdout=out)

    assert "problem " not in out.getvalue()
    assert "All migrations are applied." in out.getvalue()


def test_the_doctor_and_the_readiness_check_warn_of_a_disk_that_fills_up(db, settings, client):
    settings.FREE_SPACE = 10**18

    with pytest.raises(CommandError):
        call_command("doctor", stdout=(out := StringIO()))
    answer = client.get("/tracker/api/v1/analytics/ready/")

    assert re.search(
        r"problem  Only [\d,]+ MB are free on the disk of /\S+: less than ONWARD_FREE_SPACE", out.getvalue()
    )
    assert answer.status_code == 200
    assert re.fullmatch(r"Only \d+ MB are free on the server's disk\.", answer.json()["warning"])


def test_the_doctor_names_what_is_wrong_and_fails(tmp_path):
    answer = onward(
        "doctor",
        folder=tmp_path,
        ONWARD_REDIS_URL="redis://127.0.0.1:1",
        ONWARD_STORAGE_URL="/proc/nowhere",
        ONWARD_BACKUP_FOLDER="/proc/archives",
    )

    assert answer.returncode == 1
    for sentence in (
        "migrations are missing",
        "Redis does not answer",
        "/proc/nowhere cannot be written to",
        "/proc/archives cannot be written to",
    ):
        assert sentence in answer.stdout
    assert answer.stderr.strip() == "CommandError: 4 problems found."


def test_the_doctor_survives_a_database_that_does_not_answer(tmp_path):
    answer = onward("doctor", folder=tmp_path, ONWARD_DATABASE_URL="postgresql://ada:sentinel@127.0.0.1:1/onward")

    assert answer.returncode == 1
    assert "The database does not answer" in answer.stdout
    assert "sentinel" not in answer.stdout + answer.stderr


def test_the_doctor_minds_a_key_that_others_can_read(tmp_path, settings, db):
    settings.DATA_DIR = tmp_path
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"secret_key": ""})
    (tmp_path / "secret_key").write_text("x" * 64)
    (tmp_path / "secret_key").chmod(0o644)
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("doctor", stdout=out)

    assert f"{tmp_path / 'secret_key'}" in out.getvalue()
