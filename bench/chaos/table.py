"""What became of the trials, as the table of docs/operations.md."""

import re
from collections.abc import Iterable

# In the words of `house.told`.
FIGURE = re.compile(r"p95 (\d+) ms, longest (\d+) ms")
LIST, LIVE = "another's list: ", "live: "


def table(found: dict[tuple[str, str], list[str]]) -> Iterable[str]:
    """Yield the lines of a table: a row for each trial, a column for each kind of server.

    :param found: what each trial (its name, what the server stood on) said
    """
    servers = list(dict.fromkeys(server for (_, server), lines in found.items() if _cell(lines)))
    if not servers:
        return
    yield f"| another's list: p95, longest; `live`: longest (ms) | {' | '.join(servers)} |"
    yield f"|---|{'---|' * len(servers)}"
    for name in dict.fromkeys(name for name, _ in found):
        cells = [_cell(found[name, server]) if (name, server) in found else "" for server in servers]
        if any(cells):
            yield f"| `{name}` | {' | '.join(cells)} |"


def _cell(lines: list[str]) -> str:
    cell = ""
    for line in lines:
        figure = FIGURE.search(line)
        if figure and line.startswith(LIST):
            cell += f"{figure[1]}, {figure[2]}"
        elif figure and line.startswith(LIVE):
            cell += f"; {figure[2]}"
    return cell
