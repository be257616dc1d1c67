"""Downloading a résumé from the tracker: by token, and by link."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from onward.domain.resumes.models import Resume
from onward.platform.storage import LIFETIME, sign
from tests.apis.tracker.test_resumes import RESUMES, content_of, path_of, upload
from tests.domain.resumes.documents import pdf
from tests.factories import ResumeFactory

# Downloading


def test_the_owner_downloads_with_a_token_alone(as_ada):
    made = upload(as_ada).json()

    answer = as_ada.get(f"{RESUMES}{made['id']}/file/")

    assert answer.status_code == 200
    assert content_of(answer) == pdf()


def test_a_link_opens_without_a_token(as_ada, anonymous):
    made = upload(as_ada)

    answer = anonymous.get(path_of(made))

    assert answer.status_code == 200
    assert content_of(answer) == pdf()


def test_a_link_opens_for_somebody_else_who_was_given_it(as_ada, as_ben):
    assert as_ben.get(path_of(upload(as_ada))).status_code == 200


def test_a_download_is_to_be_saved_and_never_shown_or_kept(as_ada):
    answer = as_ada.get(path_of(upload(as_ada)))

    assert answer.streaming
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert int(answer["Content-Length"]) == len(pdf())


def test_a_link_lasts_an_hour(as_ada, anonymous):
    before = datetime.now(UTC)
    made = upload(as_ada).json()

    expires = int(re.search(r"expires=(\d+)", made["file_url"])[1])

    assert 0 <= expires - int((before + LIFETIME).timestamp()) <= 5
    resume = Resume.objects.get()
    past = int((before - timedelta(seconds=1)).timestamp())
    path = f"{RESUMES}{resume.pk}/file/?expires={past}&signature={sign(resume.file_key, expires=past)}"
    answer = anonymous.get(path)
    assert answer.status_code == 403
    assert answer.json() == {"detail": "This link is not valid, or not any more."}


def test_a_link_that_was_changed_opens_nothing(as_ada, as_ben, anonymous):
    mine, other = upload(as_ada), upload(as_ben)
    path = path_of(mine)
    expires = int(re.search(r"expires=(\d+)", path)[1])

    for changed in (
        path.replace(f"expires={expires}", f"expires={expires + 1}"),
        path[:-1] + ("0" if path[-1] != "0" else "1"),
        path.replace(f"/{mine.json()['id']}/file", f"/{other.json()['id']}/file"),
        path.replace(f"/{mine.json()['id']}/file", "/99999999/file"),
        re.sub("signature=.*", "signature=", path),
        re.sub("signature=.*", "signature=%00", path),
        re.sub("expires=[0-9]+", "expires=", path),
        re.sub(r"expires=[0-9]+&", "", path),
    ):
        answer = anonymous.get(changed)
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/json"), changed


def test_a_bad_link_does_not_stop_the_owner_but_everybody_else(as_ada, as_ben):
    made = upload(as_ada).json()
    path = f"{RESUMES}{made['id']}/file/?expires=1&signature=x"

    assert as_ada.get(path).status_code == 200
    assert as_ben.get(path).status_code == 404


def test_a_link_to_a_deleted_version_opens_nothing(as_ada, anonymous):
    made = upload(as_ada)

    as_ada.delete(f"{RESUMES}{made.json()['id']}/")

    assert anonymous.get(path_of(made)).status_code == 403


def test_a_lost_file_is_missing_and_no_error(as_ada, ada):
    resume = ResumeFactory(owner=ada)

    assert as_ada.get(f"{RESUMES}{resume.pk}/file/").status_code == 404


def test_the_folder_of_files_is_served_nowhere(as_ada, anonymous):
    upload(as_ada)
    key = Resume.objects.get().file_key

    for path in (f"/media/{key}", f"/static/{key}", f"/{key}", f"/static/../media/{key}"):
        assert anonymous.get(path).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch"])
def test_a_method_that_is_not_documented_is_refused(as_ada, method):
    made = upload(as_ada).json()

    assert getattr(as_ada, method)(f"{RESUMES}{made['id']}/", {}).status_code == 405
