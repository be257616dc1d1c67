"""The articles that come with the program: a file for each, read by a migration."""

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent


class Text(NamedTuple):
    """An article as its file says it."""

    slug: str
    title: str
    category: str
    tags: list[str]
    excerpt: str
    content: str


def texts() -> list[Text]:
    """Return the articles, in the order of their slugs.

    A file is named by its slug. It begins with ``name: value`` lines, ends those with an empty one, and goes on in
    Markdown.
    """
    return [_read(path) for path in sorted(FOLDER.glob("*.md"))]


def _read(path: Path) -> Text:
    head, _, content = path.read_text(encoding="utf-8").partition("\n\n")
    said = dict(line.split(": ", 1) for line in head.splitlines())
    return Text(
        slug=path.stem,
        title=said["title"],
        category=said["category"],
        tags=said["tags"].split(", "),
        excerpt=said["excerpt"],
        content=content.strip() + "\n",
    )
