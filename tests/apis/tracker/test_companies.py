"""Section 3 of the tracker's document: companies."""

from datetime import UTC, datetime

import pytest

from onward.domain.activity.models import Activity
from onward.domain.applications.models import Application
from onward.domain.companies.models import Company
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, CompanyFactory

PATH = "/tracker/api/v1/companies/"
GOOGLE = {
    "name": "Google",
    "website": "https://google.com",
    "industry": "Technology",
    "location": "Mountain View, CA",
    "size": "enterprise",
    "glassdoor_rating": 4.5,
    "notes": "Great company culture",
}


def names(answer):
    return [row["name"] for row in answer.json()["results"]]


def test_creates_a_company_and_answers_with_it_in_full(as_ada):
    answer = as_ada.post(PATH, GOOGLE)

    assert answer.status_code == 201
    made = answer.json()
    assert list(made) == [
        "id",
        "name",
        "website",
        "industry",
        "location",
        "size",
        "glassdoor_rating",
        "notes",
        "application_count",
        "created_at",
        "updated_at",
    ]
    assert made | {"glassdoor_rating": 4.5} == made | GOOGLE
    assert made["glassdoor_rating"] == "4.5"
    assert made["application_count"] == 0
    assert made["created_at"] == made["updated_at"]
    assert made["created_at"].endswith("Z")


def test_needs_nothing_but_a_name(as_ada):
    made = as_ada.post(PATH, {"name": "Acme"}).json()

    assert made["size"] == made["website"] == made["industry"] == made["location"] == made["notes"] == ""
    assert made["glassdoor_rating"] is None


@pytest.mark.parametrize("rating", [4.5, "4.5", 0, 5, "3", None])
def test_takes_a_rating_as_a_number_or_as_text_and_shows_one_decimal(as_ada, rating):
    made = as_ada.post(PATH, {"name": "Acme", "glassdoor_rating": rating}).json()

    assert made["glassdoor_rating"] == (None if rating is None else f"{float(rating):.1f}")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", None),
        ("name", 7),
        ("name", "x" * 256),
        ("name", "a\x00b"),
        ("website", "javascript:alert(1)"),
        ("website", "not a url"),
        ("website", "https://"),
        ("size", "huge"),
        ("glassdoor_rating", 5.1),
        ("glassdoor_rating", -1),
        ("glassdoor_rating", "good"),
        ("glassdoor_rating", 4.55),
        ("notes", None),
    ],
)
def test_names_the_field_that_is_wrong(as_ada, field, value):
    answer = as_ada.post(PATH, GOOGLE | {field: value})

    assert answer.status_code == 400
    assert list(answer.json()) == [field]
    assert all(isinstance(problem, str) for problem in answer.json()[field])
    assert Company.objects.count() == 0


def test_refuses_a_company_without_a_name(as_ada):
    answer = as_ada.post(PATH, {})

    assert answer.status_code == 400
    assert answer.json() == {"name": ["This field is required."]}


@pytest.mark.parametrize("again", ["Google", "google", "GOOGLE", "  Google ", "Ｇｏｏｇｌｅ"])
def test_refuses_a_second_company_of_the_same_name_whatever_its_case(as_ada, again):
    as_ada.post(PATH, GOOGLE)

    answer = as_ada.post(PATH, {"name": again})

    assert answer.status_code == 400
    assert list(answer.json()) == ["name"]
    assert Company.objects.count() == 1


def test_lets_two_people_know_the_same_company(as_ada, as_ben):
    assert as_ada.post(PATH, GOOGLE).status_code == 201
    assert as_ben.post(PATH, GOOGLE).status_code == 201


