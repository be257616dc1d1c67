"""Having documents typeset in a process of their own.

What typst has once laid out it remembers for as long as its process lives, so it does not run in one that serves.
"""

import re
import subprocess
import sys
import tempfile
from threading import BoundedSemaphore

from onward.platform import deadlines

# How long one document, or a part of one, may take, in seconds.
LONGEST_WAIT = 60
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Typesetter:
    """A program that typesets: it reads what is said from its standard input, and writes to its standard output.

    One runs at a time, since each may take 200 MB; others wait for their turn.

    :param module: its name, as ``python -m`` knows it
    """

    def __init__(self, module: str) -> None:
        self.module = module
        self._turns = BoundedSemaphore(1)

    def run(self, *arguments: str, given: bytes) -> bytes:
        """Have it do something.

        :raises subprocess.SubprocessError: when it cannot, or takes too long
        """
        command = [sys.executable, "-I", "-X", "utf8", "-m", self.module, *arguments]
        # Files and not pipes: neither side can make the other wait.
        with self._turns, tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
            source.write(given)
            source.seek(0)
            subprocess.run(  # noqa: S603 (our own program, no word of a client's)
                command,
                stdin=source,
                stdout=target,
                stderr=subprocess.DEVNULL,
                timeout=deadlines.cut(LONGEST_WAIT),
                env={},
                cwd="/",
                check=True,
            )
            target.seek(0)
            return target.read()


def printable(text: str) -> str:
    """Return a text without what cannot be printed."""
    return _UNPRINTABLE.sub(" ", text)
