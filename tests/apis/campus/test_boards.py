"""Sections 10 and 11 of the campus document: the boards, tried on both."""

from datetime import UTC, datetime, timedelta

import pytest

from onward.domain.applications.models import Application, StatusChange
from onward.domain.board.models import Posting
from onward.domain.companies.models import Company
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import EmployerFactory, RoleFactory, UserFactory
from tests.poison import POISON

pytestmark = pytest.mark.django_db

BAKER = {"title": "Baker", "company": "Globex"}
WHOLE = {
    **BAKER,
    "description": "Warm ovens, early hours.",
    "location": "Lyon",
    "closes_at": "2199-03-01T12:00:00Z",
    "work_type": "onsite",
    "job_type": "full_time",
    "salary_min": 30000,
    "salary_max": 42000.5,
    "salary_currency": "EUR",
    "eligibility": {"graduation_years": [2027], "programmes": ["Food"], "min_gpa": 3.5, "work_authorisation": True},
}
SHOWN = {*WHOLE, "id", "posted_date", "status", "eligible", "reasons", "applied"}


@pytest.fixture(params=["jobs", "internships"])
def kind(request):
    return request.param


@pytest.fixture
def board(kind):
    return f"/campus/api/{kind}/"


@pytest.fixture
def as_cleo(cleo):
    RoleFactory(user=cleo)
    return client(cleo)


def mine(user, kind, key=""):
    return f"/campus/api/users/{user.pk}/{kind}/{f'{key}/' if key else ''}"


def named(kind, key):
    return {f"{kind[:-1]}_id": key}


@pytest.fixture
def posted(as_cleo, board):
    def post(**said):
        made = as_cleo.post(board, {**BAKER, **said})
        assert made.status_code == 201, made.content
        return made.json()

    return post


# Postings


def test_the_team_posts_and_everybody_reads(as_cleo, board, anonymous, as_ada):
    made = as_cleo.post(board, WHOLE)

    said = made.json()
    assert (made.status_code, said.keys()) == (201, SHOWN)
    assert {name: said[name] for name in WHOLE} == WHOLE
    assert (said["status"], said["eligible"], said["applied"]) == ("open", True, False)
    assert datetime.fromisoformat(said["posted_date"]) <= datetime.now(UTC)
    nobody = anonymous.get(f"{board}{said['id']}/").json()
    assert nobody == {**said, "eligible": None, "reasons": []}
    assert anonymous.get(board).json()["results"] == [nobody]
    assert as_ada.get(board).json()["results"] == [as_ada.get(f"{board}{said['id']}/").json()]


def test_the_boards_are_two(as_cleo, anonymous):
    job, internship = (as_cleo.post(f"/campus/api/{kind}/", BAKER).json()["id"] for kind in ("jobs", "internships"))

    assert [one["id"] for one in anonymous.get("/campus/api/jobs/").json()["results"]] == [job]
    error(anonymous.get(f"/campus/api/jobs/{internship}/"), 404, "not_found")
    error(as_cleo.put(f"/campus/api/internships/{job}/", BAKER), 404, "not_found")
    error(as_cleo.delete(f"/campus/api/internships/{job}/"), 404, "not_found")


@pytest.mark.parametrize("missing", ["title", "company"])
def test_title_and_company_are_needed(as_cleo, board, missing, posted):
    for value in ({}, {missing: " "}, {missing: None}):
        said = {name: text for name, text in BAKER.items() if name != missing} | value
        error(as_cleo.post(board, said), 400, "validation_error", missing)
        error(as_cleo.put(f"{board}{posted()['id']}/", said), 400, "validation_error", missing)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("salary_min", -1),
        ("salary_min", "much"),
        ("salary_max", 2**31),
        ("salary_currency", "euro"),
        ("salary_currency", "eur"),
        ("closes_at", "tomorrow"),
        ("closes_at", "2026-02-30"),
        ("work_type", "anywhere"),
        ("job_type", "x"),
        ("title", "x" * 256),
        ("description", "x" * 100_001),
        ("eligibility", []),
        ("eligibility", {"graduation_years": "2027"}),
        ("eligibility", {"programmes": [" "]}),
        ("eligibility", {"min_gpa": -1}),
        ("eligibility", {"work_authorisation": "perhaps"}),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(as_cleo, name, value):
    error(as_cleo.post("/campus/api/jobs/", {**BAKER, name: value}), 400, "validation_error", name)
    assert not Posting.objects.exists()