def test_lists_companies_by_name_with_the_number_of_applications(as_ada, ada):
    google = CompanyFactory(owner=ada, name="Google", industry="Technology", location="Mountain View, CA")
    CompanyFactory(owner=ada, name="Acme")
    ApplicationFactory.create_batch(3, owner=ada, company=google)

    answer = as_ada.get(PATH)

    assert answer.status_code == 200
    assert answer.json() == {
        "count": 2,
        "next": None,
        "previous": None,
        "results": [
            {
                "id": answer.json()["results"][0]["id"],
                "name": "Acme",
                "industry": "",
                "location": "",
                "application_count": 0,
            },
            {
                "id": google.pk,
                "name": "Google",
                "industry": "Technology",
                "location": "Mountain View, CA",
                "application_count": 3,
            },
        ],
    }


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("google", ["Google"]),
        ("TECHNOLOGY", ["Google"]),
        ("mountain tech", ["Google"]),
        ("mountain acme", []),
        ("é", ["Écoute"]),
        ("École ÉCOUTE", []),
        ("écoute", ["Écoute"]),
        ("100%", ["100% Pure"]),
        ("_", []),
        ("%", ["100% Pure"]),
        ("\\", []),
        ("'", []),
        ("", ["100% Pure", "Google", "Écoute"]),
    ],
)
def test_finds_companies_in_which_every_word_stands_somewhere(as_ada, ada, search, found):
    CompanyFactory(owner=ada, name="Google", industry="Technology", location="Mountain View, CA")
    CompanyFactory(owner=ada, name="Écoute")
    CompanyFactory(owner=ada, name="100% Pure")

    assert sorted(names(as_ada.get(PATH, {"search": search}))) == found


def test_filters_by_size_and_industry(as_ada, ada):
    CompanyFactory(owner=ada, name="A", size="small", industry="Health")
    CompanyFactory(owner=ada, name="B", size="large", industry="Health")

    assert names(as_ada.get(PATH, {"size": "small"})) == ["A"]
    assert names(as_ada.get(PATH, {"industry": "health"})) == ["A", "B"]
    assert names(as_ada.get(PATH, {"industry": "Health", "size": "large"})) == ["B"]
    assert names(as_ada.get(PATH, {"size": ""})) == ["A", "B"]


def test_names_a_size_that_is_none(as_ada):
    answer = as_ada.get(PATH, {"size": "huge"})

    assert answer.status_code == 400
    assert "huge" in answer.json()["size"][0]


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("name", ["A", "B", "C"]),
        ("-name", ["C", "B", "A"]),
        ("created_at", ["C", "A", "B"]),
        ("-created_at", ["B", "A", "C"]),
        ("glassdoor_rating", ["B", "A", "C"]),
        ("-glassdoor_rating", ["A", "B", "C"]),
        ("owner__password", ["A", "B", "C"]),
        ("--name", ["A", "B", "C"]),
        ("-", ["A", "B", "C"]),
        ("; drop", ["A", "B", "C"]),
    ],
)
def test_orders_as_asked_and_passes_over_an_unknown_order(as_ada, ada, ordering, expected):
    for name, day, rating in [("A", 2, "4.0"), ("B", 3, "3.0"), ("C", 1, None)]:
        CompanyFactory(owner=ada, name=name, created_at=datetime(2026, 1, day, tzinfo=UTC), glassdoor_rating=rating)

    assert names(as_ada.get(PATH, {"ordering": ordering})) == expected


def test_gives_twenty_a_page_with_links_that_keep_what_was_asked(as_ada, ada):
    for number in range(45):
        CompanyFactory(owner=ada, name=f"Company {number:02}", industry="Art")

    first = as_ada.get(PATH, {"search": "company", "ordering": "-name"}).json()
    second = as_ada.get(first["next"]).json()
    third = as_ada.get(second["next"]).json()

    assert first["count"] == 45
    assert first["next"] == "http://testserver/tracker/api/v1/companies/?search=company&ordering=-name&page=2"
    assert first["previous"] is None
    assert second["previous"] == "http://testserver/tracker/api/v1/companies/?search=company&ordering=-name"
    assert third["next"] is None
    assert [len(page["results"]) for page in (first, second, third)] == [20, 20, 5]
    assert as_ada.get(PATH, {"page_size": 100}).json()["next"] is None
    assert len(as_ada.get(PATH, {"page_size": 7}).json()["results"]) == 7


