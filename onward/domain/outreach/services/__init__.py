"""Changing what the outreach desk works on: each noun has a module of its own."""
