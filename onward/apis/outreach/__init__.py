"""The outreach desk's API (see `api`)."""
