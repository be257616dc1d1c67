"""Small documents made where they are needed, as real programs write them."""

import io
import struct
import zipfile

DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pdf(length: int = 0) -> bytes:
    """One empty page; padded by a comment to exactly `length` bytes when one is given."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%010d\n%%%%EOF\n"
    missing = length - len(out) - len(trailer % 0)
    if missing > 0:
        out += b"%" + b"x" * (missing - 2) + b"\n"
    return bytes(out) + trailer % len(out)


def docx(
    *,
    main: str = "word/document.xml",
    types: str = DOCX_MAIN,
    also: dict[str, bytes] | None = None,
    comment: bytes = b"",
) -> bytes:
    """A document of one word."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def write(name: str, content: str | bytes) -> None:
            # Always of the same time: what is made twice is the same.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)

        write(
            "[Content_Types].xml",
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/{main}" ContentType="{types}"/></Types>',
        )
        write(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            f'Target="{main}"/></Relationships>',
        )
        write(
            main,
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p><w:r><w:t>Hello</w:t></w:r></w:p></w:body></w:document>",
        )
        for name, content in (also or {}).items():
            write(name, content)
        archive.comment = comment
    return out.getvalue()


def doc(*, stream: str = "WordDocument", shift: int = 9, circle: bool = False, fillers: int = 0) -> bytes:
    """A compound file with one stream; `fillers` entries before it push it into later directory sectors."""
    size = 1 << shift
    entries = [_entry("Root Entry", 5), *(_entry(f"Filler {n}", 2) for n in range(fillers)), _entry(stream, 2)]
    per_sector = size // 128
    count = -(-len(entries) // per_sector)
    directory = b"".join(entries).ljust(count * size, b"\0")
    # Sector 0 holds the allocation table, the directory follows it.
    table = [0xFFFFFFFD] + [n + 2 for n in range(count)]
    table[count] = 1 if circle else 0xFFFFFFFE
    allocation = struct.pack(f"<{len(table)}I", *table).ljust(size, b"\xff")
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3 if shift == 9 else 4, 0xFFFE, shift, 6)
    struct.pack_into("<II", header, 44, 1, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    return bytes(header).ljust(size, b"\0") + allocation + directory


def _entry(name: str, kind: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return (encoded.ljust(64, b"\0") + struct.pack("<HB", len(encoded), kind)).ljust(128, b"\0")
