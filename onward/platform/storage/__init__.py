"""Private files: kept under random keys, never served by the web server, given out only after a check."""

from onward.platform.storage.downloads import download
from onward.platform.storage.files import Content, delete_file, open_file, remove, store, stored, sweep
from onward.platform.storage.links import LIFETIME, is_good, sign

__all__ = [
    "LIFETIME",
    "Content",
    "delete_file",
    "download",
    "is_good",
    "open_file",
    "remove",
    "sign",
    "store",
    "stored",
    "sweep",
]
