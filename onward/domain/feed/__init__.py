"""Open postings as people find them, and what they do there; what the market pays and asks for."""
