"""Teaching and learning, and what follows from it."""
