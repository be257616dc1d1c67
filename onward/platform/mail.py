"""Mails as files, for a server that has no way to send them."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from django.core.mail.backends.filebased import EmailBackend


class Files(EmailBackend):
    """One file for each mail. Django's own names files by the second, so that two mails may land in one."""

    file_path: str
    _fname: str | None

    def _get_filename(self) -> str:
        if self._fname is None:
            name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.eml"
            self._fname = str(Path(self.file_path) / name)
        return self._fname
