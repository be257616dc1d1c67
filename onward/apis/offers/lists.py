"""Lists are plain arrays here: so many rows (`limit`) after so many others (`skip`)."""

from typing import Annotated

from onward.platform.wire import MAX_INT8, Whole

Skip = Annotated[int, Whole(0, MAX_INT8)]
Limit = Annotated[int, Whole(0, MAX_INT8)]
# Of what is other people's, a page at a time.
MOST_OF_OTHERS = 500


def is_empty(rows: str | bytes) -> bool:
    """Say whether an array, as JSON, has nothing in it."""
    return len(rows) == len("[]")
