"""`onward serve`: a small supervisor and the processes that it keeps running."""
