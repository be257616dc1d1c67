"""What must stand in no file of the repository."""

import re
from html.parser import HTMLParser

import pytest

from tests.architecture.source import HOUSE, files

TEXT = (".py", ".md", ".html", ".txt", ".toml", ".sh", ".js", ".css", ".json", ".svg", ".yml", "Makefile", "run")
THIS = "tests/architecture/test_files.py"
# Paths of one machine, and words that say that something is unfinished.
UNWANTED = re.compile(
    r"(?<![\w.])/work/|/tmp/boot|(?<![\w.])/root/|(?<![\w.])/home/\w|/opt/wheels|/opt/pypi"
    r"|\b(TODO|FIXME|XXX|HACK)\b|\b[Ll]orem ipsum\b|\b[Aa]s an AI\b|Co-Authored-By|shared/(DESIGN|STYLE|contracts|facts)"
)


def test_no_file_names_a_machine_or_leaves_a_thing_undone():
    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name in files()
        if name.endswith(TEXT) and name != THIS and "/vendor/" not in name
        for number, line in enumerate((HOUSE / name).read_text().splitlines(), 1)
        if UNWANTED.search(line)
    ]

    assert not found, "\n".join(found)


def test_the_lock_file_names_no_host_but_the_public_index():
    hosts = set(re.findall(r'(?:https?|git\+\w+|file)://([^/"]*)', (HOUSE / "uv.lock").read_text()))

    assert hosts == {"pypi.org", "files.pythonhosted.org"}


class Inline(HTMLParser):
    """Collects what a content security policy without `unsafe-inline` refuses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        data = names.get("type") in {"application/json", "application/ld+json"}
        if tag == "style" or (tag == "script" and "src" not in names and not data):
            self.found.append(f"line {self.getpos()[0]}: <{tag}>")
        for name, value in names.items():
            if name == "style" or name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"line {self.getpos()[0]}: {name}= of <{tag}>")


# Mails are styled in place, because that is all that mail programs understand; no browser shows them as a page.
PAGES = [name for name in files() if name.startswith("onward/") and name.endswith(".html") and "/mails/" not in name]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_inline_script_or_style(name):
    parser = Inline()
    parser.feed((HOUSE / name).read_text())

    assert not parser.found


def test_inline_scripts_and_styles_are_seen():
    parser = Inline()
    parser.feed("<a onclick='x()' style='color:red' href='javascript:x()'></a><script>x()</script><style></style>")

    assert len(parser.found) == 5
