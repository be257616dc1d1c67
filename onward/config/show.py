"""`onward settings`: every setting, its value and where it came from, also when one of them is bad."""

import argparse
import os
import re
import sys
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from onward.config import environment

HIDDEN = "••••••••"
SECRET = re.compile(r"secret|password|token|_key$|_dsn$")


def masked(name: str, value: str) -> str:
    """Hide what must not stand on a screen: secrets, and passwords within addresses."""
    if not value:
        return value
    if SECRET.search(name):
        return f"{HIDDEN} ({len(value)} characters)"
    try:
        password = urlsplit(value).password
    except ValueError:
        # Not an address that can be taken apart: rather too little than a password.
        return HIDDEN if "@" in value else value
    return value.replace(f":{password}@", f":{HIDDEN}@", 1) if password else value


def main(argv: list[str]) -> int:
    """Print the settings; returns 1 when they would not let Onward start, 0 otherwise."""
    argparse.ArgumentParser(
        prog="onward settings", description="Show every setting and where it came from."
    ).parse_args(argv)
    given = {name: value for name, value in os.environ.items() if name.startswith(environment.PREFIX)}
    try:
        values = environment.read(given)
        problem = _problem_of_the_rest()
    except ImproperlyConfigured as error:
        values, problem = None, str(error)
    _print(values, given)
    if problem:
        sys.stdout.flush()
        sys.stderr.write(f"\n{problem}\n")
    return 1 if problem else 0


def _problem_of_the_rest() -> str:
    """What only shows when Django's settings are made of them, in a process of its own with the real environment."""
    import subprocess

    trial = "import django.conf; django.conf.settings.INSTALLED_APPS"
    caught = (
        "from django.core.exceptions import ImproperlyConfigured as I\ntry: {}\nexcept I as e: raise SystemExit(str(e))"
    )
    command = [sys.executable, "-c", caught.format(trial)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return found.stderr.strip() if found.returncode else ""


def _print(values: Any, given: dict[str, str]) -> None:
    fields = environment.Environment.model_fields
    width = max(len(name) for name in fields) + len(environment.PREFIX)
    for name, field in fields.items():
        variable = environment.PREFIX + name.upper()
        value = given.get(variable) if values is None else _text(getattr(values, name))
        if value is None:
            value = _text(field.default)
        origin = "environment" if variable in given else "default"
        sys.stdout.write(f"{variable:<{width}}  {origin:<11}  {masked(name, value) or '(empty)'}\n")
        sys.stdout.write(f"{'':<{width}}  {'':<11}  {field.description}\n")


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
