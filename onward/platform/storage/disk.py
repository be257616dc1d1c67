import os
from pathlib import Path


def settle(folder: Path) -> None:
    """Have the names in a folder on the disk: a power cut can forget a new one although its content is there."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
