"""`onward --help`: our commands, with a sentence each, and then the names of Django's."""

import textwrap

import django
from django.core.management import get_commands, load_command_class

WIDTH = 100


def overview() -> str:
    """Return what `onward --help` prints."""
    django.setup()
    commands = get_commands()
    ours = sorted(name for name, app in commands.items() if app.startswith("onward"))
    theirs = sorted({*commands, "help", "version"} - set(ours))
    width = max(len(name) for name in ours) + 2
    lines = ["Usage: onward COMMAND [OPTIONS]", "", "Onward's own commands:"]
    for name in ours:
        help_text = " ".join(load_command_class(commands[name], name).help.split())
        lines += textwrap.wrap(
            help_text, WIDTH, initial_indent=f"  {name:<{width}}", subsequent_indent=" " * (width + 2)
        )
    lines += ["", "Django's:"]
    lines += textwrap.wrap(", ".join(theirs), WIDTH, initial_indent="  ", subsequent_indent="  ")
    lines += ["", "onward help COMMAND says what a command takes; onward settings shows what is set."]
    return "\n".join(lines) + "\n"
