"""Every sentence of the pages goes through gettext, and a file is all that a language takes."""

import ast
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from django.apps import apps
from django.core.management import call_command
from django.template import engines
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from jinja2 import nodes

import onward.web
from onward.demo import DOMAIN
from onward.demo import PASSWORD as DEMO_PASSWORD
from onward.domain.accounts.models import User
from onward.domain.applications.models import Application
from onward.domain.assistant.models import Task
from onward.domain.board.models import Posting
from onward.domain.interviews.models import Interview
from onward.domain.learning.models import Certificate
from onward.domain.notifications import links as notices
from onward.platform.jobs import run_due
from onward.web import languages
from scripts import messages
from tests.apis.tracker.test_auth_links import reset_link, verification
from tests.client import Api
from tests.factories import PASSWORD, ApplicationFactory, StatusChangeFactory, UserFactory
from tests.web.browsers import Browser, signed_in
from tests.web.said import ENDS, NAMES, NOT_READ, TOLD, unmarked

WEB = Path(onward.web.__file__).parent
GETTEXT = {"_", "gettext", "ngettext", "gettext_lazy", "gettext_noop", "_lazy", "_noop", "pgettext", "npgettext"}
# A sentence, a label of several words, or one that begins with a capital.
SENTENCE = re.compile(r"[A-Z][a-z]|[^\W\d_] [^\W\d_]")


def languages_in(folder, settings):
    """Take the languages that a folder holds, as the settings do."""
    names = [file.parent.parent.name for file in folder.glob("*/LC_MESSAGES/onward.po")]
    settings.LOCALE_PATHS = [folder]
    settings.LANGUAGES = [("en", "English"), *((name.replace("_", "-").lower(), name) for name in names)]
    languages.learn.cache_clear()


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """The made-up language, once."""
    folder = tmp_path_factory.mktemp("locale")
    messages.pseudo(folder)
    return folder


@pytest.fixture
def pseudo(made_up, settings):
    languages_in(made_up, settings)
    return {"accept-language": "en-XA"}


def german(tmp_path, settings, **said):
    """Say some sentences in German."""
    catalogue = Catalog(locale="de")
    for english, there in said.items():
        catalogue.add(english, there)
    messages.write(catalogue, messages.file_of("de", tmp_path))
    languages_in(tmp_path, settings)


# What stands in the code


class Texts(HTMLParser):
    """Collects the texts of a template, without what is put into them."""

    def __init__(self):
        super().__init__()
        self.found, self._within = [], []

    def handle_starttag(self, tag, attributes):
        self._within.append(tag)
        told = ((name, value) for name, value in attributes if value)
        self.found += [text for name, text in told if name in TOLD or (name[:5] == "data-" and SENTENCE.search(text))]

    def handle_endtag(self, tag):
        while self._within and self._within.pop() != tag:
            pass

    def handle_data(self, data):
        if not NOT_READ & set(self._within):
            self.found.append(data)


def constants(node):
    """Return the texts of expressions that gettext does not get."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in GETTEXT:
        for each in node.kwargs:
            yield from constants(each.value)
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for each in node.iter_child_nodes():
        yield from constants(each)


@pytest.mark.once
@pytest.mark.parametrize("file", sorted(WEB.rglob("*.jinja")), ids=lambda file: str(file.relative_to(WEB)))
def test_no_template_says_anything_past_gettext(file):
    tree = engines["app"].env.parse(file.read_text())
    texts = Texts()
    texts.feed("".join(piece.data for piece in tree.find_all(nodes.TemplateData)))

    # A block of attributes is no text.
    said = [re.sub(r'[\w:-]+="[^"]*"', "", text).strip(" \n·") for text in texts.found]
    said = [text for text in said if re.search(r"[^\W\d_]{2}", text)]
    said += [text for text in constants(tree) if SENTENCE.search(text) and not re.match(r"[\w-]+/|Escape$", text)]

    # Attributes that modules look for, and headers.
    assert not [text for text in said if text not in NAMES | {"X-Live", "none", "false", "image", "search"}]


@pytest.mark.once
def test_no_module_says_anything_but_what_a_page_has_handed_over():
    found = []
    for file in (WEB / "static" / "onward" / "app").glob("*.js"):
        code = re.sub(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", "", file.read_text(), flags=re.DOTALL)
        for plain, pattern in re.findall(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`', code):
            text = plain or re.sub(r"\$\{[^}]*\}", "", pattern)
            # Neither a selector nor a name.
            if re.search(r"^[A-Z]?[a-z]+ [a-z]+|[a-z][.!?]$|[a-z] [a-z]+$", text) and not re.search(r"[\[#=>]", text):
                found.append(f"{file.name}: {text}")

    assert not found


# Words of programs.
KEPT = {
    "default-src 'none'; sandbox",
    "Welcome to OfferTracker API",
    'Say {"type": "catch_up", "since": 5}.',
    " is not an icon",
    "Ctrl K",
    "Mac OS",
}


def beyond(tree):
    """Return what gettext gets, and what only programmers read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT:
            yield from map(id, ast.walk(node))
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            yield id(body[0].value)


