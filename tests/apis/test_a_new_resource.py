"""docs/adding-a-resource.md holds a whole resource in one module; this adds it to an API and uses it."""

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.urls import path
from django.utils import timezone

from onward.apis.base import Api
from onward.apis.tracker.errors import Errors
from onward.domain.companies.models import Company
from tests.factories import CompanyFactory

GUIDE = Path(__file__).parents[2] / "docs" / "adding-a-resource.md"
PATH = "/tracker/api/v1/employers/"


@pytest.fixture
def source():
    return re.search(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)[1]


@pytest.fixture
def served(source, settings, monkeypatch):
    """Serve the module of the guide in the tracker's place."""
    module = ModuleType("employers")
    monkeypatch.setitem(sys.modules, "employers", module)
    exec(source, module.__dict__)
    api = Api(name="employers", title="Employers", description="")
    Errors().register(api)
    api.add_router("employers/", module.router)
    urls = ModuleType("employers_urls")
    urls.urlpatterns = [path("tracker/api/v1/", api.urls)]
    monkeypatch.setitem(sys.modules, "employers_urls", urls)
    settings.ROOT_URLCONF = "employers_urls"
    return api


def test_a_whole_resource_takes_about_45_lines(source):
    assert len([line for line in source.splitlines() if line.strip()]) <= 45


@pytest.mark.usefixtures("served")
def test_a_resource_is_listed_read_created_changed_and_deleted(as_ada, as_ben, ada):
    made = as_ada.post(PATH, {"title": "Acme", "town": "Bonn"})
    employer = made.json()
    one = f"{PATH}{employer['id']}/"

    assert (made.status_code, employer) == (201, {"id": Company.objects.get().pk, "title": "Acme", "town": "Bonn"})
    assert as_ada.get(PATH, {"search": "acm"}).json()["results"] == [employer]
    assert as_ada.get(one).json() == employer
    assert as_ben.get(one).status_code == 404
    assert as_ada.patch(one, {"town": "Ulm"}).json() == {**employer, "town": "Ulm"}
    assert as_ada.post(PATH, {"town": "Ulm"}).json() == {"title": ["This field is required."]}
    assert as_ada.delete(one).status_code == 204
    assert not Company.objects.exists()


@pytest.mark.usefixtures("served")
def test_what_comes_back_as_it_was_shown_is_no_change(as_ada, ada):
    company = CompanyFactory(owner=ada, name="Acme ", location=" Bonn", updated_at=timezone.now())

    shown = as_ada.get(f"{PATH}{company.pk}/").json()

    assert as_ada.patch(f"{PATH}{company.pk}/", shown).json() == shown
    assert Company.objects.get().updated_at == company.updated_at


def test_its_document_describes_it(served):
    document = served.document("/tracker/api/v1")

    body = document["paths"]["/tracker/api/v1/employers/{pk}/"]["patch"]["requestBody"]
    assert body["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/EmployerChanges"}
    assert "required" not in document["components"]["schemas"]["EmployerChanges"]
