"""The pages of the applications."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application, Note
from onward.domain.insight.queries.board import ORDERS
from tests.factories import (
    PASSWORD,
    ApplicationFactory,
    CompanyFactory,
    ContactFactory,
    InterviewFactory,
    NoteFactory,
    ReminderFactory,
    ResumeFactory,
    StatusChangeFactory,
    TagFactory,
    TaggingFactory,
)
from tests.poison import POISON
from tests.web.browsers import signed_in

LIST = "/app/applications/"


def text(answer):
    return answer.content.decode()


def applied(owner, company="Nordwind", **fields):
    made = ApplicationFactory(owner=owner, company=CompanyFactory(owner=owner, name=company), **fields)
    StatusChangeFactory(application=made, after=made.status, changed_at=timezone.now() - timedelta(days=3))
    return made


def test_an_empty_board_says_how_to_begin(adas):
    assert "Your board is empty." in text(adas.get(LIST))


def test_the_board_shows_each_application_in_its_column(adas, ada):
    for status in Status:
        applied(ada, company=f"Company {status}", status=status)

    page = text(adas.get(LIST))

    columns = page.split('<section class="column ')[1:]
    assert len(columns) == 6
    for column, status in zip(columns, (*list(Status)[:5], None), strict=True):
        if status:
            assert f"Company {status}" in column
    assert all(f"Company {status}" in columns[5] for status in list(Status)[5:])


def test_the_board_costs_three_statements_whatever_is_on_it(adas, ada, queries):
    tag = TagFactory(owner=ada)
    for number in range(5):
        made = applied(ada, company=f"Company {number}")
        TaggingFactory(application=made, tag=tag)
        InterviewFactory(application=made, owner=ada, scheduled_at=timezone.now() + timedelta(days=2))

    with queries() as asked:
        page = adas.get(LIST)

    assert text(page).count("data-application") == 5
    assert len(asked) == 3


def test_a_column_shows_thirty_cards_and_leads_to_those_that_follow(adas, ada):
    company = CompanyFactory(owner=ada)
    ApplicationFactory.create_batch(33, owner=ada, company=company)
    for made in Application.objects.all():
        StatusChangeFactory(application=made, after=made.status)

    page = text(adas.get(LIST))

    assert page.count("data-application") == 30
    assert "Show more: 3<" in page
    further = re.search(r'data-more="30" href="([^"]+)"', page)[1].replace("&amp;", "&")
    rest = text(adas.get(f"{LIST}{further}"))
    assert rest.count("data-application") == 3
    assert "data-more" not in rest
    numbers = re.findall(r'data-application="(\d+)"', page + rest)
    assert sorted(map(int, numbers)) == sorted(Application.objects.values_list("pk", flat=True))


def test_how_far_a_column_was_read_stands_in_the_address(adas, ada):
    company = CompanyFactory(owner=ada)
    ApplicationFactory.create_batch(65, owner=ada, company=company, status=Status.OFFER)

    for cards, shown in (("offer.60", 60), ("applied.90-offer.65", 65), ("offer.1", 30), ("offer.x-nonsense.9", 30)):
        page = text(adas.get(LIST, {"cards": cards}))
        assert page.count("data-application") == shown
        assert ("data-more" in page) is (shown < 65)


@pytest.mark.parametrize("order", ORDERS)
def test_a_column_stands_in_the_order_that_was_asked_for(adas, ada, order):
    for number in range(6):
        applied(
            ada,
            company=f"Company {number * 5 % 7}",
            priority=("low", "high", "", "medium")[number % 4],
            applied_date=date(2026, 5, 1 + number * 3 % 5) if number else None,
            next_action_date=date(2026, 6, 1 + number * 7 % 5) if number > 1 else None,
        )
    rows = Application.objects.order_by(*ORDERS[order]).values_list("pk", flat=True)

    page = text(adas.get(LIST, {"sort": order}))

    assert list(map(int, re.findall(r'data-application="(\d+)"', page))) == list(rows)


def test_without_scripts_a_card_is_moved_on_a_page_of_its_own_that_leads_back(adas, ada):
    made = applied(ada, job_title="Engineer")
    page = text(adas.get(f"{LIST}{made.pk}/move/", headers={"referer": f"http://testserver{LIST}?q=eng"}))

    assert f'name="next" value="{LIST}?q=eng"' in page
    assert page.count('name="to"') == len(Status) - 1
    answer = adas.send(f"{LIST}{made.pk}/move/", to="offer", next=f"{LIST}?q=eng")
    assert answer.url == f"{LIST}?q=eng"


@pytest.mark.parametrize("view", ["board", "table"])
@pytest.mark.parametrize(
    ("wanted", "found"), [("nordwínd ENG", True), ("100%", False), ("leipzig", True), ("a b c d e", False)]
)
def test_a_search_finds_company_title_and_place_in_any_case_and_accents(adas, ada, view, wanted, found):
    applied(ada, job_title="Engineer", location="Leipzig")

    page = text(adas.get(LIST, {"q": wanted, "view": view}))

    assert ("data-application" in page) is found


@pytest.mark.parametrize("sort", ["company", "title", "status", "applied", "next", "touched", "nonsense"])
def test_the_table_is_sorted_as_the_address_says(adas, ada, queries, sort):
    applied(ada, company="Beta", job_title="A")
    applied(ada, company="Alpha", job_title="B")

    with queries() as asked:
        page = text(adas.get(LIST, {"view": "table", "sort": sort}))

    assert page.count("data-application") == 2
    assert len(asked) == 2
    if sort == "company":
        assert page.index("Alpha") < page.index("Beta")
    if sort == "title":
        assert page.index("Beta") < page.index("Alpha")


def test_an_application_is_written_down_in_a_minute(adas, ada):
    adas.open(f"{LIST}new/")

    answer = adas.send(f"{LIST}new/", company_name="Nordwind", job_title="Engineer", status="applied")

    made = Application.objects.get(owner=ada)
    assert answer.headers["Location"] == f"{LIST}{made.pk}/"
    assert (made.company.name, made.status, made.applied_date) == ("Nordwind", "applied", timezone.now().date())
    assert "Engineer is on your board." in text(adas.get(answer.headers["Location"]))


def test_a_bookmark_fills_the_form(adas):
    page = text(adas.get(f"{LIST}new/", {"url": "https://nordwind.example/jobs/1", "title": "Engineer"}))

    assert 'value="https://nordwind.example/jobs/1"' in page
    assert 'value="Engineer"' in page


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(adas):
    adas.open(f"{LIST}new/")

    answer = adas.send(
        f"{LIST}new/", company_name="", job_title="Engineer", status="applied", salary_min="9", salary_max="1"
    )

    assert answer.status_code == 422
    assert "This field is required." in text(answer)
    assert 'value="Engineer"' in text(answer)
    assert not Application.objects.exists()


def test_a_refusal_of_the_record_is_said_above_the_form(adas):
    adas.open(f"{LIST}new/")

    answer = adas.send(f"{LIST}new/", company_name="N", job_title="E", status="applied", salary_min="9", salary_max="1")

    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert not Application.objects.exists()


def test_an_application_tells_its_story_in_four_statements_whatever_hangs_on_it(adas, ada, queries):
    resume = ResumeFactory(owner=ada)
    made = applied(ada, job_title="Engineer", next_action="Call them", resume=resume)
    NoteFactory(application=made, content="They use <b>Python</b>")
    InterviewFactory(application=made, owner=ada, scheduled_at=timezone.now() + timedelta(days=2))
    for number in range(3):
        TaggingFactory(application=made, tag=TagFactory(owner=ada))
        ReminderFactory(owner=ada, application=made, remind_at=timezone.now() + timedelta(days=number))
        ContactFactory(owner=ada, application=made)
        ApplicationFactory(owner=ada, company=made.company)

    with queries() as asked:
        page = text(adas.get(f"{LIST}{made.pk}/"))

    assert len(asked) == 4
    assert "They use &lt;b&gt;Python&lt;/b&gt;" in page
    assert page.count('class="entry"') == 3
    assert "Call them" in page


def test_a_move_goes_through_the_record_and_back_to_where_it_came_from(adas, as_ada, ada):
    made = applied(ada, status=Status.APPLIED)

    answer = adas.send(f"{LIST}{made.pk}/move/", to="interviewing", next=f"{LIST}?q=nord")

    assert answer.headers["Location"] == f"{LIST}?q=nord"
    assert as_ada.get(f"/tracker/api/v1/applications/{made.pk}/").json()["status"] == "interviewing"
    assert "Nordwind: Interviewing." in text(adas.get(LIST))


def test_a_script_that_moves_a_card_gets_the_page_that_it_came_from_with_the_undo(adas, ada):
    made = applied(ada)

    page = adas.post(
        f"{LIST}{made.pk}/move/",
        {"csrfmiddlewaretoken": adas.token, "to": "offer"},
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{LIST}?q=nord"},
        follow=True,
    )

    assert page.redirect_chain == [(f"{LIST}?q=nord", 302)]
    assert "Nordwind: Offer." in text(page)
    assert "data-undo" in text(page)


@pytest.mark.parametrize("word", ["", "nonsense", "APPLIED", "\x00"])
def test_a_move_to_nowhere_is_refused_and_says_so(adas, ada, word):
    made = applied(ada)

    adas.send(f"{LIST}{made.pk}/move/", to=word)

    made.refresh_from_db()
    assert made.status == Status.APPLIED
    assert "Not moved." in text(adas.get(LIST))


def test_a_note_is_kept_as_it_was_written(adas, ada):
    made = applied(ada)

    answer = adas.send(f"{LIST}{made.pk}/notes/", content="Two lines\nof it", note_type="research")

    assert answer.status_code == 302
    note = Note.objects.get(application=made)
    assert (note.content.replace("\r", ""), note.note_type) == ("Two lines\nof it", "research")
    assert adas.send(f"{LIST}{made.pk}/notes/", content=" ", note_type="research").status_code == 422


def test_changing_and_deleting_go_through_their_pages(adas, ada):
    made = applied(ada, job_title="Engineer", salary_currency="EUR")
    page = text(adas.open(f"{LIST}{made.pk}/edit/"))
    assert 'value="Engineer"' in page

    adas.send(f"{LIST}{made.pk}/edit/", company_name="Südwind", job_title="Lead", salary_currency="")
    made.refresh_from_db()
    assert (made.company.name, made.job_title, made.salary_currency) == ("Südwind", "Lead", "EUR")

    assert "Delete Lead at Südwind?" in text(adas.open(f"{LIST}{made.pk}/delete/"))
    adas.send(f"{LIST}{made.pk}/delete/")
    assert not Application.objects.exists()


@pytest.mark.parametrize("path", ["", "edit/", "move/", "notes/", "delete/"])
def test_what_is_anothers_does_not_exist(adas, ben, path):
    theirs = applied(ben)
    address = f"{LIST}{theirs.pk}/{path}"

    assert adas.get(address).status_code in {404, 405}
    assert adas.send(address, to="offer", content="x", note_type="general").status_code in {404, 405}

    theirs.refresh_from_db()
    assert theirs.status == Status.APPLIED
    assert Note.objects.count() == 0


@pytest.mark.parametrize("value", POISON, ids=lambda value: ascii(str(value))[:30])
def test_nothing_that_is_typed_breaks_a_page(adas, ada, value):
    made = applied(ada)
    value = str(value)
    answers = [
        adas.get(LIST, {"q": value, "page": value, "sort": value, "view": value, "cards": value, "columns": value}),
        adas.get(LIST, {"column": "applied", "begin": value, "cards": f"applied.{value}-{value}"}),
        adas.get(LIST, {"q": value, "page": value, "view": "table"}),
        adas.get(f"{LIST}new/", {"url": value, "title": value, "text": value, "status": value}),
        adas.send(
            f"{LIST}new/", company_name=value, job_title=value, job_url=value, status="applied", salary_min=value
        ),
        adas.send(f"{LIST}{made.pk}/notes/", content=value, note_type=value),
        adas.send(f"{LIST}{made.pk}/move/", to=value, next=value),
    ]

    assert all(answer.status_code < 500 for answer in answers)


def test_two_browsers_see_one_record(ada, adas):
    other = signed_in(ada)
    made = applied(ada)

    other.send(f"{LIST}{made.pk}/move/", to="offer")

    assert "s-offer" in text(adas.get(f"{LIST}{made.pk}/"))
    assert PASSWORD not in text(adas.get(LIST))
