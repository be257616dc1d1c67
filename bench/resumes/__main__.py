"""``python -m bench.resumes [--half test] [--kept FOLDER] [--peer NAME=PYTHON]…``: print how well résumés are read."""

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from bench.resumes import reading
from bench.resumes.rendering import Layout, browser, layouts_of, people, shown
from bench.resumes.scoring import rates, score


def rendered(kept: Path) -> list[tuple[dict[str, Any], Layout, bytes]]:
    """Return each person in each of their layouts. :param kept: where files are kept for the next time"""
    kept.mkdir(parents=True, exist_ok=True)
    found, missing = [], []
    for number, person in enumerate(people()):
        for layout in layouts_of(number):
            path = kept / f"{person['id']}-{layout.name}{layout.suffix}"
            (found if path.exists() else missing).append((person, layout, path))
    if missing:
        with browser() as page:
            for person, layout, path in missing:
                path.write_bytes(layout.render(shown(person), page))
    return [(person, layout, path.read_bytes()) for person, layout, path in sorted([*found, *missing], key=_order)]


def _order(one: Any) -> str:
    return str(one[2])


def text_of(content: bytes, suffix: str, path: Path) -> str:
    """Return a file's text, which is kept beside it until the parser is told to read anew."""
    if not path.exists():
        from onward.domain.resumes.formats import DOCX, PDF
        from onward.domain.resumes.text import extract

        kind = PDF if suffix == ".pdf" else DOCX
        path.write_text(extract(content, content_type=kind.content_type, seconds=60).text, "utf-8")
    return path.read_text("utf-8")


def table(counts: dict[str, Counter[str]]) -> str:
    """Return rates as rows of Markdown."""
    names = list(rates(Counter()))
    rows = [f"| | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for what, counted in counts.items():
        said = rates(counted)
        rows.append(f"| {what} | {' | '.join('' if v is None else f'{v:.3f}' for v in said.values())} |")
    return "\n".join(rows)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--half", choices=["tuning", "test"], default="tuning")
    options.add_argument("--kept", type=Path, default=Path("var/bench-resumes"))
    options.add_argument("--show", default="", help="print what is wrong of this field, or of all")
    options.add_argument("--layout", default="", help="only this one")
    options.add_argument("--peer", action="append", default=[])
    given = options.parse_args()
    files = [one for one in rendered(given.kept) if one[0]["half"] == given.half and given.layout in {"", one[1].name}]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for person, layout, content in files:
        path = given.kept / f"{person['id']}-{layout.name}.txt"
        said = reading.read(text_of(content, layout.suffix, path))
        found = score(person, said, reading.canonical)
        for group in ("Onward", "one column" if layout.columns == 1 else "two columns", layout.name):
            counts[group] += found
        if given.show:
            _show(given.show, person, layout, said, found)
    for one in given.peer:
        name, _, python = one.partition("=")
        takes = [(person, content, layout.suffix) for person, layout, content in files if layout.suffix == ".pdf"]
        answers = reading.peer(name, python, [(content, suffix) for _, content, suffix in takes])
        for (person, _, _), said in zip(takes, answers, strict=True):
            counts[f"{name} (PDF)"] += score(person, said, reading.canonical)
    sys.stdout.write(f"{len(files)} files\n\n{table(counts)}\n")


def _show(field: str, person: dict[str, Any], layout: Layout, said: dict[str, Any], found: Counter[str]) -> None:
    wrong = {
        name.removesuffix(" of"): said.get(name.removesuffix(" of"))
        for name in found
        if name.endswith(" of") and found[name] > found[name.removesuffix("of") + "right"]
    }
    if found["skills wrong"] or found["skills missed"]:
        wrong["skills"] = {"said": said["skills"], "true": person["skills"]}
    if "positions" in wrong:
        wrong["true positions"] = [
            [one["title"], one["employer"], one["begins"], one["ends"]] for one in person["positions"]
        ]
    kept = {name: value for name, value in wrong.items() if field == "all" or field in name}
    if kept:
        sys.stdout.write(f"{person['id']} {layout.name}: {json.dumps(kept, ensure_ascii=False)}\n")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onward.config.settings")
    django.setup()
    main()
