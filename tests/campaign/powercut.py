"""Power cuts imitated: work is recorded operation by operation, then cut anywhere and left as a disk may leave it.

All of a file up to its last sync is there; of what came later each sector of 512 bytes is there, or is not, or is
torn, by chance; names made or removed since the folder was last synced are there up to some point only.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from storage.engine import connection
from storage.engine.errors import StorageError
from storage.engine.opening import open_store
from tests.campaign.frame import Figure
from tests.campaign.harness import answer, quick_folder
from tests.campaign.vfs import Disk, Operation
from tests.campaign.working import Worker, lost, prepared, wrong
from tests.storage.engine.library import only_the_library

SECTOR: Final = 512
SAVES_IN_A_RUN: Final = 20
STATES_OF_A_RUN: Final = 250
OPENED_BY_THE_PROGRAM: Final = 25  # every so many states, the whole program opens one
WEAKER: Final = {  # settings that do lose work, to see that losses are found
    "wal, normal": {"journal_mode": ("wal", "wal"), "synchronous": ("normal", 1)},
    "delete, full": {"journal_mode": ("delete", "delete"), "synchronous": ("full", 2)},
}


@dataclass
class Content:
    """One file on the disk, whatever its name: what is surely there, and what may be."""

    sure: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list)

    def synced(self) -> None:
        """All that was written is surely there from now on."""
        for operation in self.pending:
            if operation.kind == "truncate":
                _cut_to(self.sure, operation.at)
            else:
                _put(self.sure, operation.at, operation.data)
        self.pending.clear()

    def after_a_cut(self, random: Random) -> bytearray:
        """What the disk may hold when the power fails now."""
        held = bytearray(self.sure)
        kept = random.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        for operation in self.pending:
            if operation.kind == "truncate":
                if random.random() < kept:
                    _cut_to(held, operation.at)
                continue
            for at, sector in _sectors(operation):
                chance = random.random()
                if chance < kept:
                    whole = chance < kept * 0.95
                    _put(held, at, sector if whole else sector[: random.randrange(len(sector))])
        return held


def _cut_to(held: bytearray, length: int) -> None:
    del held[length:]
    held.extend(bytes(length - len(held)))


def _put(held: bytearray, at: int, data: bytes) -> None:
    held.extend(bytes(max(0, at - len(held))))
    held[at : at + len(data)] = data


def _sectors(operation: Operation) -> Iterator[tuple[int, bytes]]:
    at, end = operation.at, operation.at + len(operation.data)
    while at < end:
        stop = min(end, (at // SECTOR + 1) * SECTOR)
        yield at, operation.data[at - operation.at : stop - operation.at]
        at = stop


class Folder:
    """The files of one folder as the disk has them, led through recorded operations."""

    def __init__(self, path: Path) -> None:
        self._now = {str(path): Content(bytearray(path.read_bytes()))}
        self._sure = dict(self._now)
        self._names: list[tuple[str, Content | None]] = []  # made and removed since the folder was synced

    def take(self, operation: Operation) -> None:
        """One more operation happens."""
        path = operation.path
        if operation.kind == "open":
            self._now[path] = Content()
            self._names.append((path, self._now[path]))
        elif operation.kind == "delete":
            del self._now[path]
            self._names.append((path, None))
        elif operation.kind == "sync":
            self._now[path].synced()
        else:
            self._now[path].pending.append(operation)
        if operation.folder and operation.kind != "open":
            self._sure = dict(self._now)
            self._names.clear()

    def after_a_cut(self, random: Random) -> dict[str, bytearray]:
        """The files the disk may hold when the power fails now, by the last part of their names."""
        names = dict(self._sure)
        for path, content in self._names[: random.randint(0, len(self._names))]:
            if content is None:
                names.pop(path, None)
            else:
                names[path] = content
        return {Path(path).name: content.after_a_cut(random) for path, content in names.items()}


@dataclass
class Record:
    """One session as the disk saw it, with what was confirmed to the user, each after how many operations."""

    before: Folder
    operations: list[Operation] = field(default_factory=list)
    confirmed: list[tuple[int, str]] = field(default_factory=list)


def recorded(disk: Disk, path: Path, random: Random) -> Record:
    """Open a file, make some saves and close it, all of it recorded."""
    prepared(path, random)
    record = Record(Folder(path))
    disk.done = record.operations.append
    disk.use()
    store = open_store(path, who="Ann")
    worker = Worker(store, random)
    for _ in range(SAVES_IN_A_RUN):
        said = worker.save()
        record.confirmed.append((len(record.operations), said))
    store.close()
    disk.leave()
    assert {Path(operation.path).parent for operation in record.operations} == {path.parent}
    return record


def states(record: Record, random: Random) -> Iterator[tuple[dict[str, bytearray], list[str]]]:
    """What may be found after cuts at random moments, each with what was confirmed before it."""
    moments = sorted(random.randint(0, len(record.operations)) for _ in range(STATES_OF_A_RUN))
    folder, done = record.before, 0
    for moment in moments:
        for operation in record.operations[done:moment]:
            folder.take(operation)
        done = moment
        yield folder.after_a_cut(random), [said for after, said in record.confirmed if after <= moment]


@dataclass
class Outcome:
    """What was found in the states so far."""

    states: int = 0
    lost: int = 0
    corrupt: int = 0
    opened: int = 0

    def look(self, path: Path, found: Mapping[str, bytearray], confirmed: list[str]) -> None:
        """Open one state with Python's own SQLite, and every so often with the program."""
        self.states += 1
        _written(path.parent, found)
        try:
            with closing(sqlite3.connect(path)) as conn:
                self.corrupt += conn.execute("pragma integrity_check").fetchall() != [("ok",)]
                self.lost += bool(lost(conn, confirmed))
        except sqlite3.Error as error:
            self.corrupt += 1
            print(f"state {self.states}: {error}")
        if self.states % OPENED_BY_THE_PROGRAM == 0:
            _written(path.parent, found)
            self.opened += 1
            try:
                found_wrong = wrong(path, confirmed)
            except StorageError as error:
                found_wrong = [str(error)]
            if found_wrong:
                self.corrupt += 1
                print(f"state {self.states}, as the program sees it: {found_wrong}")


def _written(folder: Path, found: Mapping[str, bytearray]) -> None:
    for left in folder.iterdir():
        left.unlink()
    for name, content in found.items():
        (folder / name).write_bytes(content)


def cut(number: int, seed: int, settings: str = "") -> dict[str, Figure]:
    """Look at so many states; `settings` names weaker ones to use instead of the program's own."""
    connection._WRITING.update(WEAKER.get(settings, {}))
    random, outcome, disk = Random(seed), Outcome(), Disk()  # noqa: S311 - chance, not a secret
    disk.leave()
    with only_the_library(), quick_folder() as folder:
        (folder / "cut").mkdir()
        while outcome.states < number:
            path = folder / "books.desk"
            path.unlink(missing_ok=True)
            record = recorded(disk, path, random)
            for found, confirmed in states(record, random):
                outcome.look(folder / "cut" / path.name, found, confirmed)
    return {
        "power cuts": outcome.states,
        "saves lost": outcome.lost,
        "files damaged": outcome.corrupt,
        "of them opened by the program": outcome.opened,
    }


if __name__ == "__main__":
    answer(cut)
