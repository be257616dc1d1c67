"""Lists are plain arrays here: so many rows (`limit`) after so many others (`skip`)."""

from typing import Annotated

from onward.platform.wire import MAX_INT8, Whole

Skip = Annotated[int, Whole(0, MAX_INT8)]
Limit = Annotated[int, Whole(0, MAX_INT8)]
# Of what is other people's, a page at a time.
MOST_OF_OTHERS = 500
