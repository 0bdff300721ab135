"""The log of the program's own mistakes: where in the code, never what the user had typed."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from storage.engine.backup.backups import home
from storage.engine.private import own_home

NAME, MOST_BYTES, SHOWN = "problems.log", 200_000, 60
ROOMS = {"desktop", "storage", "widgets"}


def log_path() -> Path:
    """Where the log lies."""
    return home() / NAME


class WithoutContent(logging.Formatter):
    """Time, place and kind of an error; its message is left out, since it may repeat what is in the file."""

    def format(self, record: logging.LogRecord) -> str:
        """One entry."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        ours = record.name.partition(".")[0] in ROOMS  # a library may put anything into its words
        lines = [f"{at} {record.levelname} {record.name}: {record.msg if ours else 'said something'}"]
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            lines += [f"  {Path(f.filename).name}:{f.lineno} in {f.name}" for f in frames]
            lines.append(f"  {record.exc_info[0].__name__}")
        return "\n".join(lines)


def keep_log() -> logging.Handler:
    """Begin to write warnings and errors down; when that cannot be done the program runs without a log."""
    handler: logging.Handler
    try:
        own_home()
        handler = RotatingFileHandler(
            log_path(), maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(WithoutContent())
    logging.getLogger().addHandler(handler)
    return handler


def last_lines() -> list[str]:
    """The end of the log; empty when nothing has gone wrong."""
    try:
        return log_path().read_text(encoding="utf-8").splitlines()[-SHOWN:]
    except OSError:
        return []
