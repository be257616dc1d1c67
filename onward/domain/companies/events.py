"""What happens to companies."""

from dataclasses import dataclass
from typing import Any, ClassVar

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


@dataclass(frozen=True, kw_only=True)
class EmployerEvent(Event):
    """Something about a company as the whole server knows it. :ivar by_id: who did it; none where the operator did"""

    employer_id: int
    employer_name: str
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class EmployerAdded(EmployerEvent):
    """A person told the server of a company."""

    name: ClassVar[str] = "employer.added"


@dataclass(frozen=True, kw_only=True)
class EmployerChanged(EmployerEvent):
    """A person corrected what is known of a company. :ivar changes: by field, what it was and what it is"""

    name: ClassVar[str] = "employer.changed"
    changes: dict[str, list[Any]]
