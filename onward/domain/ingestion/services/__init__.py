"""Writing what the engine keeps, by noun.

Whoever locks several rows locks them in this order: the source, the run, the reading, then what a batch touches.
"""