@pytest.mark.once
def test_no_view_or_form_says_anything_past_gettext():
    found = []
    for file in set(WEB.rglob("*.py")) - {WEB / "kit" / "markdown.py"}:
        tree = ast.parse(file.read_text())
        apart = set(beyond(tree))
        texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        found += [
            f"{file.relative_to(WEB)}:{node.lineno}: {node.value}"
            for node in texts
            if id(node) not in apart
            and node.value not in KEPT
            and re.search(
                r"^[A-Z][a-z]+ \w|[a-z]{2} [a-z]{2,}.*[.!?]$|^[A-Z].*[a-z][.!?]$| [a-z]{2,}[.!?]?$", node.value
            )
            and "(?P<" not in node.value
        ]

    assert not found


# What pages say


@pytest.fixture
def demo(db, pseudo):
    """The demo account, signed in by a browser that asks for the made-up language."""
    call_command("demo", verbosity=0)
    browser = Browser()
    browser.defaults |= {"HTTP_ACCEPT_LANGUAGE": "en-XA", "HTTP_ACCEPT": "text/html"}
    browser.open("/app/sign-in/")
    browser.send("/app/sign-in/", email=f"demo@{DOMAIN}", password=DEMO_PASSWORD, keep="on")
    browser.open("/app/")
    return browser


def routes(resolver=None, prefix="/"):
    """Return the route of every page of ours, with its view."""
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + re.sub(r"^\^|/\?\$$|\$$|\\\\", "", str(each.pattern))
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        elif isinstance(each, URLPattern) and each.callback.__module__.startswith("onward.web."):
            yield route


def texts_of(value):
    """Return every text in a value of a row."""
    if isinstance(value, str):
        yield from (value, *value.splitlines())
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_of(each)


def kept():
    """Return every text that stands in the database."""
    rows = (row for model in apps.get_models() for row in model._base_manager.values())
    found = {text for row in rows for value in row.values() for text in texts_of(value)}
    return {re.sub(r"\s+", " ", text).strip(ENDS) for text in found}


def import_of(browser, cells):
    browser.open("/app/import/")
    return browser.send("/app/import/", cells=cells).headers["Location"]


