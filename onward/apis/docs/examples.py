"""Examples for the documents that people read: of bodies, by what their fields are called, and of refusals."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

# What each field may hold; of several values the first of the right type is taken. A field that is not here, and need
# not be sent, is left out of an example, so that most examples can be sent as they are.
VALUES: dict[str, tuple[Any, ...]] = {
    "email": ("ada@example.org",),
    "username": ("ada",),
    "password": ("a quiet river at dusk 7",),
    "password_confirm": ("a quiet river at dusk 7",),
    "old_password": ("a quiet river at dusk 7",),
    "new_password": ("another river at dawn 8",),
    "new_password_confirm": ("another river at dawn 8",),
    "code": ("123456",),
    "first_name": ("Ada",),
    "last_name": ("Ahmed",),
    "display_name": ("Ada Ahmed",),
    "bio": ("Looking for a calm team with interesting data.",),
    "phone": ("+49 30 1234567",),
    "timezone": ("Europe/Berlin",),
    "desired_role": ("Data Engineer",),
    "desired_salary_min": (60000,),
    "desired_salary_max": (75000,),
    "company": (1, "Northwind"),
    "company_name": ("Northwind",),
    "company_website": ("https://northwind.example",),
    "website": ("https://northwind.example",),
    "name": ("Northwind",),
    "industry": ("Logistics",),
    "location": ("Berlin",),
    "job_title": ("Data Engineer",),
    "role_title": ("Data Engineer",),
    "title": ("Data Engineer",),
    "job_url": ("https://northwind.example/jobs/7",),
    "job_description": ("Python, SQL and a calm on-call rota. Three years with PostgreSQL or another database.",),
    "description": ("People who look for work with data.",),
    "resume_text": ("Ada Ahmed\nData Engineer at Fabrikam, 2021 to 2026\nBuilt pipelines in Python and PostgreSQL.",),
    "salary": (68000,),
    "salary_min": (60000,),
    "salary_max": (75000,),
    "salary_range_min": (60000,),
    "salary_range_max": (75000,),
    "salary_currency": ("EUR",),
    "bonus": ("10 %",),
    "benefits": ("30 days of leave",),
    "applied_date": ("2026-03-14",),
    "start_date": ("2026-05-01",),
    "stage_date": ("2026-03-24",),
    "deadline": ("2026-04-01",),
    "scheduled_at": ("2026-12-01T14:00:00Z",),
    "remind_at": ("2026-12-01T09:00:00Z",),
    "duration_minutes": (60,),
    "round_number": (1,),
    "application": (1,),
    "interviewer_names": ("Sam Okafor",),
    "meeting_link": ("https://meet.example/abc",),
    "notes": ("Referred by Sam.",),
    "prep_notes": ("Read about their data platform.",),
    "preparation_notes": ("Read about their data platform.",),
    "content": ("They use PostgreSQL.",),
    "questions_asked": ("How do you deploy?", ["How do you deploy?"]),
    "stage_name": ("Technical interview",),
    "excitement_level": (4,),
    "rating": (5,),
    "color": ("#6366f1",),
    "version_name": ("Data, spring 2026",),
    "url": ("https://hooks.example.org/onward",),
    "file_url": ("https://files.example.org/cv.pdf",),
    "linkedin_url": ("https://www.linkedin.com/in/ada",),
    "events": (["application.created", "application.status_changed"],),
    "quiet_hours_start": ("22:00",),
    "quiet_hours_end": ("07:00",),
    "what_worked": ("Asking about the team first.",),
    "what_failed": ("No answer about indexes.",),
    "improvement_plan": ("Practise query plans.",),
}
TYPES = {str: "string", int: "integer", list: "array"}
FORMATS = {
    "uuid": "7b1e8a52-3c4d-4e5f-8a6b-9c0d1e2f3a4b",
    "date": "2026-03-14",
    "date-time": "2026-03-14T09:30:00Z",
    "time": "09:30:00",
}
USUAL: dict[str, Any] = {"integer": 1, "number": 1.5, "boolean": True, "array": [], "object": {}, "string": "text"}


def with_examples(document: Schema, refusals: Mapping[str, Any]) -> Schema:
    """Return an OpenAPI document with examples for bodies, answers and refusals.

    :param refusals: bodies that this API refuses with, by what has happened
    """
    components = document.get("components", {})
    schemas = {name: _with_values(schema) for name, schema in components.get("schemas", {}).items()}
    paths = {
        path: {method: _operation(operation, schemas, refusals) for method, operation in operations.items()}
        for path, operations in document["paths"].items()
    }
    return {**document, "paths": paths, "components": {**components, "schemas": schemas}}


def _operation(operation: Schema, schemas: Mapping[str, Schema], refusals: Mapping[str, Any]) -> Schema:
    changed = {**operation, "responses": dict(operation["responses"])}
    if default := changed["responses"].get("default"):
        examples = {name: {"summary": name, "value": value} for name, value in refusals.items()}
        content = {kind: {**media, "examples": examples} for kind, media in default.get("content", {}).items()}
        changed["responses"]["default"] = {**default, "content": content}
    body = operation.get("requestBody", {})
    if media := body.get("content", {}).get("application/json"):
        shown = {**media, "example": _example(media["schema"], schemas)}
        changed["requestBody"] = {**body, "content": {**body["content"], "application/json": shown}}
    return changed


def _with_values(schema: Schema) -> Schema:
    """Return the schema of an object with an example for each field that has a value here."""
    fields = {}
    for name, field in schema.get("properties", {}).items():
        value = _value(name, field)
        fields[name] = field if value is None else {**field, "example": value}
    return {**schema, "properties": fields} if fields else schema


def _value(name: str, field: Schema) -> Any:
    if "enum" in field:
        return None
    return next((value for value in VALUES.get(name, ()) if TYPES[type(value)] == field.get("type")), None)


def _example(schema: Schema, schemas: Mapping[str, Schema]) -> Any:
    if reference := schema.get("$ref"):
        return _example(schemas[reference.rsplit("/", 1)[-1]], schemas)
    for choices in ("allOf", "anyOf", "oneOf"):
        if schema.get(choices):
            return _example(schema[choices][0], schemas)
    if "example" in schema:
        return schema["example"]
    if "properties" in schema:
        required = schema.get("required", [])
        fields = schema["properties"].items()
        return {n: _example(f, schemas) for n, f in fields if n in required or "example" in f or _chosen(f)}
    if schema.get("default") not in (None, ""):
        return schema["default"]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array" and schema.get("minItems"):
        return [_example(schema["items"], schemas)]
    return FORMATS.get(schema.get("format", ""), USUAL.get(schema.get("type", "")))


def _chosen(field: Schema) -> bool:
    """Whether a field has a choice that goes without saying."""
    return bool(field.get("default")) and "enum" in field
