"""Copies that a cloud program put beside a file when two machines changed it: found by name, told by what they hold."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from storage.engine.backup.copying import last_step
from storage.engine.connection import connect
from storage.engine.errors import UNREADABLE, StorageError
from storage.engine.file_header import SUFFIX, read_header
from storage.engine.state import State, file_uuid
from storage.engine.store import Store

MERGED = "merged"
_MOST = 20  # files looked into
_MOST_MERGED = 200
_COPY_OF = re.compile(r"copy (\(\d+\) )?of ", re.IGNORECASE)
_ADDED = re.compile(  # "-PC-7", " (1)", " (PC's conflicted copy 2026-11-22)", " - Copy", " copy 2", "_conf(…)", "~1"
    r"-[\w.-]+(-\d+)?|\s?\(.+\)|\s?-?\s?copy( ?\(?\d+\)?)?|[ ._-]*conf.*|~\d+|[ _-]\d+|\[.+\]", re.IGNORECASE
)


def may_be_copy(name: str, of: str) -> bool:
    """Whether a name is one that a cloud program or a file manager gives to another copy of a file."""
    if not name.lower().endswith(SUFFIX) or name.casefold() == of.casefold():
        return False
    stem, other = Path(of).stem.casefold(), _COPY_OF.sub("", Path(name).stem).casefold()
    return other == stem or (other.startswith(stem) and bool(_ADDED.fullmatch(other[len(stem) :])))


def known_steps(store: Store) -> set[str]:
    """The hashes of the steps of the open file."""
    return {str(row[0]) for row in store.conn.execute("select hash from step")}


def merged_before(state: State) -> set[str]:
    """The last steps of other copies that were merged already, so that they are not offered again."""
    held = state.recall(MERGED)
    return {str(head) for head in held} if isinstance(held, list) else set()


def remember_merged(state: State, head: str) -> None:
    """Remember the last step of a copy that was merged."""
    state.remember(MERGED, sorted(merged_before(state) | {head})[-_MOST_MERGED:])


def with_other_changes(path: Path, uuid: str, known: Collection[str]) -> list[Path]:
    """The copies of a file beside it that end with a step which is not among its own; the latest written first.

    `known` are the hashes of the steps of the file. A copy that is only older holds nothing to merge, and what cannot
    be read is passed over. It touches no open file, so any thread may do it.
    """
    try:
        named = [p for p in path.parent.iterdir() if may_be_copy(p.name, path.name) and p.is_file()]
        named.sort(key=lambda p: p.stat().st_mtime, reverse=True)
    except OSError:
        return []
    return [p for p in named[:_MOST] if _has_other(p, uuid, known)]


def _has_other(path: Path, uuid: str, known: Collection[str]) -> bool:
    try:
        read_header(path)
        with closing(connect(path, "ro")) as conn:
            counter, head = last_step(conn)
            return file_uuid(conn) == uuid and counter > 0 and head not in known
    except (OSError, sqlite3.Error, StorageError, *UNREADABLE):
        return False
