"""The chain of hashes over the steps: each seals what it did, onto the hash of the step before."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

from storage.engine.steps import chain_head, chain_link

_STEPS = "select id, uuid, at, who, label, kind, undoes, previous, hash from step order by id"


def first_broken(conn: sqlite3.Connection) -> int | None:
    """The number of the first step that is not as it was sealed; None when all are."""
    before = ""
    for number, *made, previous, given in conn.execute(_STEPS).fetchall():
        if previous != before or _hash(conn, number, [*made, previous]) != given:
            return int(number)
        before = given
    return None


def seal_anew(conn: sqlite3.Connection) -> int | None:
    """Seal every step as it is now; the number of the first whose hash is another than before, None when all stay."""
    first, before = None, ""
    for number, *made, _, given in conn.execute(_STEPS).fetchall():
        sealed = _hash(conn, number, [*made, before])
        if sealed != given:
            first = first or int(number)
            conn.execute("update step set previous = ?, hash = ? where id = ?", (before, sealed, number))
        before = sealed
    return first


def _hash(conn: sqlite3.Connection, number: int, made: list[object]) -> str:
    digest = hashlib.sha256(chain_head(made).encode())
    for change in _changes(conn, number):
        digest.update(chain_link(*change))
    return digest.hexdigest()


def _changes(conn: sqlite3.Connection, step: int) -> Iterator[tuple[str, int, str | None, str | None]]:
    sql = "select tbl, row, old, new from change where step = ? order by id"
    yield from conn.execute(sql, (step,))
