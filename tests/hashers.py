"""How the suite keeps passwords."""

from onward.domain.accounts.hashers import Argon2id


class Quick(Argon2id):
    """The server's own at the least figures: a hash at its own takes as long as a dozen requests."""

    time_cost = 1
    memory_cost = 8
