"""What an account may keep counts while its forms are on their way."""

import pytest
from django.test import RequestFactory

from onward.config.receiving import REST, FormSink, sink_of
from onward.platform.http.bodies import Unread

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


@pytest.fixture
def begin(as_ada, settings):
    """Begin to send a form of so many bytes; 0: its length is not said."""
    settings.VIDEO_PER_ACCOUNT, settings.VIDEO_LIMIT = 10 * MEGABYTE, 6 * MEGABYTE
    begun = []

    def sink(length):
        said = {"Content-Length": str(length), "Authorization": f"Bearer {as_ada.access}"}
        kind = "multipart/form-data; boundary=b"
        request = RequestFactory().post("/campus/api/videos/", b"x", kind, headers=said)
        begun.append(sink_of(request))
        return begun[-1]

    yield sink
    for one in begun:
        if isinstance(one, FormSink):
            one.release()


def test_forms_on_their_way_count_as_what_they_may_bring(begin):
    first = begin(REST + 6 * MEGABYTE)
    second = begin(REST + 4 * MEGABYTE)
    assert (first.limit, second.limit) == (REST + 6 * MEGABYTE, REST + 4 * MEGABYTE)

    refused = begin(REST + MEGABYTE)

    assert isinstance(refused, Unread)
    assert refused.status == 413


def test_what_a_form_that_has_ended_was_promised_is_free_again(begin):
    begin(REST + 6 * MEGABYTE).release()

    assert begin(REST + 6 * MEGABYTE).limit == REST + 6 * MEGABYTE
    assert begin(REST + 4 * MEGABYTE).limit == REST + 4 * MEGABYTE


def test_a_form_that_does_not_say_its_length_may_bring_what_is_left(begin):
    begin(REST + 6 * MEGABYTE)

    assert begin(0).limit == REST + 4 * MEGABYTE
    assert begin(0).limit == REST
