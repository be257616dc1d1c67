"""Résumés as the copilot document has them: uploaded, read by a job, and taken into the profile as one wishes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onward.domain.assistant import resumes as reading
from onward.domain.resumes import services, text
from onward.domain.resumes.choices import FactKind
from onward.domain.resumes.facts import services as facts
from onward.domain.resumes.models import Fact, Resume, ResumeText, Upload
from onward.domain.resumes.uploads import services as uploads
from onward.platform.events.models import EventRecord
from onward.platform.jobs import run_due
from onward.platform.jobs.models import Job
from tests.domain.resumes.documents import doc, pdf
from tests.domain.resumes.papers import doc_saying, docx_of, paragraph, pdf_saying
from tests.factories import ResumeFactory
from tests.poison import POISON

pytestmark = pytest.mark.django_db

UPLOAD = "/copilot/api/v1/resume/upload"
ME = "/copilot/api/v1/auth/me"
MEGABYTE = 1024 * 1024
LINES = (
    "Ada Ahmed",
    "ada@example.org | +44 20 7946 0011 | Leeds, England | linkedin.com/in/ada-example",
    "Summary",
    "Nurse with a liking for night shifts.",
    "Experience",
    "Software Engineer, Quartz GmbH, 03/2019 - 05/2024",
    "- Wrote services in Python",
    "Education",
    "BSc Physics, Example University, 2012 - 2015",
    "Skills",
    "Python, PostgreSQL, k8s, Kubernetes",
    "Languages",
    "French, German",
)


def upload(client, content=None, name="My CV.pdf"):
    return client.upload(UPLOAD, {"file": SimpleUploadedFile(name, pdf_saying(*LINES) if content is None else content)})


def status(client, upload_id):
    answered = client.get(f"/copilot/api/v1/resume/{upload_id}/status")
    assert answered.status_code == 200, answered.content
    return answered.json()


def apply(client, upload_id, **body):
    return client.post(f"/copilot/api/v1/resume/{upload_id}/apply-suggestions", body)


def read(client, *arguments, **named):
    """Upload and have the worker read."""
    upload_id = upload(client, *arguments, **named).json()["upload_id"]
    run_due()
    return status(client, upload_id)


def wrong(answered):
    assert answered.status_code == 422, answered.content
    return [problem["loc"][-1] for problem in answered.json()["detail"]]


# Uploading


def test_an_upload_is_answered_at_once_and_waits_to_be_read(as_ada):
    answered = upload(as_ada)

    said = answered.json()
    assert answered.status_code == 202
    assert list(said) == ["upload_id", "filename", "file_size", "file_type", "parsing_status", "created_at"]
    assert (said["filename"], said["file_type"], said["parsing_status"]) == ("My CV.pdf", "pdf", "pending")
    waiting = status(as_ada, said["upload_id"])
    assert (waiting["parsing_status"], waiting["progress"]) == ("pending", 0)
    assert (waiting["parsed_data"], waiting["suggestions"], waiting["extracted_skills"]) == (None, None, [])


def test_an_upload_is_a_version_of_ones_resumes_in_every_api(as_ada):
    upload_id = upload(as_ada).json()["upload_id"]

    versions = as_ada.get("/tracker/api/v1/applications/resumes/").json()["results"]

    assert [(one["id"], one["version_name"]) for one in versions] == [(upload_id, "My CV")]


def test_what_was_read_is_told_with_the_lines_that_it_rests_on(as_ada):
    said = read(as_ada)

    assert (said["parsing_status"], said["progress"], said["parsing_error"]) == ("completed", 100, None)
    assert said["extracted_skills"] == ["Python", "PostgreSQL", "Kubernetes"]
    found = said["parsed_data"]
    assert list(found)[:6] == [
        "skills", "experience_level", "contact_info", "education", "work_experience", "languages"
    ]  # fmt: skip
    assert found["contact_info"] == {
        "name": "Ada Ahmed",
        "email": "ada@example.org",
        "phone": "+44 20 7946 0011",
        "location": "Leeds, England",
        "linkedin": "linkedin.com/in/ada-example",
        "github": None,
        "website": None,
        "links": ["linkedin.com/in/ada-example"],
    }
    (position,) = found["work_experience"]
    assert (position["title"], position["company"]) == ("Software Engineer", "Quartz GmbH")
    assert (position["start_date"], position["end_date"], position["is_current"]) == ("2019-03", "2024-05", False)
    assert position["description"] == ["Wrote services in Python"]
    assert position["evidence"] == ["Software Engineer, Quartz GmbH, 03/2019 - 05/2024", "Wrote services in Python"]
    (study,) = found["education"]
    assert study["evidence"] == ["BSc Physics, Example University, 2012 - 2015"]
    assert found["languages"] == ["French", "German"]
    assert found["summary"] == "Nurse with a liking for night shifts."
    assert found["experience_level"] == "mid"


def test_positions_without_dates_are_told_and_tell_no_level(as_ada):
    lines = ["Experience", "Senior Engineer, Contoso Ltd", "- Ran it", "Developer, Fabrikam GmbH", "- Built it"]

    said = read(as_ada, pdf_saying("Ada Ahmed", *lines))

    work = said["parsed_data"]["work_experience"]
    assert [(one["title"], one["company"], one["start_date"], one["description"]) for one in work] == [
        ("Senior Engineer", "Contoso Ltd", None, ["Ran it"]),
        ("Developer", "Fabrikam GmbH", None, ["Built it"]),
    ]
    assert all(one["to_confirm"] and not one["is_current"] for one in work)
    assert (said["parsed_data"]["experience_level"], said["suggestions"]["experience_level"]) == (None, None)


@pytest.mark.parametrize(
    ("lines", "languages"),
    [
        (["English, Tamil"], ["English", "Tamil"]),
        (["Hindi, Urdu, Arabic, Chinese, Japanese"], ["Hindi", "Urdu", "Arabic", "Chinese", "Japanese"]),
        (["English (native), Tamil (fluent)"], ["English (native)", "Tamil (fluent)"]),
        (["- English: fluent", "- Tamil"], ["English: fluent", "Tamil"]),
        (["English", "Native", "Tamil", "C1"], ["English", "Tamil"]),
    ],
)
def test_languages_are_told_as_they_are_written(as_ada, lines, languages):
    said = read(as_ada, pdf_saying("Ada Ahmed", "Skills", "Python", "Languages", *lines))

    assert said["parsed_data"]["languages"] == languages
    assert "English" not in said["extracted_skills"]


def test_certifications_are_told_as_they_are_written(as_ada):
    lines = [
        "AWS Certified Solutions Architect",
        "AWS Certified Developer",
        "Tableau Desktop Specialist, 2022",
        "Registered Nurse (RN), State of California",
    ]

    said = read(as_ada, pdf_saying("Ada Ahmed", "Skills", "Python", "Certifications", *lines))

    assert said["parsed_data"]["certifications"] == lines


def test_what_was_read_becomes_facts_that_nobody_has_confirmed(as_ada):
    said = read(as_ada)

    found = Fact.objects.filter(resume_id=said["upload_id"])
    assert set(found.values_list("kind", flat=True)) >= {"contact", "summary", "position", "study", "skill", "language"}
    assert not found.exclude(confirmed_at=None).exists()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (docx_of("".join(map(paragraph, LINES))), "cv.docx", "docx"),
        (doc_saying("\r".join(LINES)), "cv.doc", "doc"),
    ],
)
def test_word_documents_are_read_too(as_ada, content, name, kind):
    said = read(as_ada, content, name)

    assert (said["file_type"], said["parsing_status"]) == (kind, "completed")
    assert said["parsed_data"]["contact_info"]["email"] == "ada@example.org"


@pytest.mark.parametrize(
    "bullets",
    [
        [f"- Wrote service number {n} in Python" for n in range(500)],
        [f"- Wrote service number {n} in Python, {'and then the next one, ' * 6}" for n in range(250)],
        [f"- Built {n}" for n in range(1100)],
    ],
)
def test_of_a_long_resume_it_is_said_that_only_a_part_was_read(as_ada, bullets):
    head = ["Ada Ahmed", "Skills", "COBOL, Haskell", "Experience", "Baker, Sunrise Ltd, 2019 - 2021"]

    said = read(as_ada, docx_of("".join(map(paragraph, [*head, *bullets]))), "cv.docx")

    assert said["extracted_skills"][:2] == ["COBOL", "Haskell"]
    assert said["warnings"] == ["The résumé is long; only a part of it was read."]


def test_the_skills_of_a_resume_are_read_behind_hundreds_of_lines_of_what_was_done(as_ada):
    bullets = [f"- Wrote service number {n} in Python" for n in range(500)]
    lines = ["Experience", "Baker, Sunrise Ltd, 2019 - 2021", *bullets, "Skills", "COBOL, Haskell", "Education"]

    said = read(as_ada, docx_of("".join(map(paragraph, [*lines, "BSc Physics, 2012 - 2015"]))), "cv.docx")

    assert {"COBOL", "Haskell"} < set(said["extracted_skills"])
    assert len(said["parsed_data"]["education"]) == 1


def test_a_resume_becomes_the_default_when_it_has_been_read_and_not_before(as_ada, ada):
    old = ResumeFactory(owner=ada, is_default=True)
    upload_id = upload(as_ada).json()["upload_id"]
    assert Resume.objects.get(owner=ada, is_default=True) == old

    run_due()

    assert Resume.objects.get(owner=ada, is_default=True).pk == upload_id


def test_a_file_that_takes_the_place_of_another_is_read_too_and_does_not_become_the_default_again(as_ada, ada):
    said = read(as_ada)
    chosen = ResumeFactory(owner=ada)
    services.set_default(owner_id=ada.pk, resume_id=chosen.pk, at=timezone.now())
    resume = Resume.objects.get(pk=said["upload_id"])
    other = SimpleUploadedFile("other.pdf", pdf_saying("Ada Ahmed", "ada@example.org", "Skills", "Cobol, Fortran"))

    as_ada.upload(f"/offers/api/v1/upload/resumes/{resume.uid}", {"file": other})
    waiting = status(as_ada, resume.pk)
    run_due()

    assert (waiting["parsing_status"], waiting["progress"]) == ("pending", 0)
    assert status(as_ada, resume.pk)["extracted_skills"] == ["COBOL", "Fortran"]
    assert Resume.objects.get(owner=ada, is_default=True) == chosen


def test_an_upload_whose_file_is_taken_away_is_not_there(as_ada):
    said = read(as_ada)
    resume = Resume.objects.get(pk=said["upload_id"])

    as_ada.put(f"/offers/api/v1/resumes/{resume.uid}", {"file_url": None})

    assert as_ada.get(f"/copilot/api/v1/resume/{resume.pk}/status").status_code == 404


# What is not taken, and what cannot be read


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The submitted file is empty."),
        (b"hello", "Only PDF and Word documents (DOC, DOCX) are allowed."),
        (b"GIF89a" + pdf(), "Only PDF and Word documents (DOC, DOCX) are allowed."),
        (doc(stream="EncryptedPackage"), text.PROBLEMS["locked"]),
        (pdf(10 * MEGABYTE + 1), "File size must not exceed 10MB."),
    ],
    ids=["empty", "text", "picture", "locked", "large"],
)
def test_what_is_no_document_of_ten_megabytes_is_refused_by_its_field(as_ada, content, message):
    answered = upload(as_ada, content)

    assert wrong(answered) == ["file"]
    assert answered.json()["detail"][0]["msg"] == message
    assert not Resume.objects.exists()
    assert not Job.objects.filter(kind="assistant.read_resume").exists()


def test_exactly_ten_megabytes_are_taken(as_ada):
    assert upload(as_ada, pdf(10 * MEGABYTE)).status_code == 202


def test_a_form_without_a_file_names_it(as_ada):
    assert wrong(as_ada.upload(UPLOAD, {})) == ["file"]
    assert wrong(as_ada.upload(UPLOAD, {"file": "a word"})) == ["file"]
    assert wrong(as_ada.post(UPLOAD, {"file": "x"})) == ["file"]


@pytest.mark.parametrize("name", [*map(str, POISON), "..\\../x.pdf", ".pdf"])
def test_any_name_of_a_file_is_taken(as_ada, name):
    answered = as_ada.upload(UPLOAD, {"file": SimpleUploadedFile("x.pdf", pdf())})
    made = uploads.receive(
        owner_id=as_ada.user.pk, file=SimpleUploadedFile("x.pdf", pdf()), file_name=name, at=timezone.now()
    )

    assert answered.status_code == 202
    assert Resume.objects.get(pk=made).version_name.strip()
    assert status(as_ada, made)["filename"].endswith(".pdf")


def test_a_file_that_cannot_be_read_fails_with_the_reason_and_stays(as_ada, ada):
    old = ResumeFactory(owner=ada, is_default=True)

    said = read(as_ada, pdf())

    assert said["parsing_status"] == "failed"
    assert said["parsing_error"] == text.PROBLEMS["empty"]
    assert said["parsed_data"] is None
    assert Resume.objects.filter(pk=said["upload_id"]).exists()
    assert Resume.objects.get(owner=ada, is_default=True) == old


def test_nobody_sees_anothers_upload(as_ada, as_ben):
    said = read(as_ada)

    assert as_ben.get(f"/copilot/api/v1/resume/{said['upload_id']}/status").status_code == 404
    assert apply(as_ben, said["upload_id"], skills=["Python"]).status_code == 404


def test_a_version_whose_file_is_elsewhere_is_no_upload(as_ada, ada):
    version = services.create(
        owner_id=ada.pk, version_name="CV", external_url="https://example.org/cv", at=timezone.now()
    )

    assert as_ada.get(f"/copilot/api/v1/resume/{version.pk}/status").status_code == 404


def tracked(client, content=None, **fields):
    """Upload through the tracker's document."""
    file = SimpleUploadedFile("cv.pdf", pdf_saying(*LINES) if content is None else content)
    form = {"file": file, "version_name": "CV", **fields}
    answered = client.upload("/tracker/api/v1/applications/resumes/upload/", form)
    assert answered.status_code == 201, answered.content
    return answered.json()["id"]


