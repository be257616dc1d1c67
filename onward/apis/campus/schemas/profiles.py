"""What goes over the wire about people's profiles."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from django.db import models
from django.db.models import Case, F, Func, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf
from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from onward.domain.accounts.choices import Visibility
from onward.platform.wire import EMPTY_IS_NULL, Body, Choice, From, Param, Text, WebAddress, Whole, Wire
from onward.platform.wire.fields import Path

# The scheme and host under which somebody asks; the statement takes it.
SITE = Param("site", models.TextField())
PICTURES = "pictures/"
# Addresses that the record keeps by themselves, by what they are called here.
OWN_LINKS = {"github": "github_url", "linkedin": "linkedin_url", "portfolio": "portfolio_url"}


class _WithOwnLinks(Func):
    """Further links of a person, and those of `OWN_LINKS` that they have."""

    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self._sql(compiler, "(({others})::jsonb || jsonb_strip_nulls(jsonb_build_object({own})))")

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # A null in a patch removes the name.
        return self._sql(compiler, "json_patch({others}, json_object({own}))")

    def _sql(self, compiler: Any, template: str) -> Any:
        compiled = [compiler.compile(source) for source in self.source_expressions]
        (others, parameters), *links = compiled
        own = ", ".join(f"'{name}', {sql}" for name, (sql, _) in zip(OWN_LINKS, links, strict=True))
        given = [*parameters, *(value for _, values in links for value in values)]
        return template.format(others=others, own=own), given


def _links(at: Path) -> Func:
    own = (NullIf(F(at(column)), Value("")) for column in OWN_LINKS.values())
    return _WithOwnLinks(F(at("social_links")), *own)


def _picture(at: Path) -> Case:
    key = at("picture_key")
    elsewhere = NullIf(F(at("profile_picture_url")), Value(""))
    # The key begins with the name of its folder, as the address does.
    return Case(
        When(**{key: ""}, then=elsewhere),
        default=Concat(SITE, F(key), output_field=models.TextField()),
        output_field=models.TextField(),
    )


class ProfileOut(Wire):
    """Somebody, as others see them."""

    id: int
    user_id: Annotated[int, From("id")]
    username: str
    display_name: Annotated[str, From(lambda at: Coalesce(at("display_name"), at("username")))]
    bio: str
    profile_picture: Annotated[str | None, From(_picture)]
    social_links: Annotated[dict[str, str], From(_links)]


class OwnProfileOut(ProfileOut):
    """Somebody, as they and admins see them."""

    graduation_year: int | None
    programme: Annotated[str | None, From(lambda at: NullIf(F(at("programme")), Value("")))]
    gpa: float | None
    work_authorised: bool | None
    visibility: Annotated[Visibility, From("profile_visibility")]


def absolute(value: Any) -> Any:
    """Refuse an address that does not say how it is reached; other APIs take such for https."""
    if isinstance(value, str) and not value.strip().lower().startswith(("http://", "https://")):
        raise PydanticCustomError("url", "Enter an address that begins with http:// or https://.")
    return value


def _secure(value: Any) -> Any:
    if isinstance(value, str) and not value.strip().lower().startswith("https://"):
        raise PydanticCustomError("url", "Enter an address that begins with https://, or send a file.")
    return value


def _parsed(value: Any) -> Any:
    # In a form an object is text.
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


Link = Annotated[str, WebAddress(500), BeforeValidator(absolute)]
LinkName = Annotated[str, Text(100, shortest=1)]
Picture = Annotated[str, WebAddress(500), BeforeValidator(_secure)]
Grade = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2, allow_inf_nan=False)]


class ProfileChanges(Body):
    """What to change of a profile; what is left out stays.

    ``social_links`` are replaced whole. ``profile_picture`` is an address, which is kept and never fetched, or, in a
    form, a file; null clears it.
    """

    display_name: Annotated[Annotated[str, Text(100)] | None, EMPTY_IS_NULL] = None
    bio: Annotated[str, Text(20_000)] = ""
    profile_picture: Annotated[Picture | None, EMPTY_IS_NULL] = None
    social_links: Annotated[dict[LinkName, Link], Field(max_length=20), BeforeValidator(_parsed)] = {}
    graduation_year: Annotated[Annotated[int, Whole(1900, 2200)] | None, EMPTY_IS_NULL] = None
    programme: Annotated[Annotated[str, Text(255)] | None, EMPTY_IS_NULL] = None
    gpa: Annotated[Grade | None, EMPTY_IS_NULL] = None
    work_authorised: Annotated[bool | None, EMPTY_IS_NULL] = None
    visibility: Annotated[str, Choice(Visibility)] = Visibility.PRIVATE.value


def recorded(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what changes of a profile, in the record's names and words."""
    found = dict(changes)
    if "profile_picture" in found:
        found["profile_picture_url"] = found.pop("profile_picture") or ""
    if "visibility" in found:
        found["profile_visibility"] = found.pop("visibility")
    if "programme" in found:
        found["programme"] = found["programme"] or ""
    if "social_links" in found:
        links = dict(found["social_links"])
        found |= {column: links.pop(name, "") for name, column in OWN_LINKS.items()}
        found["social_links"] = links
    return found
