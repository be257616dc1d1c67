"""What one emoji is."""

# Characters: families and flags are sequences of several.
LONGEST = 64


def is_one_emoji(text: str) -> bool:
    """Return whether a text is one emoji, with or without the sign that asks for its picture, and nothing else."""
    # Six megabytes, which a process that looks at none does without.
    import emoji

    return len(text) <= LONGEST and emoji.is_emoji(text)
