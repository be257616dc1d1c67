"""What one emoji is."""

import emoji

# Characters: families and flags are sequences of several.
LONGEST = 64


def is_one_emoji(text: str) -> bool:
    """Return whether a text is one emoji, with or without the sign that asks for its picture, and nothing else."""
    return len(text) <= LONGEST and emoji.is_emoji(text)
