"""Reading the one envelope of the campus API."""

from typing import Any


def error(answered: Any, status: int, code: str, *names: str) -> dict[str, Any]:
    """Return the error of an answer. :param names: the fields that it names, and no others"""
    assert answered.status_code == status, answered.content
    said: dict[str, Any] = answered.json()
    assert said.keys() == {"error"}
    assert said["error"]["code"] == code
    assert said["error"]["description"]
    assert set(said["error"].get("fields", {})) == set(names)
    assert said["error"].keys() <= {"code", "description", "fields"}
    found: dict[str, Any] = said["error"]
    return found
