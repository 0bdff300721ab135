"""Faults: all a session asks of the disk is refused in turn, and what the program said is held against the file."""

import errno
import io
import json
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Final

from storage.engine.backup import backups
from storage.engine.errors import StorageError
from storage.engine.file import OpenFile
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.state import State
from storage.engine.steps import IMPORT, Progress
from storage.engine.store import Store
from tests.campaign.frame import Figure
from tests.campaign.harness import Child, answer, quick_folder
from tests.campaign.vfs import FULL, IOERR, OK, Disk, Operation
from tests.campaign.working import prepared, wrong
from tests.storage.engine.library import Author, Book, only_the_library

WAYS: Final = (
    (IOERR, False),
    (IOERR, True),
    (FULL, False),
    (FULL, True),
)  # which error; once, or from then on
SAVED, NOT_SAVED, UNKNOWN = "saved", "not saved", "nobody can tell"
Say = Callable[[str], None]


class Fault:
    """Refuses one operation, counted from 0, or every one from it on; also those Python makes itself."""

    def __init__(self, disk: Disk, folder: Path, at: int, code: int, for_good: bool) -> None:
        self._folder, self._at, self._code, self._for_good = str(folder), at, code, for_good
        self.asked: list[Operation] = []
        disk.refuses = self._refuses
        for module, name, kind in (
            (os, "fsync", "sync"), (os, "replace", "rename"), (os, "rename", "rename"), (os, "unlink", "delete"),
            (os, "mkdir", "open"), (io, "open", "open"),
        ):  # fmt: skip
            setattr(module, name, self._meddled(getattr(module, name), kind))

    def lift(self) -> None:
        """The disk works again."""
        self._at, self._for_good = -1, False

    def _refuses(self, operation: Operation) -> int:
        self.asked.append(operation)
        place = len(self.asked) - 1
        return self._code if place == self._at or (self._for_good and place > self._at) else OK

    def _meddled(self, real: Callable[..., Any], kind: str) -> Callable[..., Any]:
        def asks(where: Any, *more: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the real one takes
            mode = str((*more, named.get("mode", "r"))[0])
            ours = isinstance(where, int) or str(where).startswith(self._folder)
            if ours and (kind != "open" or mode[0] != "r" or "+" in mode):
                code = self._refuses(Operation(kind, str(where)))
                if code:
                    raise OSError(*((errno.ENOSPC, "no room") if code == FULL else (errno.EIO, "a fault")))
            return real(where, *more, **named)

        return asks


class Session:
    """What a person does in one sitting, saying after each part what the program said about it."""

    def __init__(self, path: Path, fault: Fault, say: Say) -> None:
        self.path, self.fault, self._say = path, fault, say
        self.store: Store

    def run(self) -> None:
        """The whole sitting; when the file does not open for the fault, it is opened again without."""
        try:
            self.store = open_store(self.path, who="Ann")
        except StorageError as error:
            self._say(json.dumps(["opening", _claimed(error), str(error)]))
            self.fault.lift()
            self.store = open_store(self.path, who="Ann")
        for number, part in enumerate((self.add, self.edit, self.bring_in, self.undo, self.bin, self.draft)):
            self._told(f"part {number}", part)
        self._told("backup", self.back_up)
        self._told("last", self.add)
        self.fault.lift()
        self._told("afterwards", self.add)
        self.store.close()

    def _told(self, label: str, part: Callable[[str], None]) -> None:
        try:
            part(label)
            claim, words = SAVED, ""
        except StorageError as error:
            claim, words = _claimed(error), str(error)
        self._say(json.dumps([label, claim, words]))

    def add(self, label: str) -> None:
        with self.store.step(label):
            self.store.save(Book(title=f"Added in {label}"))

    def edit(self, label: str) -> None:
        book = next(iter(self.store.all(Book)), Book(title="The first"))
        with self.store.step(label):
            self.store.save(replace(book, notes=f"Changed in {label}"))

    def bring_in(self, label: str) -> None:
        for _ in self.store.long_step(label, self._rows(), IMPORT):
            pass

    def _rows(self) -> Iterator[Progress]:
        for number in range(12):
            self.store.save(Author(title=f"Author {number} " * 20))
            yield Progress(number, 12, "Bringing in")

    def undo(self, label: str) -> None:
        for _ in History(self.store).undo():
            pass

    def bin(self, label: str) -> None:
        with self.store.step(label):
            self.store.bin(Book, self.store.ids(Book)[:2])

    def draft(self, label: str) -> None:
        state = State(self.store)
        state.draft(label, "half a sentence")
        if not state.flush():  # nobody is told: it is kept in memory and written with the next one
            raise StorageError("It is kept in memory; nobody looks to see whether it was saved.")

    def back_up(self, label: str) -> None:
        backups.make(self.store, backups.BY_HAND)


def _claimed(error: StorageError) -> str:
    words = str(error)
    if "to see whether" in words:
        return UNKNOWN
    known = ("not saved", "Nothing was changed", "No backup", "cannot be read at the moment")
    return NOT_SAVED if any(part in words for part in known) else f"nothing clear: {words}"


def undone(path: Path) -> int:
    """How many times something was undone in a file."""
    with closing(sqlite3.connect(path)) as conn:
        return int(conn.execute("select count(*) from step where kind = 'undo'").fetchone()[0])


def untrue(path: Path, heard: list[list[str]], before: int) -> list[str]:
    """Where the file does not agree with what was said about each part; so many undos were in it before."""
    with closing(sqlite3.connect(path)) as conn:
        held = Counter(row[0] for row in conn.execute("select label from step where kind <> 'undo'"))
        held += Counter(row[0] for row in conn.execute("select name from draft"))
    held["part 3"] = undone(path) - before
    wanted = {SAVED: (1,), NOT_SAVED: (0,), UNKNOWN: (0, 1)}
    return [
        f"{label}: {claim}, but there are {held[label]} ({words})"
        for label, claim, words in heard
        if label not in ("opening", "backup") and held[label] not in wanted.get(claim, ())
    ]


def _unsound_backups(folder: Path) -> list[str]:
    """Files with the name of a backup that are none."""
    found = []
    for path in (folder / "home").rglob("*.desk"):
        if not path.name.startswith("."):
            with closing(sqlite3.connect(path)) as conn:
                if conn.execute("pragma integrity_check").fetchall() != [("ok",)]:
                    found.append(path.name)
    return found


def fail(every: int, first: int) -> dict[str, Figure]:
    """Refuse every so-manieth operation of a session in each way."""
    figures: Counter[str] = Counter()
    disk = Disk()
    with only_the_library(), quick_folder() as folder:
        before, path = folder / "before.desk", folder / "books.desk"
        prepared(before, Random(first))  # noqa: S311 - chance, not a secret
        operations = _session(disk, before, path, -1, OK, False)[1]
        for at in range(first, len(operations), every):
            figures["operations refused"] += 1
            for code, for_good in WAYS:
                heard, _ = _session(disk, before, path, at, code, for_good)
                found = _judged(path, heard, undone(before), figures)
                if found:
                    print(f"operation {at}, error {code}, for good {for_good}: {found}")
    return dict(figures)


def _session(
    disk: Disk, before: Path, path: Path, at: int, code: int, for_good: bool
) -> tuple[list[list[str]], list[str]]:
    """One sitting in a child; what it said, and the kinds of operations it asked for."""
    for left in path.parent.glob(f"*{path.name}*"):
        left.unlink()
    shutil.rmtree(path.parent / "home", ignore_errors=True)
    shutil.copyfile(before, path)

    def work(say: Say) -> None:
        fault = Fault(disk, path.parent, at, code, for_good)
        Session(path, fault, say).run()
        say(json.dumps([operation.kind for operation in fault.asked]))

    child = Child(work)
    said = [json.loads(line) for line in child.finish()]
    return ([*said, ["the end", "a traceback", ""]], []) if child.status else (said[:-1], said[-1])


def _judged(path: Path, heard: list[list[str]], undone_before: int, figures: Counter[str]) -> list[str]:
    """What one sitting left, counted; returns all that is wrong with it."""
    traceback = [words for _, claim, words in heard if claim == "a traceback"]
    stuck = [words for label, claim, words in heard if label == "afterwards" and claim != SAVED]
    lies = untrue(path, heard, undone_before)
    try:
        broken = wrong(path, ()) + _unsound_backups(path.parent)
    except StorageError as error:
        broken = [str(error)]
    figures["sessions"] += 1
    figures["tracebacks"] += bool(traceback)
    figures["untrue messages"] += bool(lies)
    figures["files lost or damaged"] += bool(broken)
    figures["saves refused once the disk worked again"] += bool(stuck)
    return ["a traceback"] * bool(traceback) + stuck + lies + broken


def believe_every_error() -> dict[str, Figure]:
    """Refuse the sync that follows the end of each save, in a program that takes the error for the truth."""
    OpenFile.was_saved = lambda self, step: False  # type: ignore[method-assign]
    disk, sessions, lies = Disk(), 0, 0
    with only_the_library(), quick_folder() as folder:
        before, path = folder / "before.desk", folder / "books.desk"
        prepared(before, Random(1))  # noqa: S311
        kinds = _session(disk, before, path, -1, OK, False)[1]
        for at, pair in enumerate(pairwise(kinds), start=1):
            if pair == ("truncate", "sync"):
                sessions += 1
                heard = _session(disk, before, path, at, IOERR, False)[0]
                lies += bool(untrue(path, heard, undone(before)))
    return {"sessions": sessions, "untrue messages": lies}


def open_on_a_full_disk() -> dict[str, Figure]:
    """Open a file and read it while the disk takes no more."""
    disk = Disk()
    disk.refuses = lambda operation: FULL if operation.kind == "write" else OK
    with only_the_library(), quick_folder() as folder:
        path = folder / "books.desk"
        disk.leave()
        prepared(path, Random(4))  # noqa: S311

        def work(say: Say) -> None:
            disk.use()
            with closing(open_store(path, who="Ann")) as store:
                say(str(len(store.ids(Book))))

        return {"books read": sum(map(int, Child(work).finish()))}


if __name__ == "__main__":
    answer(fail, believe_every_error, open_on_a_full_disk)