def test_a_lowest_pay_above_the_highest_is_refused(as_cleo, board, posted):
    error(as_cleo.post(board, {**BAKER, "salary_min": 2, "salary_max": 1}), 400, "validation_error", "salary_max")
    there = posted(salary_max=5)
    error(as_cleo.put(f"{board}{there['id']}/", {**BAKER, "salary_min": 6}), 400, "validation_error", "salary_max")


def test_put_changes_what_is_sent_and_leaves_what_is_absent(as_cleo, board, posted):
    there = posted(**{name: value for name, value in WHOLE.items() if name not in BAKER})

    changed = as_cleo.put(f"{board}{there['id']}/", {**BAKER, "title": "Chief baker", "id": 9, "applied": True})

    assert changed.status_code == 200
    assert changed.json() == {**there, "title": "Chief baker"} == as_cleo.get(f"{board}{there['id']}/").json()
    cleared = dict.fromkeys(("closes_at", "work_type", "job_type", "salary_min", "salary_max", "salary_currency"))
    emptied = as_cleo.put(f"{board}{there['id']}/", {**BAKER, **cleared, "eligibility": None}).json()
    assert {name: emptied[name] for name in cleared} == cleared
    assert emptied["eligibility"] == {}


def test_what_is_shown_can_be_put_back_and_changes_nothing(as_cleo, board, posted):
    there = posted(**WHOLE)
    before = Posting.objects.values().get()

    assert as_cleo.put(f"{board}{there['id']}/", there).json() == there
    assert Posting.objects.values().get() == before


def test_the_company_comes_back_as_written_whichever_employer_it_is(as_cleo, board, posted):
    employer = EmployerFactory(name="ACME")

    there = posted(company="Acme  Inc.")

    assert there["company"] == "Acme  Inc."
    assert Posting.objects.get().employer in {employer, None}
    assert as_cleo.put(f"{board}{there['id']}/", {**BAKER, "company": "Initech"}).json()["company"] == "Initech"
    assert Posting.objects.get().employer.name == "Initech"


def test_a_day_closes_at_its_end(as_cleo, board, posted):
    assert posted(closes_at="2199-03-01")["closes_at"] == "2199-03-01T23:59:59Z"
    assert posted(closes_at="2199-03-01T10:00:00+02:00")["closes_at"] == "2199-03-01T08:00:00Z"


def test_what_is_closed_is_off_the_list_and_says_so(as_cleo, as_ada, ada, kind, board, posted):
    there = posted(closes_at="2020-01-01T00:00:00Z")

    assert as_ada.get(board).json()["count"] == as_cleo.get(board).json()["count"] == 0
    assert as_ada.get(f"{board}{there['id']}/").json()["status"] == "closed"
    error(as_ada.post(mine(ada, kind), named(kind, there["id"])), 409, "conflict")
    assert not Application.objects.exists()

    again = as_cleo.put(f"{board}{there['id']}/", {**BAKER, "closes_at": "2199-01-01"})
    assert again.json()["status"] == "open"
    assert as_ada.post(mine(ada, kind), named(kind, there["id"])).status_code == 201


def test_what_its_closing_day_had_closed_opens_again(as_cleo, as_ada, ada, board, kind, posted):
    there = posted(closes_at="2199-01-01")
    Posting.objects.update(state="closed", state_reason="the closing day has passed")
    assert as_ada.get(f"{board}{there['id']}/").json()["status"] == "closed"

    assert as_cleo.put(f"{board}{there['id']}/", {**BAKER, "closes_at": "2199-02-01"}).json()["status"] == "open"


def test_lists_are_searched_filtered_and_ordered(anonymous, board, posted):
    first = posted(title="Bäcker", salary_min=5, work_type="remote")["id"]
    second = posted(title="Clerk", company="Initech", salary_min=9)["id"]

    def found(**asked):
        return [one["id"] for one in anonymous.get(board, asked).json()["results"]]

    assert found() == [second, first]
    assert found(search="backer") == [first]
    assert found(company="INITECH") == found(ordering="-salary_min")[:1] == [second]
    assert found(work_type="remote") == found(ordering="title")[:1] == [first]
    assert found(ordering="nonsense", nonsense="x") == [second, first]
    assert found(page_size=1) == [second]
    error(anonymous.get(board, {"page": 2}), 404, "not_found")