def test_a_resume_that_was_uploaded_through_the_tracker_is_read_by_the_same_job(as_ada):
    version = tracked(as_ada)
    assert status(as_ada, version)["parsing_status"] == "pending"

    run_due()

    read_here = status(as_ada, version)
    assert read_here["parsing_status"] == "completed"
    assert read_here["extracted_skills"] == status(as_ada, read(as_ada)["upload_id"])["extracted_skills"]
    assert "Python" in Fact.objects.filter(resume_id=version, kind="skill").values_list("text", flat=True)


def test_reading_changes_no_default_that_was_chosen_in_the_tracker(as_ada, ada):
    first, second = tracked(as_ada), tracked(as_ada, is_default="false")
    run_due()

    assert list(Resume.objects.filter(owner=ada, is_default=True).values_list("pk", flat=True)) == [first]
    assert status(as_ada, second)["parsing_status"] == "completed"


def test_the_first_file_that_a_version_is_given_in_the_offers_api_is_read(as_ada, ada):
    version = services.create(owner_id=ada.pk, version_name="CV", at=timezone.now())
    services.replace_file(
        owner_id=ada.pk,
        resume_id=version.pk,
        file=SimpleUploadedFile("cv.pdf", pdf_saying(*LINES)),
        file_name="cv.pdf",
        largest=MEGABYTE,
        at=timezone.now(),
    )
    run_due()

    assert "PostgreSQL" in status(as_ada, version.pk)["extracted_skills"]


