"""Companies as the whole server knows them: which one is meant, and who has said what of it."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.companies.choices import Origin
from onward.domain.companies.models import Employer, EmployerName
from onward.domain.companies.names import name_key
from onward.domain.companies.services import employers
from onward.platform.events.models import EventRecord
from onward.platform.refusals import Conflict
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def found(*called):
    """The employers that are meant: each a name, or a name and a domain."""
    pairs = [pair if isinstance(pair, tuple) else (pair, "") for pair in called]
    meant = employers.find_or_make(called=pairs, at=AT)
    return [meant.get(pair) for pair in pairs]


def rename(pk, **changes):
    return employers.update(employer=Employer.objects.get(pk=pk), by_id=None, at=AT, **changes)


# Which one is meant


@pytest.mark.parametrize("other", ["Acme", "ACME", "Acme Inc.", "acme gmbh", "Ａｃｍｅ", " Acme  Ltd "])
def test_one_name_without_its_legal_form_and_case_is_one_employer(other):
    (first,) = found("Acme")

    assert found(other) == [first]
    assert found(other, "Acme AG") == [first, first]
    assert Employer.objects.get().name == "Acme"


def test_two_domains_of_one_name_are_two_employers():
    one, two = found(("Acme", "acme.example"), ("Acme", "acme.test"))

    assert one != two
    assert found(("Acme Inc", "acme.test"), ("Acme", "acme.example")) == [two, one]
    assert set(Employer.objects.values_list("domain", flat=True)) == {"acme.example", "acme.test"}


def test_a_domain_that_nobody_knew_is_learned_with_its_origin():
    (first,) = found("Acme")

    assert found(("Acme", "acme.example")) == [first]
    row = Employer.objects.get()
    assert (row.domain, row.origins) == ("acme.example", {"name": "source", "domain": "source"})
    assert found(("Acme", "acme.test")) != [first]
    assert found("Acme") == [first]


def test_of_one_batch_a_name_with_a_domain_and_without_is_one():
    assert len(set(found("Acme", ("Acme", "acme.example"), "ACME Inc."))) == 1
    assert Employer.objects.get().domain == "acme.example"


def test_a_name_that_shows_nothing_is_nobodys():
    assert found("", "  ", "Acme")[:2] == [None, None]
    assert Employer.objects.count() == 1


def test_an_employer_is_found_by_its_former_name_and_domain():
    (first,) = found(("Acme", "acme.example"))
    rename(first, name="Beacon Robotics")
    rename(first, domain="beacon.example")

    assert found(("Acme", "acme.example"), "Acme", "Beacon Robotics GmbH", ("Beacon Robotics", "beacon.example")) == [
        first,
        first,
        first,
        first,
    ]
    row = Employer.objects.get()
    assert (row.name, row.domain) == ("Beacon Robotics", "beacon.example")


def test_what_a_person_said_of_the_domain_stays():
    (first,) = found(("Acme", "acme.example"))
    rename(first, domain="")

    assert found(("Acme", "acme.test")) == [first]
    assert Employer.objects.get().domain == ""
    assert found(("Acme", "acme.test")) == [first]


NAMES = st.sampled_from(["Acme", "ACME Inc.", "acme", "Beacon", "Beacon GmbH", "Straße 7", "STRASSE 7 AG"])
DOMAINS = st.sampled_from(["", "one.example", "two.example"])
BATCHES = st.lists(st.lists(st.tuples(NAMES, DOMAINS), max_size=6), max_size=4)


@given(BATCHES)
def test_whatever_comes_there_is_one_of_each_name_unless_domains_differ(batches):
    with transaction.atomic():
        for batch in batches:
            employers.find_or_make(called=batch, at=AT)
        said = {pair for batch in batches for pair in batch}
        meant = employers.find_or_make(called=said, at=AT)

        for name, domain in said:
            domains = {other for each, other in said if name_key(each) == name_key(name) and other}
            same = {meant[pair] for pair in said if name_key(pair[0]) == name_key(name)}
            assert len(same) == max(1, len(domains))
            assert not domain or Employer.objects.get(pk=meant[name, domain]).domain == domain
        assert Employer.objects.count() == len(set(meant.values()))
        transaction.set_rollback(True)


def test_many_who_find_the_same_at_once_make_it_once(together):
    names = [f"Employer {number}" for number in range(20)]

    def find(number):
        ordered = names if number % 2 else names[::-1]
        return employers.find_or_make(called=[(name, "" if number % 3 else "x.example") for name in ordered], at=AT)

    results = together(8, find)

    assert not [result for result in results if isinstance(result, Exception)]
    assert len({pk for result in results for pk in result.values()}) == Employer.objects.count() == 20


def test_known_names_cost_one_statement(queries):
    called = [(f"Employer {number}", "") for number in range(300)]
    with queries() as making:
        employers.find_or_make(called=called, at=AT)
    with queries() as asked:
        employers.find_or_make(called=called, at=AT)

    # A savepoint is two more.
    assert [sql["sql"].split()[0] for sql in asked if "SAVEPOINT" not in sql["sql"]] == ["SELECT"]
    assert len(making) <= 20


# What is known of it


def learn(pk, origin, **told):
    employers.learn(told={pk: told}, origin=origin, at=AT)
    return Employer.objects.get(pk=pk)


def test_what_is_trusted_less_replaces_nothing():
    (pk,) = found("Acme")
    learn(pk, Origin.GUESS, industry="Software", size="small")
    learn(pk, Origin.SOURCE, industry="Robotics")
    learn(pk, Origin.GUESS, industry="Food", location="Lyon")
    learn(pk, Origin.PAGE, location="Paris", description="Robots.", size="")
    row = learn(pk, Origin.SOURCE, location="Rome")

    assert (row.industry, row.size, row.location, row.description) == ("Robotics", "small", "Paris", "Robots.")
    assert row.origins == {
        "name": "source",
        "industry": "source",
        "size": "guess",
        "location": "page",
        "description": "page",
    }


def test_nothing_overwrites_what_a_person_wrote_even_where_they_wrote_nothing():
    (pk,) = found("Acme")
    learn(pk, Origin.PAGE, industry="Software", website="https://acme.example")
    rename(pk, industry="Toys", website="")
    row = learn(pk, Origin.PAGE, industry="Software", website="https://acme.example", logo_url="https://acme.example/l")

    assert (row.industry, row.website, row.logo_url) == ("Toys", "", "https://acme.example/l")
    assert row.origins["website"] == "person"


def test_many_learn_in_few_statements(queries):
    pks = found(*[f"Employer {number}" for number in range(300)])
    with queries() as asked:
        employers.learn(told={pk: {"industry": f"Industry {pk}"} for pk in pks}, origin=Origin.GUESS, at=AT)

    assert len(asked) <= 10
    assert Employer.objects.filter(origins__industry="guess").count() == 300


# By persons


def test_a_person_adds_an_employer_and_a_run_finds_it():
    cleo = UserFactory()
    made = employers.add(by_id=cleo.pk, name="Acme Inc.", domain="ACME.example", industry="Toys", at=AT)

    assert found("acme", ("ACME", "acme.example")) == [made.pk, made.pk]
    assert made.origins == {"name": "person", "domain": "person", "industry": "person"}
    (event,) = EventRecord.objects.filter(name="employer.added")
    assert (event.owner_id, event.payload["by_id"]) == (None, cleo.pk)


@pytest.mark.parametrize(("domain", "is_taken"), [("", True), ("acme.example", True), ("acme.test", False)])
def test_a_name_that_is_there_is_a_conflict_unless_domains_differ(domain, is_taken):
    found(("Acme", "acme.example"))
    found("Beacon")

    if is_taken:
        with pytest.raises(Conflict) as refused:
            employers.add(by_id=None, name="ACME GmbH", domain=domain, at=AT)
        assert list(refused.value.fields) == ["name"]
    else:
        employers.add(by_id=None, name="ACME GmbH", domain=domain, at=AT)
    with pytest.raises(Conflict):
        employers.add(by_id=None, name="Beacon", domain="beacon.example", at=AT)


def test_an_employer_is_not_renamed_to_another_ones_name():
    first, second = found(("Acme", "acme.example"), ("Beacon", "beacon.example"))

    with pytest.raises(Conflict):
        rename(second, name="Acme Inc", domain="")
    with pytest.raises(Conflict):
        rename(second, name="Acme", domain="acme.example")
    assert Employer.objects.get(pk=second).name == "Beacon"
    rename(second, name="Acme Inc")

    assert found(("Acme", "beacon.example"), ("Acme", "acme.example"), "Beacon") == [second, first, second]


def test_another_spelling_of_its_name_is_an_employers_own():
    (pk,) = found("acme")
    row = rename(pk, name="ACME Inc.")
    rename(pk, name="ACME Inc.", industry="")

    assert (row.name, row.name_key) == ("ACME Inc.", "acme")
    assert EmployerName.objects.count() == 1
    (event,) = EventRecord.objects.filter(name="employer.changed")
    assert event.payload["changes"] == {"name": ["acme", "ACME Inc."]}


def test_of_many_who_add_one_name_at_once_one_succeeds(together):
    results = together(8, lambda number: employers.add(by_id=None, name="Acme", at=AT))

    assert sum(isinstance(result, Employer) for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 7
