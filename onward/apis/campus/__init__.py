"""The campus API (see `api`)."""
