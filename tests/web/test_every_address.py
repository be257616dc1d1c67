"""What holds for every address of the app, found in the table of addresses and by what its pages lead to."""

import gzip
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyotp
from django.utils import timezone
from jinja2 import Environment

import onward.web
from bench.web.client import Answer
from bench.web.figures import MOST_BYTES
from bench.web.pages import reached
from onward.domain.accounts.services import second_factor
from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application
from onward.domain.assistant.models import Generation, Task
from tests.factories import (
    PASSWORD,
    ApplicationFactory,
    InterviewFactory,
    NoteFactory,
    OutcomeFactory,
    ReminderFactory,
    SavedJobFactory,
    StatusChangeFactory,
    TagFactory,
    TaggingFactory,
)
from tests.web.browsers import Browser, signed_in

WEB = Path(onward.web.__file__).parent
CELLS = "Company;Role\nNordwind;Engineer\n;Nobody's\n"
# Opens to whoever has its address, which nobody can guess.
FOR_ANYBODY = {"certificates:certificate", "picture", "board:posting"}
# One for session, account and settings of the interface, three for what is shown; these two show more than one list.
MOST_STATEMENTS = 4
MORE = {"settings:settings": 5, "assistant:desk": 5}


class Walker:
    """Somebody who follows links, and counts what each page asks of the database."""

    def __init__(self, browser, queries):
        self.browser, self.queries, self.statements = browser, queries, {}

    def ask(self, path):
        with self.queries() as asked:
            answer = self.browser.get(path, headers={"accept": "text/html"})
        self.statements[path] = len(asked)
        body = answer.getvalue() if answer.streaming else answer.content
        return Answer(answer.status_code, answer.headers.get("Content-Type", ""), "", 0, len(body), body)


def search_of(owner, much=1):
    """Write down a search with something of everything: `much` rows of each."""
    for number in range(much):
        for status in Status:
            made = ApplicationFactory(owner=owner, status=status, next_action="Call", next_action_date=date(2020, 1, 1))
            StatusChangeFactory(application=made, after=status, changed_at=datetime(2020, 1, 1, tzinfo=UTC))
            TaggingFactory(application=made, tag=TagFactory(owner=owner))
            InterviewFactory(application=made, owner=owner, scheduled_at=timezone.now() + timedelta(hours=1 + number))
            ReminderFactory(owner=owner, application=made, remind_at=timezone.now())
            NoteFactory(application=made)
            about = {"owner": owner, "application": made, "model": "m", "warnings": ["w"]}
            Generation.objects.create(**about, kind="cover_letter", content="a", sources=[{"claim": "a", "fact": "b"}])
            Task.objects.create(owner=owner, kind="cover_letter", request={"application_id": made.pk})
        OutcomeFactory(application=Application.objects.filter(owner=owner, status="offer").latest("pk"))
        SavedJobFactory(owner=owner)


def fill(browser, owner):
    """Do what brings each page of the app into being."""
    search_of(owner)
    browser.open("/app/import/")
    for _ in range(2):
        browser.send("/app/import/", cells=CELLS)
    browser.send("/app/applications/views/", query="?view=table", name="Mine")
    browser.send(f"/app/applications/{ApplicationFactory(owner=owner).pk}/delete/")


def test_nobody_gets_at_what_is_anothers_by_any_address(adas, ada, ben, queries):
    fill(adas, ada)
    hers = reached(Walker(adas, queries)).named
    bens = signed_in(ben)
    addresses = {
        name: address
        for name, address in hers.items()
        if any(part.isdigit() for part in address.split("/")) and name not in FOR_ANYBODY
    }

    answers = {}
    for name, address in addresses.items():
        path = address.partition("?")[0]
        answers[name] = {bens.get(path).status_code, bens.send(path, do="done", to="offer", name="x").status_code}

    assert len(answers) > 20
    assert {name: found for name, found in answers.items() if not found <= {404, 405}} == {}


def test_every_page_costs_as_few_statements_with_much_in_it_as_with_little(adas, ada, queries):
    fill(adas, ada)
    little = Walker(adas, queries)
    pages = reached(little)
    search_of(ada, much=3)
    much = Walker(adas, queries)
    for address in pages.shown.values():
        much.ask(address)

    counts = {name: (little.statements[address], much.statements[address]) for name, address in pages.shown.items()}

    assert len(counts) > 20
    assert {name: both for name, both in counts.items() if both[1] > both[0]} == {}
    assert {name: both for name, both in counts.items() if both[1] > MORE.get(name, MOST_STATEMENTS)} == {}


def test_a_first_visit_of_the_board_is_light(adas, ada):
    search_of(ada, much=5)
    page = adas.get("/app/applications/", headers={"accept": "text/html"}).content
    sizes = {"document": len(gzip.compress(page)), "styles": 0, "scripts": 0, "fonts": 0}
    kinds = {".css": "styles", ".js": "scripts", ".woff2": "fonts"}
    for name in set(re.findall(r'(?:src|href)="/static/([^"#]+)', page.decode())):
        if kind := kinds.get(Path(name).suffix):
            content = (WEB / "static" / re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", name)).read_bytes()
            sizes[kind] += len(content) if kind == "fonts" else len(gzip.compress(content))

    assert page.count(b'class="card"') > 40
    assert sizes["scripts"] > 10_000
    assert {kind: size for kind, size in sizes.items() if size > MOST_BYTES[kind]} == {}
    assert sum(sizes.values()) <= MOST_BYTES["all"]


def test_every_template_is_shown_with_names_that_are_there(adas, ada, queries, monkeypatch):
    """A name that is not there fails the page: the environment is strict. So each template must be shown once."""
    shown = set()
    get = Environment.get_template
    monkeypatch.setattr(
        Environment, "get_template", lambda self, name, *rest: shown.add(name) or get(self, name, *rest)
    )
    fill(adas, ada)
    reached(Walker(adas, queries))
    reached(Walker(Browser(), queries))
    visitor = Browser()
    visitor.open("/app/forgot/")
    visitor.send("/app/forgot/", email=ada.email)
    adas.get("/app/nowhere/", headers={"accept": "text/html"})
    adas.get("/app/applications/?view=table")
    adas.send("/app/applications/many/", do="resume", pk=Application.objects.filter(owner=ada).latest("pk").pk)
    found = Application.objects.filter(owner=ada).latest("pk").pk
    adas.send(f"/app/applications/{found}/change/", field="location", was="Nowhere", value="Cork")
    adas.open("/app/import/")
    planned = adas.send("/app/import/", cells=CELLS).headers["Location"]
    adas.send(f"{planned}start/")
    adas.get(planned)
    setup = second_factor.set_up(user_id=ada.pk, at=timezone.now())
    second_factor.confirm(user_id=ada.pk, code=pyotp.TOTP(setup.secret).now(), at=timezone.now())
    visitor.open("/app/sign-in/")
    visitor.get(visitor.send("/app/sign-in/", email=ada.email, password=PASSWORD).headers["Location"])

    # What is for everybody, and what links in mails lead to, is shown by tests of its own.
    own = ("accounts/", "board/", "certificates/", "notifications/")
    templates = {str(file.relative_to(WEB)) for file in WEB.rglob("*.jinja")}
    assert {name for name in templates - shown if not name.startswith(own)} == set()
