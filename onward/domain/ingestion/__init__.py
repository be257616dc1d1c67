"""Postings that other servers publish: which sources there are, how they are read, and what was seen where."""
