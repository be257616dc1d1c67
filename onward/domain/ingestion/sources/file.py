"""The operator's file of sources: a JSON list of objects, each a source that is enabled."""

import json
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.sources.registry import KINDS


def _name(value: object) -> object:
    if isinstance(value, str) and not (value.strip() and value.isprintable()):
        raise ValueError("must hold letters that can be seen")
    return value.strip() if isinstance(value, str) else value


def _kind(value: object) -> object:
    if not isinstance(value, str) or value not in KINDS:
        raise ValueError(f"must be one of {', '.join(KINDS)}")
    return value


def _address(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str) or not value:
        return "" if value is None else value
    if info.data.get("kind") == "csv" and "://" not in value:
        # A file of this machine, beside the file of sources unless its path says otherwise.
        return str(Path((info.context or {})["folder"], Path(value).expanduser()))
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not value.isprintable() or " " in value:
        raise ValueError("must be a web address such as https://boards-api.greenhouse.io")
    if "@" in parts.netloc or parts.fragment:
        raise ValueError("must hold no name, password or fragment")
    return value


def _text(value: object) -> object:
    return "" if value is None else _name(value) if value else value


class _Line(BaseModel):
    """One source in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: Annotated[str, BeforeValidator(_name), Field(min_length=1, max_length=100)]
    kind: Annotated[str, BeforeValidator(_kind)]
    base_url: Annotated[str, BeforeValidator(_address), Field(max_length=500)] = ""
    board: Annotated[str, BeforeValidator(_text), Field(max_length=100)] = ""
    company: Annotated[str, BeforeValidator(_text), Field(max_length=255)] = ""
    daily_limit: Annotated[int, Field(ge=1, le=1_000_000)] | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        adapter = KINDS[self.kind]
        if not adapter.public and not self.base_url:
            raise ValueError(f"base_url: must be given for {self.kind}")
        if adapter.board and not adapter.board.fullmatch(self.board):
            missing = "must be given" if not self.board else "must be a board's name as it stands in its address"
            raise ValueError(f"board: {missing} for {self.kind}")
        if "?" in self.base_url and adapter.public:
            raise ValueError("base_url: must hold no query")
        return self


def read(path: str) -> tuple[Entry, ...]:
    """Read the file of sources.

    :param path: empty: there is none
    :raises ImproperlyConfigured: naming every entry and field that is wrong
    """
    if not path:
        return ()
    folder = Path(path).expanduser().resolve().parent
    try:
        given = json.loads(Path(path).expanduser().read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _bad(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise _bad(f"{path} is not JSON{place}") from None
    if not isinstance(given, list):
        raise _bad(f"{path} must hold a list of sources")
    found: dict[str, Entry] = {}
    problems: list[str] = []
    for number, item in enumerate(given, 1):
        called = _called(number, item)
        try:
            line = _Line.model_validate(item, context={"folder": folder})
        except ValidationError as error:
            problems += [f"{called}: {_sentence(problem)}" for problem in error.errors(include_url=False)]
            continue
        if line.name in found:
            problems.append(f"{called}: name: is that of another entry as well")
        found[line.name] = Entry(**line.model_dump())
    if problems:
        raise _bad(*problems)
    return tuple(found.values())


def _called(number: int, item: Any) -> str:
    name = item.get("name") if isinstance(item, dict) else None
    return f"entry {number}" + (f" ({name[:60]!r})" if isinstance(name, str) and name.strip() else "")


def _sentence(problem: Any) -> str:
    place = ".".join(str(part) for part in problem["loc"])
    message = str(problem["msg"]).removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        message = "there is no such field"
    if problem["type"] == "model_type":
        message = "must be an object"
    # What concerns several fields names one itself.
    return f"{place}: {message}" if place else message


def _bad(*problems: str) -> ImproperlyConfigured:
    return ImproperlyConfigured("Bad settings:\n" + "\n".join(f"  ONWARD_SOURCES_FILE: {line}" for line in problems))
