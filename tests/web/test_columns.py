"""Columns of the board and the table, as somebody names, orders, hides and folds them."""

import re

import pytest
from django.utils import timezone

from onward.domain.accounts.services import columns
from onward.domain.applications.choices import Status
from onward.web.applications.columns import BOARD
from tests.factories import ApplicationFactory
from tests.poison import POISON
from tests.web.browsers import signed_in

LIST = "/app/applications/"
PAGE = "/app/settings/columns/"


def board(browser, query=""):
    """Return the columns that a board shows: key, name and count, and whether it is folded."""
    page = browser.get(LIST + query).text
    found = re.findall(
        r'<section class="column s-(\w+)( folds)?".*?<span class="called">([^<]+)</span> <span class="count">(\d+)<',
        page,
        re.DOTALL,
    )
    return [(key, name, int(count), bool(folds)) for key, folds, name, count in found]


def keys(browser, query=""):
    return [column[0] for column in board(browser, query)]


@pytest.fixture
def full(ada):
    for status in Status:
        ApplicationFactory(owner=ada, status=status)


def do(browser, key, what, **fields):
    return browser.send(f"{PAGE}board/{key}/", do=what, next=LIST, **fields)


def test_a_column_is_named_on_the_screen_and_nowhere_else(adas, as_ada, ada, full):
    do(adas, "screening", "name", name="  Phone   calls ")

    assert board(adas)[2] == ("screening", "Phone calls", 1, False)
    page = adas.get(LIST).text
    assert 'value="screening" class="s-screening"><svg' in page
    assert "</svg>Phone calls</button>" in page
    statuses = {one["status"] for one in as_ada.get("/tracker/api/v1/applications/").json()["results"]}
    assert "screening" in statuses
    do(adas, "screening", "name", name="")
    assert board(adas)[2][1] == "Screening"


def test_a_column_is_folded_and_unfolded_and_what_has_ended_comes_folded(adas, full):
    assert [folded for *_, folded in board(adas)] == [False] * 5 + [True]

    do(adas, "offer", "fold")
    do(adas, "ended", "unfold")

    assert [folded for *_, folded in board(adas)] == [False] * 4 + [True, False]


def test_a_hidden_column_is_counted_above_the_board_and_can_be_looked_at(adas, full):
    do(adas, "screening", "hide")

    assert keys(adas) == ["wishlist", "applied", "interviewing", "offer", "ended"]
    page = adas.get(LIST).text
    assert page.count("data-application=") == len(Status) - 1
    assert 'Hidden: <a href="/app/applications/?column=screening">Screening</a> <span class="count">1</span>' in page
    assert keys(adas, "?column=screening") == ["screening"]
    assert "screening" in keys(adas, "?status=screening")


def test_a_column_moves_among_those_that_are_shown(adas, full):
    do(adas, "screening", "hide")

    do(adas, "interviewing", "left")
    assert keys(adas) == ["wishlist", "interviewing", "applied", "offer", "ended"]
    for _ in range(9):
        do(adas, "interviewing", "right")
    assert keys(adas) == ["wishlist", "applied", "offer", "ended", "interviewing"]
    assert [column.key for column in columns.arranged([], BOARD)][2] == "screening"


def test_all_columns_are_arranged_on_their_page_at_once(adas, full):
    page = adas.open(PAGE).text
    order = re.findall(r'name="key" value="(\w+)"', page)
    assert order[:6] == [*list(Status)[:5], "ended"]

    sent = {"key": ["offer", "nonsense", "offer", "applied"], "name-offer": "Yes!", "folded-applied": "on"}
    adas.send(PAGE, **sent, **{f"shown-{key}": "on" for key in ("offer", "applied", "ended")})

    assert board(adas) == [("offer", "Yes!", 1, False), ("applied", "Applied", 1, True), ("ended", "Ended", 4, False)]
    again = adas.get(PAGE).text
    assert 'value="Yes!"' in again
    assert re.findall(r'name="key" value="(\w+)"', again)[:3] == ["offer", "applied", "wishlist"]


def test_a_column_goes_up_and_down_by_its_buttons_and_what_was_typed_is_kept(adas, full):
    sent = {"key": [column.key for column in BOARD], **{f"shown-{column.key}": "on" for column in BOARD}}

    adas.send(PAGE, **sent, **{"name-offer": "Yes!", "do": "up-offer"})

    assert board(adas)[3][:2] == ("offer", "Yes!")
    adas.send(PAGE, **sent, do="down-ended")
    assert keys(adas) == [column.key for column in BOARD]