def test_a_status_takes_few_statements_however_much_was_read(as_ada, queries):
    said = read(as_ada)

    with queries() as asked:
        status(as_ada, said["upload_id"])

    # The session, the upload with its owner, its facts, its warnings.
    assert len(asked) == 4


# Runs that die


def interrupted(monkeypatch, problem):
    def stop(**_):
        raise problem

    monkeypatch.setattr(reading, "reading_of", stop)


def test_a_run_that_breaks_leaves_the_upload_to_the_next_one(as_ada, monkeypatch):
    upload_id = upload(as_ada).json()["upload_id"]
    with monkeypatch.context() as patched:
        interrupted(patched, RuntimeError("x"))
        with pytest.raises(RuntimeError):
            reading.read(resume_id=upload_id, clock=timezone.now)
    assert status(as_ada, upload_id)["parsing_status"] == "pending"

    reading.read(resume_id=upload_id, clock=timezone.now)

    assert status(as_ada, upload_id)["parsing_status"] == "completed"


def test_after_three_runs_that_broke_it_is_said(as_ada, monkeypatch):
    upload_id = upload(as_ada).json()["upload_id"]
    interrupted(monkeypatch, RuntimeError("x"))
    for _ in range(3):
        with pytest.raises(RuntimeError):
            reading.read(resume_id=upload_id, clock=timezone.now)

    said = status(as_ada, upload_id)
    assert (said["parsing_status"], said["parsing_error"]) == ("failed", uploads.BROKEN)


