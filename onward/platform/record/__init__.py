"""What every row of the record has in common."""

from onward.platform.record.append import append
from onward.platform.record.locking import locked
from onward.platform.record.models import Record
from onward.platform.record.names import name_key

__all__ = ["Record", "append", "locked", "name_key"]
