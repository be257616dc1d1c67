"""Waiting for what other threads and processes do."""

import time

# Seconds. Far more than anything takes on a slow machine: how long it took is nobody's business, and never measured.
GENEROUS = 120.0


def until(condition):
    """Wait until this is true."""
    end = time.monotonic() + GENEROUS
    while not condition():
        assert time.monotonic() < end, "it never came to pass"
        time.sleep(0.02)
