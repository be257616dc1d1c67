"""Finding documents by their terms, on either database."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from onward.platform.search.index import Index
from onward.platform.search.migrating import MakeIndex, NameStretches
from onward.platform.search.numbers import at_least, at_most, number_terms
from onward.platform.search.terms import split, terms

TRIAL = Index("search_trial", stretch=4)


@pytest.fixture
def index(db):
    with connection.cursor() as cursor:
        for statement in MakeIndex("search_trial").statements(connection.vendor):
            cursor.execute(statement)
    return TRIAL


WORDS = st.sampled_from(["rust", "c++", "c#", "straße", "t:engin", "データ", "o.k", "_"])
DOCUMENTS = st.dictionaries(st.integers(0, 5000), st.sets(WORDS, min_size=1), max_size=40)
QUERIES = st.lists(st.sets(WORDS, min_size=1, max_size=6), max_size=3)
BOUNDS = st.one_of(st.none(), st.integers(0, 5001))


def only(documents):
    TRIAL.remove(TRIAL.find([], most=10_000))
    TRIAL.put(documents.items())


@given(documents=DOCUMENTS, query=QUERIES, below=BOUNDS, least=BOUNDS, most=st.integers(1, 50))
def test_finds_what_has_one_of_each_alternatives_the_highest_first(index, documents, query, below, least, most):
    only(documents)
    wanted = sorted(
        (
            number
            for number, held in documents.items()
            if all(held & group for group in query)
            and (below is None or number < below)
            and (least is None or number >= least)
        ),
        reverse=True,
    )

    assert index.find(query, below=below, least=least, most=most) == wanted[:most]


@given(documents=DOCUMENTS, gone=st.sets(st.integers(0, 5000)))
def test_what_is_removed_is_not_found(index, documents, gone):
    only(documents)
    index.remove(gone)

    assert index.find([], most=100) == sorted(documents.keys() - gone, reverse=True)
    assert index.find([{"rust"}], most=100) == sorted(
        (number for number, held in documents.items() if "rust" in held and number not in gone), reverse=True
    )


@pytest.mark.skipif(connection.vendor == "sqlite", reason="only PostgreSQL has stretches")
def test_terms_that_were_written_without_stretches_are_found_when_these_are_named(index):
    with connection.cursor() as cursor:
        for number in (17, 300):
            before = "'rust' 'c++' '=0:1' '=1:0'"
            cursor.execute("INSERT INTO search_trial (id, terms) VALUES (%s, %s::tsvector)", [number, before])
        for statement in NameStretches("search_trial", TRIAL.stretch).statements(connection.vendor):
            cursor.execute(statement)

    assert index.find([{"rust"}, {"c++"}], most=9) == [300, 17]
    assert index.find([{"=0:1"}], most=9) == []


@given(value=st.integers(0, 80_000), bound=st.integers(0, 80_000))
def test_numbers_are_compared_by_terms(value, bound):
    held = set(number_terms("p", value))
    value, bound = min(value, 65_535), min(bound, 65_535)

    assert bool(held & set(at_least("p", bound))) == (value >= bound)
    assert bool(held & set(at_most("p", bound))) == (value <= bound)
    assert len(held) <= 9


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("C++, C# and C", ["c++", "c#", "and", "c"]),
        (".NET developer (ASP.NET)", ["dotnet", "developer", "asp", "net"]),
        ("R&D in Zürich", ["r", "and", "d", "in", "zurich"]),
        ("データ分析", ["デー", "ータ", "タ分", "分析"]),
        ("x" * 41, []),
    ],
)
def test_words_of_the_trade_are_words(text, words):
    assert split(text) == words


def test_endings_make_no_difference():
    assert terms("engineers") == terms("Engineer") == terms("engineering")


@given(text=st.text())
def test_a_term_holds_nothing_that_an_index_would_cut(text):
    assert not any(set(" \"'\\\n\t\x00").intersection(term) for term in terms(text))
