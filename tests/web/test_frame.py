"""What holds for every page, template and file of the app."""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

import onward.web
from onward.domain.applications.choices import Status
from onward.domain.assistant.models import Generation, Task
from onward.web.kit import dates, monogram, sprite, trail
from tests.factories import (
    ApplicationFactory,
    InterviewFactory,
    NoteFactory,
    PostingFactory,
    ReminderFactory,
    StatusChangeFactory,
    TagFactory,
    TaggingFactory,
)
from tests.web.browsers import Browser

WEB = Path(onward.web.__file__).parent
APP = WEB / "static" / "onward" / "app"
VENDOR = WEB / "static" / "vendor"


@pytest.mark.once
def test_vendored_files_are_as_their_packages_have_them():
    said = dict(reversed(line.split("  ./")) for line in (VENDOR / "hashes.txt").read_text().splitlines())
    files = {str(file.relative_to(VENDOR)): file for file in VENDOR.rglob("*") if file.is_file()}

    assert set(said) == set(files) - {"hashes.txt", "README.md"}
    assert {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in said} == said


@pytest.mark.once
def test_the_icons_are_those_of_the_package():
    assert sprite.SPRITE.read_text() == sprite.sprite()


@pytest.mark.once
def test_colours_stand_in_one_file():
    coloured = [
        file.name
        for file in APP.glob("*.css")
        if file.name != "tokens.css" and re.search(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(|oklch\(", file.read_text())
    ]

    assert not coloured


@pytest.mark.once
def test_every_module_says_nothing_inline_and_asks_nobody_else():
    for file in APP.glob("*.js"):
        assert not re.search(r"eval\(|new Function|https?://|innerHTML", file.read_text()), file.name


def templates():
    return {file: file.read_text() for file in WEB.rglob("*.jinja")}


def ruled():
    css = "".join(re.sub(r"/\*.*?\*/|url\([^)]*\)", "", file.read_text()) for file in APP.glob("*.css"))
    return set(re.findall(r"\.([a-z][\w-]*)", css))


@pytest.mark.once
def test_every_rule_has_a_use():
    told = "".join([*templates().values(), *(file.read_text() for file in APP.glob("*.js"))])
    families = {f"s-{key}" for key in (*Status, "ended")} | {f"hue-{number}" for number in range(monogram.HUES)}
    # A message's level and a trail's size.
    families |= {"error", "warning", "trail-small"}
    # Classes that SortableJS and htmx give.
    families |= {"sortable-drag"}

    assert not [
        name for name in ruled() - families if not re.search(rf"\b{name}\b", told.replace("{{ size }}", "large"))
    ]


def test_every_class_has_a_rule(adas, ada):
    for status in Status:
        made = ApplicationFactory(owner=ada, status=status, next_action="Call", next_action_date=date(2020, 1, 1))
        StatusChangeFactory(application=made, after=status, changed_at=datetime(2020, 1, 1, tzinfo=UTC))
        TaggingFactory(application=made, tag=TagFactory(owner=ada))
    InterviewFactory(application=made, owner=ada, scheduled_at=timezone.now() + timedelta(hours=1))
    ReminderFactory(owner=ada, application=made, remind_at=timezone.now())
    NoteFactory(application=made)
    analysis = {"match_score": 1, "parts": {"skills": 1}, "matching_skills": ["a"], "missing_skills": [], "summary": ""}
    about = {"owner": ada, "application": made, "model": "m", "warnings": ["w"]}
    Generation.objects.create(**about, kind="job_match", analysis={**analysis, "recommendations": ["x"]})
    Generation.objects.create(**about, kind="cover_letter", content="a", sources=[{"claim": "a", "fact": "b"}])
    Task.objects.create(owner=ada, kind="cover_letter", request={"application_id": made.pk})
    more = ("start/", "start/anywhere/", "import/", "settings/", "deleted/", "palette/", "saved/", "settings/columns/")
    more += ("settings/close/", "closed/", f"applications/{made.pk}/reflection/")
    posting = PostingFactory(is_internship=False, published_at=timezone.now(), closes_on=date(2199, 1, 1))
    paths = ("", *more, "applications/", "applications/?view=table", "applications/?q=zzz", f"applications/{made.pk}/")
    forms = (f"applications/{made.pk}/edit/", f"applications/{made.pk}/delete/", "applications/new/")
    forms += (f"applications/{made.pk}/assistant/", f"applications/{made.pk}/move/", "nowhere/")
    html = {"accept": "text/html"}
    pages = [adas.get(f"/app/{path}", headers=html).content.decode() for path in (*paths, *forms)]
    pages.append(adas.send("/app/applications/new/", job_title="x").content.decode())
    pages += [Browser().get(f"/app/{path}/").content.decode() for path in ("sign-in", "sign-up", "forgot")]
    public = ("board/jobs/", f"board/jobs/{posting.pk}/", "verify-email", "reset-password", "unsubscribe")
    pages += [Browser().get(f"/{path}", headers=html).content.decode() for path in public]

    used = {name for page in pages for classes in re.findall(r'class="([^"]*)"', page) for name in classes.split()}

    # These tell apart what looks alike so far.
    assert (
        not used
        - ruled()
        - {
            *("info", "success", "interview", "past_interview", "action", "reminder", "apply_by", "answer_by"),
            "find",
        }
    )


@pytest.mark.once
def test_no_markup_carries_scripts_or_styles():
    for file, text in templates().items():
        assert not re.search(
            r"\sstyle=|\son\w+=|<style|<script(?![^>]*\s(?:src=|type=.application/ld\+json))|javascript:", text
        ), file


@pytest.mark.once
@given(
    st.lists(st.tuples(st.sampled_from(list(Status)), st.integers(0, 10**7)), min_size=1, max_size=12),
    st.integers(0, 10**6),
    st.none() | st.integers(1, 10**6),
)
def test_a_trail_keeps_its_dots_apart_in_order_and_within_its_width(moves, later, planned):
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    times = sorted(seconds for _, seconds in moves)
    history = [(status, begin + timedelta(seconds=at)) for (status, _), at in zip(moves, times, strict=True)]
    now = history[-1][1] + timedelta(seconds=later)

    drawn = trail.draw(history, now=now, width=96, interview=now + timedelta(seconds=planned) if planned else None)

    places = [dot.x for dot in drawn.dots]
    assert places == sorted(places)
    assert all(4 <= x <= 92 for x in [*places, drawn.end])
    if len(moves) < 9:
        assert all(after - before > 4 for before, after in pairwise(places))
    if drawn.ring is not None:
        assert places[-1] < drawn.ring <= 92


@pytest.mark.once
def test_without_a_history_no_trail_is_drawn():
    assert not trail.draw([], now=datetime(2026, 1, 1, tzinfo=UTC), width=96).dots


@pytest.mark.once
def test_a_trail_waits_in_dashes_and_warns_when_that_is_longer_than_usual():
    at = datetime(2026, 1, 1, tzinfo=UTC)

    early, late = (trail.draw([("applied", at)], now=at + timedelta(days=days), width=96) for days in (2, 20))
    answered = trail.draw([("applied", at), ("offer", at)], now=at + timedelta(days=20), width=96)

    assert (early.waits, early.quiet, late.quiet, answered.waits) == (True, False, True, False)


@pytest.mark.once
@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-400, "25 Oct 2024"),
        (-30, "30 Oct"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (6, "Saturday"),
        (7, "6 Dec"),
    ],
)
def test_days_are_said_as_a_person_says_them(days, said):
    today = datetime(2025, 11, 29, tzinfo=UTC).date()

    assert dates.day(today + timedelta(days=days), today) == said.replace("Saturday", "Friday")


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "letters"), [("Nordwind", "N"), ("nord wind gmbh", "NW"), ("…", "·"), ("", "·"), ("1&1 AG", "1A")]
)
def test_a_company_has_the_first_letters_of_its_name(name, letters):
    assert monogram.initials(name) == letters
    assert 0 <= monogram.hue(name) < monogram.HUES


def test_pages_are_kept_by_nobody_else_and_carry_the_policy(adas):
    answer = adas.get("/app/")

    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "nonce" not in answer.content.decode()