def test_reading_the_board_takes_two_statements(as_ada, ada, kind, board, posted, queries):
    for number in range(5):
        there = posted(title=f"B{number}", eligibility={"min_gpa": 3})
    as_ada.post(mine(ada, kind), named(kind, there["id"]))

    for path in (board, f"{board}{there['id']}/", mine(ada, kind), mine(ada, kind, there["id"])):
        as_ada.get(path)
        with queries() as asked:
            assert as_ada.get(path).status_code == 200
        assert len(asked) == 2, path


def test_what_the_desk_publishes_is_on_the_board_at_once_and_counted_back(as_cleo, as_ada, ada, anonymous):
    lead = as_cleo.post("/outreach/internships", {"title": "Data intern", "company": "Northwind"}).json()["id"]
    as_cleo.post(f"/outreach/internships/{lead}/convert", {"description": "Learn.", "deadline": "2199-01-01"})

    (there,) = anonymous.get("/campus/api/internships/").json()["results"]
    assert (there["title"], there["company"], there["closes_at"]) == (
        "Data intern",
        "Northwind",
        "2199-01-01T23:59:59Z",
    )
    assert as_ada.post(mine(ada, "internships"), {"internship_id": there["id"]}).status_code == 201
    assert as_cleo.get("/outreach/analytics/dashboard").json()["funnels"]["applications"] == 1


# Applying


def test_applying_makes_an_application_of_the_record(as_ada, ada, kind, posted):
    there = posted(**{**WHOLE, "eligibility": {}})

    made = as_ada.post(mine(ada, kind), {**named(kind, there["id"]), "cover_letter": "Dear bakers"})

    said = made.json()
    application = Application.objects.select_related("company").get()
    assert made.status_code == 201
    assert said == {
        "user_id": ada.pk,
        "application_id": application.pk,
        "title": "Baker",
        "company": "Globex",
        "status": "applied",
        "applied_date": said["applied_date"],
        **named(kind, there["id"]),
        kind[:-1]: {name: there[name] for name in there if name not in {"eligible", "reasons", "applied"}},
        "notice": said["notice"],
    }
    assert "placement team sees your name" in said["notice"]
    del said["notice"]
    assert as_ada.get(mine(ada, kind, there["id"])).json() == said
    assert as_ada.get(mine(ada, kind)).json()["results"] == [said]
    tracked = as_ada.get(f"/tracker/api/v1/applications/{application.pk}/").json()
    assert tracked["job_title"], tracked["company_name"] == ("Baker", "Globex")
    assert (application.source, application.posting_id, application.cover_letter) == (
        "job_board",
        there["id"],
        "Dear bakers",
    )
    assert (application.salary_min, application.salary_max, application.salary_currency) == (30000, 42000, "EUR")
    assert (application.location, application.job_description) == ("Lyon", "Warm ovens, early hours.")
    assert application.job_type == ("internship" if kind == "internships" else "full_time")
    assert as_ada.get(f"/campus/api/{kind}/{there['id']}/").json()["applied"] is True


def test_it_is_sent_today_on_the_members_clock(ada, kind, posted):
    there = posted()["id"]
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        person = UserFactory(timezone=zone)
        before = datetime.now(UTC)
        said = client(person).post(mine(person, kind), named(kind, there)).json()
        from zoneinfo import ZoneInfo

        days = {str(moment.astimezone(ZoneInfo(zone)).date()) for moment in (before, datetime.now(UTC))}
        assert said["applied_date"] in days


def test_what_other_apis_move_is_seen_here(as_ada, ada, kind, posted):
    there = posted()["id"]
    application = as_ada.post(mine(ada, kind), named(kind, there)).json()["application_id"]

    as_ada.patch(f"/tracker/api/v1/applications/{application}/status/", {"status": "interviewing"})

    assert as_ada.get(mine(ada, kind, there)).json()["status"] == "interviewing"
    assert as_ada.get(mine(ada, kind), {"status": "interviewing"}).json()["count"] == 1
    as_ada.delete(f"/tracker/api/v1/applications/{application}/")
    error(as_ada.get(mine(ada, kind, there)), 404, "not_found")
    assert as_ada.get(mine(ada, kind)).json()["count"] == 0
    assert as_ada.post(mine(ada, kind), named(kind, there)).status_code == 201