def test_after_three_runs_that_died_it_is_said(as_ada):
    upload_id = upload(as_ada).json()["upload_id"]
    for _ in range(3):
        uploads.begin(resume_id=upload_id, at=timezone.now())

    reading.read(resume_id=upload_id, clock=timezone.now)

    said = status(as_ada, upload_id)
    assert (said["parsing_status"], said["parsing_error"]) == ("failed", uploads.LOST)


def test_a_run_that_was_overtaken_ends_nothing(as_ada):
    upload_id = upload(as_ada).json()["upload_id"]
    slow = uploads.begin(resume_id=upload_id, at=timezone.now())
    uploads.begin(resume_id=upload_id, at=timezone.now())

    assert not uploads.complete(upload=slow, at=timezone.now())
    assert not uploads.fail(upload=slow, problem="x", at=timezone.now())
    assert status(as_ada, upload_id)["parsing_status"] == "processing"


def test_the_end_is_told_once(as_ada):
    said = read(as_ada)
    reading.read(resume_id=said["upload_id"], clock=timezone.now)

    told = EventRecord.objects.filter(name="resume.read")
    assert [record.payload["status"] for record in told] == ["completed"]


def test_a_text_is_never_kept_without_its_facts(ada, monkeypatch):
    resume = services.upload(
        owner_id=ada.pk,
        file=SimpleUploadedFile("cv.pdf", pdf_saying(*LINES)),
        file_name="cv.pdf",
        version_name="CV",
        standing=services.Standing.BESIDE,
        at=timezone.now(),
    )

    def die(**_):
        raise RuntimeError("x")

    with monkeypatch.context() as patched:
        patched.setattr(facts, "draft", die)
        with pytest.raises(RuntimeError):
            services.reading_of(resume=resume, at=timezone.now())
    assert not ResumeText.objects.exists()

    services.reading_of(resume=resume, at=timezone.now())

    assert Fact.objects.filter(resume=resume, kind="skill").exists()


