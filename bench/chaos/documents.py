"""Documents to upload, and to match."""

import io
import zipfile
from collections.abc import Callable
from functools import partial

from bench.chaos.house import House

MATCH = "/tracker/api/v1/ai/job-match/analyze/"
POSTING = "We are looking for a careful engineer who writes Python and SQL and likes to explain what they did. " * 2


def slow_document(paragraphs: int = 120_000) -> bytes:
    """Make a DOCX that takes long to read: small, since it repeats itself."""
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = "".join(f"<w:p><w:r><w:t>Line {number} of a long life</w:t></w:r></w:p>" for number in range(paragraphs))
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName='
        '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.'
        'main+xml"/></Types>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", f"<w:document {word}><w:body>{text}</w:body></w:document>")
    return made.getvalue()


def slow_matches(house: House, token: str, number: int = 20) -> list[Callable[[], tuple[int, bytes, float]]]:
    """Upload documents that take long to read; return what asks for a match of each."""
    document = slow_document()
    asked = []
    for place in range(number):
        status, body, _ = house.upload(f"cv{place}", document, token)
        if status != 201:
            raise SystemExit(f"{status} {body[:300]!r}")
        asked.append({"job_description": POSTING, "resume_version_id": int(body.split(b'"id":')[1].split(b",")[0])})
    return [partial(house.ask, "POST", MATCH, body, token=token) for body in asked]
