"""Letters by the names that a font gives to its glyphs, where nothing else says what they are."""

import ctypes
import re
import unicodedata
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

# Of names that are no letters only those are known that words and dates are made of.
NAMES = (
    "zero one two three four five six seven eight nine space period comma colon semicolon hyphen endash emdash slash "
    "ampersand at parenleft parenright plus quoteright quotesingle underscore numbersign percent longs germandbls ae "
    "AE oe OE dotlessi"
)
LETTERS = dict(zip(NAMES.split(), "0123456789 .,:;-\u2013\u2014/&@()+\u2019'_#%sßæÆœŒi", strict=True))
ACCENTS = {"acute", "grave", "circumflex", "tilde", "diaeresis", "caron", "cedilla", "stroke", "macron", "ogonek"}
OTHER_ACCENTS = {"dieresis": "diaeresis", "ring": "ring above", "slash": "stroke", "hungarumlaut": "double acute"}


def letters_of(name: str, code: int) -> str:
    """Return the letters that a glyph's name stands for (``f_i``, ``one.oldstyle``, ``uni00660069``), or nothing.

    After the Adobe Glyph List's rules: what follows a full stop is a variant, underscores join.

    :param code: the number by which the page calls the glyph; fonts made of pictures are named by it (``a65``)
    """
    parts = [_letter(part) for part in name.split(".")[0].split("_")]
    if all(parts):
        return "".join(parts)
    numbered = re.fullmatch(r"[A-Za-z]{1,2}(\d{1,3})", name)
    return chr(code) if numbered and int(numbered[1]) == code and 32 < code < 127 else ""


def _letter(name: str) -> str:
    if len(name) == 1:
        return name
    if found := LETTERS.get(name):
        return found
    if re.fullmatch(r"uni(?:[0-9A-F]{4})+", name):
        return bytes.fromhex(name[3:]).decode("utf-16-be", "ignore")
    if re.fullmatch(r"u[0-9A-F]{4,6}", name) and int(name[1:], 16) <= 0x10FFFF:
        return chr(int(name[1:], 16)).encode("utf-8", "ignore").decode()
    # Aacute, odieresis.
    accent = OTHER_ACCENTS.get(name[1:], name[1:])
    if name[0].isascii() and name[0].isalpha() and accent in {*ACCENTS, *OTHER_ACCENTS.values()}:
        case = "CAPITAL" if name[0].isupper() else "SMALL"
        try:
            return unicodedata.lookup(f"LATIN {case} LETTER {name[0].upper()} WITH {accent.upper()}")
        except KeyError:
            return ""
    return ""


class GlyphNames:
    """The names that a document's fonts give to their glyphs. They are looked up when the first is asked for."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._names: dict[str, dict[int, str]] | None = None

    def letters(self, item: Any, code: int) -> str:
        """Return the letters of a glyph, or nothing.

        :param item: the text object that draws it
        :param code: the number by which it does
        """
        if self._names is None:
            self._names = _differences(_unpacked(self._document))
        font = pdfium.FPDFTextObj_GetFont(item)
        name = _base_name(font)
        found = self._names.get(name, {}).get(code) or _own_names(font).get(code, "")
        return letters_of(found, code) if found else ""


def _unpacked(document: pypdfium2.PdfDocument) -> bytes:
    """Write the document again, which puts every dictionary in the open."""
    parts: list[bytes] = []
    writer = pdfium.FPDF_FILEWRITE(version=1)

    def write(_: Any, data: Any, size: int) -> int:
        parts.append(ctypes.string_at(data, size))
        return 1

    writer.WriteBlock = type(writer.WriteBlock)(write)
    pdfium.FPDF_SaveAsCopy(document, ctypes.byref(writer), pdfium.FPDF_REMOVE_SECURITY)
    return b"".join(parts)


def _differences(content: bytes) -> dict[str, dict[int, str]]:
    """Return what fonts' encodings say, by the fonts' names: ``/Differences [27 /f_i 29 /f_l]``."""
    objects = {}
    # What is in streams is no dictionary. Whatever lies in the file, each byte is looked at a few times only.
    open_parts = b"".join(part.partition(b"stream")[0] for part in content.split(b"endstream"))
    for part in open_parts.split(b"endobj"):
        if found := re.search(rb"(?<!\d)(\d{1,9}) 0 obj", part):
            objects[found[1]] = part[found.end() :]
    names: dict[str, dict[int, str]] = {}
    for body in objects.values():
        font = re.search(rb"/BaseFont\s?/([^\s/<>\[\]()]+)", body)
        if font or re.search(rb"/Subtype\s?/Type3", body):
            elsewhere = re.search(rb"/Encoding\s{1,3}(\d{1,9}) 0 R", body)
            encoding = objects.get(elsewhere[1], b"") if elsewhere else body
            listed = re.search(rb"/Differences\s{0,3}\[([^\]]*)\]", encoding)
            found_names = _numbered(listed[1]) if listed else {}
            known = names.setdefault(_plain(font[1]) if font else "", {})
            for code, name in found_names.items():
                # Two fonts may have one name. Where they disagree, neither is believed.
                known[code] = name if known.get(code, name) == name else ""
    return names


def _numbered(listed: bytes) -> dict[int, str]:
    names, code = {}, 0
    for number, name in re.findall(rb"(?<![/\w])(\d{1,3})(?!\w)|/([^\s/<>\[\]()]+)", listed):
        if number:
            code = int(number)
        else:
            names[code] = _plain(name)
            code += 1
    return names


def _own_names(font: Any) -> dict[int, str]:
    """Return what a Type 1 font file says itself, in the part that is in the open."""
    size = ctypes.c_size_t()
    if not pdfium.FPDFFont_GetIsEmbedded(font) or not pdfium.FPDFFont_GetFontData(font, None, 0, ctypes.byref(size)):
        return {}
    data = (ctypes.c_ubyte * size.value)()
    pdfium.FPDFFont_GetFontData(font, data, size.value, ctypes.byref(size))
    program = bytes(data).partition(b"eexec")[0]
    if not program.lstrip(b"\x80\x01").startswith(b"%!") and b"%!" not in program[:16]:
        return {}
    return {
        int(code): _plain(name) for code, name in re.findall(rb"dup\s{1,3}(\d{1,3})\s{0,3}/(\S+)\s{1,3}put", program)
    }


def _base_name(font: Any) -> str:
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(size)
    pdfium.FPDFFont_GetBaseFontName(font, name, size)
    return name.value.decode("utf-8", "replace")


def _plain(name: bytes) -> str:
    """Return a name without the numbers in it that stand for characters (``#20``)."""
    written = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), name)
    return written.decode("utf-8", "replace")
