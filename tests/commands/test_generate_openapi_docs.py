"""The copilot's document for typed clients."""

import importlib.util
import json

from tests.architecture.source import HOUSE


def test_the_document_has_the_paths_of_the_contract(tmp_path, monkeypatch, capsys):
    spec = importlib.util.spec_from_file_location("generate", HOUSE / "scripts" / "generate_openapi_docs.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "HOUSE", tmp_path)
    monkeypatch.setattr(script, "OUT", tmp_path / "frontend" / "openapi.json")

    assert script.main() == 0

    document = json.loads((tmp_path / "frontend" / "openapi.json").read_text())
    assert capsys.readouterr().out == "frontend/openapi.json\n"
    assert {"/health", "/api/v1/auth/login", "/api/v1/jobs", "/api/v1/help-articles/{slug}"} <= document["paths"].keys()
