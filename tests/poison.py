"""Values that broke naive servers, by the kind of field they are aimed at (see `poison.json`)."""

import json
from pathlib import Path
from typing import Any

POISON: dict[str, Any] = json.loads(Path(__file__).with_name("poison.json").read_text())
