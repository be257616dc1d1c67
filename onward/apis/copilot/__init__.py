"""The copilot API (see `api`)."""
