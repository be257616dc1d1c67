"""How fast postings come in, beside a loop of update_or_create; what it costs in memory, and others in time."""
