"""The bin: what somebody deletes is kept as it was for a month, and comes back whole.

The record itself knows nothing of it: a row that was deleted is in no table but this one, so that no query has to leave
it out. What hangs on a row goes into the bin with it, and comes back with it, under the ids that it had.
"""
