"""``onward openapi <api>``: print an API's OpenAPI document."""

import json
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand

from onward.apis.catalogue import SERVED


class Command(BaseCommand):
    """Prints the document as JSON, its paths under the API's own prefix (``/tracker/api/v1/…``)."""

    help = "Print the OpenAPI document of an API."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("api", choices=SERVED)

    def handle(self, *, api: str, **options: Any) -> None:
        schema = import_module(f"onward.apis.{api}.api").api.document(f"/{api}")
        self.stdout.write(json.dumps(schema, indent=2, ensure_ascii=False, default=str))
