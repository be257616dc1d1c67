"""Telling clients what has happened, as it happens: one tail of the event table a process, and a line for each client.

What is said on a line, and what a client may say, is a *mouth*'s business: an API's or the web app's.
"""
