"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id at 19 MiB, two passes, one lane (OWASP's figures; Django's default takes 100 MiB a login)."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
