"""The least that can be done: one prepared statement, JSON from the database, no framework, no sign-in."""
