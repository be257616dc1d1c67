"""Numbers for whoever watches the server: what was asked, and what became of jobs."""
