"""Starting a process that reads the file of a stranger."""

import subprocess
import sys
import tempfile
from typing import IO

from onward.platform import deadlines


def run(module: str, *arguments: str, content: bytes | IO[bytes], seconds: int, longest: int) -> bytes | None:
    """Run a program of ours on a file, and return what it writes; nothing when it was ended, or ended itself.

    :param module: the program, which drops its rights by `limits`
    :param content: what it reads from its standard input; a file, where that is more than a process should hold
    :param seconds: how long it may take on the clock
    :param longest: how many bytes of its answer are read
    """
    command = [sys.executable, "-I", "-X", "utf8", "-m", module, *arguments]
    # Files and not pipes: neither side can make the other wait, and the child's limit on file sizes counts.
    with tempfile.TemporaryFile() as copied, tempfile.TemporaryFile() as target:
        source: IO[bytes] = copied
        if isinstance(content, bytes):
            copied.write(content)
            copied.seek(0)
        else:
            source = content
        try:
            done = subprocess.run(  # noqa: S603 (our own program, no word of a client's)
                command,
                stdin=source,
                stdout=target,
                stderr=subprocess.DEVNULL,
                timeout=deadlines.cut(seconds),
                env={},
                cwd="/",
            )
        except subprocess.TimeoutExpired:
            deadlines.check()
            return None
        target.seek(0)
        return None if done.returncode else target.read(longest)
