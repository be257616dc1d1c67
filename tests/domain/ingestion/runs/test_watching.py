"""What people see of sources and runs: the command, the admin, and the numbers for who watches the server."""

import json
import os
import re
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onward.domain.ingestion.choices import RunState
from onward.domain.ingestion.models import Run, Source
from onward.domain.ingestion.services import sources
from onward.platform.events.models import EventRecord
from onward.platform.jobs import run_due
from onward.platform.jobs.registry import periodic_kinds
from tests.domain.ingestion.servers import behaviour
from tests.domain.ingestion.servers.posts import posts
from tests.platform.jobs.conftest import ROOT
from tests.platform.jobs.test_processes import address
from tests.waiting import until

pytestmark = pytest.mark.django_db

NOT_FOUND = behaviour.saying(404)


def fetch(*words):
    out = StringIO()
    try:
        call_command("fetch", *words, stdout=out)
    except CommandError as problem:
        return out.getvalue(), problem
    return out.getvalue(), None


def test_the_command_reads_all_sources_and_says_what_came_of_it(local, settings, transactional_db):
    local.add("greenhouse", posts(30))
    local.add("lever", posts(3), behaviour=NOT_FOUND)
    settings.SOURCES = local.entries

    said, problem = fetch()

    assert problem is None
    lines = {line.split()[0]: line.split() for line in said.splitlines() if line.strip()}
    assert lines["greenhouse"][1:7] == ["completed", "30", "30", "0", "0", "15"]
    assert lines["lever"][1:3] == ["failed", "0"]
    assert "The source answered 404." in said
    assert lines["All"][1:4] == ["completed", "30", "30"]


def test_the_command_reads_the_sources_that_are_named(local, settings, transactional_db):
    local.add("greenhouse", posts(3))
    local.add("lever", posts(3))
    settings.SOURCES = local.entries

    said, problem = fetch("--source", "lever")

    assert problem is None
    assert "greenhouse" not in said
    assert local["greenhouse"].requests == []
    assert Run.objects.get().found == 3


def test_the_command_says_when_a_run_has_failed(local, settings, transactional_db):
    local.add("lever", posts(3), behaviour=NOT_FOUND)
    settings.SOURCES = local.entries

    said, problem = fetch()

    assert "404" in said
    assert problem.returncode == 1


@pytest.mark.parametrize(("words", "what"), [((), "No source is enabled"), (("--source", "x"), 'no source "x"')])
def test_the_command_says_when_there_is_nothing_to_read(transactional_db, words, what):
    _, problem = fetch(*words)

    assert what in str(problem)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_the_command_cancels_the_run(local, transactional_db, tmp_path, number):
    local.add("greenhouse", posts(30), behaviour=behaviour.hanging)
    entry = local["greenhouse"].entry
    file = tmp_path / "sources.json"
    file.write_text(
        json.dumps([{"name": "slow", "kind": entry.kind, "base_url": entry.base_url, "board": entry.board}])
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "onward", "fetch"],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith(("ONWARD_", "DJANGO_"))},
            "ONWARD_DATA_DIR": str(tmp_path),
            "ONWARD_DATABASE_URL": address(),
            "ONWARD_SOURCES_FILE": str(file),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: local["greenhouse"].requests)

    process.send_signal(number)
    said, problem = process.communicate(timeout=120)

    assert process.returncode == 130
    assert "Cancelled. What was saved stays." in problem
    assert re.search(r"slow\s+cancelled", said)
    assert Run.objects.get().state == RunState.CANCELLED


@pytest.fixture
def staff(root) -> Client:
    browser = Client()
    browser.force_login(root)
    return browser


def act(browser, model, action, *rows):
    return browser.post(
        reverse(f"admin:ingestion_{model}_changelist"),
        {"action": action, "_selected_action": [row.pk for row in rows]},
        follow=True,
    )


