"""Taking a server away in one file, and bringing it back onto either database."""
