"""A plain FastAPI and SQLAlchemy application, as their tutorials would write it."""
