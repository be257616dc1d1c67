"""Typesets a certificate, in a process of its own: ``python -m …``, see `onward.platform.typesetting`."""

import resource
import sys
from pathlib import Path

import typst

HERE = Path(__file__).parent
# Of the processor.
SECONDS = 20


def typeset(said: str) -> bytes:
    """Return a certificate as a PDF. :param said: what stands on it, as JSON"""
    # The machine's own fonts stand in for signs that those of typst do not have.
    pdf: bytes = typst.compile(HERE / "certificate.typ", root=HERE, sys_inputs={"said": said})
    return pdf


def main() -> None:
    """Read what is said from the standard input, and write the PDF to the standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(typeset(sys.stdin.buffer.read().decode()))


if __name__ == "__main__":
    main()
