"""People as the outreach desk names them beside what they have done."""

from typing import Annotated

from onward.domain.accounts.queries import full_name
from onward.platform.wire import From, Wire


class Person(Wire):
    """Somebody."""

    id: int
    name: Annotated[str, From(full_name)]
