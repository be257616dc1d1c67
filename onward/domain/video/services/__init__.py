"""Adding videos, and what follows from it."""
