"""The documents that the APIs publish change on purpose only."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command

from onward.apis.catalogue import SERVED
from onward.apis.openapi import as_version_3_0
from tests.architecture.source import HOUSE


@pytest.mark.parametrize("api", SERVED)
def test_the_openapi_document_is_the_recorded_one(api):
    recorded = HOUSE / "tests" / "architecture" / "openapi" / f"{api}.json"
    printed = StringIO()
    call_command("openapi", api, stdout=printed)

    assert printed.getvalue() == recorded.read_text(), (
        f"The document has changed. If that is meant: .venv/bin/onward openapi {api} > {recorded.relative_to(HOUSE)}"
    )


@pytest.mark.parametrize("api", SERVED)
def test_no_reference_of_a_document_leads_nowhere(api):
    recorded = (HOUSE / "tests" / "architecture" / "openapi" / f"{api}.json").read_text()
    known = json.loads(recorded)["components"]["schemas"]

    named = set(re.findall(r'"#/components/schemas/([^"]+)"', recorded))

    assert named
    assert named - known.keys() == set()


def test_the_documents_say_what_their_contract_says_in_version_3_0():
    document = as_version_3_0(
        {
            "openapi": "3.1.0",
            "schemas": {
                "maybe": {"anyOf": [{"type": "integer", "exclusiveMinimum": 0}, {"type": "null"}], "title": "Maybe"},
                "related": {"anyOf": [{"$ref": "#/x"}, {"type": "null"}]},
                "either": {"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "null"}]},
                "word": {"const": "bearer"},
            },
        }
    )

    assert document == {
        "openapi": "3.0.3",
        "schemas": {
            "maybe": {"type": "integer", "minimum": 0, "exclusiveMinimum": True, "title": "Maybe", "nullable": True},
            "related": {"allOf": [{"$ref": "#/x"}], "nullable": True},
            "either": {"anyOf": [{"type": "integer"}, {"type": "string"}], "nullable": True},
            "word": {"enum": ["bearer"]},
        },
    }
