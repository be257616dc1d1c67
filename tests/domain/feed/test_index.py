"""Keeping the index of open postings, and finding in it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from onward.domain.board import services as board
from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.feed import keys
from onward.domain.feed.choices import Order
from onward.domain.feed.index import NAME, VERSION, WATCHED
from onward.domain.feed.models import Brief
from onward.domain.feed.queries.candidates import candidates
from onward.domain.feed.queries.found import find, ranked
from onward.domain.feed.services import catch_up
from onward.domain.feed.wanted import Wanted
from onward.platform.search.watching import stale, watch
from tests.factories import PostingFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


def posting(title, company="Acme", **values):
    return PostingFactory(title=title, company_name=company, posted_on=values.pop("posted_on", TODAY), **values)


def titles(words="", **wanted):
    found = find(Wanted(words=words, **wanted), today=TODAY, order=Order.RELEVANCE)
    order = [keys.posting_of(number) for _, number in ranked(found, today=TODAY)]
    rows = dict(Posting.objects.filter(pk__in=order).values_list("pk", "title"))
    return [rows[pk] for pk in order]


def test_every_word_must_occur_somewhere():
    posting("Data engineer", description="We use Airflow.")
    posting("Data analyst", description="We use Excel.")
    catch_up()

    assert titles("data airflow") == ["Data engineer"]
    assert sorted(titles("data")) == ["Data analyst", "Data engineer"]


def test_where_no_posting_has_every_word_those_are_shown_that_lack_one():
    posting("Data engineer", description="We use Airflow.")
    posting("Baker", description="We use flour.")
    catch_up()
    wanted = Wanted(words="data airflow spark")

    assert titles("data airflow spark") == ["Data engineer"]
    assert not find(wanted, today=TODAY, order=Order.RELEVANCE).is_whole
    assert titles("data flour bread") == []


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("C++", "C++ developer"),
        ("c#", "C# developer"),
        (".net", ".NET developer"),
        ("k8s", "Platform engineer"),
        ("kubernetes", "Platform engineer"),
        ("go", "Go developer"),
        ("golang", "Go developer"),
        ("kuberntes", "Platform engineer"),
        ("pyhton", "Python developer"),
        ("developpers python", "Python developer"),
        ("muller", "Buchhalter"),
    ],
)
def test_words_of_the_trade_are_found_however_they_are_written(words, title):
    posting("C++ developer", description="You write C++ every day and go home early.")
    posting("C# developer", description="You know C#.")
    posting(".NET developer", description="You know .NET well.")
    posting("Platform engineer", description="Requirements: experience with Kubernetes and Docker.")
    posting("Platform engineer", description="You run k8s clusters. Requirements: Kubernetes.")
    posting("Go developer", description="Requirements: Go, PostgreSQL.")
    for _ in range(2):
        posting("Python developer", description="Requirements: Python.")
    posting("Buchhalter", company="Müller GmbH")
    PostingFactory(title="Kubernetes administrator", state=PostingState.CLOSED, posted_on=TODAY)
    PostingFactory(title="Kubernetes administrator", state=PostingState.CLOSED, posted_on=TODAY)
    catch_up()

    assert set(titles(words)) == {title}


def test_a_changed_posting_is_found_as_it_is_now(ada):
    row = posting("Baker")
    catch_up()
    board.update(posting=row, by_id=ada.pk, at=timezone.now(), title="Cook")
    assert catch_up() == 1

    assert (titles("baker"), titles("cook")) == ([], ["Cook"])


def test_what_is_written_past_every_service_is_found_as_well():
    row = posting("Baker")
    catch_up()
    Posting.objects.filter(pk=row.pk).update(title="Cook")
    catch_up()
    assert titles("cook") == ["Cook"]

    Posting.objects.filter(pk=row.pk).delete()
    catch_up()
    assert titles("cook") == []
    assert not Brief.objects.exists()


def test_what_cannot_be_applied_for_or_is_the_teams_is_not_found(make_lead):
    closed, team = posting("Baker"), posting("Baker")
    catch_up()
    assert titles("baker") == ["Baker", "Baker"]

    Posting.objects.filter(pk=closed.pk).update(state=PostingState.CLOSED)
    make_lead(team)
    catch_up()

    assert titles("baker") == []
    assert Brief.objects.filter(is_open=True).count() == 0


def test_being_seen_again_makes_no_posting_stale():
    row = posting("Baker")
    catch_up()
    Posting.objects.filter(pk=row.pk).update(last_seen_at=timezone.now())

    assert stale(NAME) == ([], [])


def test_triggers_that_were_lost_are_put_back_and_everything_is_read_again():
    row = posting("Baker")
    catch_up()
    drop_a_trigger()
    Posting.objects.filter(pk=row.pk).update(title="Cook")
    catch_up()

    assert titles("cook") == ["Cook"]
    assert not watch(NAME, WATCHED, version=VERSION)


def drop_a_trigger():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%posting_update%'")
            cursor.execute(f'DROP TRIGGER "{cursor.fetchone()[0]}"')
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE '%posting_update%'")
            cursor.execute(f'DROP TRIGGER "{cursor.fetchone()[0]}" ON board_posting')


def test_a_batch_that_somebody_else_has_written_meanwhile_is_left_to_them(monkeypatch):
    posting("Baker")
    catch_up()
    Posting.objects.update(title="Cook")
    from onward.domain.feed.services import briefs

    read = briefs._read

    def overtaken(posting_ids, at):
        made = read(posting_ids, at)
        Posting.objects.update(title="Butcher")
        monkeypatch.setattr(briefs, "_read", read)
        catch_up()
        return made

    monkeypatch.setattr(briefs, "_read", overtaken)
    catch_up()

    assert titles("butcher") == ["Butcher"]
    assert titles("cook") == []


def test_filters_narrow_what_is_found():
    posting(
        "Senior Rust engineer",
        work_mode="remote",
        job_type="full_time",
        pay_min=90_000,
        pay_max=120_000,
        pay_currency="EUR",
        pay_period="year",
        location="Berlin",
        places=[{"text": "Berlin", "city": "Berlin", "region": "", "country": "DE"}],
    )
    posting(
        "Junior Rust engineer",
        company="Other Works",
        work_mode="onsite",
        job_type="contract",
        pay_min=20,
        pay_max=30,
        pay_currency="USD",
        pay_period="hour",
        location="Austin, TX",
        posted_on=TODAY - timedelta(days=40),
    )
    catch_up()
    senior, junior = ["Senior Rust engineer"], ["Junior Rust engineer"]

    assert titles("rust", work_mode="remote") == senior
    assert titles("rust", job_type="contract") == junior
    assert titles("rust", seniority="senior") == senior
    assert titles("rust", seniority="senior", work_mode="remote", job_type="full_time") == senior
    assert titles("rust", seniority="senior", work_mode="onsite") == []
    assert titles("rust", company="other") == junior
    assert titles("rust", location="germany") == senior
    assert titles("rust", location="austin") == junior
    assert titles("rust", min_salary=100_000) == senior
    assert titles("rust", max_salary=50_000) == junior
    assert titles("rust", min_salary=121_000) == []
    assert titles("rust", currency="EUR") == senior
    assert titles("rust", posted_within=30) == senior
    assert titles("rust", source="manual") == [*senior, *junior]
    assert titles("rust", source="lever") == []
    assert titles(tech_stack=("rust language", "Cobol")) == [*senior, *junior]


def test_candidates_have_a_skill_or_a_word():
    both = posting("Rust engineer", description="Requirements: Rust and PostgreSQL.")
    skill = posting("Developer", description="Requirements: PostgreSQL.")
    posting("Baker", description="You bake.")
    catch_up()
    found = candidates(
        skills=["Rust", "PostgreSQL"], words=["Rust engineer"], since=timezone.now() - timedelta(days=9999), most=100
    )

    assert [one.posting_id for one in found] == [both.pk, skill.pk]
    assert "PostgreSQL" in found[0].skills


def test_the_number_of_a_posting_says_what_is_counted():
    number = keys.key(
        day=TODAY,
        posting_id=4_000_000_000,
        work_mode="hybrid",
        seniority="lead",
        job_type="contract",
        source="zip_recruiter",
    )

    assert (keys.day_of(number), keys.posting_of(number)) == (TODAY, 4_000_000_000)
    assert keys.counted([number]) == {
        "work_mode": {"hybrid": 1},
        "seniority": {"lead": 1},
        "job_type": {"contract": 1},
        "source": {"zip_recruiter": 1},
    }
    assert number < 2**63
