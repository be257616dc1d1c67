"""The operator's file of sources."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.sources import KINDS
from onward.domain.ingestion.sources.file import read
from onward.domain.ingestion.sources.registry import address, is_public
from tests.poison import POISON

GOOD = {"name": "Northwind", "kind": "greenhouse", "base_url": "https://boards.example.org", "board": "northwind"}


def given(folder, content):
    path = folder / "sources.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return read(str(path))


def test_each_entry_is_a_source(tmp_path):
    found = given(
        tmp_path,
        [
            GOOD,
            {
                **GOOD,
                "name": "Second",
                "base_url": "http://10.1.2.3:8080/mirror",
                "company": "Southwind",
                "daily_limit": 3,
            },
            {"name": "Public", "kind": "lever", "board": "northwind"},
            {"name": "Feed", "kind": "remotive", "base_url": None, "board": None, "company": None, "daily_limit": None},
            {"name": "Page", "kind": "jsonld", "base_url": "https://example.org/careers?all=1", "board": ""},
            {"name": "List", "kind": "csv", "base_url": "lists/mine.csv"},
        ],
    )

    assert found[:3] == (
        Entry("Northwind", "greenhouse", "https://boards.example.org", "northwind"),
        Entry("Second", "greenhouse", "http://10.1.2.3:8080/mirror", "northwind", "Southwind", 3),
        Entry("Public", "lever", "", "northwind"),
    )
    assert found[3] == Entry("Feed", "remotive")
    assert found[5].base_url == str(tmp_path / "lists" / "mine.csv")
    assert read("") == ()
    assert given(tmp_path, []) == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": ""}, "entry 2: name: "),
        ({"name": " "}, "entry 2: name: "),
        ({"name": None}, "entry 2: name: "),
        ({"name": "x" * 101}, "name: "),
        ({"name": "Northwind"}, "entry 2 ('Northwind'): name: is that of another entry"),
        ({"kind": "monster"}, "entry 2 ('Second'): kind: must be one of greenhouse, lever, "),
        ({"kind": None}, "entry 2 ('Second'): kind: must be one of"),
        ({"base_url": "boards.example.org"}, "entry 2 ('Second'): base_url: must be a web address"),
        ({"base_url": "ftp://example.org"}, "base_url: must be a web address"),
        ({"base_url": "http://"}, "base_url: must be a web address"),
        ({"base_url": "http://exa mple.org"}, "base_url: must be a web address"),
        ({"base_url": "http://example.org:99999"}, "base_url: must be a web address"),
        ({"base_url": "http://me:secret@example.org"}, "base_url: must hold no name"),
        ({"base_url": "http://example.org/#x"}, "base_url: must hold no name"),
        ({"base_url": "http://example.org/?x=1"}, "base_url: must hold no query"),
        ({"base_url": 7}, "base_url: "),
        ({"kind": "jsonld", "base_url": ""}, "entry 2 ('Second'): base_url: must be given for jsonld"),
        ({"board": ""}, "entry 2 ('Second'): board: must be given for greenhouse"),
        ({"board": "../admin"}, "board: must be a board's name"),
        ({"board": "a/b"}, "board: must be a board's name"),
        ({"kind": "recruitee", "board": "a.evil.example/"}, "board: must be a board's name"),
        ({"board": 7}, "board: "),
        ({"daily_limit": 0}, "daily_limit: "),
        ({"daily_limit": "4"}, "daily_limit: "),
        ({"daily_limit": True}, "daily_limit: "),
        ({"url": "http://example.org"}, "entry 2 ('Second'): url: there is no such field"),
    ],
)
def test_a_bad_entry_is_named_with_its_field(change, problem, tmp_path):
    with pytest.raises(ImproperlyConfigured) as refused:
        given(tmp_path, [GOOD, {**GOOD, "name": "Second", **change}])

    assert "ONWARD_SOURCES_FILE: " in str(refused.value)
    assert problem in str(refused.value)
    assert "secret" not in str(refused.value)


def test_every_problem_is_named_at_once(tmp_path):
    with pytest.raises(ImproperlyConfigured) as refused:
        given(tmp_path, [{**GOOD, "kind": "x"}, {**GOOD, "name": "B", "board": "/"}, 7, "x", None])

    text = str(refused.value)
    assert [f"entry {number}" in text for number in range(1, 6)] == [True] * 5
    assert "entry 3: must be an object" in text


@pytest.mark.parametrize("field", ["name", "kind", "base_url", "board", "company", "daily_limit"])
def test_whatever_stands_in_a_field_is_taken_or_refused_by_its_name(field, tmp_path):
    for value in [*POISON["strings"], *POISON["integers"], True, [], {}, [1], {"a": 1}]:
        try:
            (found,) = given(tmp_path, [{**GOOD, field: value}])
        except ImproperlyConfigured as problem:
            assert f"{field}: " in str(problem), value
        else:
            assert str(getattr(found, field)).isprintable()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "is not JSON (line 1)"),
        ("", "is not JSON (line 1)"),
        ("{}", "must hold a list"),
        ("null", "must hold a list"),
        ("[" * 100_000, "is not JSON"),
        ('[{"name": 1e999}]', "entry 1: "),
    ],
)
def test_a_file_that_is_no_list_is_refused(content, problem, tmp_path):
    with pytest.raises(ImproperlyConfigured) as refused:
        given(tmp_path, content)

    assert problem in str(refused.value)


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(ImproperlyConfigured, match=r"nowhere/sources.json cannot be read: No such file"):
        read("nowhere/sources.json")


def start(folder, content, *arguments):
    """Start a command of a server that reads this file."""
    path = folder / "sources.json"
    path.write_text(json.dumps(content))
    mine = {name: value for name, value in os.environ.items() if not name.startswith("ONWARD_")}
    return subprocess.run(
        [sys.executable, *arguments],
        env={
            **mine,
            "ONWARD_SOURCES_FILE": str(path),
            "ONWARD_DATA_DIR": str(folder),
            "ONWARD_ADZUNA_APP_KEY": "a-key-of-ours",
            "DJANGO_SETTINGS_MODULE": "onward.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_bad_entry_stops_the_start(tmp_path):
    started = start(tmp_path, [{**GOOD, "kind": "monster"}], "-m", "onward", "check")

    assert started.returncode != 0
    assert "ONWARD_SOURCES_FILE: entry 1 ('Northwind'): kind: must be one of greenhouse" in started.stderr


def test_the_settings_show_it_and_what_is_wrong_with_it_but_no_key(tmp_path):
    shown = start(tmp_path, [{**GOOD, "board": "/"}], "-m", "onward", "settings")

    assert "ONWARD_SOURCES_FILE" in shown.stdout
    assert "a-key-of-ours" not in shown.stdout
    assert shown.returncode == 1
    assert "board: must be a board's name" in shown.stderr


def test_no_parser_is_loaded_before_a_source_is_read(tmp_path):
    program = (
        "import django, sys; django.setup()\n"
        "from django.conf import settings; assert settings.SOURCES\n"
        "print(sorted({'ijson', 'nh3', 'selectolax', 'price_parser', 'protego', 'tenacity'} & set(sys.modules)))"
    )
    started = start(tmp_path, [GOOD], "-c", program)

    assert started.stdout == "[]\n", started.stderr


def test_a_sources_address_is_its_own_host_with_the_kinds_path():
    here = Entry("x", "greenhouse", "http://127.0.0.1:9000/a/", "north wind/x")
    assert address(here, "/v1/{board}", q="a b") == "http://127.0.0.1:9000/a/v1/north%20wind%2Fx?q=a+b"
    assert (
        address(Entry("x", "recruitee", "", "northwind"), "/api/offers/")
        == "https://northwind.recruitee.com/api/offers/"
    )


def test_what_is_asked_of_a_public_host_holds_wherever_it_is_named():
    assert is_public(Entry("x", "remotive"))
    assert is_public(Entry("x", "remotive", "https://remotive.com"))
    assert not is_public(Entry("x", "remotive", "http://127.0.0.1:9000"))
    assert KINDS["remotive"].a_day == 4
