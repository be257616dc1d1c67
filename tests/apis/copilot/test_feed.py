"""The feed of open postings through the copilot API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.feed.models import SavedSearch
from onward.domain.feed.services import catch_up
from tests.factories import (
    ApplicationFactory,
    LeadFactory,
    PostingFactory,
    SavedJobFactory,
    SightingFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
FEED = "/copilot/api/v1/jobs/feed"
SEARCHES = "/copilot/api/v1/jobs/saved-searches"


def today():
    return timezone.now().date()


def posting(title="Baker", *, days=0, **values):
    return PostingFactory(title=title, posted_on=today() - timedelta(days=days), **values)


def found(client, **asked):
    answered = client.get(FEED, asked)
    assert answered.status_code == 200, answered.content
    return answered.json()


def titles(client, **asked):
    return [item["title"] for item in found(client, **asked)["items"]]


def test_the_feed_shows_what_anybody_may_see_and_apply_for(as_ada):
    posting("Baker", days=1)
    posting("Cook")
    LeadFactory(posting=posting("Butcher"))
    posting("Tailor", state=PostingState.CLOSED)
    catch_up()

    assert titles(as_ada) == ["Cook", "Baker"]


def test_the_best_comes_first_or_the_newest(as_ada):
    posting("Kitchen help", description="You help our baker.")
    posting("Baker", days=20)
    catch_up()

    assert titles(as_ada, query="baker") == ["Baker", "Kitchen help"]
    assert titles(as_ada, query="baker", sort="newest") == ["Kitchen help", "Baker"]


@pytest.mark.parametrize("sort", ["newest", "relevance"])
@pytest.mark.parametrize("query", ["", "baker"])
def test_parts_neither_repeat_nor_leave_out_anything(as_ada, sort, query):
    for n in range(23):
        posting(f"Baker {n}", days=n // 5)
    catch_up()
    whole = [item["id"] for item in found(as_ada, query=query, sort=sort, limit=100)["items"]]

    seen, cursor = [], ""
    for _ in range(10):
        part = found(as_ada, query=query, sort=sort, limit=5, cursor=cursor)
        seen += [item["id"] for item in part["items"]]
        assert part["total"] == 23
        cursor = part["next_cursor"]
        if cursor is None:
            break
        posting("Baker who comes later")
        catch_up()
        Posting.objects.filter(title="Baker who comes later").delete()
        catch_up()

    assert seen == whole
    assert len(set(whole)) == 23


def test_a_part_is_full_though_some_were_closed_since_the_index_was_written(as_ada):
    rows = [posting(f"Baker {n}") for n in range(6)]
    catch_up()
    Posting.objects.filter(pk__in=[row.pk for row in rows[3:]]).update(state=PostingState.CLOSED)

    part = found(as_ada, sort="newest", limit=3)

    assert [item["title"] for item in part["items"]] == ["Baker 2", "Baker 1", "Baker 0"]
    assert part["next_cursor"] is None


def test_a_cursor_belongs_to_its_search(as_ada):
    for n in range(3):
        posting(f"Baker {n}")
    catch_up()
    cursor = found(as_ada, query="baker", limit=1)["next_cursor"]

    for asked in ({"query": "cook", "cursor": cursor}, {"cursor": "nonsense"}, {"cursor": "e30"}, {"cursor": cursor}):
        refused = as_ada.get(FEED, asked)
        assert refused.status_code == 422
        assert refused.json()["detail"][0]["loc"] == ["query", "cursor"]


def test_facets_and_the_total_are_of_everything_that_was_found(as_ada):
    posting("Senior baker", work_mode="remote", job_type="full_time")
    posting("Junior baker", work_mode="remote", job_type="part_time")
    posting("Baker", work_mode="onsite", job_type="full_time", is_internship=False)
    catch_up()

    part = found(as_ada, query="baker", limit=1)

    assert (part["total"], part["total_is_exact"]) == (3, True)
    assert part["facets"]["remote_option"] == {"remote": 2, "onsite": 1}
    assert part["facets"]["job_type"] == {"full-time": 2, "part-time": 1}
    assert part["facets"]["seniority"]["senior"] == 1
    assert part["facets"]["source"] == {"manual": 3}


def test_more_than_are_counted_are_said_to_be_more(as_ada, monkeypatch):
    monkeypatch.setattr("onward.domain.feed.queries.found.COUNTED", 3)
    for n in range(5):
        posting(f"Baker {n}")
    catch_up()

    part = found(as_ada, query="baker", sort="newest", limit=2)
    assert (part["total"], part["total_is_exact"]) == (3, False)

    cursor, seen = part["next_cursor"], [item["title"] for item in part["items"]]
    while cursor:
        part = found(as_ada, query="baker", sort="newest", limit=2, cursor=cursor)
        cursor, seen = part["next_cursor"], [*seen, *(item["title"] for item in part["items"])]
    assert seen == [f"Baker {n}" for n in (4, 3, 2, 1, 0)]


def test_filters_are_in_this_documents_words(as_ada):
    posting("Senior baker", work_mode="remote", job_type="full_time", company_name="Warm Ovens")
    posting("Junior baker", work_mode="hybrid", job_type="contract", days=20)
    catch_up()

    assert titles(as_ada, remote_only=True) == ["Senior baker"]
    assert titles(as_ada, remote_only=False, sort="newest") == ["Senior baker", "Junior baker"]
    assert titles(as_ada, remote_option="hybrid") == ["Junior baker"]
    assert titles(as_ada, job_type="Full Time") == ["Senior baker"]
    assert titles(as_ada, seniority="junior") == ["Junior baker"]
    assert titles(as_ada, company="ovens") == ["Senior baker"]
    assert titles(as_ada, location="lyon france", sort="newest") == ["Senior baker", "Junior baker"]
    assert titles(as_ada, posted_within=7) == ["Senior baker"]
    assert titles(as_ada, source="manual", job_type="") == ["Senior baker", "Junior baker"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sort", "best"),
        ("limit", "0"),
        ("limit", "101"),
        ("job_type", "sometimes"),
        ("seniority", "old"),
        ("source", "nowhere"),
        ("min_salary", "-1"),
        ("posted_within", "soon"),
        ("currency", "EURO"),
        ("query", "x\x00y"),
        ("query", "x" * 501),
    ],
)
def test_what_cannot_be_asked_is_named(as_ada, name, value):
    refused = as_ada.get(FEED, {name: value})

    assert refused.status_code == 422
    assert name in refused.json()["detail"][0]["loc"]


@pytest.mark.parametrize(
    "query", ["%", "_", "'", '"', "\\", "*", "NEAR(", "-baker", "a AND", "🙂", "' OR 1=1 --", "&|!"]
)
def test_signs_are_no_wildcards(as_ada, query):
    posting("Cook")
    catch_up()

    assert titles(as_ada, query=query) == []


def test_a_misspelled_word_is_read_as_what_was_meant_and_the_answer_says_so(as_ada):
    for n in range(3):
        posting(f"Baker {n}")
    catch_up()

    part = found(as_ada, query="bakre")

    assert part["total"] == 3
    assert part["corrected"] == {"bakre": "baker"}


def test_a_dismissed_posting_is_seen_no_more_by_who_dismissed_it(as_ada, as_ben):
    one, other = posting("Baker"), posting("Cook")
    catch_up()

    for _ in range(2):
        assert as_ada.post(f"{FEED}/{one.pk}/dismiss").json()["is_dismissed"]

    part = found(as_ada)
    assert ([item["title"] for item in part["items"]], part["total"]) == (["Cook"], 1)
    assert found(as_ben)["total"] == 2
    assert as_ada.get(f"{FEED}/{one.pk}").json()["is_dismissed"]
    assert not as_ada.get(f"{FEED}/{other.pk}").json()["is_dismissed"]

    assert as_ada.delete(f"{FEED}/{one.pk}/dismiss").status_code == 204
    assert found(as_ada)["total"] == 2


def test_what_one_has_to_do_with_a_posting_is_told(as_ada, ada, ben):
    row = posting("Baker", company_name="Warm Ovens", description="You bake. " * 60)
    job = SavedJobFactory(owner=ada, posting=row)
    ApplicationFactory(owner=ada, company__owner=ada, company__name="warm  ovens")
    ApplicationFactory(owner=ben, company__owner=ben, company__name="Cold Ovens")
    posting("Cook", company_name="Cold Ovens", days=1)
    source = SourceFactory()
    SightingFactory(posting=row, source=source, is_telling=False)
    SightingFactory(posting=row, source=source)
    catch_up()

    baker, cook = found(as_ada, sort="newest")["items"]

    assert (baker["job_id"], baker["applied_before"], baker["is_repost"]) == (job.pk, True, True)
    assert (cook["job_id"], cook["applied_before"], cook["is_repost"]) == (None, False, False)
    assert (baker["source"], cook["source"], baker["freshness"]) == ("greenhouse", "manual", "live")
    assert len(baker["description_preview"]) == 200
    assert as_ada.get(f"{FEED}/{row.pk}").json()["description"] == row.description


@pytest.mark.parametrize("call", ["get", "post", "delete"])
def test_what_is_not_open_to_all_is_not_there(as_ada, call):
    closed, team = posting(state=PostingState.CLOSED), LeadFactory(posting=posting()).posting
    for pk in (closed.pk, team.pk, 10**12, "x"):
        path = f"{FEED}/{pk}" + ("" if call == "get" else "/dismiss")
        assert getattr(as_ada, call)(path).status_code == 404


def test_the_feed_costs_as_many_statements_however_much_there_is(as_ada, queries):
    def asked(many):
        for n in range(many):
            posting(f"Baker {n}")
        catch_up()
        found(as_ada, query="baker")
        with queries() as statements:
            found(as_ada, query="baker", limit=100)
        return [statement["sql"] for statement in statements if "search_" not in statement["sql"]]

    few, more = asked(3), asked(60)

    assert len(few) == len(more) <= 10, more


def test_a_search_is_kept_as_it_was_said(as_ada, as_ben):
    filters = {
        "query": "baker",
        "job_type": "full-time",
        "remote_option": "remote",
        "tech_stack": ["Ovens"],
        "min_salary": 30000,
    }
    made = as_ada.post(SEARCHES, {"name": "Bread", "filters": filters})

    assert made.status_code == 201
    assert made.json()["filters"] == filters
    assert made.json()["notify"] == "daily"
    path = f"{SEARCHES}/{made.json()['id']}"
    assert as_ada.get(path).json() == made.json()
    assert as_ada.get(SEARCHES).json() == [made.json()]
    assert as_ben.get(SEARCHES).json() == []
    for call in (as_ben.get, as_ben.delete):
        assert call(path).status_code == 404
    assert as_ben.patch(path, {"name": "Mine"}).status_code == 404

    changed = as_ada.patch(path, {"notify": "never", "filters": {"query": "cook"}}).json()
    assert (changed["name"], changed["notify"], changed["filters"]) == ("Bread", "never", {"query": "cook"})
    assert as_ada.delete(path).status_code == 204
    assert as_ada.get(SEARCHES).json() == []


def test_two_searches_of_a_name_are_not_kept(as_ada):
    first = as_ada.post(SEARCHES, {"name": "Bread", "filters": {}})
    second = as_ada.post(SEARCHES, {"name": "Cake", "filters": {}})
    assert (first.status_code, second.status_code) == (201, 201)

    assert as_ada.post(SEARCHES, {"name": "Bread", "filters": {}}).status_code == 400
    assert as_ada.patch(f"{SEARCHES}/{second.json()['id']}", {"name": "Bread"}).status_code == 400
    assert [search["name"] for search in as_ada.get(SEARCHES).json()] == ["Bread", "Cake"]


def tell(at):
    from onward.domain.notifications.services import searches

    return searches.tell_due(at=at)


def notices(client):
    return client.get("/copilot/api/v1/notifications", {"notification_type": "new_job_match"}).json()["notifications"]


MORNING = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)


def test_what_is_new_in_saved_searches_is_told_once_a_morning_in_one_line(as_ada, as_ben):
    posting("Baker of old")
    catch_up(at=MORNING - timedelta(days=3))
    for name, query in (("Bread", "baker"), ("Soup", "cook"), ("Cloth", "tailor")):
        as_ada.post(SEARCHES, {"name": name, "filters": {"query": query}})
    as_ben.post(SEARCHES, {"name": "Never", "filters": {"query": "baker"}, "notify": "never"})
    SavedSearch.objects.update(seen_until=MORNING - timedelta(days=2))
    rows = [posting("Baker"), posting("Second baker"), posting("Cook")]
    catch_up(at=MORNING - timedelta(days=1))

    assert tell(MORNING.replace(hour=7)) == 0
    assert tell(MORNING) == 1
    assert tell(MORNING + timedelta(hours=1)) == 0

    (line,) = notices(as_ada)
    assert line["title"] == "3 new postings in 2 saved searches"
    assert line["data"]["count"] == 3
    assert [(one["name"], one["count"]) for one in line["data"]["searches"]] == [("Bread", 2), ("Soup", 1)]
    assert line["data"]["searches"][1]["posting_ids"] == [rows[2].pk]
    assert notices(as_ben) == []

    assert tell(MORNING + timedelta(days=1)) == 0
    Posting.objects.filter(pk=rows[0].pk).update(title="First baker")
    catch_up(at=MORNING + timedelta(days=1))
    assert tell(MORNING + timedelta(days=2)) == 0, "what only changed is not new"
    posting("Third baker")
    catch_up(at=MORNING + timedelta(days=2))
    assert tell(MORNING + timedelta(days=3)) == 1
    assert notices(as_ada)[0]["title"] == "1 new posting in “Bread”"


def test_a_weekly_search_is_told_of_on_mondays(as_ada, ada):
    made = as_ada.post(SEARCHES, {"name": "Bread", "filters": {"query": "baker"}, "notify": "weekly"}).json()
    posting("Baker")
    catch_up(at=timezone.now() + timedelta(seconds=5))
    days = [MORNING + timedelta(days=n) for n in range(1, 8)]

    assert [day.weekday() for day in days if tell(day)] == [0]
    assert notices(as_ada)[0]["data"]["searches"][0]["search_id"] == made["id"]


@pytest.mark.parametrize("path", ["jobs/feed", "linkedin-jobs", "market", "recommendations/jobs"])
def test_what_cannot_be_asked_is_named_where_it_stands(as_ada, path):
    field = "time_range" if path == "market" else "limit"

    answered = as_ada.get(f"/copilot/api/v1/{path}", {field: "many"})

    assert (answered.status_code, [one["loc"] for one in answered.json()["detail"]]) == (422, [["query", field]])


@pytest.mark.django_db(transaction=True)
def test_of_many_searches_that_are_saved_at_once_none_is_too_many(signed_in, ada, together, monkeypatch):
    monkeypatch.setattr("onward.domain.feed.services.mine.MOST", 5)

    said = together(12, lambda n: signed_in(ada).post(SEARCHES, {"name": f"Bread {n}", "filters": {}}).status_code)

    assert sorted(said) == [201] * 5 + [422] * 7
    assert SavedSearch.objects.count() == 5
