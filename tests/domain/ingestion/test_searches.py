"""Searches by a package that operators add themselves; here a stand-in of its name."""

import os
import textwrap

import pytest

from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Broken
from onward.domain.ingestion.found import Pay
from onward.domain.ingestion.sources import jobspy
from tests.waiting import until

ENTRY = Entry("Search", "jobspy", "https://www.linkedin.com", "data intern")


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Install a package called jobspy, whose search does this."""

    def install(body):
        folder = tmp_path / "packages"
        folder.mkdir()
        code = "class Table:\n    def __init__(self, text): self.text = text\n    def to_json(self, **_): return self.text\n"
        code += "def scrape_jobs(*, site_name, search_term, google_search_term, results_wanted, description_format, verbose):\n"
        (folder / "jobspy.py").write_text(code + textwrap.indent(textwrap.dedent(body), "    "))
        monkeypatch.syspath_prepend(folder)
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]))

    return install


def test_what_a_search_finds_is_read(package, read):
    package(
        """
        import json, os
        assert (site_name, search_term, results_wanted) == (["linkedin"], "data intern", 100)
        assert not [name for name in os.environ if name.startswith("ONWARD_")]
        row = {"id": "li-1", "title": "Data Intern", "company": "Northwind", "job_url": "https://jobs.example.org/1",
               "location": "Berlin, Germany", "is_remote": True, "job_type": "internship", "date_posted": "2026-01-05",
               "min_amount": 20.0, "max_amount": None, "currency": "EUR", "interval": "hourly", "description": "<b>Count.</b>"}
        return Table(json.dumps([row, {"id": "li-2", "title": None}]))
        """
    )

    first, second = read(ENTRY)

    assert (first.external_id, first.title, first.company, first.work_mode) == (
        "li-1",
        "Data Intern",
        "Northwind",
        "remote",
    )
    assert first.internship
    assert first.places[0].country == "DE"
    assert first.pay == Pay(20, None, "EUR", "hour")
    assert second.reason == "title: must hold text."


def test_a_search_that_fails_is_a_failure(package, read):
    package("raise RuntimeError('403')")

    with pytest.raises(Broken, match="refuses programs"):
        read(ENTRY)


def test_a_search_ends_with_the_reading(package, read, tmp_path):
    package(
        f"""
        import os, time
        open({str(tmp_path / "pid")!r}, "w").write(str(os.getpid()))
        time.sleep(600)
        """
    )

    class Unwanted(BaseException):
        pass

    def wanted():
        pid = tmp_path / "pid"
        if pid.exists() and pid.read_text():
            raise Unwanted

    with pytest.raises(Unwanted):
        read(ENTRY, wanted=wanted)

    pid = int((tmp_path / "pid").read_text())
    until(lambda: not os.path.exists(f"/proc/{pid}"))


def test_a_search_that_takes_too_long_is_a_failure(package, read, monkeypatch):
    package("import time; time.sleep(600)")
    monkeypatch.setattr(jobspy, "LONGEST", 1.0)

    with pytest.raises(Broken, match="took longer"):
        read(ENTRY)


def test_without_the_package_it_says_so(read, monkeypatch):
    monkeypatch.setattr(jobspy, "find_spec", lambda name: None)

    with pytest.raises(Broken, match="python-jobspy is not installed"):
        read(ENTRY)


def test_only_the_sites_that_it_knows_are_searched(package, read):
    package("return Table('[]')")

    with pytest.raises(Broken, match="base_url: must be the address of one of indeed"):
        read(Entry("Search", "jobspy", "https://example.org", "intern"))
    assert read(Entry("Search", "jobspy", "", "intern")) == []
