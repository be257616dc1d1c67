"""The icons in use in one file, from which pages show them by name: ``python -m onward.web.kit.sprite`` writes it."""

import re
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
ICONS = STATIC / "vendor" / "lucide" / "1.62.0"
SPRITE = STATIC / "onward" / "app" / "icons.svg"


def sprite() -> str:
    """Return the file: a symbol for each icon, by the icon's name."""
    symbols = []
    for file in sorted(ICONS.glob("*.svg")):
        drawing = re.search(r"<svg[^>]*>(.*)</svg>", file.read_text(), re.DOTALL)
        if drawing is None:
            sys.exit(f"{file} is not an icon")
        shapes = re.sub(r"\s*\n\s*", "", drawing[1])
        symbols.append(f'<symbol id="{file.stem}" viewBox="0 0 24 24">{shapes}</symbol>')
    head = "<!-- Lucide 1.62.0, ISC licence; see vendor/lucide -->\n"
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


if __name__ == "__main__":
    SPRITE.write_text(sprite())