def test_one_column_at_least_is_shown(adas, full):
    for column in BOARD:
        do(adas, column.key, "hide")

    assert "At least one column is shown." in adas.get("/app/start/").text
    assert keys(adas) == ["ended"]
    answer = adas.send(PAGE, key=[column.key for column in BOARD])
    assert answer.status_code == 422
    assert "At least one column is shown." in answer.text


def test_a_name_that_is_too_long_stands_beside_its_field_and_nothing_is_kept(adas, ada):
    answer = adas.send(PAGE, **{"name-offer": "x" * 31, "shown-offer": "on"})

    assert answer.status_code == 422
    assert 'id="id_name-offer_error"' in answer.text
    assert do(adas, "offer", "name", name="x" * 31).status_code == 302
    ada.refresh_from_db()
    assert ada.columns == {}


def test_the_table_keeps_the_columns_that_were_chosen_last_and_an_address_may_say_others(adas, full):
    heads = re.compile(r'sort=-?(\w+)">')

    answer = adas.send(f"{PAGE}table/", key=["salary"], column=["status", "salary", "x"], next=f"{LIST}?view=table")

    assert answer.url == f"{LIST}?view=table"
    assert heads.findall(adas.get(LIST, {"view": "table"}).text)[2:] == ["salary", "status"]
    assert heads.findall(adas.get(LIST, {"view": "table", "columns": "source"}).text)[2:] == ["source"]
    adas.send(f"{PAGE}table/", key=["salary", "status"], column=["status", "salary"], do="down-salary")
    assert heads.findall(adas.get(LIST, {"view": "table"}).text)[2:] == ["status", "salary"]
    adas.send(f"{PAGE}table/")
    assert heads.findall(adas.get(LIST, {"view": "table"}).text)[2:] == ["status", "applied", "next", "touched"]


def test_a_kept_view_of_the_table_keeps_its_columns_when_others_are_chosen(adas, ada):
    adas.send(f"{PAGE}table/", column=["salary"])
    adas.send(f"{LIST}views/", name="Pay", query="?view=table&sort=-salary")
    adas.send(f"{PAGE}table/", column=["source"])

    ada.refresh_from_db()
    assert "columns=salary" in ada.views[0]["query"]


def test_all_columns_come_back_as_they_were(adas, ada, full):
    do(adas, "offer", "hide")
    adas.send(f"{PAGE}table/", column=["salary"])

    adas.send(f"{PAGE}usual/")

    ada.refresh_from_db()
    assert ada.columns == {}
    assert keys(adas) == [column.key for column in BOARD]


def test_columns_cost_no_page_a_statement_more(adas, full, queries):
    do(adas, "offer", "name", name="Yes!")
    do(adas, "ended", "hide")

    for address, statements in ((LIST, 3), (f"{LIST}?view=table", 2), (PAGE, 1), ("/app/start/", 1)):
        with queries() as asked:
            adas.get(address)
        assert len(asked) == statements


def test_columns_are_their_owners_alone(adas, ben):
    ApplicationFactory(owner=ben)
    do(adas, "offer", "hide")

    assert keys(signed_in(ben)) == [column.key for column in BOARD]
    assert do(adas, "nonsense", "hide").status_code == 404


def test_two_menus_at_the_same_moment_lose_nothing_of_each_other(ada, together):
    about = {"user_id": ada.pk, "usual": BOARD, "at": timezone.now()}
    together(6, lambda number: columns.change(**about, key=BOARD[number].key, name=f"Column {number}"))

    ada.refresh_from_db()
    assert [each["name"] for each in ada.columns["board"]] == [f"Column {number}" for number in range(6)]


@pytest.mark.parametrize("value", POISON, ids=lambda value: ascii(str(value))[:30])
def test_nothing_that_is_typed_breaks_the_columns(adas, value):
    value = str(value)
    answers = [
        do(adas, "offer", "name", name=value),
        do(adas, "offer", value),
        adas.send(PAGE, **{"key": value, "name-offer": value, "shown-offer": value, "do": value}),
        adas.send(f"{PAGE}table/", column=value, key=value, do=value),
    ]

    assert all(answer.status_code < 500 for answer in answers)
    assert all(adas.get(page).status_code == 200 for page in (LIST, PAGE))
