"""How much is asked of the database: it does not grow with the number of postings, but by the batch."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from django.db import connection

from onward.domain.ingestion import matching
from onward.domain.ingestion.models import Run
from onward.platform.jobs import run_due
from tests.domain.ingestion.servers import behaviour
from tests.domain.ingestion.servers.posts import posts

pytestmark = pytest.mark.django_db

MOST = 60
LARGE = r"SCAN (board_posting|ingestion_sighting|outreach_lead\w*|companies_employer\w*|U0|U1)\b"


@pytest.fixture
def statements(local, start, queries, monkeypatch):
    """Count the statements of reading a source that lists so many postings; their index is another job's."""
    monkeypatch.setattr("onward.domain.feed.reactions.enqueue", lambda *_, **__: 0)

    def statements(count, company="Northwind Example", **options):
        name = f"greenhouse {company} {count}"
        if name not in local.served:
            local.add("greenhouse", posts(count, company=company), name=name, **options)
        made = start(name)
        with queries() as asked:
            run_due()
        assert Run.objects.get(pk=made.pk).found == count
        # Whether it is still wanted, and its turn at the host, are looked at by the clock.
        return [statement["sql"] for statement in asked if not re.search("jobs_job|ingestion_turn", statement["sql"])]

    return statements


def shown(statements):
    """Give what was asked most, for whoever reads why this fails."""
    return "\n".join(f"{count} × {sql[:150]}" for sql, count in Counter(sql[:400] for sql in statements).most_common())


def test_a_thousand_new_postings_cost_sixty_statements(statements):
    statements(1)

    few, many = statements(1000, "A"), statements(3000, "B")

    assert (len(many) - len(few)) / 2 <= MOST, shown(many)
    # A run has its own, whatever it reads.
    assert len(few) <= 3 * MOST


def test_a_thousand_known_postings_cost_less(statements):
    statements(1000)
    few = statements(1000)
    statements(3000, "B")

    many = statements(3000, "B")

    assert (len(many) - len(few)) / 2 <= MOST, shown(many)


def test_a_thousand_postings_that_have_not_changed_cost_the_least(statements):
    statements(1000, behaviour=behaviour.tagged)
    statements(3000, "B", behaviour=behaviour.tagged)

    few, many = statements(1000), statements(3000, "B")

    assert (len(many) - len(few)) / 2 <= MOST, shown(many)


def test_a_batch_is_compared_with_few_however_many_say_the_same_or_stand_at_one_link(local, start, monkeypatch):
    monkeypatch.setattr("onward.domain.ingestion.reading.MOST", 100)
    monkeypatch.setattr(matching, "MOST", 50)
    compared = []
    judge = matching.judge
    monkeypatch.setattr(
        matching, "judge", lambda rows, known, **at: compared.append(len(known)) or judge(rows, known, **at)
    )
    listed = [replace(post, title="Barista Intern") for post in posts(600)]
    local.add("greenhouse", listed)
    board = local["greenhouse"].site
    respond = board.respond

    def at_one_link(request):
        answer = respond(request)
        answer.body = re.sub(rb"jobs/\d+\?gh_jid=\d+", b"jobs?gh_jid=7", answer.body)
        return answer

    board.respond = at_one_link
    start()
    run_due()
    # Those of its own board are none that it may be.
    assert compared == [0] * 6
    local.add("lever", listed[:300], company="Northwind Example")

    made = start()
    run_due()

    done = Run.objects.get(pk=made.pk)
    assert (done.state, done.found) == ("completed", 900)
    assert len(compared) == 9
    assert max(compared) == 50


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL scans what is small, whatever there is an index for"
)
def test_no_statement_of_a_batch_goes_through_all_postings_sightings_or_leads(statements):
    statements(40)

    asked = statements(40, "A") + statements(40, "A")

    scanned = set()
    with connection.cursor() as cursor:
        for sql in asked:
            if sql.startswith(("SELECT", "UPDATE", "DELETE")):
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                plan = [row[3] for row in cursor.fetchall()]
                scanned |= {(step, sql[:300]) for step in plan if re.match(LARGE, step)}
    assert scanned == set()