def test_staff_see_how_each_source_is(local, run, staff):
    local.add("greenhouse", posts(30))
    local.add("lever", posts(3), behaviour=NOT_FOUND)
    run()

    page = staff.get(reverse("admin:ingestion_source_changelist")).text

    assert re.search(r'field-health">Well</td>.*?field-last_found">30</td>', page, re.S)
    assert re.search(r'field-health">Failing</td>.*?field-failures">1</td>.*?The source answered 404', page, re.S)


def test_staff_enable_disable_and_read_sources(local, start, staff, root, source):
    local.add("greenhouse", posts(3))
    start()
    run_due()

    act(staff, "source", "disable", source())
    assert not source().is_enabled
    assert "is not enabled" in act(staff, "source", "read", source()).text
    act(staff, "source", "enable", source())
    assert source().is_enabled
    act(staff, "source", "read", source())
    run_due()

    last = Run.objects.latest("pk")
    assert (last.asked_by, last.duplicates) == (root, 3)
    switched = EventRecord.objects.filter(name="ingestion.source_switched").order_by("pk")
    assert [(event.owner_id, event.payload["is_enabled"]) for event in switched] == [(root.pk, False), (root.pk, True)]


def test_staff_do_not_enable_what_nobody_names_any_more(local, start, staff, source, settings):
    local.add("greenhouse", posts(3))
    start()
    settings.SOURCES = ()
    sources.take_over(at=timezone.now())

    act(staff, "source", "enable", source())

    assert not source().is_enabled


def test_staff_cancel_runs(local, start, staff):
    local.add("greenhouse", posts(3))
    one, other = start(), start()
    run_due()
    waiting = start()

    page = act(staff, "run", "cancel", one, other, waiting).text

    assert "1 runs cancelled." in page
    assert page.count("This run is over") == 2
    assert Run.objects.get(pk=waiting.pk).state == RunState.CANCELLED


def test_the_numbers_tell_how_each_source_is(local, run):
    local.add("greenhouse", posts(30))
    local.add("lever", posts(3), behaviour=NOT_FOUND)
    run()
    run()

    lines = Client().get("/metrics").content.decode().splitlines()
    told = {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line.startswith("onward"))}

    well, ill = '{kind="greenhouse",source="greenhouse"}', '{kind="lever",source="lever"}'
    assert told[f"onward_source_last_found{well}"] == 30
    assert told[f"onward_source_last_new{well}"] == 0
    assert told[f"onward_source_last_success_timestamp_seconds{well}"] > 1_700_000_000
    assert (told[f"onward_source_failures{well}"], told[f"onward_source_failures{ill}"]) == (0, 2)
    assert told['onward_postings_total{fate="saved",source="greenhouse"}'] == 30
    assert told['onward_postings_total{fate="duplicates",source="greenhouse"}'] == 30
    assert told['onward_readings_total{source="lever",state="failed"}'] == 2


def test_the_schedule_is_off_at_first():
    assert "ingestion.run" not in {kind.name for kind in periodic_kinds()}


def test_the_schedule_reads_all_sources_and_waits_for_a_run_that_goes_on(local, start, settings):
    from onward.domain.ingestion import tasks

    local.add("greenhouse", posts(3))
    settings.SOURCES = local.entries
    sources.take_over(at=timezone.now())

    tasks.run()
    tasks.run()

    assert Run.objects.count() == 1
    run_due()
    tasks.run()
    assert Run.objects.count() == 2


def test_the_schedule_runs_every_so_many_hours_where_the_operator_says_so(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from onward.platform.jobs.registry import periodic_kinds\n"
        "print([k.schedule.seconds for k in periodic_kinds() if k.name == 'ingestion.run'])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith(("ONWARD_", "DJANGO_"))},
            "DJANGO_SETTINGS_MODULE": "onward.config.settings",
            "ONWARD_DATA_DIR": str(tmp_path),
            "ONWARD_FETCH_EVERY": "6",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == f"[{timedelta(hours=6).total_seconds():.0f}]"


def test_a_minute_later_the_file_is_taken_over_and_what_was_forgotten_is_looked_after(local, settings, db):
    from onward.domain.ingestion import tasks

    local.add("greenhouse", posts(3))
    settings.SOURCES = local.entries

    tasks.tend()

    assert Source.objects.get().is_enabled
