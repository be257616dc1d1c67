"""How the operator's commands show that they get on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn


@contextmanager
def bars(console: Console, titles: dict[str, str]) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each stage of some work, on a terminal only.

    :param titles: of the stages
    :returns: what is to be told of a stage how much is done, and of how much
    """
    shown = Progress(
        TextColumn("{task.description:<22}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    tasks: dict[str, TaskID] = {}

    def tell(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = shown.add_task(titles[stage], total=total)
        shown.update(tasks[stage], completed=done, total=total)

    with shown:
        yield tell


def console_of(output: Any) -> Console:
    """Return a console for a command's output."""
    # The stream itself: Django's wrapper ends every write with a new line.
    stream: Any = output._out
    return Console(file=stream, highlight=False, soft_wrap=True, markup=False)


def size(number: int) -> str:
    """Return a number of bytes as people do: 3.2 MB."""
    amount = float(number)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"
