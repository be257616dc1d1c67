"""Webhooks: telling other people's programs what happens in somebody's record."""