# Suggestions


def test_reading_changes_no_profile(as_ada):
    before = as_ada.get(ME).json()

    read(as_ada)

    assert as_ada.get(ME).json() == before


def test_what_the_profile_has_is_not_suggested(as_ada):
    as_ada.patch(ME, {"skills": ["PYTHON"], "experience_level": "mid"})

    said = read(as_ada)

    assert said["extracted_skills"] == ["Python", "PostgreSQL", "Kubernetes"]
    assert said["suggestions"] == {"skills_to_add": ["PostgreSQL", "Kubernetes"], "experience_level": None}


def test_accepted_suggestions_are_in_the_profile_and_confirmed(as_ada):
    as_ada.patch(ME, {"skills": ["Baking"]})
    upload_id = read(as_ada)["upload_id"]

    answered = apply(as_ada, upload_id, skills=["python", "PostgreSQL"], experience_level="mid")

    said = answered.json()
    assert answered.status_code == 200
    assert said["applied"] == {"skills": ["Python", "PostgreSQL"], "experience_level": "mid"}
    me = as_ada.get(ME).json()
    assert me["skills"] == said["skills"] == ["Baking", "Python", "PostgreSQL"]
    assert me["experience_level"] == "mid"
    assert said["suggestions"] == {"skills_to_add": ["Kubernetes"], "experience_level": None}
    confirmed = Fact.objects.filter(resume_id=upload_id).exclude(confirmed_at=None)
    assert set(confirmed.values_list("text", flat=True)) == {"Python", "PostgreSQL"}


