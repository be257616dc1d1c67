"""The section "Resumes" of the offers document."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.resumes.models import Resume
from onward.platform.bin.services import forget_old
from onward.platform.events.models import EventRecord
from tests.domain.resumes.documents import pdf
from tests.factories import ApplicationFactory, ResumeFactory

RESUMES = "/offers/api/v1/resumes/"
UPLOAD = "/offers/api/v1/upload/resumes/"
TRACKER = "/tracker/api/v1/applications/resumes/"
ELSEWHERE = "https://files.example.org/ada.pdf"
KEYS = ["id", "user_id", "version_name", "notes", "file_url", "created_at", "updated_at"]
MEGABYTE = 1024 * 1024


def make(client, **fields):
    answer = client.post(RESUMES, {"version_name": "Backend 2026", **fields})
    assert answer.status_code == 201, answer.content
    return answer.json()


def upload(client, uid, content=None, *, name="cv.pdf", kind="application/pdf", **fields):
    file = SimpleUploadedFile(name, pdf() if content is None else content, kind)
    return client.upload(f"{UPLOAD}{uid}", {"file": file, **fields})


def with_file(client, **fields):
    """Make a version and upload a file for it."""
    answer = upload(client, make(client, **fields)["id"])
    assert answer.status_code == 200, answer.content
    return answer.json()["resume"]


def put(client, shown, **fields):
    return client.put(f"{RESUMES}{shown['id']}", fields)


def again(client, shown):
    return client.get(f"{RESUMES}{shown['id']}").json()


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def is_ours(url, shown) -> bool:
    return bool(
        re.fullmatch(rf"http://testserver{RESUMES}{shown['id']}/file\?expires=\d+&signature=[0-9a-f]{{64}}", url)
    )


def files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def told(owner) -> list[str]:
    return list(EventRecord.objects.filter(owner=owner).order_by("id").values_list("name", flat=True))


# Creating


def test_a_version_needs_a_name_and_nothing_else(as_ada, ada):
    found = make(as_ada)

    assert list(found) == KEYS
    assert UUID(found["id"])
    assert (found["user_id"], found["version_name"]) == (str(ada.uid), "Backend 2026")
    assert (found["notes"], found["file_url"]) == (None, None)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", found["created_at"])
    assert found["updated_at"] == found["created_at"]
    assert again(as_ada, found) == found


def test_a_version_has_notes_and_a_file_elsewhere(as_ada):
    found = make(as_ada, notes="For product companies", file_url=ELSEWHERE)

    assert (found["notes"], found["file_url"]) == ("For product companies", ELSEWHERE)


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_a_form_sends_nothing_for_what_it_leaves_out(as_ada, nothing):
    found = make(as_ada, notes=nothing, file_url=nothing)

    assert (found["notes"], found["file_url"]) == (None, None)


def test_a_name_may_be_50_letters_long(as_ada):
    assert make(as_ada, version_name="x" * 50)["version_name"] == "x" * 50


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, "version_name"),
        ({"version_name": None}, "version_name"),
        ({"version_name": ""}, "version_name"),
        ({"version_name": "   "}, "version_name"),
        ({"version_name": "x" * 51}, "version_name"),
        ({"version_name": 7}, "version_name"),
        ({"version_name": "a\x00b"}, "version_name"),
        ({"version_name": "x", "notes": 7}, "notes"),
        ({"version_name": "x", "notes": "a\x00b"}, "notes"),
        ({"version_name": "x", "file_url": "ftp://files.example.org/cv.pdf"}, "file_url"),
        ({"version_name": "x", "file_url": "javascript:alert(1)"}, "file_url"),
        ({"version_name": "x", "file_url": "https://files.example.org/" + "x" * 475}, "file_url"),
    ],
)
def test_what_is_wrong_is_named(as_ada, fields, where):
    answer = as_ada.post(RESUMES, fields)

    assert answer.status_code == 422
    assert [problem["loc"] for problem in answer.json()["detail"]] == [["body", where]]
    assert all(problem.keys() == {"loc", "msg", "type"} for problem in answer.json()["detail"])
    assert not Resume.objects.exists()


def test_an_address_may_be_500_letters_long(as_ada):
    address = "https://files.example.org/" + "x" * 474

    assert make(as_ada, file_url=address)["file_url"] == address


def test_the_first_version_is_the_default_and_the_next_is_not(as_ada):
    first, second = make(as_ada), make(as_ada)

    defaults = {str(resume.uid): resume.is_default for resume in Resume.objects.all()}
    assert defaults == {first["id"]: True, second["id"]: False}


def test_a_new_version_is_told_of(as_ada, ada):
    make(as_ada)

    assert told(ada) == ["resume.added"]


@pytest.mark.django_db(transaction=True)
def test_twenty_first_versions_at_once_make_one_default(ada, together, signed_in):
    clients = [signed_in(ada) for _ in range(20)]

    answers = together(20, lambda n: clients[n].post(RESUMES, {"version_name": f"Version {n}"}))

    assert {answer.status_code for answer in answers} == {201}
    assert Resume.objects.filter(owner=ada, is_default=True).count() == 1


# Listing and reading


def test_a_list_has_the_latest_first(as_ada):
    names = ["First", "Second", "Third"]
    for name in names:
        make(as_ada, version_name=name)

    found = as_ada.get(RESUMES).json()

    assert [row["version_name"] for row in found] == names[::-1]
    assert all(list(row) == KEYS for row in found)


def test_a_list_can_be_read_in_parts(as_ada, ada):
    for _ in range(5):
        ResumeFactory(owner=ada)
    whole = [row["id"] for row in as_ada.get(RESUMES).json()]

    assert [row["id"] for row in as_ada.get(RESUMES, {"skip": 1, "limit": 2}).json()] == whole[1:3]
    assert [row["id"] for row in as_ada.get(RESUMES, {"skip": 4}).json()] == whole[4:]
    assert as_ada.get(RESUMES, {"skip": 5}).json() == []
    assert as_ada.get(RESUMES, {"limit": 0}).json() == []


def test_a_list_is_100_long_unless_it_is_asked_to_be_longer(as_ada, ada):
    for _ in range(101):
        ResumeFactory(owner=ada)

    assert len(as_ada.get(RESUMES).json()) == 100
    assert len(as_ada.get(RESUMES, {"limit": 101}).json()) == 101


@pytest.mark.parametrize("query", [{"skip": -1}, {"limit": -1}, {"skip": "x"}, {"limit": "1.5"}, {"limit": 2**63}])
def test_a_part_that_cannot_be_is_refused(as_ada, query):
    answer = as_ada.get(RESUMES, query)

    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", next(iter(query))]


def test_a_list_is_one_statement_and_the_sign_in(as_ada, queries):
    for _ in range(3):
        with_file(as_ada)
    as_ada.get(RESUMES)

    with queries() as asked:
        as_ada.get(RESUMES)

    assert len(asked) == 2


def test_the_tracker_shows_the_same_versions(as_ada):
    with_file(as_ada, version_name="With a file")
    make(as_ada, version_name="Elsewhere", file_url=ELSEWHERE)
    make(as_ada, version_name="Nowhere")

    found = {row["version_name"]: row["file_url"] for row in as_ada.get(TRACKER).json()["results"]}

    assert found["With a file"].startswith(f"http://testserver{TRACKER}")
    assert (found["Elsewhere"], found["Nowhere"]) == (ELSEWHERE, "")


def test_what_was_uploaded_through_the_tracker_is_here(as_ada):
    file = SimpleUploadedFile("cv.pdf", pdf(), "application/pdf")
    as_ada.upload(f"{TRACKER}upload/", {"file": file, "version_name": "Uploaded there"})

    (found,) = as_ada.get(RESUMES).json()

    assert found["version_name"] == "Uploaded there"
    assert content_of(as_ada.get(path_of(found["file_url"]))) == pdf()


# Changing


def test_only_what_is_sent_changes(as_ada):
    made = make(as_ada, notes="Long", file_url=ELSEWHERE)

    answer = put(as_ada, made, version_name="Frontend")

    assert answer.status_code == 200
    assert list(answer.json()) == KEYS
    assert {**answer.json(), "updated_at": ""} == {**made, "version_name": "Frontend", "updated_at": ""}
    assert answer.json()["updated_at"] > made["updated_at"]
    assert again(as_ada, made) == answer.json()


def test_null_and_empty_take_notes_and_address_away(as_ada):
    for nothing in (None, ""):
        made = make(as_ada, notes="Long", file_url=ELSEWHERE)

        found = put(as_ada, made, notes=nothing, file_url=nothing).json()

        assert (found["notes"], found["file_url"]) == (None, None)


def test_a_version_keeps_its_name_when_it_is_sent_as_null(as_ada):
    assert put(as_ada, make(as_ada), version_name=None, notes="x").json()["version_name"] == "Backend 2026"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"version_name": ""}, "version_name"),
        ({"version_name": "x" * 51}, "version_name"),
        ({"version_name": []}, "version_name"),
        ({"file_url": "nonsense"}, "file_url"),
        ({"notes": {}}, "notes"),
    ],
)
def test_a_change_that_is_wrong_is_named_and_nothing_changes(as_ada, fields, where):
    made = make(as_ada, notes="Long")

    answer = put(as_ada, made, **{"notes": "Short", **fields})

    assert answer.status_code == 422
    assert [problem["loc"] for problem in answer.json()["detail"]] == [["body", where]]
    assert again(as_ada, made) == made


@given(
    name=st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs")), min_size=1, max_size=255),
    notes=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200),
    address=st.sampled_from(["", ELSEWHERE, "http://localhost/x"]),
    key=st.sampled_from(["", "resumes/1.pdf"]),
)
def test_a_version_put_back_as_it_was_read_changes_nothing(as_ada, ada, name, notes, address, key):
    resume = ResumeFactory(owner=ada, version_name=name, notes=notes, external_url=address, file_key=key)
    before = Resume.objects.filter(pk=resume.pk).values().get()
    events = len(told(ada))

    answer = as_ada.put(f"{RESUMES}{resume.uid}", as_ada.get(f"{RESUMES}{resume.uid}").json())

    assert answer.status_code == 200, answer.content
    assert Resume.objects.filter(pk=resume.pk).values().get() == before
    assert len(told(ada)) == events


def test_a_link_of_ours_that_comes_back_changes_nothing(as_ada):
    found = with_file(as_ada)
    fresh = again(as_ada, found)["file_url"]

    for link in (
        fresh,
        re.sub("expires=[0-9]+", "expires=1", fresh),
        re.sub("signature=.*", f"signature={'0' * 64}", fresh),
        fresh.replace("/offers/", "/"),
        fresh.replace("http://testserver", "https://onward.example.org"),
    ):
        answer = put(as_ada, found, file_url=link)

        assert answer.status_code == 200, link
        assert is_ours(answer.json()["file_url"], found)
        assert answer.json()["updated_at"] == found["updated_at"]
    assert Resume.objects.get().external_url == ""


def test_a_link_of_ours_to_another_version_cannot_be_kept(as_ada):
    one, other = with_file(as_ada), make(as_ada)

    created = as_ada.post(RESUMES, {"version_name": "A copy", "file_url": one["file_url"]})
    changed = put(as_ada, other, file_url=one["file_url"])

    for answer in (created, changed):
        assert answer.status_code == 422
        assert answer.json()["detail"][0]["loc"] == ["body", "file_url"]
    assert again(as_ada, other) == other


def test_another_address_is_shown_and_the_file_stays_for_the_tracker(as_ada):
    found = with_file(as_ada)

    shown = put(as_ada, found, file_url=ELSEWHERE).json()

    assert shown["file_url"] == ELSEWHERE
    (row,) = as_ada.get(TRACKER).json()["results"]
    assert content_of(as_ada.get(path_of(row["file_url"]))) == pdf()


def test_our_own_link_put_back_shows_our_file_again(as_ada):
    found = with_file(as_ada)
    put(as_ada, found, file_url=ELSEWHERE)

    assert is_ours(put(as_ada, found, file_url=found["file_url"]).json()["file_url"], found)


def test_a_link_to_a_file_that_is_gone_takes_no_address_away(as_ada):
    found = with_file(as_ada)
    put(as_ada, found, file_url=None)
    put(as_ada, found, file_url=ELSEWHERE)

    assert put(as_ada, found, file_url=found["file_url"]).json()["file_url"] == ELSEWHERE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("elsewhere", [None, ELSEWHERE])
def test_null_takes_the_file_away_wherever_it_is(as_ada, settings, elsewhere):
    found = with_file(as_ada)
    if elsewhere:
        put(as_ada, found, file_url=elsewhere)

    answer = put(as_ada, found, file_url=None)

    assert (answer.status_code, answer.json()["file_url"]) == (200, None)
    assert again(as_ada, found)["file_url"] is None
    assert files(settings) == []
    (row,) = as_ada.get(TRACKER).json()["results"]
    assert (row["file_url"], row["file_name"], row["file_size"]) == ("", "", 0)


def test_a_change_is_told_of_once(as_ada, ada):
    made = make(as_ada)
    for _ in range(2):
        put(as_ada, made, version_name="Frontend", notes="Short")

    assert told(ada) == ["resume.added", "resume.updated"]


# Deleting


def test_deleting_says_so(as_ada):
    made = make(as_ada)

    answer = as_ada.delete(f"{RESUMES}{made['id']}")

    assert (answer.status_code, answer.json()) == (200, {"detail": "Resume version deleted"})
    assert as_ada.get(f"{RESUMES}{made['id']}").status_code == 404


def test_deleting_keeps_the_applications_that_were_sent_with_it(as_ada, ada):
    made = make(as_ada)
    application = ApplicationFactory(owner=ada, resume=Resume.objects.get())

    as_ada.delete(f"{RESUMES}{made['id']}")

    application.refresh_from_db()
    assert application.resume_id is None


def test_deleting_the_default_leaves_another_one(as_ada):
    first, second = make(as_ada), make(as_ada)

    as_ada.delete(f"{RESUMES}{first['id']}")

    assert Resume.objects.get(is_default=True).uid == UUID(second["id"])


@pytest.mark.django_db(transaction=True)
def test_deleting_takes_the_file_along_when_the_bin_gives_it_up(as_ada, settings):
    found = with_file(as_ada)

    as_ada.delete(f"{RESUMES}{found['id']}")
    assert len(files(settings)) == 1
    forget_old(at=timezone.now() + timedelta(days=31))

    assert files(settings) == []


# Whose it is


def test_everything_needs_a_token(anonymous):
    path = f"{RESUMES}{ResumeFactory().uid}"
    answers = [
        anonymous.get(RESUMES),
        anonymous.post(RESUMES, {"version_name": "x"}),
        anonymous.get(path),
        anonymous.put(path, {"version_name": "x"}),
        anonymous.delete(path),
        anonymous.get(f"{path}/file"),
        upload(anonymous, path.rpartition("/")[2]),
    ]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(401, {"detail": "Not authenticated"})] * 7


def of_everybody(client, uid):
    return [
        client.get(f"{RESUMES}{uid}"),
        client.put(f"{RESUMES}{uid}", {"version_name": "Mine now", "file_url": None}),
        client.delete(f"{RESUMES}{uid}"),
        client.get(f"{RESUMES}{uid}/file"),
        upload(client, uid),
    ]


def test_anothers_version_is_not_ones_own(as_ada, as_ben):
    hers = with_file(as_ada)

    answers = of_everybody(as_ben, hers["id"])

    assert [(answer.status_code, answer.json()) for answer in answers] == [(403, {"detail": "Not your resume"})] * 5
    assert {**again(as_ada, hers), "file_url": ""} == {**hers, "file_url": ""}
    assert content_of(as_ada.get(path_of(hers["file_url"]))) == pdf()


def test_what_is_not_there_is_missing(as_ada):
    answers = of_everybody(as_ada, uuid4())

    assert [(answer.status_code, answer.json()) for answer in answers] == [(404, {"detail": "Resume not found"})] * 5


@pytest.mark.parametrize("uid", ["1", "abc", "%00", "0" * 36])
def test_an_id_that_cannot_be_one_is_missing(as_ada, uid):
    assert [answer.status_code for answer in of_everybody(as_ada, uid)] == [404] * 5


def test_nobody_sees_anothers_versions_in_a_list(as_ada, as_ben):
    make(as_ada)

    assert as_ben.get(RESUMES).json() == []
