"""What goes over the wire, and how the database builds it.

A :class:`Wire` class names the fields of an answer and where each comes from. :class:`Reading` and :class:`Listing`
turn a queryset and a wire class into one statement whose JSON the database builds; the same class gives the OpenAPI
schema. A :class:`Body` is what a client sends.
"""

from onward.platform.search import Fold
from onward.platform.wire.body import (
    CODE_AS_NUMBER,
    EMPTY_IS_NULL,
    IN_DIGITS,
    MAX_INT4,
    MAX_INT8,
    Body,
    Choice,
    Date,
    Id,
    Instant,
    OneOf,
    Rating,
    Text,
    Unsigned4,
    WebAddress,
    Whole,
    empty_is,
    storable,
)
from onward.platform.wire.fields import Count, CountOf, First, From, Many, day_of, days_between
from onward.platform.wire.keys import KEY, OWNER, UID
from onward.platform.wire.reading import Listing, Page, Reading
from onward.platform.wire.statement import Insert, Param, Slot, Statement, Update
from onward.platform.wire.wire import Wire
from onward.platform.wire.written import Written, written

__all__ = [
    "CODE_AS_NUMBER",
    "EMPTY_IS_NULL",
    "IN_DIGITS",
    "KEY",
    "MAX_INT4",
    "MAX_INT8",
    "OWNER",
    "UID",
    "Body",
    "Choice",
    "Count",
    "CountOf",
    "Date",
    "First",
    "Fold",
    "From",
    "Id",
    "Insert",
    "Instant",
    "Listing",
    "Many",
    "OneOf",
    "Page",
    "Param",
    "Rating",
    "Reading",
    "Slot",
    "Statement",
    "Text",
    "Unsigned4",
    "Update",
    "WebAddress",
    "Whole",
    "Wire",
    "Written",
    "day_of",
    "days_between",
    "empty_is",
    "storable",
    "written",
]
