"""What happens to companies."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class CompanyCreated(Event):
    """A company came into somebody's record."""

    name: ClassVar[str] = "company.created"
    company_id: int
    company_name: str


@dataclass(frozen=True, kw_only=True)
class CompanyUpdated(Event):
    """What is known of a company changed. :ivar changed: the fields"""

    name: ClassVar[str] = "company.updated"
    company_id: int
    company_name: str
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class CompanyDeleted(Event):
    """A company left the record, and its applications with it. :ivar applications: how many"""

    name: ClassVar[str] = "company.deleted"
    company_id: int
    company_name: str
    applications: int
