"""Onward: one record of a career."""

__version__ = "0.1.0"
