"""JSON, and what is nearly JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onward.domain.ingestion.sources import mending
from onward.domain.ingestion.sources.documents import parse
from onward.domain.ingestion.sources.mending import TooLong, mended

VALUES = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-(10**20), 10**20)
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def mend(text, size=10**6):
    return "".join(mended(iter([text[start : start + size] for start in range(0, len(text), size)])))


@given(VALUES, some.booleans(), some.sampled_from([None, 1]), some.integers(1, 30))
def test_what_is_json_comes_out_as_it_is_however_it_comes_in(value, ascii_only, indent, size):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    if "\\ud" in text.lower():
        # Halves of surrogate pairs are mended.
        return

    assert mend(text, size) == text


@given(some.text(alphabet='[]{}:,"\\ux0d8NaItrue/*-.e1 \n', max_size=40), some.integers(1, 8))
def test_it_makes_no_difference_where_a_text_is_cut_into_pieces(text, size):
    def whole(pieces):
        try:
            return json.loads(mend(text, pieces))
        except ValueError:
            return "no JSON"

    assert whole(size) == whole(1000)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[NaN, -Infinity, Infinity, undefined]", [None] * 4),
        ("[00, 0x10, +1, .5, 1., -]", ["00", "0x10", "+1", ".5", "1.", "-"]),
        ('{"a": ' + "9" * 400 + "}", {"a": "9" * 400}),
        ("[1e99999]", ["1e99999"]),
        ("[1, 2, ]", [1, 2]),
        ('{"a": 1 ,}', {"a": 1}),
        ('["a\nb\tc\x01"]', ["a\nb\tc\x01"]),
        (r'["a\xb", "it\'s"]', ["a\\xb", "it\\'s"]),
        (r'["\ud800", "\udfff\ud800", "\ud83d\ude00"]', ["\ufffd", "\ufffd\ufffd", "😀"]),
        ('[1 /* one, "two" */, 3] // end', [1, 3]),
        ('<!-- [1, "<!-- kept -->"] -->', [1, "<!-- kept -->"]),
        ("<![CDATA[ [[1]] ]]>", [[1]]),
        ('["http://example.org/* no comment */"]', ["http://example.org/* no comment */"]),
        ('{"a": 1, "a": 2}', {"a": 2}),
    ],
)
def test_what_is_nearly_json_is_read_as_it_was_meant(text, meant):
    assert parse(text) == meant
    for size in (1, 3, 7):
        assert json.loads(mend(text, size)) == meant


@pytest.mark.parametrize(
    "text", ["", "[", '["a', "{", "hello there", "<html></html>", "[1] [2]", '{"a" 1}', "[" * 200_000]
)
def test_what_is_none_is_none(text):
    with pytest.raises(ValueError):  # noqa: PT011 (whichever)
        parse(text)


def test_a_string_without_an_end_is_given_up(monkeypatch):
    monkeypatch.setattr(mending, "LONGEST", 1000)

    with pytest.raises(TooLong):
        mend('["' + "x" * 5000, 100)
