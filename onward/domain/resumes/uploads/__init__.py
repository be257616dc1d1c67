"""Résumés that come in to be read, and what their owners make of what is suggested."""
