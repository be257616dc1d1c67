"""What a person holds true: drafted when a résumé is read, then theirs to change, confirm and refuse."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onward.domain.resumes.choices import FactKind, Origin
from onward.domain.resumes.facts import queries, services
from onward.domain.resumes.facts.reader import read
from onward.domain.resumes.models import Fact
from onward.platform.refusals import Conflict, Invalid, Missing
from tests.domain.resumes.papers import pdf_saying
from tests.factories import ResumeFactory

TEXT = "Ada Ahmed\nada@example.org\nExperience\nBaker, Sunrise Ltd, 2019 – present\n• Baked 90 loaves with Python\n"
LETTER = "/tracker/api/v1/ai/cover-letter/generate/"
POSTING = "Requirements:\n- Python\n- Kubernetes\n- somebody who bakes loaves of bread"


@pytest.fixture
def resume(ada):
    found = ResumeFactory(owner=ada)
    services.draft(resume=found, drafts=read(TEXT).facts, origin=Origin.READER, at=timezone.now())
    return found


def fact(resume, kind):
    return queries.facts(owner_id=resume.owner_id, resume_id=resume.pk).get(kind=kind)


def said(resume, text=TEXT):
    return services.reading(resume=resume, text=text, owner="", at=timezone.now())


def test_facts_are_drafted_when_a_resume_is_read(as_ada):
    form = {"file": SimpleUploadedFile("cv.pdf", pdf_saying("Skills: Python and SQL")), "version_name": "Backend"}
    pk = as_ada.upload("/tracker/api/v1/applications/resumes/upload/", form).json()["id"]

    answer = as_ada.post(LETTER, {"job_description": POSTING, "resume_version_id": pk})

    assert answer.status_code == 200, answer.content
    drafted = queries.facts(owner_id=as_ada.user.pk, resume_id=pk)
    assert [(f.kind, f.text, f.origin, f.confirmed_at) for f in drafted] == [
        ("skill", "Python", "reader", None),
        ("skill", "SQL", "reader", None),
    ]


def test_a_position_is_drafted_with_its_lines(resume):
    position = fact(resume, FactKind.POSITION)

    assert position.details == {"title": "Baker", "employer": "Sunrise Ltd", "begins": "2019", "ends": ""}
    assert position.lines == ["Baker, Sunrise Ltd, 2019 – present", "Baked 90 loaves with Python"]


def test_what_is_confirmed_stays_confirmed(resume):
    first, later = timezone.now(), timezone.now()

    services.confirm(fact=fact(resume, FactKind.SKILL), at=first)
    services.confirm(fact=fact(resume, FactKind.SKILL), at=later)

    assert fact(resume, FactKind.SKILL).confirmed_at == first


def test_what_is_refused_is_used_no_more_and_not_drafted_again(resume):
    services.refuse(fact=fact(resume, FactKind.SKILL), at=timezone.now())

    services.draft(resume=resume, drafts=read(TEXT).facts, origin=Origin.READER, at=timezone.now())

    assert Fact.objects.filter(resume=resume, kind=FactKind.SKILL).count() == 1
    assert "Python" not in {f.text for f in said(resume).facts} | said(resume).unsure.keys()


def test_what_is_changed_is_said_as_it_was_changed(resume):
    details = {"title": "Head Baker", "employer": "Sunrise", "begins": "2019", "ends": ""}

    services.change(
        fact=fact(resume, FactKind.POSITION), text="Head Baker, Sunrise", details=details, at=timezone.now()
    )
    services.draft(resume=resume, drafts=read(TEXT).facts, origin=Origin.READER, at=timezone.now())

    position = fact(resume, FactKind.POSITION)
    assert (position.origin, position.confirmed_at is None) == ("person", False)
    assert next(f for f in said(resume).facts if f.kind == "position").details == details


def test_another_file_replaces_what_nobody_has_looked_at(resume):
    services.confirm(fact=fact(resume, FactKind.SKILL), at=timezone.now())

    services.draft(resume=resume, drafts=read("Skills\nSQL\n").facts, origin=Origin.READER, at=timezone.now())

    assert sorted(Fact.objects.filter(resume=resume).values_list("text", flat=True)) == ["Python", "SQL"]


def test_what_a_person_adds_counts(resume):
    services.add(
        owner_id=resume.owner_id, resume_id=resume.pk, kind=FactKind.SKILL, text="Kubernetes", at=timezone.now()
    )

    assert "Kubernetes" in [f.text for f in said(resume).facts]


def test_what_is_said_already_is_a_conflict(resume):
    with pytest.raises(Conflict, match="already"):
        services.add(
            owner_id=resume.owner_id, resume_id=resume.pk, kind=FactKind.SKILL, text="Python", at=timezone.now()
        )


@pytest.mark.parametrize(
    ("text", "details", "field"),
    [(" ", {}, "text"), ("x" * 401, {}, "text"), ("a\nb", {}, "text"), ("x", {"salary": "1"}, "details")],
)
def test_what_is_wrong_is_named(resume, text, details, field):
    with pytest.raises(Invalid) as problem:
        services.change(fact=fact(resume, FactKind.SKILL), text=text, details=details, at=timezone.now())

    assert list(problem.value.fields) == [field]


def test_anothers_facts_are_not_there(resume, ben):
    own = fact(resume, FactKind.SKILL)

    assert not queries.facts(owner_id=ben.pk, resume_id=resume.pk).exists()
    with pytest.raises(Missing):
        queries.fact(owner_id=ben.pk, fact_id=own.pk)
    with pytest.raises(Missing):
        services.add(owner_id=ben.pk, resume_id=resume.pk, kind=FactKind.SKILL, text="SQL", at=timezone.now())


def test_a_resume_that_was_read_before_there_were_facts_gets_them(ada):
    resume = ResumeFactory(owner=ada)

    assert [f.text for f in said(resume).facts if f.kind == "skill"] == ["Python"]
    assert Fact.objects.filter(resume=resume).exists()
