"""Typesets a part of a report, or joins the parts, in a process of its own: ``python -m … set|join``.

What typst has once laid out it remembers for as long as its process lives, and PDFium may run in one thread only; so
neither runs in a process that serves.
"""

import io
import json
import resource
import sys
from pathlib import Path

import pypdfium2
import typst

HERE = Path(__file__).parent
SECONDS = 60


def typeset(said: str) -> bytes:
    """Typeset a part. :returns: how many pages it has, in a line of its own, and the PDF"""
    # The machine's own fonts stand in for signs that those of typst do not have.
    pdf: bytes = typst.compile(HERE / "report.typ", root=HERE, sys_inputs={"said": said})
    with pypdfium2.PdfDocument(pdf) as document:
        return f"{len(document)}\n".encode() + pdf


def joined(parts: bytes) -> bytes:
    """Join PDFs. :param parts: their lengths, as JSON in a line of its own, and the PDFs one after the other"""
    lengths, _, rest = parts.partition(b"\n")
    source, out = io.BytesIO(rest), io.BytesIO()
    with pypdfium2.PdfDocument.new() as whole:
        for length in json.loads(lengths):
            with pypdfium2.PdfDocument(source.read(length)) as document:
                whole.import_pages(document)
        whole.save(out)
    return out.getvalue()


def main() -> None:
    """Read what is to be done from the standard input, and write the answer to the standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    given = sys.stdin.buffer.read()
    sys.stdout.buffer.write(typeset(given.decode()) if sys.argv[1] == "set" else joined(given))


if __name__ == "__main__":
    main()