def test_keeps_the_bare_path_in_links_when_it_was_asked_by_it(as_ada, ada):
    CompanyFactory.create_batch(21, owner=ada)

    assert as_ada.get("/api/v1/companies/").json()["next"] == "http://testserver/api/v1/companies/?page=2"


@pytest.mark.parametrize("page", ["0", "-1", "abc", "2", "99999999999999999999", "1.5", ""])
def test_has_no_page_beyond_the_last_one(as_ada, page):
    answer = as_ada.get(PATH, {"page": page})

    assert answer.status_code == 404
    assert answer.json() == {"detail": "Invalid page."}


def test_shows_an_empty_list_on_the_first_page(as_ada):
    assert as_ada.get(PATH).json() == {"count": 0, "next": None, "previous": None, "results": []}


def test_changes_what_is_sent_and_leaves_what_is_absent(as_ada):
    made = as_ada.post(PATH, GOOGLE).json()

    answer = as_ada.patch(f"{PATH}{made['id']}/", {"location": "Zürich"})

    assert answer.status_code == 200
    changed = answer.json()
    assert changed["updated_at"] > made["updated_at"]
    assert changed | {"updated_at": made["updated_at"]} == made | {"location": "Zürich"}
    assert as_ada.get(f"{PATH}{made['id']}/").json() == changed


def test_needs_the_name_in_a_put(as_ada):
    made = as_ada.post(PATH, GOOGLE).json()

    assert as_ada.put(f"{PATH}{made['id']}/", {"notes": "x"}).json() == {"name": ["This field is required."]}
    assert as_ada.put(f"{PATH}{made['id']}/", {"name": "Alphabet"}).json()["name"] == "Alphabet"


def test_writing_back_what_was_read_changes_nothing(as_ada):
    made = as_ada.post(PATH, GOOGLE).json()

    assert as_ada.put(f"{PATH}{made['id']}/", made).json() == made


def test_may_change_the_case_of_its_own_name_but_not_take_anothers(as_ada):
    google = as_ada.post(PATH, GOOGLE).json()
    as_ada.post(PATH, {"name": "Acme"})

    assert as_ada.patch(f"{PATH}{google['id']}/", {"name": "GOOGLE"}).json()["name"] == "GOOGLE"
    refused = as_ada.patch(f"{PATH}{google['id']}/", {"name": "acme", "notes": "lost?"})
    assert refused.status_code == 400
    assert list(refused.json()) == ["name"]
    assert as_ada.get(f"{PATH}{google['id']}/").json()["notes"] == GOOGLE["notes"]


def test_deletes_a_company_with_its_applications_and_announces_each(as_ada, ada):
    company = CompanyFactory(owner=ada, name="Acme")
    ApplicationFactory.create_batch(2, owner=ada, company=company)
    kept = ApplicationFactory(owner=ada)

    answer = as_ada.delete(f"{PATH}{company.pk}/")

    assert answer.status_code == 204
    assert answer.content == b""
    assert list(Application.objects.all()) == [kept]
    events = list(EventRecord.objects.order_by("pk").values_list("name", flat=True))
    assert events == ["company.deleted", "application.deleted", "application.deleted"]
    assert as_ada.get(f"{PATH}{company.pk}/").status_code == 404


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_does_not_know_the_company_of_somebody_else(as_ben, ada, method):
    company = CompanyFactory(owner=ada, name="Acme")

    answer = getattr(as_ben, method)(f"{PATH}{company.pk}/", {"name": "Mine now"} if method != "get" else {})

    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not found."}
    company.refresh_from_db()
    assert company.name == "Acme"


@pytest.mark.parametrize("pk", ["0", "-1", "abc", "1.5", "99999999999999999999", "%00", "１"])
def test_has_no_company_of_an_id_that_is_none(as_ada, pk):
    assert as_ada.get(f"{PATH}{pk}/").status_code == 404


