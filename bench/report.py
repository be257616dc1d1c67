"""What was found, for programs (JSON), for people (Markdown) and at a glance (SVG)."""

import json
from html import escape
from pathlib import Path
from typing import Any

from bench import environment, memory
from bench.scenarios import SCENARIOS
from bench.servers import NAMES, TITLES

BEGIN, END = "<!-- figures: written by `make bench` -->", "<!-- end of figures -->"
DOCUMENT = environment.ROOT / "docs" / "benchmarks.md"


# Where a server has no such endpoint.
NOT_THERE = "–"


def _number(value: float) -> str:
    return f"{value:,.0f}"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _figure(name: str, value: float | None) -> str:
    if value is None:
        return NOT_THERE
    return f"{value:.1f}" if name == "p95_ms" else _number(value)


def _share(other: str, ratio: float | None) -> str:
    if ratio is None:
        return NOT_THERE
    return f"{ratio:.0%}" if other == "floor" else f"**{ratio:.1f}**"


def tables(results: dict[str, Any]) -> str:
    """Write the figures as Markdown."""
    found = {name: results[name] for name in SCENARIOS if name in results}
    servers = [server for server in NAMES if any(server in figures for figures in found.values())]
    titles = [TITLES[server] for server in servers]
    others = [server for server in servers if server != "onward" and "onward" in servers]
    lines = ["Requests a second (medians; more is better):", ""]
    ratios = [f"of the {TITLES[o]}" if o == "floor" else f"× {TITLES[o]}" for o in others]
    lines += [_row(["", *titles, *ratios]), _row(["---", *["---:"] * (len(servers) + len(others))])]
    for name, figures in found.items():
        rates = [_number(figures[server]) if server in figures else NOT_THERE for server in servers]
        shares = [_share(other, figures.get(f"ratio_{other}")) for other in others]
        lines.append(_row([SCENARIOS[name].title, *rates, *shares]))
    for figure, caption in (
        ("cpu_us", "Processor time of the server process, µs a request (less is better; the steadiest figure):"),
        ("database_us", "Processor time of PostgreSQL, µs a request:"),
        ("p95_ms", "95 of 100 answers within, ms:"),
    ):
        lines += ["", caption, "", _row(["", *titles]), _row(["---", *["---:"] * len(servers)])]
        for name, figures in found.items():
            values = [_figure(figure, figures[figure].get(server)) for server in servers]
            lines.append(_row([SCENARIOS[name].title, *values]))
    if "memory" in results:
        lines += ["", memory.sentence(results["memory"])]
    return "\n".join(lines) + "\n"


def conditions(results: dict[str, Any]) -> str:
    """Write what it was measured on as Markdown."""
    machine, load = results["machine"], results["load"]
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    place = (
        f"the server on core {machine['server_cores'][0]}, the client and the database on "
        f"{', '.join(map(str, machine['client_and_database_cores']))}"
        if machine["server_cores"] != machine["client_and_database_cores"]
        else "all on one core"
    )
    if not machine["database_pinned"]:
        place += " (the database's processes could not be pinned)"
    system = f"{machine['system']}, Python {machine['python']}, PostgreSQL {machine['postgresql']}"
    rounds = f"{load['rounds']} rounds of {load['seconds']:g} s, {load['connections']} connections"
    return (
        f"Measured on {machine['measured']}: {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory_gb']} GB; {system}; {packages}. {rounds}; {place}.\n"
    )


CSS = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 15px }
  .soft { fill: #59636e; font-size: 12px }
  .axis { stroke: #d1d9e0 }
  .onward { fill: #0b6bcb } .drf { fill: #8c959f } .fastapi { fill: #b08d57 } .floor { fill: #d1d9e0 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .soft { fill: #9198a1 }
    .axis { stroke: #3d444d }
    .onward { fill: #4aa3ff } .drf { fill: #6e7681 } .fastapi { fill: #c9a66b } .floor { fill: #3d444d }
  }
"""


def chart(results: dict[str, Any]) -> str:
    """Draw the requests a second as bars: each endpoint on a scale of its own, the fastest server filling the width."""
    found = {name: results[name] for name in SCENARIOS if name in results}
    servers = [server for server in NAMES if any(server in figures for figures in found.values())]
    left, width, bar, gap = 230, 410, 16, 26
    there = {name: [server for server in servers if server in figures] for name, figures in found.items()}
    height = 74 + sum(len(some) * bar + gap for some in there.values())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" role="img" '
        'aria-label="Requests a second by endpoint and server">',
        f"<style>{CSS}</style>",
        '<text class="title" x="20" y="26">Requests a second, one process each</text>',
    ]
    x = 20
    for server in servers:
        parts.append(f'<rect class="{server}" x="{x}" y="40" width="11" height="11" rx="2"/>')
        parts.append(f'<text class="soft" x="{x + 16}" y="50">{TITLES[server]}</text>')
        x += 95
    y = 74
    for name, figures in found.items():
        most = max(figures[server] for server in there[name])
        middle = y + len(there[name]) * bar / 2 + 4
        parts.append(f'<text x="20" y="{middle:.0f}">{escape(SCENARIOS[name].title)}</text>')
        parts.append(f'<line class="axis" x1="{left}" x2="{left}" y1="{y - 4}" y2="{y + len(there[name]) * bar + 2}"/>')
        for server in there[name]:
            length = max(1.0, width * figures[server] / most)
            parts.append(
                f'<rect class="{server}" x="{left}" y="{y}" width="{length:.1f}" height="{bar - 3}" rx="2">'
                f"<title>{TITLES[server]}: {_number(figures[server])} requests a second</title></rect>"
            )
            label = _number(figures[server])
            if server not in ("onward", "floor") and f"ratio_{server}" in figures:
                label += f"  (Onward × {figures[f'ratio_{server}']:.1f})"
            parts.append(f'<text class="soft" x="{left + length + 6:.1f}" y="{y + bar - 5}">{label}</text>')
            y += bar
        y += gap
    return "\n".join([*parts, "</svg>"]) + "\n"


def write(results: dict[str, Any]) -> list[Path]:
    """Write everything; give the files."""
    text = tables(results) + "\n" + conditions(results)
    written = {
        environment.FOLDER / "results.json": json.dumps(results, indent=2, ensure_ascii=False) + "\n",
        environment.FOLDER / "results.md": "# Onward beside its peers\n\n" + text,
        environment.FOLDER / "results.svg": chart(results),
    }
    before, begin, rest = DOCUMENT.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if begin and end:
        written[DOCUMENT] = f"{before}{BEGIN}\n\n{text}\n{END}{after}"
    for path, content in written.items():
        path.write_text(content)
    return list(written)
