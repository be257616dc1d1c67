"""Onward: one record of a career."""
