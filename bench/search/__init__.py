"""The feed, recommendations and the market of a server that has a million postings."""
