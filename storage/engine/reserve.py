"""Room kept beside a file, let go when the disk is full so that what was being saved still fits."""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)
SIZE = 16 * 1024 * 1024  # bytes
_TIMES = 4  # it is made only where this many times its size is free, so that it never fills the disk itself


class Reserve:
    """One hidden file that holds nothing; never an error when it cannot be made."""

    def __init__(self, path: Path, size: int = SIZE) -> None:
        self.path = path.with_name(f"~${path.name}-reserve")  # as the lock, so that OneDrive passes it over
        self._size = size

    def make(self) -> bool:
        """Make it unless it is there; False when there is no room for it."""
        try:
            if self.path.exists() and self.path.stat().st_size >= self._size:
                return True
            if shutil.disk_usage(self.path.parent).free < self._size * _TIMES:
                return False
            self._fill()
        except OSError as error:
            log.info("no room is kept beside the file: %s", type(error).__name__)
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
            return False
        return True

    def _fill(self) -> None:
        with self.path.open("wb") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, self._size)
            else:
                file.write(bytes(self._size))

    def let_go(self) -> bool:
        """Give its room back to the disk; False when there was none."""
        try:
            self.path.unlink()
        except OSError:
            return False
        return True