def test_skills_are_told_as_they_are_written_and_taken_by_either_name(as_ada):
    said = read(as_ada, pdf_saying("Ada Ahmed", "Skills", "Python, k8s, Kubernetes, postgres"))

    assert said["parsed_data"]["skills"] == ["Python", "k8s", "postgres"]
    assert said["extracted_skills"] == ["Python", "Kubernetes", "PostgreSQL"]
    answered = apply(as_ada, said["upload_id"], skills=["K8S", "kubernetes"], skip=["postgres"]).json()
    assert (answered["applied"]["skills"], answered["skipped"]) == (["Kubernetes"], ["PostgreSQL"])
    assert status(as_ada, said["upload_id"])["extracted_skills"] == ["Python", "Kubernetes"]


def test_accepting_twice_changes_nothing_more(as_ada):
    upload_id = read(as_ada)["upload_id"]

    first, second = (apply(as_ada, upload_id, skills=["Python"]).json() for _ in range(2))

    assert first == second
    assert as_ada.get(ME).json()["skills"] == ["Python"]


def test_a_skill_that_is_skipped_is_refused_and_remembered(as_ada):
    upload_id = read(as_ada)["upload_id"]

    said = apply(as_ada, upload_id, skip=["kubernetes"]).json()

    assert said["skipped"] == ["Kubernetes"]
    again = status(as_ada, upload_id)
    assert again["extracted_skills"] == again["suggestions"]["skills_to_add"] == ["Python", "PostgreSQL"]
    assert Fact.objects.get(resume_id=upload_id, text="Kubernetes").refused_at is not None


def test_a_skill_that_is_skipped_is_refused_in_every_resume_until_it_is_accepted(as_ada):
    first, second = read(as_ada)["upload_id"], read(as_ada, name="Other.pdf")["upload_id"]

    apply(as_ada, first, skip=["Kubernetes"])

    later = read(as_ada, name="Later.pdf")
    assert later["extracted_skills"] == status(as_ada, second)["extracted_skills"] == ["Python", "PostgreSQL"]
    assert later["suggestions"]["skills_to_add"] == ["Python", "PostgreSQL"]

    apply(as_ada, second, skills=["Kubernetes"])

    assert {"Kubernetes"} < set(status(as_ada, later["upload_id"])["extracted_skills"])
    assert {"Kubernetes"} < set(read(as_ada, name="Last.pdf")["extracted_skills"])


