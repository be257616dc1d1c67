"""What somebody does on a page, alone or to many at once, so that all of it can be taken back by one step."""
