"""Views of the board and the table that somebody keeps."""

import html
import re

import pytest

from onward.domain.accounts.services import views
from tests.factories import ApplicationFactory
from tests.poison import POISON
from tests.web.browsers import signed_in

LIST = "/app/applications/"
KEEP = f"{LIST}views/"


def rail(answer):
    found = re.search(r'<ul class="pinned".*?</ul>', answer.text, re.DOTALL)
    return re.findall(r'href="([^"]+)"[^>]*>([^<]+)<', html.unescape(found[0])) if found else []


def test_a_view_is_kept_under_a_name_with_its_columns_and_stands_in_the_rail_of_every_page(adas, ada, queries):
    ApplicationFactory(owner=ada)
    query = "?view=table&priority=high&columns=status%2Csalary&sort=-salary"

    answer = adas.send(KEEP, name="Well  paid", query=f"{query}&page=3&nonsense=1")

    assert answer.url.startswith(LIST + query)
    with queries() as asked:
        page = adas.get("/app/start/")
    assert len(asked) == 1
    [(address, name)] = rail(page)
    assert name == "Well paid"
    assert address.startswith(LIST + query)
    assert "page=" not in address
    assert 'aria-current="page">Well paid' in adas.get(address).text


def test_a_view_of_the_same_name_replaces_the_other(adas, ada):
    adas.send(KEEP, name="Mine", query="?q=a")
    adas.send(KEEP, name="MINE", query="?q=b")
    adas.send(KEEP, name="another", query="?q=c")

    assert rail(adas.get("/app/start/")) == [(f"{LIST}?q=c", "another"), (f"{LIST}?q=b", "MINE")]


def test_a_view_leaves_the_rail_comes_back_and_is_deleted(adas, ada):
    adas.send(KEEP, name="Mine", query="?q=a")
    ada.refresh_from_db()
    one = f"{KEEP}{ada.views[0]['id']}/"

    for do, there in (("unpin", 0), ("pin", 1), ("delete", 0)):
        adas.send(one, do=do, next="/app/start/")
        assert len(rail(adas.get("/app/start/"))) == there

    ada.refresh_from_db()
    assert ada.views == []
    assert adas.send(one, do="delete").status_code == 404


def test_nobody_else_has_ones_views(adas, ada, ben):
    adas.send(KEEP, name="Mine", query="?q=a")
    ada.refresh_from_db()
    bens = signed_in(ben)

    assert rail(bens.get("/app/start/")) == []
    assert bens.send(f"{KEEP}{ada.views[0]['id']}/", do="delete").status_code == 404
    ada.refresh_from_db()
    assert len(ada.views) == 1


def test_a_view_that_was_deleted_comes_back_by_its_undo_unless_another_has_its_name(adas, ada):
    adas.send(KEEP, name="Mine", query="?q=a")
    ada.refresh_from_db()
    before = ada.views

    for again in (False, True):
        adas.send(f"{KEEP}{before[0]['id']}/", do="delete")
        page = adas.get("/app/start/").text
        if again:
            adas.send(KEEP, name="mine", query="?q=b")
        adas.send(re.findall(r'action="(/app/undo/[0-9a-f-]+/)"', page)[0])
        ada.refresh_from_db()
        assert (ada.views == before) is not again

    assert "There is another view of this name." in adas.get("/app/start/").text


def test_there_are_thirty_views_at_most(adas, ada):
    for number in range(views.MOST + 1):
        adas.send(KEEP, name=f"View {number}", query="?q=a")

    ada.refresh_from_db()
    assert len(ada.views) == views.MOST
    assert "Delete one first" in adas.get("/app/start/").text


@pytest.mark.parametrize("value", POISON, ids=lambda value: ascii(str(value))[:30])
def test_nothing_that_is_typed_breaks_a_view(adas, ada, value):
    value = str(value)
    answers = [
        adas.send(KEEP, name=value, query="?q=a"),
        adas.send(KEEP, name="x", query=value),
        adas.send(KEEP, name="y", query=f"?q={value}&tag={value}"),
    ]

    assert all(answer.status_code == 302 for answer in answers)
    assert adas.get("/app/start/").status_code == 200
    assert adas.get(answers[1].url).status_code == 200


def test_views_that_are_kept_at_the_same_moment_are_all_kept(ada, together):
    from django.utils import timezone

    now = timezone.now()
    together(30, lambda number: views.keep(user_id=ada.pk, name=f"View {number}", query="?q=a", at=now))

    ada.refresh_from_db()
    assert len(ada.views) == 30
