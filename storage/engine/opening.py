"""Making a new file and opening one, every check in its order."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

from storage.engine import ddl
from storage.engine.connection import APPLICATION_ID
from storage.engine.errors import StorageError
from storage.engine.fields import RECORDS
from storage.engine.file import OpenFile
from storage.engine.store import Store

VERSION = 1  # the schema this program writes


def new_store(path: Path, *, who: str = "", today: Callable[[], date] = date.today) -> Store:
    """Make an empty file and open it. Raises `StorageError` when something of that name is there already."""
    if path.exists():
        raise StorageError(f"{path.name} already exists. Nothing was changed. Choose another name.")
    file = OpenFile(path, "rwc")
    file.conn.execute("begin immediate")
    for statement in ddl.statements(ddl.schema(RECORDS.values())):
        file.conn.execute(statement)
    file.conn.execute("insert into meta values('file_uuid', ?)", (str(uuid.uuid4()),))
    file.conn.execute(f"pragma application_id = {APPLICATION_ID}")
    file.conn.execute(f"pragma user_version = {VERSION}")
    file.conn.execute("commit")
    return Store(file, who=who, today=today)


def open_store(
    path: Path, *, who: str = "", read_only: bool = False, today: Callable[[], date] = date.today
) -> Store:
    """Open an existing file."""
    return Store(OpenFile(path, "ro" if read_only else "rw"), who=who, today=today)