def test_withdrawing_moves_and_applying_again_takes_it_up_again(as_ada, ada, kind, posted):
    there = posted()["id"]
    first = as_ada.post(mine(ada, kind), named(kind, there)).json()

    assert as_ada.delete(mine(ada, kind, there)).status_code == 204
    assert as_ada.get(mine(ada, kind)).json()["count"] == 0
    assert as_ada.get(mine(ada, kind), {"status": "withdrawn"}).json()["count"] == 1
    assert as_ada.get(mine(ada, kind, there)).json()["status"] == "withdrawn"
    error(as_ada.delete(mine(ada, kind, there)), 409, "conflict")
    again = as_ada.post(mine(ada, kind), named(kind, there))

    assert (again.status_code, again.json()["application_id"]) == (201, first["application_id"])
    assert again.json()["status"] == "applied"
    moves = StatusChange.objects.order_by("pk").values_list("after", flat=True)
    assert list(moves) == ["applied", "withdrawn", "applied"]


def test_applying_twice_is_a_clash_and_what_is_not_there_is_not_found(as_ada, ada, kind, posted):
    there = posted()["id"]
    as_ada.post(mine(ada, kind), named(kind, there))

    error(as_ada.post(mine(ada, kind), named(kind, there)), 409, "conflict")
    for key in (0, -1, 999999):
        error(as_ada.post(mine(ada, kind), named(kind, key)), 404, "not_found")
    for value in ({}, named(kind, None), named(kind, "x"), named(kind, [])):
        error(as_ada.post(mine(ada, kind), value), 400, "validation_error", f"{kind[:-1]}_id")
    assert Application.objects.count() == 1


def test_a_reference_is_taken_as_it_is_shown(as_ada, as_ben, ada, ben, kind, posted):
    there = posted()

    assert as_ada.post(mine(ada, kind), {kind[:-1]: there}).status_code == 201
    assert as_ben.post(mine(ben, kind), {kind[:-1]: there["id"]}).status_code == 201


def test_thirty_at_once_make_one_application(together, posted, as_ada, ada, kind):
    there = posted()["id"]

    answers = together(30, lambda _: as_ada.post(mine(ada, kind), named(kind, there)).status_code)

    assert sorted(answers) == [201] + [409] * 29
    assert (Application.objects.count(), Company.objects.count()) == (1, 1)


def test_a_job_that_the_copilot_has_put_aside_becomes_the_application(as_ada, ada, kind, posted):
    there = posted()["id"]
    saved = as_ada.post("/copilot/api/v1/jobs", {"posting_id": there}).json()["id"]

    made = as_ada.post(mine(ada, kind), named(kind, there))

    assert made.status_code == 201
    application = Application.objects.get()
    assert (application.pk, application.status) == (made.json()["application_id"], "applied")
    assert as_ada.get(f"/copilot/api/v1/jobs/{saved}").json()["status"] == "applied"


def test_a_wish_becomes_the_application(as_ada, ada, kind, posted):
    there = posted()["id"]
    wish = as_ada.post(mine(ada, kind), named(kind, there)).json()["application_id"]
    as_ada.patch(f"/tracker/api/v1/applications/{wish}/status/", {"status": "wishlist"})
    assert as_ada.get(mine(ada, kind)).json()["count"] == 0

    assert as_ada.post(mine(ada, kind), named(kind, there)).json()["application_id"] == wish
    assert Application.objects.get().status == "applied"


def test_of_a_deleted_posting_the_application_stays(as_cleo, as_ada, as_ben, ada, ben, kind, board, posted):
    there = posted()["id"]
    as_ada.post(mine(ada, kind), named(kind, there))

    assert as_cleo.delete(f"{board}{there}/").status_code == 204

    for answered in (as_ada.get(f"{board}{there}/"), as_cleo.delete(f"{board}{there}/")):
        error(answered, 404, "not_found")
    (row,) = as_ada.get(mine(ada, kind)).json()["results"]
    assert (row[kind[:-1]], row["title"], row["company"]) == (None, "Baker", "Globex")
    assert as_ada.get(mine(ada, kind, there)).json() == row
    error(as_ben.post(mine(ben, kind), named(kind, there)), 404, "not_found")
    assert as_ada.delete(mine(ada, kind, there)).status_code == 204
    # Nor does it come back among what was found and nobody works on.
    assert as_ben.post("/copilot/api/v1/jobs", {"posting_id": there}).status_code == 404


