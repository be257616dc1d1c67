"""The words of a résumé."""

from enum import Enum


class Standing(Enum):
    """What a new version is to its owner: the one that is meant when nothing is said, or one beside it."""

    DEFAULT = "default"
    BESIDE = "beside"
