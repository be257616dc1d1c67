"""Lists that are read piece by piece."""

import io
import json
import tracemalloc
from decimal import Decimal

import pytest

from onward.domain.ingestion.fetching import Body, Broken
from onward.domain.ingestion.sources import documents
from onward.domain.ingestion.sources.documents import DEEPEST, Listing, document


def body(content, content_type="application/json"):
    raw = content if isinstance(content, bytes) else content.encode()
    return Body("http://example.org/", {"content-type": content_type}, io.BytesIO(raw), b"")


def test_the_items_of_a_list_come_one_by_one_and_the_rest_is_kept():
    listing = Listing(body('{"name": "n", "jobs": [1, {"a": [{"b": 1.5}]}, []], "page": {"next": null}}'), "jobs")

    assert list(listing) == [1, {"a": [{"b": Decimal("1.5")}]}, []]
    assert listing.rest == {"name": "n", "page": {"next": None}}


def test_a_list_within_an_item_is_not_the_list():
    listing = Listing(body('{"other": {"jobs": [9]}, "jobs": [{"jobs": [8]}]}'), "jobs")

    assert list(listing) == [{"jobs": [8]}]


def test_a_list_may_come_with_a_mark_of_its_byte_order_or_in_another_charset():
    assert list(Listing(body(b"\xef\xbb\xbf[1]"))) == [1]
    assert list(Listing(body('["Zürich"]'.encode("latin-1"), "application/json; charset=iso-8859-1"))) == ["Zürich"]
    assert list(Listing(body(b'["Z\xfcrich"]'))) == ["Z\ufffdrich"]
    assert list(Listing(body(b'["x"]', "application/json; charset=no-such"))) == ["x"]


def test_what_lies_too_deep_is_left_out():
    deep = "1"
    for _ in range(1000):
        deep = f"[{deep}]"

    (first, second) = Listing(body(f'[{{"a": {deep}, "b": 2}}, {{"c": 3}}]'))

    assert first["b"] == 2
    assert second == {"c": 3}
    assert str(first["a"]).count("[") < DEEPEST


def test_brackets_without_end_take_no_memory():
    # A parser that keeps where it is as text would need fifty gigabytes.
    tracemalloc.start()
    with pytest.raises(Broken, match="cut"):
        list(Listing(body("[" * 100_000)))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_of_an_item_with_a_great_many_values_the_first_ones_are_kept(monkeypatch):
    monkeypatch.setattr(documents, "MOST_VALUES", 100)

    (item, other) = Listing(body(json.dumps([list(range(1000)), 1])))

    assert item == list(range(101))
    assert other == 1


def test_one_value_has_its_limit(monkeypatch):
    monkeypatch.setattr(documents, "LONGEST", 200_000)

    assert len(list(Listing(body(json.dumps(["x" * 50_000] * 20))))) == 20
    with pytest.raises(Broken, match="larger"):
        list(Listing(body(json.dumps(["x" * 500_000]))))


@pytest.mark.parametrize("number", ["9" * 5000, "1e99999999999999999999", "-" + "1" * 4301])
def test_numbers_that_no_computer_holds_become_text(number):
    assert list(Listing(body(f"[{number}, 1]"))) == [number, 1]


def test_a_short_document_is_read_at_once(monkeypatch):
    assert document(body('{"a": [1, NaN]}')) == {"a": [1, None]}
    with pytest.raises(Broken, match="cut"):
        document(body('{"a": '))
    monkeypatch.setattr(documents, "WHOLE", 10)
    with pytest.raises(Broken, match="larger"):
        document(body('{"a": "0123456789"}'))
