"""This checkout beside an earlier one: the same load on both in turn, and what has become of each figure."""

import contextlib
import statistics
from pathlib import Path
from typing import Any

from bench import answers, environment, measure
from bench.database import Database
from bench.scenarios import SCENARIOS
from bench.servers import running

FIGURES = {"rps": "requests/s", "cpu_us": "µs in the server", "database_us": "µs in PostgreSQL"}


def compare(root: Path, names: list[str], *, rounds: int, seconds: float, connections: int) -> str:
    """Measure both, round by round, and return a table of the ratios, ours by theirs.

    A machine that others use as well slows both: a ratio is taken of two turns that followed one another, and the
    median of the ratios counts. Who comes first changes from round to round.
    """
    checkouts = (environment.other(root), environment.HERE)
    ratios: dict[tuple[str, str], list[float]] = {}
    found: dict[tuple[str, str], list[dict[str, float]]] = {}
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(running("onward", checkout)) for checkout in checkouts]
        databases = [Database(checkout.database_url) for checkout in checkouts]
        answers.compare(servers, names, *databases)
        for number in range(rounds):
            for name in names:
                turns: dict[int, dict[str, float]] = {}
                for which in (0, 1) if number % 2 else (1, 0):
                    turns[which] = measure.turn(
                        servers[which], name, seconds=seconds, connections=connections, database=databases[which]
                    )
                for figure in FIGURES:
                    ratios.setdefault((name, figure), []).append(turns[1][figure] / max(turns[0][figure], 0.1))
                found.setdefault((name, "before"), []).append(turns[0])
                found.setdefault((name, "now"), []).append(turns[1])
                print(f"round {number + 1}  {name:<13}  × {ratios[name, 'rps'][-1]:.2f}", flush=True)
    return _table(names, ratios, found)


def _table(names: list[str], ratios: dict[tuple[str, str], list[float]], found: dict[tuple[str, str], Any]) -> str:
    titles = [f"{title}: before → now, ratio (half of the rounds)" for title in FIGURES.values()]
    lines = [f"| | {' | '.join(titles)} |", f"|---|{'---|' * len(FIGURES)}"]
    for name in names:
        cells = []
        for figure in FIGURES:
            before, now = (statistics.median(turn[figure] for turn in found[name, side]) for side in ("before", "now"))
            each = sorted(ratios[name, figure])
            quarter = len(each) // 4
            spread = f"{each[quarter]:.2f}–{each[-1 - quarter]:.2f}"
            cells.append(f"{before:,.0f} → {now:,.0f}, **{statistics.median(each):.2f}** ({spread})")
        lines.append(f"| {SCENARIOS[name].title} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
