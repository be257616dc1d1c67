"""Private files: kept under random keys, never served by the web server, given out only after a check."""

from onward.platform.storage.downloads import download
from onward.platform.storage.files import Content, delete_file, open_file, remove, store, stored, sweep
from onward.platform.storage.links import LIFETIME, is_good, sign
from onward.platform.storage.pieces import Busy, Pieces, Received, fresh_key, size_of

__all__ = [
    "LIFETIME",
    "Busy",
    "Content",
    "Pieces",
    "Received",
    "delete_file",
    "download",
    "fresh_key",
    "is_good",
    "open_file",
    "remove",
    "sign",
    "size_of",
    "store",
    "stored",
    "sweep",
]
