"""What bulk operations take and say."""

from typing import Annotated

from pydantic import Field

from onward.platform.wire import Id

# Of internships; one that is named twice is meant once.
MOST = 5000
Ids = Annotated[list[Id], Field(min_length=1, max_length=MOST)]
