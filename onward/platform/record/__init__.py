"""What every row of the record has in common."""

from onward.platform.record.append import append, append_all
from onward.platform.record.change import change, fields_of, is_same, save
from onward.platform.record.change_all import change_all
from onward.platform.record.clash import clash
from onward.platform.record.locking import KeyShare, Share, locked, locked_for_removal
from onward.platform.record.models import Record
from onward.platform.record.names import name_key
from onward.platform.record.owned import missing, owned, refused

__all__ = [
    "KeyShare",
    "Record",
    "Share",
    "append",
    "append_all",
    "change",
    "change_all",
    "clash",
    "fields_of",
    "is_same",
    "locked",
    "locked_for_removal",
    "missing",
    "name_key",
    "owned",
    "refused",
    "save",
]
