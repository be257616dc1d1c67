"""How often somebody may do something, counted exactly, across threads, processes and (with Redis) machines.

A window begins with the first act and ends a period later. Counts live apart from the record, so that a read writes
nothing to the main database.
"""

from onward.platform.throttle.limits import Verdict, check, forget, give_back, guard, hit, reset

__all__ = ["Verdict", "check", "forget", "give_back", "guard", "hit", "reset"]
