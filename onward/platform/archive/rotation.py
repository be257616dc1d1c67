"""Archives that carry their moment in their name, of which the newest are kept."""

import re
from datetime import UTC, datetime
from pathlib import Path


def dated(path: Path, *, at: datetime) -> Path:
    """Put a moment into the name of an archive: ``onward.tar`` becomes ``onward-20260131T120000Z.tar``."""
    return path.with_name(f"{path.stem}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{path.suffix}")


def remove_older(path: Path, *, keep: int) -> list[Path]:
    """Remove all but the newest of the archives that :func:`dated` has named; gives those that were removed."""
    ours = re.compile(rf"{re.escape(path.stem)}-\d{{8}}T\d{{6}}Z{re.escape(path.suffix)}")
    older = sorted(found for found in path.parent.iterdir() if ours.fullmatch(found.name))[:-keep]
    for found in older:
        found.unlink(missing_ok=True)
    return older
