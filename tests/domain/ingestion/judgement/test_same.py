"""Which postings of a source are known already."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onward.domain.ingestion.found import Place
from onward.domain.ingestion.judgement import same
from onward.domain.ingestion.judgement.keys import keys
from onward.domain.ingestion.judgement.places import LONGEST as LONGEST_PLACE
from onward.domain.ingestion.judgement.places import place_key, read_key, spots
from onward.domain.ingestion.judgement.same import Known, Row, Verdict, judge, reposts
from onward.domain.ingestion.judgement.titles import LONGEST as LONGEST_TITLE
from onward.domain.ingestion.judgement.titles import read_title, read_title_key, title_key
from onward.platform.words import words
from tests.domain.ingestion.judgement.pairs import SETS, figures, pairs
from tests.poison import POISON

BOARD, FEED = 1, 2


def known(
    id, title="Data Intern", *, company="Larkspur", places=("Oslo",), sources=(BOARD,), links=(), is_closed=False
):
    told = keys(company=company, title=title, places=[Place(place) for place in places])
    return Known(id, told, frozenset(sources), frozenset(links), is_closed)


def row(id, title="Data Intern", *, company="Larkspur", places=("Oslo",), link=""):
    return Row(id, keys(company=company, title=title, places=[Place(place) for place in places]), link)


def test_the_labelled_pairs_are_at_least_three_hundred_and_told_rightly():
    everything = [pair for name in SETS for pair in pairs(name)]
    found = figures(everything)

    assert found.pairs >= 300
    assert found.precision >= 0.99
    assert found.recall >= 0.9


@pytest.mark.parametrize("name", SETS)
def test_each_set_of_pairs_is_told_rightly(name):
    found = figures(pairs(name))

    assert found.precision >= 0.99
    assert found.recall >= 0.9


def test_every_pair_is_told_alike_from_both_sides():
    mirrored = [pair for name in SETS for pair in pairs(name)]

    assert [pair.is_judged_same() for pair in mirrored] == [
        replace(pair, one=pair.other, other=pair.one).is_judged_same() for pair in mirrored
    ]


def test_postings_that_are_the_same_share_a_block_to_be_found_by():
    joined = [pair for name in SETS for pair in pairs(name) if pair.is_judged_same() and not pair.one.link]

    assert joined
    for pair in joined:
        one, other = pair.one.keys, pair.other.keys
        assert one.heads == other.heads or one.tails == other.tails


def test_another_source_tells_the_same_posting():
    assert judge([row("a")], [known(7)], source=FEED) == {"a": Verdict(same=7)}


def test_on_one_board_the_id_alone_decides():
    there = known(7, links={"https://lark.example/jobs/7"})

    assert judge([row("a", link="https://lark.example/jobs/7")], [there], source=BOARD) == {"a": Verdict()}


def test_a_link_decides_whatever_the_words():
    there = known(7, "Summer Analyst", links={"https://lark.example/jobs/7"})

    assert judge([row("a", link="https://lark.example/jobs/7")], [there], source=FEED) == {"a": Verdict(same=7)}


def test_a_link_that_several_postings_share_decides_nothing():
    link = "https://lark.example/apply/form9"
    there = [known(7, "Summer Analyst", links={link}), known(8, "Sales Intern", links={link})]

    assert judge([row("a", link=link)], there, source=FEED) == {"a": Verdict()}
    assert judge([row("a", link=link), row("b", "Tax Intern", link=link)], there[:1], source=FEED) == {
        "a": Verdict(),
        "b": Verdict(),
    }


def test_two_openings_of_a_board_are_joined_with_two_of_another_one_by_one():
    there = [known(7), known(8)]
    judged = judge([row("a"), row("b"), row("c")], there, source=FEED)

    assert judged == {"a": Verdict(same=7), "b": Verdict(same=8), "c": Verdict()}


def test_the_most_alike_row_is_the_posting_and_the_other_is_new():
    judged = judge([row("a", "Data Interns", places=()), row("b")], [known(7)], source=FEED)

    assert judged == {"a": Verdict(), "b": Verdict(same=7)}


def test_a_row_without_a_place_that_may_be_one_of_several_is_new_and_marked():
    there = [known(7, places=("Oslo",)), known(8, places=("Bergen",))]

    assert judge([row("a", places=())], there, source=FEED) == {"a": Verdict(resembles=7)}
    assert judge([row("a", places=())], there[:1], source=FEED) == {"a": Verdict(same=7)}


def test_two_rows_that_may_be_one_posting_are_new_and_marked():
    there = known(7, places=("Oslo", "Bergen"))
    judged = judge([row("a", places=("Oslo",)), row("b", places=("Bergen",))], [there], source=FEED)

    assert judged == {"a": Verdict(resembles=7), "b": Verdict(resembles=7)}


def test_a_word_that_may_be_another_spelling_leaves_them_apart_and_marked():
    judged = judge([row("a", "Graphic Desing Intern")], [known(7, "Graphic Design Intern")], source=FEED)

    assert judged == {"a": Verdict(resembles=7)}


def test_another_number_is_another_posting_without_doubt():
    assert judge([row("a", "Data Intern 2")], [known(7, "Data Intern 3")], source=FEED) == {"a": Verdict()}


def test_a_closed_posting_under_a_new_id_of_its_board_is_a_repost():
    assert judge([row("a")], [known(7, is_closed=True)], source=BOARD) == {"a": Verdict(repost=7)}
    assert judge([row("a", places=("Bergen",))], [known(7, is_closed=True)], source=BOARD) == {"a": Verdict()}


def test_a_posting_that_closes_after_it_was_told_anew_finds_its_repost():
    assert reposts([row("a"), row("b", "Tax Intern")], [known(7, is_closed=True)]) == {"a": 7}


def test_a_live_posting_is_taken_before_a_closed_one():
    there = [known(7, is_closed=True), known(8)]

    assert judge([row("a")], there, source=FEED) == {"a": Verdict(same=8)}


TITLES = st.sampled_from(
    [
        "Data Intern",
        "Data Interns",
        "Intern, Data",
        "Data Intern 2",
        "Dataa Intern",
        "Tax Intern",
        "Data Intern (m/w/d)",
    ]
)
COMPANIES = st.sampled_from(["Larkspur", "Larkspur GmbH", "Larkspurr", "Lark Spur", "Fennel"])
PLACES = st.lists(st.sampled_from(["Oslo", "Bergen", "Oslo, Norway", "Norway", "Remote", "Osloo"]), max_size=2)
WORDS = st.tuples(TITLES, COMPANIES, PLACES)
LINKS = st.sampled_from(["", "", "https://a.example/1", "https://a.example/2"])


@st.composite
def batches(draw):
    there = [
        known(
            number,
            title,
            company=company,
            places=places,
            sources=draw(st.sets(st.sampled_from([1, 2, 3]), min_size=1)),
            links={draw(LINKS)} - {""},
            is_closed=draw(st.booleans()),
        )
        for number, (title, company, places) in enumerate(draw(st.lists(WORDS, max_size=6)), 1)
    ]
    rows = [
        row(f"r{number}", title, company=company, places=places, link=draw(LINKS))
        for number, (title, company, places) in enumerate(draw(st.lists(WORDS, max_size=6)))
    ]
    return rows, there


@settings(deadline=None)
@given(batches(), st.randoms(use_true_random=False))
def test_the_order_of_a_batch_is_of_no_account_and_each_posting_is_told_once(batch, chance):
    rows, there = batch
    judged = judge(rows, there, source=BOARD)
    again = judge(chance.sample(rows, len(rows)), chance.sample(there, len(there)), source=BOARD)
    by_id = {posting.id: posting for posting in there}
    taken = [verdict.same or verdict.repost for verdict in judged.values() if verdict.same or verdict.repost]

    assert judged == again
    assert judged.keys() == {row.external_id for row in rows}
    assert len(taken) == len(set(taken))
    assert all(BOARD not in by_id[verdict.same].sources for verdict in judged.values() if verdict.same)
    assert all(by_id[verdict.repost].is_closed for verdict in judged.values() if verdict.repost)


TEXT = st.text(max_size=60) | st.sampled_from(POISON["strings"]) | st.sampled_from(["Intern (m/w/d)", "A-1/in, Köln"])


@settings(deadline=None)
@given(TEXT, TEXT, TEXT, TEXT)
def test_any_text_has_keys_that_can_be_stored_and_read_back(company, title, place, city):
    found = keys(company=company, title=title, places=[Place(place, city=city), Place(place)])
    where = spots([Place(place)])

    assert len(found.title) <= LONGEST_TITLE
    assert len(found.place) <= LONGEST_PLACE
    assert not any("\0" in key for key in (found.company, found.title, found.place))
    (found.company + found.title + found.place).encode()
    assert -(2**63) <= found.heads < 2**63
    assert -(2**63) <= found.tails < 2**63
    assert title_key(read_title_key(found.title)) == found.title
    assert read_key(place_key(where)) == where or len(place_key(where)) > LONGEST_PLACE - 100
    assert judge([Row("a", found)], [Known(1, found, frozenset({BOARD}))], source=FEED)["a"].same == (
        1 if found.company else None
    )


PIECES = "Data Intern (m/w/d) II V I - Marketing in Berlin REQ-4432 Sr. *in 2026 Summer & R&D C++ Node.js U.S. É ß , v"
ROWS = st.lists(st.sampled_from(PIECES.split()), max_size=8).map(" ".join) | TEXT


@settings(deadline=None)
@given(ROWS)
def test_what_was_normalised_is_normal(title):
    once = read_title(title)
    again = read_title(" , ".join([*map(" ".join, once.parts), *once.free]))

    assert (sorted(again.said), again.free) == (sorted(once.said), once.free)
    assert words(" ".join(words(title))) == words(title)


@settings(deadline=None)
@given(ROWS, COMPANIES, ROWS, COMPANIES)
def test_likeness_is_the_same_from_both_sides(title, company, other_title, other_company):
    one, other = (keys(company=c, title=t, places=[]) for c, t in ((company, title), (other_company, other_title)))

    assert same.likeness(one.company, one.title, other.company, other.title) == same.likeness(
        other.company, other.title, one.company, one.title
    )
    assert same.likeness(one.company, one.title, one.company, one.title) == 1


def test_the_end_of_a_title_that_is_too_long_takes_no_year_along():
    one, other = (keys(company="Larkspur", title=f"{'data ' * 50}{year}", places=[]) for year in (2026, 2027))

    assert len(one.title) == LONGEST_TITLE
    assert one.title != other.title
    assert same.likeness(one.company, one.title, other.company, other.title) is None


@settings(deadline=None)
@given(st.sampled_from([told for name in SETS for pair in pairs(name) for told in (pair.one, pair.other)]))
def test_case_and_composition_change_no_key(told):
    shouted = replace(told, company=told.company.upper(), title=told.title.replace("Intern", "INTERN"))

    assert replace(shouted).keys.company == told.keys.company
    assert shouted.keys.title == told.keys.title


def comparisons(monkeypatch, rows, there):
    """Count the pairs of texts and of places that are compared."""
    counted = []
    alike, near = same.likeness, same.nearness
    monkeypatch.setattr(same, "likeness", lambda *texts: counted.append(texts) or alike(*texts))
    monkeypatch.setattr(same, "nearness", lambda *places: counted.append(places) or near(*places))
    judge(rows, there, source=FEED)
    return len(counted)


CITIES = [f"Town {one}{other}" for one in "abcdefghijklmnop" for other in "qrstuvwxyzabcdef"]


@pytest.mark.parametrize("shape", ["all different", "one text, many places", "one text, no place", "nearly one text"])
def test_comparisons_grow_with_the_batch_and_not_with_its_square(monkeypatch, shape):
    def batch(size):
        chance = random.Random(7)
        told = {
            "all different": lambda n: (f"Data Intern {n}", (CITIES[n % len(CITIES)],)),
            "one text, many places": lambda n: ("Data Intern", (f"{CITIES[n % len(CITIES)]} {n}",)),
            "one text, no place": lambda n: ("Data Intern", ()),
            "nearly one text": lambda n: ("Data Intern " + "".join(chance.choices("aeiou", k=6)), ("Oslo",)),
        }[shape]
        there = [known(n, told(n)[0], places=told(n)[1]) for n in range(1, size)]
        rows = [row(f"{n}", told(n)[0] + "s", places=told(n)[1]) for n in range(1, size)]
        return rows, there

    few, many = (comparisons(monkeypatch, *batch(size)) for size in (200, 800))

    assert many <= 6 * max(few, 200)
    assert many <= 120 * 800