def test_never_lists_what_is_somebody_elses(as_ben, ada):
    CompanyFactory(owner=ada)

    assert as_ben.get(PATH).json()["count"] == 0


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_wants_to_know_who_asks(anonymous, method):
    for path in (PATH, f"{PATH}1/"):
        answer = getattr(anonymous, method)(path)
        if answer.status_code != 405:
            assert answer.status_code == 401
            assert answer.json() == {"detail": "Authentication credentials were not provided."}
            assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_passes_over_fields_that_are_not_a_clients_to_set(as_ada, ada, ben):
    made = as_ada.post(
        PATH, GOOGLE | {"id": 999999, "owner": ben.pk, "owner_id": ben.pk, "created_at": "2020-01-01T00:00:00Z"}
    ).json()

    assert made["id"] != 999999
    assert Company.objects.get().owner == ada
    assert made["created_at"] > "2026"


def test_makes_one_company_of_thirty_attempts_at_once(together, as_ada):
    answers = together(30, lambda number: as_ada.post(PATH, {"name": "Acme" if number % 2 else "ACME"}))

    assert sorted(answer.status_code for answer in answers) == [201] + [400] * 29
    assert Company.objects.count() == 1


def test_writes_a_line_into_the_timeline(as_ada, ada):
    as_ada.post(PATH, GOOGLE)

    assert [line.owner for line in Activity.objects.all()] == [ada]


def test_reads_a_list_and_a_company_with_two_queries_each(as_ada, ada, queries):
    company = CompanyFactory(owner=ada)
    as_ada.get(PATH)

    with queries() as asked:
        as_ada.get(PATH)
    assert len(asked) == 2
    with queries() as asked:
        as_ada.get(f"{PATH}{company.pk}/")
    assert len(asked) == 2


def test_says_lengths_in_characters(as_ada):
    assert as_ada.post(PATH, {"name": "x" * 256}).json() == {
        "name": ["Ensure this field has no more than 255 characters."]
    }
    for nothing in ("", " ", "\u200b"):
        assert as_ada.post(PATH, {"name": nothing}).json() == {"name": ["This field may not be blank."]}


def test_finds_the_same_letters_on_every_database(as_ada, ada):
    CompanyFactory(owner=ada, name="Straße")
    CompanyFactory(owner=ada, name="ΑΘΗΝΑ")

    assert names(as_ada.get(PATH, {"search": "STRAßE"})) == ["Straße"]
    assert names(as_ada.get(PATH, {"search": "strasse"})) == []
    assert names(as_ada.get(PATH, {"search": "αθηνα"})) == ["ΑΘΗΝΑ"]


def test_a_preflight_says_how_the_count_stands(anonymous):
    answer = anonymous.options(PATH, HTTP_ORIGIN="http://localhost:3000", HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET")

    assert answer["Access-Control-Allow-Origin"] == "http://localhost:3000"
    assert {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"} <= set(answer.headers)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("northwind.example", "https://northwind.example"),
        (" www.northwind.example/jobs?id=7 ", "https://www.northwind.example/jobs?id=7"),
        ("northwind.example:8443/jobs", "https://northwind.example:8443/jobs"),
        ("//northwind.example", "https://northwind.example"),
        ("localhost:3000", "https://localhost:3000"),
        ("http://northwind.example", "http://northwind.example"),
        ("ftp://northwind.example", None),
        ("javascript:alert(1)", None),
        ("mailto:jobs@northwind.example", None),
        ("northwind", None),
        ("x" * 490 + ".example", None),
    ],
)
def test_an_address_needs_no_scheme_and_takes_no_other(as_ada, given, kept):
    answer = as_ada.post("/tracker/api/v1/companies/", {"name": "Northwind", "website": given})

    if kept is None:
        assert (answer.status_code, list(answer.json())) == (400, ["website"])
    else:
        assert answer.json()["website"] == kept
