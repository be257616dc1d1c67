"""Lists that people keep as CSV."""

import pytest

from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Broken
from onward.domain.ingestion.found import Pay, Rejected
from tests.domain.ingestion.servers import Answer


@pytest.fixture
def listed(local, read):
    """Read a list with this text."""

    def reading(text):
        entry = local.add("csv", [])
        content = text if isinstance(text, bytes) else text.encode()
        local["csv"].site.respond = lambda request: Answer(200, {"Content-Type": "text/csv"}, content)
        return read(entry)

    return reading


@pytest.mark.parametrize(
    "text",
    [
        "Title,Company,URL\nData Intern,Northwind,https://example.org/1\n",
        "Job Title;Employer;Link\nData Intern;Northwind;https://example.org/1\n",
        "POSITION\tcompany_name\tjob-url\r\nData Intern\tNorthwind\thttps://example.org/1\r\n",
        "role|organisation|posting url\rData Intern|Northwind|https://example.org/1\r",
        b"\xef\xbb\xbfTitle,Company,URL\nData Intern,Northwind,https://example.org/1",
        "My jobs\n\nTitle,Company,URL,Mine\nData Intern,Northwind,https://example.org/1,x,y,z\n\n,,\n",
        '"Title","Company","URL"\n"Data Intern","Northwind","https://example.org/1"\n',
    ],
)
def test_columns_go_by_what_people_call_them(text, listed):
    (found,) = listed(text)

    assert (found.title, found.company, found.url) == ("Data Intern", "Northwind", "https://example.org/1")


def test_all_that_a_row_tells_is_taken(listed):
    (found,) = listed(
        "id,title,location,type,salary,remote,skills,deadline,posted,description,department\n"
        'J1,Intern,"Berlin, Germany; Remote",Internship,€15 per hour,yes,"python; sql",2026-05-01,2026-03-01,"One\ntwo",Labs\n'
    )

    assert found.external_id == "J1"
    assert [place.city for place in found.places] == ["Berlin", ""]
    assert found.work_mode == "remote"
    assert found.internship
    assert found.pay == Pay(15, 15, "EUR", "hour")
    assert found.skills == ("python", "sql")
    assert (str(found.closes_on), str(found.posted_at.date())) == ("2026-05-01", "2026-03-01")
    assert (found.description, found.department) == ("One\ntwo", "Labs")


def test_a_row_is_known_by_its_link_or_its_words(listed):
    head = "title,company,location,url\n"
    linked, plain, other = listed(head + "A,N,B,https://example.org/1\nA,N,B,\nA,N,C,\n")
    again = listed(head + "Another title,N,B,https://example.org/1\n")

    assert again[0].external_id == linked.external_id
    assert len({linked.external_id, plain.external_id, other.external_id}) == 3


def test_a_row_without_a_title_is_rejected(listed):
    first, second = listed("title,company\n,Northwind\nIntern,Northwind\n")

    assert first == Rejected("title: must hold text.")
    assert second.title == "Intern"


def test_an_empty_list_is_no_failure_and_one_without_titles_is(listed):
    assert listed("") == []
    assert listed("title,company\n") == []
    with pytest.raises(Broken, match="title"):
        listed("company,place\nNorthwind,Berlin\n")
    with pytest.raises(Broken, match="title"):
        listed("<html><body>Sign in</body></html>")


def test_what_programs_make_of_a_list_stops_nothing(listed):
    found = listed('title,company\n"=cmd|\' /C calc\'!A0",x\nA\0B,y\n"unclosed,z\nmore,w\n')

    assert [one.title for one in found][:2] == ["=cmd|' /C calc'!A0", "AB"]


def test_a_list_may_be_a_file_of_the_server_that_the_operator_names(local, read, settings, tmp_path):
    path = tmp_path / "openings.csv"
    path.write_text("title,company\nIntern,Northwind\n")
    entry = Entry("mine", "csv", str(path))

    with pytest.raises(Broken, match="file of sources"):
        read(entry)

    local.served["mine"] = type("Named", (), {"entry": entry})
    assert [one.title for one in read(entry)] == ["Intern"]
    path.unlink()
    with pytest.raises(Broken, match="cannot be read"):
        read(entry)
