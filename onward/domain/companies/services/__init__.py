"""Writing companies: those of persons, and in `employers` those that the whole server knows."""

from onward.domain.companies.services.companies import (
    FIELDS,
    create,
    delete,
    find_or_create,
    find_or_create_all,
    point_to,
    update,
)

__all__ = ["FIELDS", "create", "delete", "find_or_create", "find_or_create_all", "point_to", "update"]
