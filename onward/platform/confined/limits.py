"""What a process gives up before it looks at the file of a stranger."""

import os
import resource

MEGABYTE = 1024 * 1024
MEMORY = 256 * MEGABYTE
# After the web processes and the worker, whoever starts it.
NICENESS = 10


def step_back() -> None:
    """Leave the processor to others first."""
    os.nice(max(0, NICENESS - os.nice(0)))


def limit(seconds: int, *, written: int = MEGABYTE, memory: int = MEMORY) -> None:
    """Drop most of what a process may do: for good, and before the first byte of the file is looked at.

    :param seconds: of the processor
    :param written: how many bytes it may write
    :param memory: how many bytes of addresses it may have
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
