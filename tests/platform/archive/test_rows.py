"""Rows as lines, and checksums that are the same on both databases."""

import json

import pytest

from onward.platform.archive.rows import CHUNK, Digest, packed, unpacked
from onward.platform.archive.shape import Column, Table

TABLE = Table("t", "app.t", "id", True, (Column("id", "number"), Column("document", "json")))


def checksum(*documents):
    digest = Digest(TABLE)
    digest.add([(number, document) for number, document in enumerate(documents)])
    return str(digest)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"b": 1, "aa": {"d": 2, "c": 3}}', '{"aa": {"c": 3, "d": 2}, "b": 1}'),
        ("[1e16, 1.50, -0.0]", "[10000000000000000, 1.5, 0.0]"),
        ('"\\u00fc"', '"ü"'),
        ("[1e-7]", "[0.0000001]"),
    ],
)
def test_documents_of_the_same_value_have_the_same_checksum(one, other):
    assert checksum(one) == checksum(other)


@pytest.mark.parametrize(
    ("one", "other"), [("null", None), ("[1, 2]", "[2, 1]"), ('"1"', "1"), ("[0.1]", "[0.2]"), ("true", "1")]
)
def test_documents_of_other_values_have_another(one, other):
    assert checksum(one) != checksum(other)


def test_a_row_more_is_another_table():
    assert checksum("1") != checksum("1", "1")


def test_a_document_keeps_its_text():
    assert json.loads(Digest(TABLE).add([(1, '{"b": 1,  "a": 1e2}')])[0]) == [1, '{"b": 1,  "a": 1e2}']


def test_a_chunk_ends_soon_after_its_size_and_nothing_is_lost_between_two():
    lines = [json.dumps([number, "x" * 1000]) for number in range(3000)]

    chunks = list(packed(lines))

    assert len(chunks) == -(-sum(map(len, lines)) // CHUNK)
    assert [row for chunk in chunks for row in unpacked(chunk)] == [json.loads(line) for line in lines]
