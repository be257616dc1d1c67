"""The documents that the APIs publish change on purpose only."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.architecture.source import HOUSE


@pytest.mark.parametrize("api", ["tracker"])
def test_the_openapi_document_is_the_recorded_one(api):
    recorded = HOUSE / "tests" / "architecture" / "openapi" / f"{api}.json"
    printed = StringIO()
    call_command("openapi", api, stdout=printed)

    assert printed.getvalue() == recorded.read_text(), (
        f"The document has changed. If that is meant: .venv/bin/onward openapi {api} > {recorded.relative_to(HOUSE)}"
    )
