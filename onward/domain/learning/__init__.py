"""Courses: lessons, who takes part in them, and what they have completed."""
