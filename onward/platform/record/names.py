"""When two names are the same name."""

import unicodedata


def name_key(name: str) -> str:
    """Reduce a name to what makes it the same name: no regard to case, width or spacing.

    Kept in a column of its own, because the databases disagree about the case of anything beyond ASCII.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
