"""Documents with words in them, and documents that mean harm, made where they are needed."""

import io
import struct
import zipfile
import zlib

from tests.domain.resumes.documents import docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf_of(
    *streams: bytes,
    deflated: bool = False,
    extra: str = "",
    forms: tuple[bytes, ...] = (),
    font: str = "",
    filled: dict[tuple[int, int], str] | None = None,
) -> bytes:
    """A PDF with one page for each content stream.

    :param forms: called /X0, /X1 … on every page
    :param font: called /F2; ``{square}`` in it becomes a glyph
    :param filled: what fields of the pages say, by where they are
    """
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]

    def add(content: bytes, head: bytes = b"") -> int:
        objects.append(b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(content), content) if head else content)
        return len(objects)

    square = add(b"10 0 0 0 10 10 d1 0 0 8 8 re f", b"/Kind/Glyph")
    second = add((font or "<<>>").replace("{square}", f"{square} 0 R").encode())
    first_form = len(objects) + 1
    names = " ".join(f"/X{n} {first_form + n} 0 R" for n in range(len(forms)))
    resources = f"<</Font<</F1 3 0 R/F2 {second} 0 R>>/XObject<<{names}>>>>".encode()
    for content in forms:
        add(content, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources " + resources)
    fields = []
    for (x, y), text in (filled or {}).items():
        shown = b"/Tx BMC BT /F1 11 Tf 2 4 Td (%s) Tj ET EMC" % text.encode()
        look = add(shown, b"/Type/XObject/Subtype/Form/BBox[0 0 400 18]/Resources " + resources)
        place = f"/Rect[{x} {y} {x + 400} {y + 18}]/F 4/AP<</N {look} 0 R>>"
        fields.append(add(f"<</Type/Annot/Subtype/Widget/FT/Tx/T(f{look})/V({text}){place}>>".encode()))
    notes = " ".join(f"{number} 0 R" for number in fields)
    pages = []
    for content in streams:
        body = add(content, b"/Filter/FlateDecode" if deflated else b"/Kind/Page")
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {body} 0 R/Annots[{notes}]/Resources "
        pages.append(add(page.encode() + resources + b">>"))
    kids = " ".join(f"{number} 0 R" for number in pages)
    objects[1] = f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode()
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, content)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra.encode(), at)
    return bytes(out)


def lines_of(*lines: str) -> bytes:
    """A page's content stream with these lines."""
    shown = []
    for line in lines:
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown.append(f"({escaped}) Tj 0 -14 Td")
    return ("BT /F1 11 Tf 50 750 Td " + " ".join(shown) + " ET").encode("latin-1", "replace")


def pdf_saying(*lines: str) -> bytes:
    """A PDF of one page with these lines."""
    return pdf_of(lines_of(*lines))


def docx_of(body: str, *, also: dict[str, bytes] | None = None, head: str = "") -> bytes:
    """A Word document with this markup as its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in ("[Content_Types].xml", "_rels/.rels"):
            new.writestr(name, old.read(name))
        new.writestr("word/document.xml", f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in (also or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def paragraph(*runs: str, properties: str = "") -> str:
    """One paragraph of Word's markup."""
    inner = "".join(run if run.startswith("<") else f"<w:t>{run}</w:t>" for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{inner}</w:r></w:p>"


def doc_saying(text: str, *, wide: bool = True, flags: int = 0x0200, table_length: int = 4096) -> bytes:
    """A Word 97 document: a compound file with its text in one piece."""
    encoded = text.encode("utf-16-le" if wide else "cp1252")
    begins = 2048
    main = bytearray(max(4096, begins + len(encoded)))
    struct.pack_into("<HH", main, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", main, 10, flags)
    struct.pack_into("<I", main, 0x4C, len(text))
    place = begins if wide else (begins * 2) | 0x40000000
    main[begins : begins + len(encoded)] = encoded
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, place, 0)
    # A property list stands before the pieces, as it may.
    clx = b"\x01" + struct.pack("<H", 4) + b"\0" * 4 + b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", main, 0x01A2, 16, len(clx))
    table = (b"\0" * 16 + clx).ljust(table_length, b"\0")
    return compound({"WordDocument": bytes(main), "1Table": table})


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams; those of less than 4096 bytes share the root's in pieces of 64."""
    size = 512
    small = {name: data for name, data in streams.items() if len(data) < 4096}
    shared, small_table, small_first = b"", [], {}
    for name, data in small.items():
        small_first[name] = len(small_table)
        count = -(-len(data) // 64)
        small_table += [small_first[name] + number + 1 for number in range(count - 1)] + [0xFFFFFFFE]
        shared += data.ljust(count * 64, b"\0")
    sectors: list[bytes] = [b""]  # The allocation table.
    table: list[int] = [0xFFFFFFFD]

    def add(data: bytes) -> int:
        first = len(sectors)
        count = -(-len(data) // size)
        for number in range(count):
            sectors.append(data[number * size : (number + 1) * size].ljust(size, b"\0"))
            table.append(first + number + 1 if number + 1 < count else 0xFFFFFFFE)
        return first

    entries = [_entry("Root Entry", 5, add(shared) if shared else 0xFFFFFFFE, len(shared))]
    for name, data in streams.items():
        entries.append(_entry(name, 2, small_first[name] if name in small else add(data), len(data)))
    directory = add(b"".join(entries))
    small_at = add(struct.pack(f"<{len(small_table)}I", *small_table)) if small_table else 0xFFFFFFFE
    assert len(table) <= size // 4, "one sector of the table must do"
    sectors[0] = struct.pack(f"<{len(table)}I", *table).ljust(size, b"\xff")
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(size, b"\0"))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIII", header, 44, 1, directory, 0, 4096, small_at)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    return bytes(header) + b"".join(sectors)


def _entry(name: str, kind: int, first: int, length: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    entry = bytearray((encoded.ljust(64, b"\0") + struct.pack("<HB", len(encoded), kind)).ljust(128, b"\0"))
    struct.pack_into("<II", entry, 116, first, length)
    return bytes(entry)


def huge_pdf() -> bytes:
    """Half a megabyte that unpacks to half a gigabyte."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(b"BT /F1 11 Tf (x) Tj ET "), *(packer.compress(b" " * 1_000_000) for _ in range(500))]
    return pdf_of(b"".join(parts) + packer.flush(), deflated=True)


def slow_pdf() -> bytes:
    """Forms that draw forms that draw forms, ten each: more steps than there is time."""
    deep = 9
    forms = [" ".join(f"/X{n + 1} Do" for _ in range(10)).encode() for n in range(deep)]
    return pdf_of(b"/X0 Do", forms=(*forms, lines_of("x" * 50)))


def huge_docx() -> bytes:
    """Forty megabytes of nothing in forty kilobytes."""
    return docx_of(paragraph("Ada"), also={"word/header1.xml": b"<a>" + b" " * 40_000_000})


def growing_docx() -> bytes:
    """Entities that stand for ten others each."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "ha">{entities}]>'
    return docx_of(paragraph("&e11;"), head=head)


def deep_docx() -> bytes:
    """Elements in elements in elements."""
    return docx_of("<w:p>" * 500_000 + "</w:p>" * 500_000)
