"""Reading courses, and how far somebody is."""
