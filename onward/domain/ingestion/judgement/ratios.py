"""How alike two texts are, from 0 to 100: by rapidfuzz, which a process that judges nothing does not carry."""


def ratio(one: str, other: str) -> float:
    """Return the share of characters that two texts have in common, in their order."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other)


def sorted_ratio(one: str, other: str) -> float:
    """Return the same for their words in alphabetical order."""
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(one, other)