def test_a_resume_of_ones_own_is_sent(as_ada, as_ben, ada, ben, kind, posted):
    from tests.factories import ResumeFactory

    there = posted()["id"]
    own, anothers = ResumeFactory(owner=ada), ResumeFactory(owner=ben)

    refused = as_ada.post(mine(ada, kind), {**named(kind, there), "resume_id": anothers.pk})
    error(refused, 400, "validation_error", "resume_id")
    assert not Application.objects.exists()
    assert as_ada.post(mine(ada, kind), {**named(kind, there), "resume_id": own.pk}).status_code == 201
    assert Application.objects.get().resume == own


# Who may apply


@pytest.mark.parametrize(
    ("asked", "profile", "reasons"),
    [
        ({}, {}, []),
        ({"graduation_years": [2026, 2027]}, {"graduation_year": 2027}, []),
        ({"programmes": ["Food", "Ärzte"]}, {"programme": "ÄRZTE"}, []),
        ({"min_gpa": 3.5}, {"gpa": "3.50"}, []),
        ({"work_authorisation": True}, {"work_authorised": True}, []),
        ({"work_authorisation": False}, {"work_authorised": False}, []),
    ],
)
def test_who_has_what_is_asked_for_is_eligible(as_ada, ada, posted, kind, asked, profile, reasons):
    type(ada).objects.filter(pk=ada.pk).update(**profile)
    there = posted(eligibility=asked)["id"]

    shown = as_ada.get(f"/campus/api/{kind}/{there}/").json()

    assert (shown["eligible"], shown["reasons"]) == (True, reasons)
    assert as_ada.post(mine(ada, kind), named(kind, there)).status_code == 201


def test_all_that_is_not_met_is_told_and_nobody_applies_in_spite_of_it(as_ada, ada, posted, kind):
    asked = {"graduation_years": [2026, 2027], "programmes": ["Food"], "min_gpa": 3.5, "work_authorisation": True}
    said = {"graduation_year": 2030, "programme": "Law", "gpa": "2.50", "work_authorised": False}
    type(ada).objects.filter(pk=ada.pk).update(**said)
    there = posted(eligibility=asked)["id"]

    shown = as_ada.get(f"/campus/api/{kind}/{there}/").json()
    refused = error(as_ada.post(mine(ada, kind), named(kind, there)), 409, "conflict", "reasons")

    assert shown["eligible"] is False
    assert shown["reasons"] == refused["fields"]["reasons"]
    assert shown["reasons"] == [
        "The year of graduation must be 2026 or 2027; your profile says 2030.",
        "The programme must be Food; your profile says Law.",
        "The GPA must be 3.5 at least; your profile says 2.5.",
        "An authorisation to work is needed; your profile says you have none.",
    ]
    assert not Application.objects.exists()


def test_what_a_profile_leaves_out_counts_as_met_and_is_named(as_ada, ada, posted, kind):
    there = posted(eligibility={"graduation_years": [2026], "min_gpa": 3})["id"]

    shown = as_ada.get(f"/campus/api/{kind}/{there}/").json()

    assert shown["eligible"] is True
    assert shown["reasons"] == [
        "Your profile does not say when you graduate: the year of graduation must be 2026.",
        "Your profile does not say your GPA: the GPA must be 3 at least.",
    ]
    assert as_ada.post(mine(ada, kind), named(kind, there)).status_code == 201


# Applicants


