"""Writing, and what follows from it."""