def of_demo(browser):
    """Return addresses by the route that they belong to; of a route that is not named there is one page."""
    user = User.objects.get(email=f"demo@{DOMAIN}")
    by_status = {each.status: each.pk for each in Application.objects.filter(owner=user).order_by("pk")}
    known = Application.objects.get(pk=by_status["applied"])
    Task.objects.create(owner=user, kind="cover_letter", request={"application_id": known.pk})
    planned, done, undone = (
        import_of(browser, f"Company,Title,Status\nNordlicht {each},Cook,applied\n") for each in "abc"
    )
    for address in (done, undone):
        browser.send(f"{address}start/")
    run_due()
    browser.send(f"{undone}take-back/")
    browser.send(f"/app/applications/{by_status['ghosted']}/delete/")
    newcomer = UserFactory(username="newcomer", email="newcomer@example.org", is_email_verified=False)
    certificate, job = Certificate.objects.first(), Posting.objects.filter(is_internship=False).first()
    token = notices.address(uid=user.uid, notification_type="weekly_summary").partition("?")[2]
    applications = [by_status[status] for status in by_status if status != "ghosted"]
    interviews = Interview.objects.filter(owner=user).values_list("pk", flat=True)[:3]
    board = "/app/applications/"
    asked = ("", "?view=table&columns=status,applied,next,priority,location,source,salary,deadline,touched")
    asked += (
        "?q=zzz",
        "?view=table&q=zzz",
        "?priority=high&source=linkedin&quiet=1&from=2020-01-01&tag=1&work_type=remote",
    )
    return {
        board: [board + query for query in asked],
        f"{board}<int:pk>/": [f"{board}{pk}/" for pk in applications],
        **{
            f"{board}<int:pk>/{rest}/": [f"{board}{known.pk}/{rest}/"]
            for rest in ("assistant", "delete", "edit", "move")
        },
        **{
            f"{board}<int:pk>/{rest}/": [f"{board}{known.pk}/{rest}/"]
            for rest in ("interviews/new", "offer", "reflection")
        },
        "/app/import/<int:pk>/": [planned, done, undone],
        "/app/interviews/<int:pk>/": [f"/app/interviews/{pk}/" for pk in interviews],
        "/app/palette/": ["/app/palette/", "/app/palette/?q=zzz"],
        "/board/(?P<kind>jobs|internships)": ["/board/jobs/", "/board/internships/"],
        "/board/(?P<kind>jobs|internships)/(?P<pk>[0-9]{1,18})": [f"/board/jobs/{job.pk}/"],
        "/certificates/(?P<uid>[0-9a-fA-F-]{36})": [f"/certificates/{certificate.uid}/"],
        "/unsubscribe": [f"/unsubscribe?{token}", "/unsubscribe?token=x"],
        "/verify-email": [f"/verify-email?token={verification(Api(), newcomer)}", "/verify-email?token=x"],
        "/reset-password": [f"/reset-password?token={reset_link(Api(), newcomer)}", "/reset-password?token=x"],
    }


# Of these nothing is a page.
FILES = ("ics", ".csv", "export", "documents/", "views/(", "favicon", "manifest", "pictures", "robots")


def test_no_page_says_anything_past_gettext(demo):
    addresses = of_demo(demo)
    known = kept() | {f"Nordlicht {each}" for each in "abc"} | {"Company", "Title", "Status"}
    read, found = 0, []
    for route in sorted({*routes()}):
        if any(name in route for name in FILES):
            continue
        # What is not named above takes forms only: any number will do.
        usual = re.sub(r"<uuid:\w+>", str(UUID(int=1)), re.sub(r"<(int|slug):\w+>", "1", route))
        for address in addresses.get(route, [usual]):
            answer = (Browser() if "sign-" in address else demo).get(address, headers={"accept-language": "en-XA"})
            if answer.status_code in {302, 405}:
                continue
            assert answer.status_code == 200 or "token=x" in address, (address, answer.status_code)
            read += 1
            found += [f"{address}: {text}" for text in unmarked(answer.content.decode(), known)]

    assert not found, "\n".join(sorted({*found}))
    assert read > 40


def test_what_is_refused_is_said_in_the_language_of_the_page(ada, pseudo):
    made = StatusChangeFactory(application=ApplicationFactory(owner=ada, status="applied"), after="applied")
    browser = signed_in(ada)
    one = f"/app/applications/{made.application_id}/"
    sent = {
        "/app/applications/new/": {"salary_currency": "Euro", "applied_date": "soon"},
        "/app/applications/views/": {"name": "", "query": "?q=a"},
        "/app/import/": {},
        "/app/settings/close/": {"password": "wrong", "sure": "on"},
        "/app/settings/columns/": {},
        "/app/settings/columns/board/applied/": {"do": "name", "name": "x" * 50},
        "/app/settings/email/": {"email-email": "nobody", "email-password": "wrong"},
        "/app/settings/mails/": {"interview_reminder_hours": "-1", "quiet_hours_start": "late"},
        "/app/settings/password/": {"old_password": PASSWORD, "new_password": "12345678"},
        "/app/settings/second-factor/": {"factor-password": "wrong"},
        "/app/start/capture/": {},
        f"{one}change/": {"field": "applied_date", "value": "soon"},
        f"{one}move/": {"to": "nowhere"},
        f"{one}documents/": {},
        f"{one}moves/{made.pk}/": {"do": "take_back"},
        f"{one}notes/": {},
        f"{one}people/": {"email": "nobody"},
        f"{one}tags/": {"tag": ""},
    }

    found = []
    for address, fields in sent.items():
        answer = browser.post(address, {"csrfmiddlewaretoken": browser.token, **fields}, headers=pseudo)
        page = browser.get("/app/start/", headers=pseudo) if answer.status_code == 302 else answer
        wrong = re.findall(
            r'<p class="(?:error|notice wrong)".*?</p>|<div class="toast error">.*?</div>', page.text, re.DOTALL
        )
        assert wrong, address
        found += [f"{address}: {text}" for each in wrong for text in unmarked(each, set())]

    assert not found, "\n".join(found)