def test_the_team_sees_who_has_applied_and_no_more(as_cleo, as_ada, as_ben, ada, ben, kind, board, posted):
    from tests.factories import ResumeFactory

    there = posted()["id"]
    resume = ResumeFactory(owner=ada, version_name="For bakers", file_key="resumes/x.pdf")
    as_ada.post(mine(ada, kind), {**named(kind, there), "resume_id": resume.pk, "cover_letter": "the secret word"})
    as_ben.post(mine(ben, kind), named(kind, there))
    as_ben.delete(mine(ben, kind, there))

    listed = as_cleo.get(f"{board}{there}/applicants/")

    rows = {row["name"]: row for row in listed.json()["results"]}
    assert (listed.json()["count"], rows.keys()) == (2, {"Ada Ahmed", "Ben Braun"})
    assert all(row.keys() == {"name", "status", "applied_date", "resume"} for row in rows.values())
    assert (rows["Ben Braun"]["status"], rows["Ben Braun"]["resume"]) == ("withdrawn", None)
    assert rows["Ada Ahmed"]["resume"]["name"] == "For bakers"
    assert "signature=" in rows["Ada Ahmed"]["resume"]["url"]
    assert b"secret" not in listed.content
    assert b"example.org" not in listed.content.replace(b"testserver", b"")
    error(as_ada.get(f"{board}{there}/applicants/"), 403, "forbidden")
    error(as_cleo.get(f"{board}999999/applicants/"), 404, "not_found")


def test_the_sheet_of_applicants_runs_in_no_spreadsheet(as_cleo, kind, board, posted):
    there = posted()["id"]
    for name in ("=cmd|' /C calc'!A0", "@x", "Plain"):
        person = UserFactory(first_name=name)
        client(person).post(mine(person, kind), named(kind, there))

    sheet = as_cleo.get(f"{board}{there}/applicants/", {"format": "csv"})

    assert sheet["Content-Type"] == "text/csv; charset=utf-8"
    lines = sheet.text.splitlines()
    assert lines[0] == "name,status,applied_date,resume"
    assert [line.split(",")[0] for line in lines[1:]] == ["Plain", "'@x", "'=cmd|' /C calc'!A0"]


# Whose it is


def test_nobody_but_admins_reaches_the_applications_of_others(as_ada, as_ben, as_root, ada, ben, kind, posted):
    there = posted()["id"]
    as_ada.post(mine(ada, kind), named(kind, there))

    for path in (mine(ada, kind), mine(ada, kind, there), f"/campus/api/users/999999/{kind}/"):
        error(as_ben.get(path), 403, "forbidden")
    error(as_ben.post(mine(ada, kind), named(kind, there)), 403, "forbidden")
    error(as_ben.delete(mine(ada, kind, there)), 403, "forbidden")
    error(as_root.get(f"/campus/api/users/999999/{kind}/"), 404, "not_found")
    assert as_root.get(mine(ada, kind)).json()["count"] == 1
    assert as_root.delete(mine(ada, kind, there)).status_code == 204
    assert as_root.post(mine(ben, kind), named(kind, there)).json()["user_id"] == ben.pk


def test_members_may_not_post(as_ada, board, posted):
    there = posted()["id"]

    error(as_ada.post(board, BAKER), 403, "forbidden")
    error(as_ada.put(f"{board}{there}/", BAKER), 403, "forbidden")
    error(as_ada.delete(f"{board}{there}/"), 403, "forbidden")


def test_no_value_makes_the_board_stumble(as_cleo, as_ada, ada):
    values = [value for kind in ("strings", "integers", "dates", "datetimes") for value in POISON[kind]]
    for name in (*WHOLE, "x"):
        for value in (*values, None, [], {}, {"min_gpa": 1e308}, True, 1e308):
            assert as_cleo.post("/campus/api/jobs/", {**BAKER, name: value}).status_code in {201, 400}, (name, value)
        assert as_ada.get("/campus/api/jobs/", {"page_size": 100}).status_code == 200, name
    for name in ("job_id", "job", "resume_id", "cover_letter"):
        for value in (*values, None, [], {}, True, 1e308, {"id": "x"}):
            answered = as_ada.post(mine(ada, "jobs"), {"job_id": 1, name: value})
            assert answered.status_code in {201, 400, 404, 409}, (name, value)
    for document in POISON["documents"]:
        assert as_cleo.post("/campus/api/jobs/", document.encode()).status_code in {201, 400}


def test_a_posting_may_be_over_the_moment_that_it_closes(posted, as_ada, board):
    there = posted(closes_at=(datetime.now(UTC) - timedelta(seconds=1)).isoformat())

    assert as_ada.get(f"{board}{there['id']}/").json()["status"] == "closed"
