"""What a provider adds to what the reader has read of a résumé: gaps alone, and only what the text holds."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onward.domain.assistant import resumes
from onward.domain.resumes.choices import UploadStatus
from onward.domain.resumes.facts import services as facts
from onward.domain.resumes.models import Fact, Upload
from onward.domain.resumes.uploads import services
from tests.domain.resumes.papers import pdf_saying

pytestmark = pytest.mark.django_db

LINES = (
    "Ada Ahmed",
    "ada@example.org",
    "Academic things",
    "Diploma of Loafing, Moonlight College, 2012 - 2015",
    "Experience",
    "Loafer of the second class, Sunrise of Leeds, 2019 - 2021",
    "- Cared for sourdough shaping, Python and the ovens",
)
SAID = {
    "name": "Ben Braun",
    "email": "ben@example.org",
    "phone": "+44 20 7946 0000",
    "location": "Leeds",
    "links": [],
    "positions": [
        {"title": "Loafer of the second class", "employer": "Sunrise of Leeds", "begins": "2019", "ends": "2021"}
    ],
    "studies": [{"degree": "Diploma of Loafing", "school": "Moonlight College", "begins": "2012", "ends": "2099"}],
    "skills": ["sourdough shaping", "python", "Kubernetes", "ovens"],
}


@pytest.fixture
def read(model, configured, ada):
    """Have an upload read with a provider that answers so."""

    def run(answer, lines=LINES):
        server = model()
        server.script = [answer if isinstance(answer, str | int) else json.dumps(answer)]
        configured(one={"base_url": server.address})
        file = SimpleUploadedFile("cv.pdf", pdf_saying(*lines))
        pk = services.receive(owner_id=ada.pk, file=file, file_name="cv.pdf", at=timezone.now())
        resumes.read(resume_id=pk, clock=timezone.now)
        return Upload.objects.get(pk=pk), server

    return run


def of(kind, **more):
    return list(Fact.objects.filter(kind=kind, **more).order_by("pk").values_list("text", flat=True))


def test_a_gap_is_filled_only_with_what_the_text_holds(read):
    upload, _ = read(SAID)

    assert upload.status == UploadStatus.COMPLETED
    # Neither a skill that is not written there nor a number.
    assert set(of("skill", origin="provider")) <= {"sourdough shaping", "Python", "ovens"}
    assert "sourdough shaping" in of("skill", origin="provider")
    assert "Kubernetes" not in of("skill")
    assert [fact.text for fact in Fact.objects.filter(kind="contact", details__type="phone")] == []
    assert [fact.text for fact in Fact.objects.filter(kind="contact", details__type="name")] == ["Ada Ahmed"]
    (study,) = Fact.objects.filter(kind="study")
    assert (study.text, study.guess) == ("Diploma of Loafing", {"school": "Moonlight College", "begins": "2012"})
    assert all(fact.lines and fact.lines[0] for fact in Fact.objects.filter(origin="provider"))


def test_what_a_position_is_taken_to_be_is_the_providers_where_its_lines_say_so(read):
    read(SAID)

    (position,) = Fact.objects.filter(kind="position")
    assert position.details == {}
    assert (position.guess["title"], position.guess["employer"]) == ("Loafer of the second class", "Sunrise of Leeds")


@pytest.mark.parametrize(
    "position",
    [
        {"title": "Baker", "employer": "Sunrise of Leeds", "begins": "2019", "ends": "2021"},
        {"title": "Loafer of the second class", "employer": "Moonlight", "begins": "2019", "ends": "2021"},
        {"title": "Loafer of the second class", "employer": "Sunrise of Leeds", "begins": "2011", "ends": "2021"},
    ],
    ids=["title", "employer", "dates"],
)
def test_a_position_that_its_lines_do_not_say_is_left_as_the_reader_has_it(read, position):
    read("no JSON at all")
    alone = Fact.objects.get(kind="position").guess
    Fact.objects.all().delete()

    read({**SAID, "positions": [position]})

    assert Fact.objects.get(kind="position").guess == alone


@pytest.mark.parametrize("answer", ["no JSON at all", 500, json.dumps({"positions": "many"})])
def test_without_a_usable_answer_what_the_reader_has_found_stays(read, answer):
    upload, _ = read(answer)

    assert upload.status == UploadStatus.COMPLETED
    assert of("contact") == ["Ada Ahmed", "ada@example.org"]
    assert not Fact.objects.filter(origin="provider").exists()


def test_the_provider_is_asked_for_analysis_and_gets_the_resume_alone(read, ada):
    ada.phone = "a secret number"
    ada.save()

    _, server = read(SAID)

    asked = json.dumps(server.asked, ensure_ascii=False)
    assert "Sunrise of Leeds" in asked
    assert "a secret number" not in asked
    assert len(server.asked) == 1


def test_what_the_person_has_said_is_not_said_again(read, ada):
    upload, _ = read(SAID)
    skill = Fact.objects.get(text="sourdough shaping")
    facts.refuse(fact=skill, at=timezone.now())
    Upload.objects.filter(pk=upload.pk).update(status="pending", attempts=0)

    resumes.read(resume_id=upload.pk, clock=timezone.now)

    assert of("skill", text="sourdough shaping") == ["sourdough shaping"]
    assert Fact.objects.get(text="sourdough shaping").refused_at is not None
