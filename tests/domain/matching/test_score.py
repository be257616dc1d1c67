"""The laws of a score, and what each part says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.feed.asking import Asked, Level
from onward.domain.feed.services import catch_up
from onward.domain.feed.services.markets import count_anew
from onward.domain.ingestion.found import Place
from onward.domain.ingestion.judgement.places import spots
from onward.domain.matching.people import made_of
from onward.domain.matching.rarity import counted, forget, of_the_market
from onward.domain.matching.score import GOOD, Held, Opening, Person, measure
from onward.domain.matching.titles import read_title
from tests.factories import PostingFactory

TODAY = date(2026, 6, 1)
NAMES = ["Python", "Django", "Kubernetes", "Patient care", "Triage", "SQL", "German", "Basket weaving"]
TITLES = ["Backend Developer", "Nurse", "Senior Nurse", "Sales Manager", "Marketing Intern", "Weaver", ""]
PLACES = ["Berlin, Germany", "Munich, Germany", "Lyon, France", "Remote", "Springfield", ""]

skill_groups = st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(tuple), max_size=5)
levels = st.none() | st.sampled_from(Level)
rarities = st.dictionaries(st.sampled_from(NAMES), st.floats(0.1, 10)).map(lambda known: lambda n: known.get(n, 1.0))


def where(*texts):
    return spots([Place(text) for text in texts if text])


openings = st.builds(
    Opening,
    title=st.sampled_from(TITLES).map(read_title),
    asked=st.builds(Asked, required=skill_groups.map(tuple), wished=skill_groups.map(tuple), level=levels),
    places=st.sampled_from(PLACES).map(where),
    work_mode=st.sampled_from(["", "remote", "hybrid", "onsite"]),
    pay_min=st.none() | st.integers(0, 200_000),
    currency=st.sampled_from(["EUR", "USD"]),
    period=st.sampled_from(["", "year", "month", "hour"]),
    since=st.none() | st.dates(date(2026, 1, 1), date(2026, 7, 1)),
)
people = st.builds(
    Person,
    held=st.sets(st.sampled_from(NAMES)).map(lambda names: {n.casefold(): Held(n) for n in names}),
    titles=st.lists(st.sampled_from(TITLES[:-1]).map(read_title), max_size=2).map(tuple),
    level=levels,
    places=st.sampled_from(PLACES).map(where),
    work_type=st.sampled_from(["any", "remote", "hybrid", "onsite"]),
    salary=st.none() | st.integers(1, 200_000),
    currency=st.sampled_from(["", "EUR"]),
)


def with_skill(person, name):
    return replace(person, held={**person.held, name.casefold(): Held(name)})


@given(people, openings, st.sampled_from(NAMES), rarities)
def test_one_more_skill_of_the_person_never_lowers_the_score(person, opening, name, rarity):
    before = measure(person, opening, on=TODAY, rarity=rarity)
    after = measure(with_skill(person, name), opening, on=TODAY, rarity=rarity)

    assert after.exact >= before.exact - 1e-9
    assert after.score >= before.score


@given(people, openings, st.sampled_from(NAMES), st.sampled_from(["required", "wished"]), rarities)
def test_one_more_shared_skill_that_is_named_never_lowers_the_score(person, opening, name, kind, rarity):
    person = with_skill(person, name)
    asked = replace(opening.asked, **{kind: (*getattr(opening.asked, kind), (name,))})

    before = measure(person, opening, on=TODAY, rarity=rarity)
    after = measure(person, replace(opening, asked=asked), on=TODAY, rarity=rarity)

    assert after.exact >= before.exact - 1e-9


def contradicts(parts):
    return any(parts.get(name, 100) < 60 for name in ("seniority", "place", "salary")) or parts.get("title") == 0


@given(people, openings, rarities)
def test_an_opening_whose_named_skills_are_all_held_and_which_nothing_contradicts_is_good(person, opening, rarity):
    for name in opening.asked.names:
        person = with_skill(person, name)
    found = measure(person, opening, on=TODAY, rarity=rarity)

    if opening.asked.names and not contradicts(found.parts):
        assert found.score >= GOOD


@given(people, openings, rarities)
def test_a_score_lies_between_0_and_100_and_so_does_each_part(person, opening, rarity):
    found = measure(person, opening, on=TODAY, rarity=rarity)

    assert 0 <= found.score <= 100
    assert all(0 <= value <= 100 for value in found.parts.values())


def opening(title="Backend Developer", required=(), wished=(), level=None, **fields):
    asked = Asked(tuple((name,) for name in required), tuple((name,) for name in wished), level)
    return Opening(title=read_title(title), asked=asked, **fields)


def person(*held, titles=(), **fields):
    return Person(held={name.casefold(): Held(name) for name in held}, titles=tuple(map(read_title, titles)), **fields)


def score(who, what):
    return measure(who, what, on=TODAY).exact


def test_what_is_not_known_has_no_part():
    found = measure(person("Python"), opening(required=["Python"]), on=TODAY)

    assert set(found.parts) == {"skills", "must_haves"}


def test_where_nothing_is_known_of_the_work_the_score_is_0():
    assert measure(person(), opening(since=TODAY, level=Level.MID), on=TODAY).score == 0


def test_a_rare_skill_counts_for_more_than_one_that_everybody_asks_for():
    who, asked = person("Rust"), ["Rust", "Git"]
    rare, common = opening(wished=asked), opening(wished=asked)

    found = measure(who, rare, on=TODAY, rarity={"Rust": 5.0, "Git": 1.0}.__getitem__)
    other = measure(who, common, on=TODAY, rarity={"Rust": 1.0, "Git": 5.0}.__getitem__)

    assert found.exact > other.exact


def test_a_must_that_is_missing_costs_more_than_a_wish():
    who = person("Python")

    assert score(who, opening(required=["Python", "Go"])) < score(who, opening(required=["Python"], wished=["Go"]))


def test_the_same_title_in_another_field_is_worth_nothing():
    nurse = person(titles=["Nurse Manager"])

    assert measure(nurse, opening("Sales Manager"), on=TODAY).parts["title"] == 0
    assert measure(nurse, opening("Nursing Manager"), on=TODAY).parts["title"] > 60


@pytest.mark.parametrize(
    ("asked", "most"), [(Level.JUNIOR, 100), (Level.MID, 50), (Level.SENIOR, 0), (Level.INTERN, 50)]
)
def test_an_opening_of_another_level_is_worth_less(asked, most):
    found = measure(person("Python", level=Level.JUNIOR), opening(required=["Python"], level=asked), on=TODAY)

    assert found.parts["seniority"] == most


def test_a_place_that_somebody_wants_comes_before_one_in_the_same_country_and_that_before_another():
    who = person("Python", places=where("Berlin, Germany"))
    parts = [
        measure(who, opening(required=["Python"], places=where(text)), on=TODAY).parts["place"]
        for text in ("Berlin", "Munich, Germany", "Lyon, France")
    ]

    assert parts == sorted(parts, reverse=True)
    assert len(set(parts)) == 3


def test_who_wants_to_work_remotely_is_not_given_an_office():
    who = person("Python", work_type="remote")
    office = opening(required=["Python"], places=where("Berlin"), work_mode="onsite")
    anywhere = opening(required=["Python"], work_mode="remote")

    assert score(who, office) < score(who, anywhere)


def test_pay_is_compared_by_the_year_and_only_in_one_currency():
    who = person("Python", salary=60_000, currency="EUR")
    monthly = opening(required=["Python"], pay_max=5_000, currency="EUR", period="month")
    little = opening(required=["Python"], pay_max=40_000, currency="EUR", period="year")
    other = opening(required=["Python"], pay_max=5_000_000, currency="INR", period="year")

    assert measure(who, monthly, on=TODAY).parts["salary"] == 100
    assert measure(who, little, on=TODAY).parts["salary"] < 60
    assert "salary" not in measure(who, other, on=TODAY).parts


def test_what_is_new_comes_before_what_is_old():
    days = [opening(required=["Python"], since=TODAY - timedelta(days=n)) for n in (0, 20, 400)]
    scores = [score(person("Python"), one) for one in days]

    assert scores == sorted(scores, reverse=True)


def facts(*rows):
    return [(kind, text, [f"line of {text}"], details) for kind, text, details in rows]


PROFILE = {
    "skills": [],
    "experience_level": "",
    "preferred_locations": [],
    "excluded_companies": [],
    "desired_role": "",
    "desired_salary_min": None,
    "preferred_work_type": "any",
}


def test_a_skill_is_held_with_what_it_is_a_kind_of_and_with_its_line():
    who = made_of(PROFILE, facts(("skill", "Django", {})), currency="", on=TODAY)

    assert who.held["django"] == Held("Django", "line of Django")
    assert who.held["python"].name == "Django"


def test_the_language_that_a_resume_is_written_in_is_held():
    line = "Led the planning of the warehouse and wrote the reports for the board"
    who = made_of(PROFILE, [("achievement", line, [line], {})], currency="", on=TODAY)

    assert who.held["english"].name == "English"
    assert "english" not in made_of(PROFILE, facts(("skill", "Python", {})), currency="", on=TODAY).held


def test_the_level_follows_from_the_positions_where_the_profile_has_none():
    details = {"title": "Nurse", "employer": "A", "begins": "2012-01", "ends": ""}
    who = made_of(PROFILE, facts(("position", "Nurse, A", details)), currency="", on=TODAY)

    assert who.level is Level.SENIOR
    assert who.titles[0].text == "Nurse"
    assert made_of({**PROFILE, "experience_level": "junior"}, [], currency="", on=TODAY).level is Level.JUNIOR


def test_a_skill_that_few_openings_name_tells_more():
    rarity = counted({"Python": 90, "Rust": 2}, 100)

    assert rarity("Rust") > rarity("Python") > 1
    assert counted({}, 0)("Rust") == 1


@pytest.mark.django_db
def test_the_market_of_the_last_days_says_what_is_rare():
    for n in range(3):
        text = "Requirements:\n- Python\n" + ("- Terraform\n" if n == 0 else "")
        PostingFactory(description=text, posted_on=TODAY, first_seen_at=datetime(2026, 6, 1, tzinfo=UTC))
    catch_up()
    count_anew()
    forget()

    rarity = of_the_market(on=TODAY)
    forget()

    assert rarity("Terraform") > rarity("Python") > 1
