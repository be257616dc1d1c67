"""What people read when nothing is there, or something broke."""

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from onward.config import errors
from tests.factories import ApplicationFactory, PostingFactory

HTML = {"accept": "text/html"}


def test_who_is_signed_in_keeps_the_rail_where_nothing_is(adas, ben):
    theirs = ApplicationFactory(owner=ben)

    answer = adas.get(f"/app/applications/{theirs.pk}/", headers=HTML)

    assert answer.status_code == 404
    assert 'aria-label="Sign out"' in answer.text
    assert 'href="/app/">To Today' in answer.text
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_who_is_not_signed_in_is_led_to_the_front_door():
    answer = Client().get("/nowhere/", headers=HTML)

    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert 'href="/">To the start' in answer.text
    assert "rail" not in answer.text


def test_the_page_of_an_error_looks_as_its_reader_chose(adas):
    adas.send("/app/settings/look/", theme="dark", density="")

    assert 'data-theme="dark"' in adas.get("/nowhere/", headers=HTML).text


@pytest.mark.django_db
def test_a_form_that_has_gone_stale_is_refused_in_the_same_frame():
    answer = Client(enforce_csrf_checks=True).post("/app/sign-in/", {"email": "x"}, headers=HTML)

    assert answer.status_code == 403
    assert "gone stale" in answer.text
    assert "onward/app/tokens" in answer.text


def test_what_is_over_leads_to_what_is_open(db):
    closed = PostingFactory(is_internship=False, published_at=timezone.now(), closes_on="2020-01-01")

    answer = Client().get(f"/board/jobs/{closed.pk}", headers=HTML)

    assert answer.status_code == 410
    assert 'href="/board/jobs">Jobs that are open' in answer.text


class Broken:
    """A request that must be asked for nothing: neither cookies nor whose it is."""

    api = ""
    id = "abc123"

    def __init__(self):
        self.headers = RequestFactory().get("/", headers=HTML).headers

    @property
    def COOKIES(self):
        raise AssertionError("asked")

    META = actor = COOKIES


def test_a_page_about_a_broken_request_asks_it_for_nothing(queries):
    with queries() as asked:
        answers = [errors.failed(Broken()), errors.bad_request(Broken(), ValueError())]

    assert [answer.status_code for answer in answers] == [500, 400]
    assert all("abc123" in answer.content.decode() for answer in answers)
    assert not asked
