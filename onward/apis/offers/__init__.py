"""The offers API: an offer journal with a social side."""
