"""What the log looks like, on a terminal and elsewhere."""

import io
import json
import logging
import os
import re

import pytest
import structlog

from onward.platform.http import log
from onward.platform.http.log import ACCESS, REQUEST_ID, Patient, formatter, request_line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(params=[Terminal, io.StringIO])
def stream(request):
    """A terminal and a file, written to by a handler of their own."""
    stream = request.param()
    REQUEST_ID.set("")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(stream))
    loggers = [ACCESS, logging.getLogger("onward.tried")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
    ACCESS.setLevel(logging.WARNING)


def plain(stream) -> str:
    return re.sub(r"\033\[\d+m", "", stream.getvalue())


def test_a_request_is_one_line_without_its_query(stream, rf):
    request_line(rf.get("/verify-email/a%0Ab%1b[2J?token=sentinel"), status=200, milliseconds=3.14)

    line = plain(stream)
    assert line.count("\n") == 1
    assert "sentinel" not in line
    assert "\033" not in line
    if isinstance(stream, Terminal):
        assert re.fullmatch(r"\d\d:\d\d:\d\d  200  GET /verify-email/a%0Ab%1B%5B2J  3 ms\n", line)
    else:
        said = json.loads(line)
        assert (said["method"], said["path"], said["status"]) == ("GET", "/verify-email/a%0Ab%1B%5B2J", 200)


def test_an_event_is_a_line_for_people_or_an_object_for_machines(stream):
    structlog.get_logger("onward.tried").warning("the provider is down", provider="local\nhost")

    line = plain(stream)
    assert line.count("\n") == 1
    if isinstance(stream, Terminal):
        assert re.fullmatch(r"\d\d:\d\d:\d\d  warning  the provider is down  provider=local\\nhost\n", line)
    else:
        assert json.loads(line)["provider"] == "local\nhost"


def test_colours_are_left_out_where_they_are_not_wanted(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    record = logging.makeLogRecord({"name": "onward.tried", "levelno": 40, "levelname": "ERROR", "msg": "gone"})

    assert "\033" not in formatter(Terminal()).format(record)


class Pipe:
    """What a log is written to: full as soon as nobody reads it."""

    def __init__(self) -> None:
        self.reads, self.writes = os.pipe()
        for end in (self.reads, self.writes):
            os.set_blocking(end, False)

    def fill(self) -> None:
        with pytest.raises(BlockingIOError):
            while os.write(self.writes, b"." * 4096):
                pass

    def read(self) -> list[str]:
        found = b""
        try:
            while piece := os.read(self.reads, 1 << 20):
                found += piece
        except BlockingIOError:
            pass
        return found.replace(b".", b"").decode().splitlines()


@pytest.fixture
def pipe():
    pipe = Pipe()
    yield pipe
    os.close(pipe.reads)
    os.close(pipe.writes)


@pytest.fixture
def tried(pipe):
    """A logger that writes to the pipe, as the log's own does."""
    loggers = [logging.getLogger("onward.tried"), log.LOG]
    handler = Patient(pipe.writes)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield loggers[0]
    for logger in loggers:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)


def test_warnings_that_cannot_be_written_come_later_and_once(tried, pipe):
    tried.info("before")
    pipe.fill()
    tried.info("first")
    tried.info("a line for a request")
    tried.warning("second")

    assert pipe.read() == ["before"]
    tried.info("after")

    *lines, said = pipe.read()
    assert lines == ["first", "second", "after"]
    assert re.fullmatch(r"the log could not be written to for a while \(.*\); 1 lines of it are lost", said)
    tried.info("later")
    assert pipe.read() == ["later"]


def test_only_the_latest_warnings_wait_and_it_is_said_how_many_are_lost(tried, pipe, monkeypatch):
    monkeypatch.setattr(log, "MOST_WAITING", 3)
    pipe.fill()
    for number in range(10):
        tried.warning("line %s", number)

    pipe.read()
    tried.info("after")

    *lines, said = pipe.read()
    assert lines == ["line 0", "line 8", "line 9", "after"]
    assert said.endswith("; 7 lines of it are lost")
