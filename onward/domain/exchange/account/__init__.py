"""A whole account, taken along: all that is one's own goes out as one ZIP and comes in again elsewhere."""

from onward.domain.exchange.account.archive import contents
from onward.domain.exchange.account.services import Restored, restore
from onward.domain.exchange.account.tables import FORMAT, LEFT_OUT, TABLES, Table

__all__ = ["FORMAT", "LEFT_OUT", "TABLES", "Restored", "Table", "contents", "restore"]
