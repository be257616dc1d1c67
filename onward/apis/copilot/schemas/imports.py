"""Imports as the copilot document shows them."""

from typing import Any

from onward.platform.wire import Wire

FORM: dict[str, Any] = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "required": ["file"],
                }
            }
        },
        "required": True,
    }
}


class Problem(Wire):
    """Why a row failed. The header is row 1, so the first row, or object, is number 2."""

    row_number: int
    field: str
    error: str
    value: str


class Imported(Wire):
    """What an import did."""

    success: bool
    total_records: int
    successful: int
    failed: int
    duplicates: int
    errors: list[Problem]
    created_ids: list[int]
