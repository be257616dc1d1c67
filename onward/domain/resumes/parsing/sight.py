"""What of a page's text can be seen: the page is painted, small and in grey, and looked at."""

import ctypes
import time
from collections.abc import Iterable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]

# The longer side of the picture; an A4 page then has some 94 dots to the inch.
SIDE = 1100
# Letters lower than this part of the page's longer side (2 points on A4) are for machines.
LOWEST = 2 / 842
# How much lighter or darker, of 255, ink is than what it stands on.
INK = 10
LIGHT = 200
# Pictures take memory to unpack. Beyond this, all of the page's text is believed to be seen.
MOST_DOTS = 30_000_000
# How long painting may take in all, so that reading is not what has no time left.
SECONDS = 3.0
# How many dots are looked at in all. Letters of common sizes have some 100 each; those of a hostile page have all.
MOST_LOOKS = 50_000_000


class Sight:
    """Looks at one page after the other.

    :ivar seconds: how much time is left for painting
    :ivar looks: how many dots may still be looked at
    """

    def __init__(self) -> None:
        self.seconds = SECONDS
        self.looks = MOST_LOOKS
        self._shown: _Picture | None = None
        self._bare: _Picture | None = None
        self._page: pypdfium2.PdfPage | None = None

    def turn_to(self, page: pypdfium2.PdfPage) -> None:
        """Look at this page from now on."""
        self._page, self._bare = page, None
        dots = sum(_dots(item) for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        self._shown = self._painted() if dots <= MOST_DOTS else None

    def sees(self, item: Any, size: float, boxes: Iterable[Box]) -> bool:
        """Return whether text can be seen: it is large enough, differs from what it stands on, and is on the page.

        :param item: the page object that draws it
        :param size: how high its letters are
        :param boxes: of its letters, in the page's coordinates
        """
        boxes = [box for box in boxes if box[2] > box[0] or box[3] > box[1]]
        if self._shown is None or self.looks <= 0 or not boxes:
            return True
        self.looks -= sum(map(self._shown.dots_in, boxes))
        if size < self._shown.lowest:
            return False
        if pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            # Invisible letters on visible ones that are no text are what a scanner has recognised, here or nearby.
            bare, room = self._without_text(), size / 3
            return bare is None or any(bare.has_ink((x - room, y - room, r + room, t + room)) for x, y, r, t in boxes)
        if not any(self._shown.has_ink(box) for box in boxes):
            return False
        # White letters on white may stand between black ones.
        light = _light(item)
        if light is None or light < LIGHT:
            return True
        bare = self._without_text()
        return bare is None or any(bare.differs(box, light) for box in boxes)

    def _without_text(self) -> "_Picture | None":
        if self._bare is None and self._page is not None:
            texts = list(self._page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8))
            for text in texts:
                pdfium.FPDFPageObj_SetIsActive(text, 0)
            self._bare = self._painted()
            for text in texts:
                pdfium.FPDFPageObj_SetIsActive(text, 1)
        return self._bare

    def _painted(self) -> "_Picture | None":
        begun = time.process_time()
        until = begun + self.seconds
        picture = _Picture(self._page, until) if self.seconds > 0 else None
        self.seconds -= time.process_time() - begun
        return picture if picture and picture.finished else None


class _Picture:
    """A page, painted in grey."""

    def __init__(self, page: Any, until: float) -> None:
        width, height = page.get_size()
        scale = SIDE / max(width, height, 1)
        self._page = page
        self._width, self._height = max(1, round(width * scale)), max(1, round(height * scale))
        self.lowest = LOWEST * max(width, height)
        bitmap = pypdfium2.PdfBitmap.new_native(self._width, self._height, pdfium.FPDFBitmap_Gray)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, self._width, self._height)
        pause = pdfium.IFSDK_PAUSE(version=1)
        # What is called back must live as long as it may be called.
        pause.NeedToPauseNow = type(pause.NeedToPauseNow)(lambda _: time.process_time() > until)
        place = (0, 0, self._width, self._height, 0, pdfium.FPDF_GRAYSCALE | pdfium.FPDF_ANNOT)
        state = pdfium.FPDF_RenderPageBitmap_Start(bitmap, page, *place, ctypes.byref(pause))
        self.finished = state == pdfium.FPDF_RENDER_DONE
        pdfium.FPDF_RenderPage_Close(page)
        self._stride = bitmap.stride
        self._dots = bytes(bitmap.buffer)

    def has_ink(self, box: Box) -> bool:
        """Return whether something stands out there."""
        darkest, lightest = self._range(box)
        return lightest - darkest >= INK

    def differs(self, box: Box, grey: int) -> bool:
        """Return whether something in this grey would stand out there."""
        darkest, lightest = self._range(box)
        return max(abs(grey - darkest), abs(grey - lightest)) >= INK

    def _range(self, box: Box) -> tuple[int, int]:
        """Return the darkest and the lightest dot; off the page all is white."""
        left, top, right, bottom = self._part(box)
        if left >= right:
            return 255, 255
        rows = (self._dots[row * self._stride + left : row * self._stride + right] for row in range(top, bottom))
        ends = [(min(row), max(row)) for row in rows]
        return min((low for low, _ in ends), default=255), max((high for _, high in ends), default=255)

    def dots_in(self, box: Box) -> int:
        """Return how many dots there are to look at."""
        left, top, right, bottom = self._part(box)
        return max(0, right - left) * max(0, bottom - top)

    def _part(self, box: Box) -> tuple[int, int, int, int]:
        corners = [self._place(box[0], box[1]), self._place(box[2], box[3])]
        (left, right), (top, bottom) = (sorted(ends) for ends in zip(*corners, strict=True))
        # A dot more on each side: letters are narrower than what their ink is blurred to.
        return max(0, left - 1), max(0, top - 1), min(self._width, right + 2), min(self._height, bottom + 2)

    def _place(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        size = (0, 0, self._width, self._height, 0)
        pdfium.FPDF_PageToDevice(self._page, *size, x, y, ctypes.byref(across), ctypes.byref(down))
        return across.value, down.value


def _dots(picture: Any) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(picture, ctypes.byref(width), ctypes.byref(height))
    return width.value * height.value


def _light(item: Any) -> int | None:
    """Return the lightness of the colour that letters are filled with, when it is one colour."""
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    parts = [ctypes.byref(part) for part in (red, green, blue, opacity)]
    if pdfium.FPDFTextObj_GetTextRenderMode(item) not in {pdfium.FPDF_TEXTRENDERMODE_FILL, 4}:
        return None
    if not pdfium.FPDFPageObj_GetFillColor(item, *parts):
        return None
    return round(0.299 * red.value + 0.587 * green.value + 0.114 * blue.value)
