"""The program that reads one picture and draws it anew."""

import io
import sys
import warnings

from PIL import GifImagePlugin, Image, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from onward.domain.accounts.drawing.bounds import FORMATS, LARGEST_DRAWN, MOST_PIXELS, SIDE
from onward.platform.confined.limits import limit, step_back

# Loaded while there are no limits yet.
PLUGINS = (GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)


def main(seconds: int) -> None:
    """Read a picture from the standard input, and write its format, a line, and its file."""
    step_back()
    limit(seconds, written=LARGEST_DRAWN)
    warnings.simplefilter("ignore")
    try:
        found = Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=tuple(FORMATS))
        kind = str(found.format)
        if found.width * found.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        if kind == "JPEG":
            # Decoded no larger than it is needed.
            found.draft("RGB", (SIDE, SIDE))
        picture = ImageOps.exif_transpose(found)
        picture = picture.convert("RGB" if kind == "JPEG" else "RGBA")
        picture.thumbnail((SIDE, SIDE))
        drawn = io.BytesIO()
        # Of what moves the first picture, and of what the file says beside the picture nothing.
        plain = Image.new(picture.mode, picture.size)
        plain.paste(picture)
        plain.save(drawn, kind)
    except Exception:
        # Decoders of pictures raise whatever they like; to whoever sent it is all the same.
        kind, drawn = "", io.BytesIO()
    sys.stdout.buffer.write(f"{kind}\n".encode() + drawn.getvalue())


if __name__ == "__main__":
    main(int(sys.argv[1]))
