"""Which part of a file is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.platform.http.ranges import Unsatisfiable, part_of


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 10)),
        ("bytes=0-0", (0, 1)),
        ("bytes=3-5", (3, 3)),
        ("bytes=3-99", (3, 7)),
        ("bytes=9-", (9, 1)),
        ("bytes=-3", (7, 3)),
        ("bytes=-99", (0, 10)),
        # What is passed over: the whole is sent.
        ("", None),
        ("bytes=5-3", None),
        ("bytes=0-1,4-5", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("items=0-1", None),
        ("bytes=٣-5", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_a_part_is_read_as_the_standard_says(header, part):
    assert part_of(header, 10) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_part_that_is_not_there_cannot_be_sent(header):
    with pytest.raises(Unsatisfiable):
        part_of(header, 10)


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(1, 1000))
def test_a_part_lies_within_the_file(first, last, size):
    try:
        part = part_of(f"bytes={first}-{last}", size)
    except Unsatisfiable:
        assert first >= size
    else:
        data = bytes(range(256)) * 4
        if part is not None:
            assert data[:size][part[0] : part[0] + part[1]] == data[:size][first : last + 1]
        else:
            assert last < first
