"""Frames of clients, as RFC 6455 has them."""

import pytest

from onward.platform.live import frames
from tests.wire import masked


def read(data: bytes, longest: int = 4096, *, step: int = 0) -> list[frames.Frame]:
    reader = frames.Reader(longest)
    parts = [data] if not step else [data[at : at + step] for at in range(0, len(data), step)]
    found = []
    for part in parts:
        reader.add(part)
        found += list(iter(reader.next, None))
    return found


@pytest.mark.parametrize("step", [0, 1, 3])
@pytest.mark.parametrize("size", [0, 1, 125, 126, 4096])
def test_a_text_of_any_length_is_read_however_it_arrives(size, step):
    text = b"x" * size

    assert read(masked(frames.TEXT, text) + masked(frames.PING, b"p"), step=step) == [
        (frames.TEXT, text),
        (frames.PING, b"p"),
    ]


def test_a_message_in_parts_is_one_with_a_ping_between_them():
    data = (
        masked(frames.TEXT, b"one ", last=False)
        + masked(frames.PING, b"")
        + masked(frames.CONTINUATION, b"two", last=True)
    )

    assert read(data) == [(frames.PING, b""), (frames.TEXT, b"one two")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (masked(frames.TEXT, b"x" * 4097), 1009),
        # Before the payload has come.
        (b"\x81\xff" + (2**62).to_bytes(8, "big"), 1009),
        (masked(frames.TEXT, b"x" * 4000, last=False) + masked(frames.CONTINUATION, b"x" * 97), 1009),
        (masked(frames.BINARY, b"x"), 1003),
        (frames.frame(frames.TEXT, b"not masked"), 1002),
        (b"\xc1" + masked(frames.TEXT, b"x")[1:], 1002),
        (masked(0x3, b""), 1002),
        (masked(frames.PING, b"x" * 126), 1002),
        (masked(frames.PING, b"", last=False), 1002),
        (masked(frames.CONTINUATION, b"x"), 1002),
        (masked(frames.TEXT, b"x", last=False) + masked(frames.TEXT, b"x"), 1002),
    ],
)
def test_what_breaks_the_protocol_or_a_limit_is_refused_with_its_code(data, code):
    with pytest.raises(frames.Bad) as caught:
        read(data)

    assert caught.value.code == code


@pytest.mark.parametrize(("size", "head"), [(125, 2), (126, 4), (65536, 10)])
def test_a_frame_of_ours_says_its_length(size, head):
    assert len(frames.frame(frames.TEXT, b"x" * size)) == head + size


@pytest.mark.parametrize("payload", [b"\x03", b"\x03\xec", b"\x00\x01", b"\x03\xed", b"\x03\xe8\xff"])
def test_a_code_that_nobody_may_close_with_is_refused(payload):
    with pytest.raises(frames.Bad):
        frames.code_of(payload)
