"""Documents to upload."""

import io
import zipfile


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
