"""Saved jobs and their conversion, as the offers document promises them."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.activity.models import Activity
from onward.domain.applications.choices import JobType, Priority, SavedJobStatus, WorkType
from onward.domain.applications.models import Application, Note, SavedJob, StatusChange
from onward.domain.companies.models import Company
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, CompanyFactory, SavedJobFactory
from tests.poison import POISON

pytestmark = pytest.mark.django_db

PATH = "/offers/api/v1/saved-jobs/"
APPLICATIONS = "/offers/api/v1/applications/"
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
WHOLE = {
    "company_name": "Acme",
    "role_title": "Cook",
    "url": "https://jobs.example.org/7",
    "company_website": "https://acme.example.org",
    "location": "Berlin",
    "job_type": "Part-time",
    "work_mode": "On-site",
    "salary_range_min": 30000,
    "salary_range_max": 36000,
    "salary_currency": "EUR",
    "priority": "High",
    "source": "A poster at the bakery",
    "notes": "They bake at night",
    "deadline": "2026-04-01",
    "excitement_level": 5,
}
ALWAYS = {"company_name", "salary_currency", "priority"}
OPTIONAL = [name for name in WHOLE if name not in ALWAYS]
CONVERTED = {"detail": "Saved job already converted"}


@pytest.fixture
def job(ada):
    return SavedJobFactory(
        owner=ada,
        company_name="Acme",
        job_title="Cook",
        salary_min=30000,
        salary_max=36000,
        created_at=LONG_AGO,
        updated_at=LONG_AGO,
    )


def row(job):
    return SavedJob.objects.filter(pk=job.pk).values().get()


def said(answered):
    return answered.status_code, answered.json()


def companies(answered):
    assert answered.status_code == 200, answered.content
    return [shown["company_name"] for shown in answered.json()]


def places(answered):
    assert answered.status_code == 422, answered.content
    return [problem["loc"] for problem in answered.json()["detail"]]


def test_saves_a_job_with_a_company_alone(as_ada, ada):
    answered = as_ada.post(PATH, {"company_name": "Acme"})

    saved = answered.json()
    assert (answered.status_code, saved) == (
        201,
        {
            "id": str(SavedJob.objects.get().uid),
            "user_id": str(ada.uid),
            **dict.fromkeys(WHOLE),
            "company_name": "Acme",
            "salary_currency": "USD",
            "priority": "Medium",
            "status": "Active",
            "converted_to_application_id": None,
            "created_at": saved["created_at"],
            "updated_at": saved["created_at"],
        },
    )
    assert not Company.objects.exists(), "it is no company of the record yet"


def test_keeps_every_field(as_ada):
    saved = as_ada.post(PATH, WHOLE).json()

    assert {name: saved[name] for name in WHOLE} == WHOLE
    assert as_ada.get(f"{PATH}{saved['id']}").json() == saved


WORDS = [
    *(("job_type", word) for word in ("Full-time", "Part-time", "Contract", "Internship", "Freelance")),
    *(("work_mode", word) for word in ("Remote", "Hybrid", "On-site")),
    *(("priority", word) for word in ("High", "Medium", "Low")),
    *(("excitement_level", level) for level in (1, 2, 3, 4, 5)),
]


@pytest.mark.parametrize(("name", "word"), WORDS)
def test_says_each_thing_in_its_own_word(as_ada, name, word):
    assert as_ada.post(PATH, {"company_name": "Acme", name: word}).json()[name] == word


def test_a_form_that_sends_empty_texts_means_nothing(as_ada):
    saved = as_ada.post(PATH, {"company_name": "Acme", "salary_currency": "", **dict.fromkeys(OPTIONAL, "")}).json()

    assert {name: saved[name] for name in OPTIONAL} == dict.fromkeys(OPTIONAL)
    assert saved["salary_currency"] == "USD"


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ({"company_name": "Acme", "role_title": "Cook"}, "Created: Acme — Cook"),
        ({"company_name": "Acme"}, "Created: Acme"),
    ],
)
def test_the_timeline_tells_of_it_as_of_an_application(as_ada, body, description):
    saved = as_ada.post(PATH, body).json()

    line = Activity.objects.get()
    assert (line.action, line.description, line.application_id) == (
        "job_saved",
        description,
        None,
    )
    assert line.metadata == {"source": "saved_job", "saved_job_id": saved["id"]}


def test_lists_the_latest_first_and_only_ones_own(as_ada, ada):
    for days, name in ((2, "second"), (1, "first"), (3, "third")):
        SavedJobFactory(owner=ada, company_name=name, created_at=LONG_AGO + timedelta(days=days))
    SavedJobFactory(owner=ada, company_name="third, later", created_at=LONG_AGO + timedelta(days=3))
    SavedJobFactory()

    assert companies(as_ada.get(PATH)) == ["third, later", "third", "second", "first"]
    assert companies(as_ada.get(PATH, {"skip": 1, "limit": 2})) == ["third", "second"]


def test_lists_a_hundred_unless_asked_otherwise(as_ada, ada):
    for _ in range(101):
        SavedJobFactory(owner=ada)

    assert len(companies(as_ada.get(PATH))) == 100
    assert len(companies(as_ada.get(PATH, {"limit": 1000}))) == 101
    assert places(as_ada.get(PATH, {"skip": "-1"})) == [["query", "skip"]]


def test_lists_by_status_and_priority(as_ada, ada):
    for status in SavedJobStatus:
        for priority in Priority:
            SavedJobFactory(owner=ada, company_name=f"{status} {priority}", status=status, priority=priority)

    def listed(**asked):
        return sorted(companies(as_ada.get(PATH, asked)))

    assert listed(status="Archived") == ["archived high", "archived low", "archived medium"]
    assert listed(priority="Low") == ["active low", "archived low", "converted low"]
    assert listed(status="Converted", priority="High") == ["converted high"]
    assert len(listed(status="", priority="")) == 9
    assert places(as_ada.get(PATH, {"status": "archived"})) == [["query", "status"]]
    assert places(as_ada.get(PATH, {"priority": "Urgent"})) == [["query", "priority"]]


@pytest.mark.parametrize("count", [1, 20])
def test_a_list_is_one_statement_however_long_it_is(as_ada, ada, queries, count):
    for _ in range(count):
        SavedJobFactory(owner=ada, application=ApplicationFactory(owner=ada))
    for asked_for in ({}, {"status": "Active", "priority": "Medium"}):
        as_ada.get(PATH, asked_for)
        with queries() as asked:
            assert len(as_ada.get(PATH, asked_for).json()) == count
        # Who asks, and what they asked for.
        assert len(asked) == 2


BAD = [
    ("company_name", ""),
    ("company_name", " \t"),
    ("company_name", "x" * 256),
    ("role_title", "x" * 256),
    ("url", "jobs"),
    ("url", "https://jobs.example.org/" + "x" * 500),
    ("company_website", "javascript:alert(1)"),
    ("company_website", "https://acme.example.org/" + "x" * 500),
    ("location", "x" * 256),
    ("job_type", "full_time"),
    ("work_mode", "onsite"),
    ("salary_range_min", -1),
    ("salary_range_max", -1),
    ("salary_range_min", 1.5),
    ("salary_range_min", True),
    ("salary_range_max", 2**31),
    ("salary_currency", "EURO"),
    ("priority", "high"),
    ("source", "x" * 256),
    ("notes", "a\x00b"),
    ("deadline", "soon"),
    ("excitement_level", 0),
    ("excitement_level", 6),
    ("excitement_level", "very"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_is_not_valid_is_refused_by_the_name_of_its_field(as_ada, job, name, value):
    before = row(job)

    assert places(as_ada.post(PATH, {"company_name": "x", name: value})) == [["body", name]]
    assert places(as_ada.put(f"{PATH}{job.uid}", {name: value})) == [["body", name]]
    assert row(job) == before
    assert SavedJob.objects.count() == 1


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_said_is_the_usual(as_ada, nothing):
    saved = as_ada.post(PATH, {"company_name": "Acme", "priority": nothing, "salary_currency": nothing}).json()

    assert (saved["priority"], saved["salary_currency"]) == ("Medium", "USD")


def test_the_company_must_be_given(as_ada):
    assert places(as_ada.post(PATH, {"company_name": None})) == [["body", "company_name"]]
    assert places(as_ada.post(PATH, {"role_title": "Cook"})) == [["body", "company_name"]]
    assert places(as_ada.post(PATH)) == [["body", "company_name"]]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"salary_range_min": 2, "salary_range_max": 1}, "salary_range_max"),
        ({"salary_range_min": 36001}, "salary_range_min"),
        ({"salary_range_max": 29999}, "salary_range_max"),
        ({"salary_range_max": 0}, "salary_range_max"),
    ],
)
def test_a_salary_does_not_contradict_itself(as_ada, job, sent, field):
    before = row(job)

    assert places(as_ada.put(f"{PATH}{job.uid}", sent)) == [["body", field]]
    # Of a new one both are told at once.
    assert places(as_ada.post(PATH, {**WHOLE, **sent})) == [["body", "salary_range_max"]]
    assert row(job) == before


@pytest.mark.parametrize("sent", [(1, 1), (0, 0), (None, 5), (5, None), (30000, 30000)])
def test_a_salary_may_be_open_or_exact(as_ada, job, sent):
    given = dict(zip(("salary_range_min", "salary_range_max"), sent, strict=True))

    for answered in (as_ada.post(PATH, {"company_name": "x", **given}), as_ada.put(f"{PATH}{job.uid}", given)):
        assert {name: answered.json()[name] for name in given} == given


def test_the_longest_texts_fit(as_ada):
    longest = {
        "company_name": "c" * 255,
        "role_title": "r" * 255,
        "url": "https://jobs.example.org/".ljust(500, "x"),
        "company_website": "https://acme.example.org/".ljust(500, "x"),
        "location": "l" * 255,
        "source": "s" * 255,
    }

    saved = as_ada.post(PATH, longest).json()

    assert {name: saved[name] for name in longest} == longest


@pytest.mark.parametrize("name", OPTIONAL)
@pytest.mark.parametrize("nothing", [None, ""])
def test_null_or_an_empty_text_clears_a_field(as_ada, name, nothing):
    saved = as_ada.post(PATH, WHOLE).json()

    changed = as_ada.put(f"{PATH}{saved['id']}", {name: nothing}).json()

    assert {field: changed[field] for field in WHOLE} == {**WHOLE, name: None}


@pytest.mark.parametrize("name", ["company_name", "salary_currency", "priority", "status"])
def test_null_leaves_what_always_is(as_ada, job, name):
    before = row(job)

    assert as_ada.put(f"{PATH}{job.uid}", {name: None}).status_code == 200
    assert row(job) == before


@pytest.mark.parametrize("name", ["salary_currency", "priority", "status"])
def test_so_does_the_nothing_of_a_form(as_ada, job, name):
    before = row(job)

    assert as_ada.put(f"{PATH}{job.uid}", {name: ""}).status_code == 200
    assert row(job) == before


def test_changes_what_is_sent_and_leaves_the_rest(as_ada, job):
    changed = as_ada.put(f"{PATH}{job.uid}", {"priority": "Low"}).json()

    assert (changed["priority"], changed["role_title"], changed["salary_range_min"]) == ("Low", "Cook", 30000)
    job.refresh_from_db()
    assert job.created_at == LONG_AGO < job.updated_at


def test_every_field_can_be_changed(as_ada, ada):
    job = SavedJobFactory(owner=ada)

    changed = as_ada.put(f"{PATH}{job.uid}", {**WHOLE, "status": "Archived"}).json()

    assert {name: changed[name] for name in WHOLE} == WHOLE
    assert changed["status"] == "Archived"
    assert as_ada.put(f"{PATH}{job.uid}", {"status": "Active"}).json()["status"] == "Active"


@pytest.mark.parametrize("word", ["Converted", "converted", "Open"])
def test_only_archiving_and_activating_is_done_by_hand(as_ada, job, word):
    before = row(job)

    assert places(as_ada.put(f"{PATH}{job.uid}", {"status": word})) == [["body", "status"]]
    assert row(job) == before


def test_a_new_job_is_active_whatever_is_sent(as_ada):
    assert as_ada.post(PATH, {"company_name": "Acme", "status": "Converted"}).json()["status"] == "Active"


def test_an_update_that_says_nothing_new_changes_nothing(as_ada, job):
    before = row(job)

    for body in ({}, {"company_name": "Acme"}, {"role_title": " Cook ", "salary_range_min": 30000}, {"unknown": 1}):
        assert as_ada.put(f"{PATH}{job.uid}", body).status_code == 200

    assert row(job) == before
    assert not EventRecord.objects.exists()


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@given(
    company_name=TEXTS,
    job_title=TEXTS,
    job_url=TEXTS,
    company_website=TEXTS,
    source=TEXTS,
    notes=TEXTS,
    job_type=st.sampled_from(["", *JobType.values]),
    work_type=st.sampled_from(["", *WorkType.values]),
    priority=st.sampled_from(Priority.values),
    status=st.sampled_from(SavedJobStatus.values),
    salary_currency=st.sampled_from(["", "eur", "USD"]),
    salary_min=st.none() | st.integers(0, 10),
    excitement=st.none() | st.integers(1, 5),
    deadline=st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
)
def test_what_is_read_and_written_back_changes_nothing(as_ada, ada, **fields):
    """Also where the record holds what this document would not take: it came there by another way."""
    job = SavedJobFactory(owner=ada, updated_at=LONG_AGO, **fields)
    before = row(job)
    shown = as_ada.get(f"{PATH}{job.uid}").json()

    assert said(as_ada.put(f"{PATH}{job.uid}", shown)) == (200, shown)
    assert row(job) == before


def test_deletes_a_saved_job(as_ada, job):
    assert said(as_ada.delete(f"{PATH}{job.uid}")) == (200, {"detail": "Saved job deleted"})
    assert as_ada.get(f"{PATH}{job.uid}").status_code == 404
    assert as_ada.get(PATH).json() == []


# Converting.


def test_converts_a_saved_job_to_an_application_with_all_that_is_known(as_ada):
    saved = as_ada.post(PATH, {**WHOLE, "source": "career FAIR"}).json()

    answered = as_ada.post(f"{PATH}{saved['id']}/convert")

    made = answered.json()
    assert answered.status_code == 201
    assert made == as_ada.get(f"{APPLICATIONS}{made['id']}").json()
    expected = {
        "company_name": "Acme",
        "role_title": "Cook",
        "url": "https://jobs.example.org/7",
        "description": None,
        "location": "Berlin",
        "job_type": "Part-time",
        "work_mode": "On-site",
        "salary_min": 30000,
        "salary_max": 36000,
        "salary_currency": "EUR",
        "applied_source": "Career Fair",
        "applied_date": None,
        "follow_up_date": None,
        "priority": "High",
        "notes": "They bake at night",
        "status": "Saved",
        "resume_version_id": None,
        "stages": [],
        "outcome": None,
        "reflection": None,
    }
    assert {name: made[name] for name in expected} == expected
    kept = as_ada.get(f"{PATH}{saved['id']}").json()
    assert (kept["status"], kept["converted_to_application_id"]) == ("Converted", made["id"])
    assert {name: kept[name] for name in WHOLE} == {**WHOLE, "source": "career FAIR"}


def test_the_application_of_a_bare_job_says_nothing_that_nobody_said(as_ada):
    saved = as_ada.post(PATH, {"company_name": "Acme"}).json()

    made = as_ada.post(f"{PATH}{saved['id']}/convert").json()

    names = ("url", "location", "job_type", "work_mode", "salary_min", "salary_max", "applied_source", "notes")
    assert {made[name] for name in names} == {None}
    assert (made["role_title"], made["priority"], made["salary_currency"]) == ("Untitled role", "Medium", "USD")
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("LinkedIn", "LinkedIn"),
        ("  linkedin ", "LinkedIn"),
        ("INDEED", "Indeed"),
        ("glassdoor", "Glassdoor"),
        ("company website", "Company Website"),
        ("company_site", "Company Website"),
        ("Referral", "Referral"),
        ("job  board", "Job Board"),
        ("Recruiter", "Recruiter"),
        ("networking", "Networking"),
        ("Career Fair", "Career Fair"),
        ("Job Fair", "Career Fair"),
        ("other", "Other"),
        ("A poster", "Other"),
        (None, None),
    ],
)
def test_knows_the_source_by_its_words(as_ada, words, shown):
    saved = as_ada.post(PATH, {"company_name": "Acme", "source": words}).json()

    assert as_ada.post(f"{PATH}{saved['id']}/convert").json()["applied_source"] == shown


def test_finds_the_company_by_its_name_or_makes_it(as_ada, ada, ben):
    CompanyFactory(owner=ben, name="Acme")
    known = CompanyFactory(owner=ada, name="ACME", website="https://other.example.org")
    first = as_ada.post(PATH, {"company_name": "acme", "company_website": "https://acme.example.org"}).json()
    second = as_ada.post(PATH, {"company_name": "Bolt", "company_website": "https://bolt.example.org"}).json()

    shown = [as_ada.post(f"{PATH}{job['id']}/convert").json()["company_name"] for job in (first, second)]

    assert shown == ["ACME", "Bolt"]
    known.refresh_from_db()
    assert known.website == "https://other.example.org"
    assert Company.objects.get(name="Bolt").website == "https://bolt.example.org"
    assert Company.objects.filter(owner=ada).count() == 2


def test_the_record_tells_what_came_of_what(as_ada, job):
    as_ada.post(f"{PATH}{job.uid}/convert")

    application = Application.objects.get()
    line = Activity.objects.get(action="application_created")
    assert (line.description, line.application_id) == ("Created: Acme — Cook", application.pk)
    assert line.metadata == {"source": "saved_job", "saved_job_id": str(job.uid)}
    created = EventRecord.objects.get(name="application.created")
    assert (created.payload["saved_job_uid"], created.payload["status"]) == (str(job.uid), "wishlist")
    converted = EventRecord.objects.get(name="saved_job.converted")
    assert converted.payload["application_id"] == application.pk
    assert StatusChange.objects.get().after == "wishlist"


def test_the_line_of_any_other_application_says_nothing_of_saved_jobs(as_ada):
    as_ada.post(APPLICATIONS, {"company_name": "Acme", "role_title": "Cook"})

    assert Activity.objects.get(action="application_created").metadata == {}


def test_the_tracker_sees_the_same_application(as_ada, job):
    as_ada.post(f"{PATH}{job.uid}/convert")

    (shown,) = as_ada.get("/tracker/api/v1/applications/").json()["results"]

    assert (shown["company_name"], shown["job_title"], shown["status"]) == ("Acme", "Cook", "wishlist")


def test_a_job_is_converted_once(as_ada, job):
    as_ada.post(f"{PATH}{job.uid}/convert")
    before = row(job)

    assert said(as_ada.post(f"{PATH}{job.uid}/convert")) == (400, CONVERTED)
    assert row(job) == before
    assert Application.objects.count() == 1


def test_of_many_who_convert_a_job_at_once_one_makes_an_application(together, as_ada, job):
    answers = together(6, lambda number: as_ada.post(f"{PATH}{job.uid}/convert"))

    assert sorted(answered.status_code for answered in answers) == [201, *[400] * 5]
    assert [a.json() for a in answers if a.status_code == 400] == [CONVERTED] * 5
    job.refresh_from_db()
    assert Application.objects.get() == job.application
    assert EventRecord.objects.filter(name="saved_job.converted").count() == 1


def test_jobs_of_one_new_company_converted_at_once_share_it(together, as_ada, ada):
    jobs = [SavedJobFactory(owner=ada, company_name="Acme", company_website="https://acme.example.org") for _ in "abcd"]

    answers = together(4, lambda number: as_ada.post(f"{PATH}{jobs[number].uid}/convert"))

    assert [answered.status_code for answered in answers] == [201] * 4
    assert Company.objects.get().website == "https://acme.example.org"


def test_jobs_of_one_known_company_converted_at_once_tell_its_website_once(together, as_ada, ada):
    known = CompanyFactory(owner=ada, name="Acme", website="")
    jobs = [
        SavedJobFactory(owner=ada, company_name="Acme", company_website=f"https://{word}.example.org")
        for word in ("acme", "bolt", "cord")
    ]
    acts = [
        *(lambda job=job: as_ada.post(f"{PATH}{job.uid}/convert") for job in jobs),
        lambda: as_ada.post(APPLICATIONS, {"company_name": "acme", "role_title": "Cook"}),
        lambda: as_ada.patch(f"/tracker/api/v1/companies/{known.pk}/", {"location": "Berlin"}),
    ]

    answers = together(len(acts), lambda number: acts[number]())

    assert [answered.status_code for answered in answers] == [201] * 4 + [200]
    told = EventRecord.objects.filter(name="company.updated")
    assert [event.payload["changed"] for event in told if "website" in event.payload["changed"]] == [["website"]]
    known.refresh_from_db()
    assert (known.website in {job.company_website for job in jobs}, known.location) == (True, "Berlin")


def test_an_archived_job_may_be_converted(as_ada, job):
    as_ada.put(f"{PATH}{job.uid}", {"status": "Archived"})

    assert as_ada.post(f"{PATH}{job.uid}/convert").status_code == 201
    assert as_ada.get(f"{PATH}{job.uid}").json()["status"] == "Converted"


@pytest.mark.parametrize("word", ["Active", "Archived"])
def test_a_converted_job_stays_converted_and_can_be_changed_otherwise(as_ada, job, word):
    as_ada.post(f"{PATH}{job.uid}/convert")

    assert said(as_ada.put(f"{PATH}{job.uid}", {"status": word, "notes": "x"})) == (400, CONVERTED)
    changed = as_ada.put(f"{PATH}{job.uid}", {"status": "Converted", "notes": "y"}).json()
    assert (changed["status"], changed["notes"]) == ("Converted", "y")


def test_a_job_stays_converted_when_its_application_goes(as_ada, job):
    made = as_ada.post(f"{PATH}{job.uid}/convert").json()
    as_ada.delete(f"{APPLICATIONS}{made['id']}")

    kept = as_ada.get(f"{PATH}{job.uid}").json()

    assert (kept["status"], kept["converted_to_application_id"]) == ("Converted", None)


def test_an_application_stays_when_its_saved_job_goes(as_ada, job):
    made = as_ada.post(f"{PATH}{job.uid}/convert").json()

    assert as_ada.delete(f"{PATH}{job.uid}").status_code == 200
    assert as_ada.get(f"{APPLICATIONS}{made['id']}").json() == made


# All of it.


def test_another_persons_saved_job_is_refused(as_ben, job):
    before = row(job)
    path = f"{PATH}{job.uid}"

    answers = [
        as_ben.get(path),
        as_ben.put(path, {"company_name": "Mine"}),
        as_ben.put(path, {"company_name": 1}),
        as_ben.delete(path),
        as_ben.post(f"{path}/convert"),
    ]

    assert [said(answered) for answered in answers] == [(403, {"detail": "Not your saved job"})] * 5
    assert row(job) == before
    assert not Application.objects.exists()


def test_a_saved_job_that_is_not_there_is_not_found(as_ada):
    path = f"{PATH}{uuid4()}"

    answers = [as_ada.get(path), as_ada.put(path, {}), as_ada.delete(path), as_ada.post(f"{path}/convert")]

    assert [said(answered) for answered in answers] == [(404, {"detail": "Saved job not found"})] * 4


def test_nobody_is_let_in_without_a_token(anonymous, job):
    path = f"{PATH}{job.uid}"
    answers = [
        anonymous.get(PATH),
        anonymous.post(PATH, WHOLE),
        anonymous.get(path),
        anonymous.put(path, WHOLE),
        anonymous.delete(path),
        anonymous.post(f"{path}/convert"),
    ]

    assert {(a.status_code, a.json()["detail"]) for a in answers} == {(401, "Not authenticated")}


@pytest.mark.parametrize("uid", ["1", "not-a-uuid", "%00"])
def test_an_id_that_cannot_be_one_names_nothing(as_ada, uid):
    path = f"{PATH}{uid}"
    answers = [as_ada.get(path), as_ada.put(path, {}), as_ada.delete(path), as_ada.post(f"{path}/convert")]

    assert [answered.status_code for answered in answers] == [404] * 4


def test_paths_work_with_and_without_their_last_slash(as_ada):
    saved = as_ada.post(PATH.removesuffix("/"), WHOLE)
    path = f"{PATH}{saved.json()['id']}/"

    assert saved.status_code == 201
    assert companies(as_ada.get(PATH.removesuffix("/"))) == ["Acme"]
    assert as_ada.get(path).json() == saved.json()
    assert as_ada.put(path, {"role_title": "x"}).json()["role_title"] == "x"
    assert as_ada.post(f"{path}convert/").status_code == 201
    assert as_ada.delete(path).status_code == 200


def test_no_value_makes_it_stumble(as_ada, job):
    values = [*POISON["strings"], *POISON["integers"], None, True, [], {}, {"a": 1}, [[[]]]]

    for name in (*WHOLE, "status"):
        for value in values:
            assert as_ada.post(PATH, {"company_name": "x", name: value}).status_code in {201, 422}, (name, value)
            assert as_ada.put(f"{PATH}{job.uid}", {name: value}).status_code in {200, 422}, (name, value)
    for text in POISON["documents"]:
        assert as_ada.post(PATH, text).status_code == 422, text


def test_a_job_whose_application_went_can_be_put_aside_or_applied_for_again(as_ada, job):
    path = f"{PATH}{job.uid}"
    application = as_ada.post(f"{path}/convert").json()["id"]
    as_ada.delete(f"/offers/api/v1/applications/{application}")

    assert as_ada.put(path, {"status": "Active"}).json()["status"] == "Active"
    assert as_ada.post(f"{path}/convert").status_code == 201
    assert as_ada.post(f"{path}/convert").status_code == 400
