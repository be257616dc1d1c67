"""Which openings suit somebody, why, and what they lack."""
