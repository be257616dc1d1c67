"""A worker that is killed while it reads résumés: none is lost, and none is read into anything twice."""

import random
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onward.domain.resumes.choices import UploadStatus
from onward.domain.resumes.models import Fact, Resume, Upload
from onward.domain.resumes.uploads import services
from onward.platform.events.models import EventRecord
from tests.domain.resumes.papers import pdf_saying
from tests.platform.jobs.conftest import nursery, start  # noqa: F401 (fixtures)
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 4


def upload(owner, skill):
    content = pdf_saying("Ada Ahmed", "ada@example.org", "Skills", f"Python, {skill}")
    file = SimpleUploadedFile("cv.pdf", content)
    return services.receive(owner_id=owner.pk, file=file, file_name="cv.pdf", at=timezone.now())


def test_what_a_killed_worker_was_reading_is_read_by_the_next(ada, start):  # noqa: F811
    made = []
    worker = start(threads=1, lease=1)
    for number in range(KILLS):
        made.append(upload(ada, f"Sourdough {'abcd'[number]}"))
        until(lambda: Upload.objects.get(pk=made[-1]).status != UploadStatus.PENDING)
        time.sleep(random.uniform(0, 0.3))
        start.kill(worker)
        worker = start(threads=1, lease=1)
        until(lambda: Upload.objects.get(pk=made[-1]).status == UploadStatus.COMPLETED)

    for number, pk in enumerate(made):
        skills = Fact.objects.filter(resume_id=pk, kind="skill").values_list("text", flat=True)
        assert sorted(skills) == ["Python", f"Sourdough {'abcd'[number]}"]
    told = EventRecord.objects.filter(name="resume.read").values_list("payload__resume_id", flat=True)
    assert sorted(told) == sorted(made)
    assert Resume.objects.filter(owner=ada, is_default=True).count() == 1