def test_a_section_that_is_skipped_is_not_suggested_again_and_its_facts_stay(as_ada):
    upload_id = read(as_ada)["upload_id"]

    apply(as_ada, upload_id, skip=["skills"])
    apply(as_ada, upload_id, skip=["experience_level"])

    again = status(as_ada, upload_id)
    assert again["suggestions"] == {"skills_to_add": [], "experience_level": None}
    assert again["extracted_skills"] == ["Python", "PostgreSQL", "Kubernetes"]
    assert not Fact.objects.exclude(refused_at=None).exists()
    # It can still be accepted by whoever thinks better of it.
    assert apply(as_ada, upload_id, skills=["Python"]).status_code == 200
    assert as_ada.get(ME).json()["skills"] == ["Python"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"skills": ["Juggling"]}, ["skills"]),
        ({"skip": ["Juggling"]}, ["skip"]),
        ({"skills": ["Python"], "skip": ["Python"]}, ["skip"]),
        ({"experience_level": "wizard"}, ["experience_level"]),
        ({"skills": ["Python"], "experience_level": "junior"}, ["experience_level"]),
        ({"skills": "Python"}, ["skills"]),
        ({"skills": ["Python", "Juggling"], "experience_level": "senior"}, ["skills"]),
    ],
)
def test_what_the_resume_does_not_say_is_refused_and_nothing_is_changed(as_ada, body, fields):
    upload_id = read(as_ada)["upload_id"]
    before = as_ada.get(ME).json()

    assert wrong(apply(as_ada, upload_id, **body)) == fields
    assert as_ada.get(ME).json() == before
    assert not Fact.objects.exclude(confirmed_at=None, refused_at=None).exists()


@pytest.mark.parametrize("value", POISON)
def test_poison_breaks_nothing(as_ada, value):
    upload_id = read(as_ada)["upload_id"]

    for field in ("skills", "skip", "experience_level"):
        for sent in (value, [value]):
            assert apply(as_ada, upload_id, **{field: sent}).status_code in {200, 422}


@pytest.mark.parametrize("content", [None, pdf()], ids=["waits", "failed"])
def test_nothing_is_applied_of_what_was_not_read(as_ada, content):
    upload_id = upload(as_ada, content).json()["upload_id"]
    if content:
        run_due()

    answered = apply(as_ada, upload_id, skip=["skills"])

    assert answered.status_code == 400
    assert answered.json()["detail"].startswith("The résumé ")


def test_a_position_that_is_not_plain_is_marked_to_be_confirmed(as_ada):
    said = read(
        as_ada, pdf_saying("Ada Ahmed", "ada@example.org", "Experience", "Engineer, Berlin, 2019 - 2020", "- Ran")
    )

    (position,) = said["parsed_data"]["work_experience"]
    assert position["to_confirm"]
    assert (position["title"], position["start_date"], position["end_date"]) == ("Engineer", "2019", "2020")

    fact = Fact.objects.get(pk=position["id"])
    facts.confirm(fact=fact, at=timezone.now())

    (position,) = status(as_ada, said["upload_id"])["parsed_data"]["work_experience"]
    assert not position["to_confirm"]
    assert position["title"] == "Engineer"


def test_a_refused_fact_is_not_told(as_ada):
    said = read(as_ada)
    facts.refuse(fact=Fact.objects.get(kind=FactKind.POSITION), at=timezone.now())

    assert status(as_ada, said["upload_id"])["parsed_data"]["work_experience"] == []


def test_deleting_the_version_deletes_the_upload(as_ada):
    said = read(as_ada)

    as_ada.delete(f"/tracker/api/v1/applications/resumes/{said['upload_id']}/")

    assert not Upload.objects.exists()
    assert as_ada.get(f"/copilot/api/v1/resume/{said['upload_id']}/status").status_code == 404