def test_signing_in_is_refused_in_the_language_of_the_page(ada, pseudo):
    browser = Browser()
    browser.open("/app/sign-in/")

    answer = browser.post(
        "/app/sign-in/",
        {"csrfmiddlewaretoken": browser.token, "email": ada.email, "password": "wrong"},
        headers=pseudo,
    )

    assert messages.marked("The email or the password is not right.") in answer.text


# Which language it is


def test_a_file_is_all_that_a_language_takes(tmp_path, settings, ada):
    browser = signed_in(ada)
    german(tmp_path, settings, Settings="Einstellungen")

    answer = browser.get("/app/settings/", headers={"accept-language": "de-AT,de;q=0.9,en;q=0.5"})

    assert '<html lang="de"' in answer.text
    assert "<h1>Einstellungen</h1>" in answer.text
    assert answer["Content-Language"] == "de"
    assert "Accept-Language" in answer["Vary"]
    # What is not translated yet is said in English.
    assert "Second factor" in answer.text


@pytest.mark.parametrize("asked", ["", "fr", "nonsense", "d" * 5000, "*"])
def test_where_there_is_no_such_language_a_page_is_english(db, tmp_path, settings, asked):
    german(tmp_path, settings, **{"Sign in": "Anmelden"})

    answer = Client().get("/app/sign-in/", headers={"accept-language": asked})

    assert '<html lang="en"' in answer.text
    assert "<h1>Sign in</h1>" in answer.text


def test_days_and_numbers_are_written_as_the_language_has_it(tmp_path, settings, ada):
    german(tmp_path, settings, today="heute")
    here = timezone.now()
    applied, deadline = here.date().replace(year=here.year - 1, month=3, day=9), here.date() + timedelta(days=3)
    made = ApplicationFactory(
        owner=ada, applied_date=applied, deadline=deadline, salary_min=60_000, salary_max=70_000, salary_currency="EUR"
    )
    browser = signed_in(ada)

    english = browser.get(f"/app/applications/{made.pk}/").text
    there = browser.get(f"/app/applications/{made.pk}/", headers={"accept-language": "de"}).text

    weekday = Locale("de").days["format"]["wide"][deadline.weekday()]
    assert f"9 Mar {applied.year}" in english
    assert "60,000–70,000 EUR" in english
    assert f"9. März {applied.year}" in there
    assert "60.000–70.000 EUR" in there
    assert weekday in there
    assert f"{deadline:%A}" in english


def test_an_api_and_an_export_stay_english_whatever_is_asked_for(as_ada, ada, pseudo):
    ApplicationFactory(owner=ada, job_title="Cook", status="offer")
    browser = signed_in(ada)
    page = browser.get("/app/applications/?view=table", headers=pseudo)

    # By the same thread as the page.
    refused = as_ada.post("/tracker/api/v1/applications/", {}, headers=pseudo)
    labelled = as_ada.get("/tracker/api/v1/applications/", headers=pseudo)
    exported = b"".join(browser.get("/app/applications/export.csv", headers=pseudo).streaming_content).decode()

    assert messages.marked("Applications") in page.text
    assert "This field is required." in refused.content.decode()
    for said in (refused.content.decode(), labelled.content.decode(), exported):
        assert not re.search("[ĝĥñŕšţ]", said)
    assert "Accept-Language" not in labelled.headers.get("Vary", "")


def test_what_is_put_into_a_sentence_is_escaped(ada, pseudo):
    made = ApplicationFactory(owner=ada, job_title="<b>100 % of %(title)s</b>")

    for headers in (pseudo, {}):
        page = signed_in(ada).get(f"/app/applications/{made.pk}/delete/", headers=headers).text
        assert "&lt;b&gt;100 % of %(title)s&lt;/b&gt;" in page
        assert "<b>100" not in page


@pytest.mark.once
def test_the_made_up_language_is_a_third_longer():
    sentences = [form for message in messages.collected() if message.id for form in messages._forms(message.id)]

    assert len(sentences) > 700
    assert 1.3 < sum(len(messages.marked(each)) for each in sentences) / sum(map(len, sentences)) < 1.5
