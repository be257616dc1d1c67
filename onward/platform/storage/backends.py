"""Where the files are. All else speaks Django's storage interface: another backend can take this one's place."""

import os
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from onward.platform.storage.disk import settle


class PrivateFiles(FileSystemStorage):
    """A folder that nobody but this server reads. A file appears in it whole or not at all."""

    def url(self, name: str | None) -> str:
        """Refuse: a private file has no address of its own, only signed links.

        :raises ValueError: always
        """
        raise ValueError("private files are not served by their address")

    def _save(self, name: str, content: "File[Any]") -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        incoming = path.with_name(f".{path.name}.part")
        descriptor = os.open(incoming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as target:
                for chunk in content.chunks():
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            incoming.replace(path)
        except BaseException:
            incoming.unlink(missing_ok=True)
            raise
        settle(path.parent)
        return name.replace("\\", "/")
