"""Write the copilot API's OpenAPI document to ``frontend/openapi.json``, its paths as its contract has them.

For typed clients, and for programs that check requests and answers against it.
"""

import json
import os
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
OUT = HOUSE / "frontend" / "openapi.json"


def main() -> int:
    """Write the document and say where it is."""
    ours = HOUSE / ".venv" / "bin" / "python"
    if Path(sys.prefix) != ours.parents[1] and ours.exists():
        # What the document is made with is installed there.
        os.execv(ours, [str(ours), __file__])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onward.config.settings")
    sys.path.insert(0, str(HOUSE))
    import django

    django.setup()
    from onward.apis.copilot.api import api

    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(api.document(""), indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
    sys.stdout.write(f"{OUT.relative_to(HOUSE)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
