"""Damaged files through the real door: each is opened, read in full and looked through, or refused in plain words."""

import os
import select
import shutil
import signal
import sqlite3
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from storage.engine.backup import backups
from storage.engine.check.checking import check
from storage.engine.errors import StorageError
from storage.engine.fields import RECORDS
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.query import Query
from storage.engine.state import State
from tests.campaign.damage import damaged
from tests.campaign.frame import Figure
from tests.campaign.harness import answer, quick_folder
from tests.campaign.working import prepared
from tests.storage.engine.library import only_the_library

LONGEST: Final = 5.0  # seconds a file may take
CHECKED: Final = 10  # every so many files, the check of the command line as well
LOG: Final = bytes.fromhex("377f0682")  # what a write-ahead log begins with
PAGES: Final = (512, 1024, 4096)  # bytes a page has in the files that are damaged
Say = Callable[[str], None]


@dataclass(frozen=True)
class Sample:
    """A small whole file, the journal of a change that was cut off, and the file as that change left it."""

    whole: bytes
    journal: bytes
    half: bytes

    def with_damage(self, random: Random) -> dict[str, bytearray]:
        """What lies on the disk, by the end of its name: the file damaged, and sometimes something beside it."""
        if random.random() < 0.8:
            return {"": damaged(self.whole, random)}
        beside = random.choice(("-journal", "-journal", "-wal"))
        garbage = bytearray(random.choice((LOG, self.journal[:28])) + random.randbytes(4_000))
        content = random.choice((bytearray(self.journal), damaged(self.journal, random), garbage))
        file = bytearray(self.half) if random.random() < 0.5 else damaged(self.half, random)
        return {"": file, beside: content}


def samples(folder: Path, random: Random) -> list[Sample]:
    """Samples of several page sizes and with different work in them."""
    made = []
    for size in PAGES:
        path, compact = folder / "sample.desk", folder / "compact.desk"
        prepared(path, random)
        with closing(sqlite3.connect(path)) as conn:
            conn.execute(f"pragma page_size = {size}")
            conn.execute("vacuum into ?", (str(compact),))
        made.append(_sampled(compact))
        path.unlink()
        compact.unlink()
    return made


def _sampled(path: Path) -> Sample:
    whole = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("pragma cache_size = 1")  # so that pages are written before the end
        conn.execute("begin immediate")
        for table, column in (("change", "new"), ("step", "label"), ("document", "body")):
            conn.execute(f"update {table} set {column} = {column} || 'x'")
        journal, half = path.with_name(path.name + "-journal").read_bytes(), path.read_bytes()
        assert half != whole and len(journal) > 1_000
        conn.execute("rollback")
    return Sample(whole, journal, half)


def look(path: Path, *, to_read: bool) -> str:
    """Open a file and read all it holds; `opened`, or `refused`. Nothing but `StorageError` may come out of this."""
    try:
        store = open_store(path, who="Ann", read_only=to_read)
    except StorageError as error:
        assert len(str(error)) > 20
        return "refused"
    try:
        for cls in RECORDS.values():
            store.all(cls)
            store.all(cls, Query(binned=True))
        store.find("word")
        history = History(store)
        history.latest()
        history.first_broken()
        State(store).drafts()
    except StorageError:
        return "opened, then refused"
    finally:
        store.close()
    return "opened"


def _try(path: Path, files: dict[str, bytearray], number: int) -> str:
    """Look at one file in one way; what came of it, or what went wrong."""
    shutil.rmtree(backups.home(), ignore_errors=True)
    for left in path.parent.iterdir():
        left.unlink()
    for end, content in files.items():
        path.with_name(path.name + end).write_bytes(content)
    to_read = number % 2 == 0
    try:
        found = look(path, to_read=to_read)
        if number % CHECKED == 0:
            check(path)
    except StorageError:
        found = "refused"
    except Exception as error:  # noqa: BLE001 - whatever it is, it should not have come this far
        place = traceback.extract_tb(error.__traceback__)[-1]
        found = f"uncaught {type(error).__name__}: {error} in {Path(place.filename).name} {place.name}"
        found += "".join(f" < {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-2:0:-1])
    untouched = path.read_bytes() == files[""]
    if not untouched and (to_read or (found == "refused" and not _kept(files[""]))):
        return f"changed though {found}"
    return found


def _kept(data: bytearray) -> bool:
    """Whether the file as it was given was kept before SQLite rolled a change back."""
    copies = (backups.home() / "recovery").rglob("*.desk")
    return any(copy.read_bytes() == data for copy in copies)


def _worker(folder: Path, whole: list[Sample], seed: int, first: int, number: int, say: Say) -> None:
    for each in range(first, number):
        random = Random(f"{seed}-{each}")  # noqa: S311 - chance, not a secret
        say(f"{each}")
        say(_try(folder / "books.desk", random.choice(whole).with_damage(random), each))


class Watched:
    """A worker that is watched: when it dies or takes too long, the next one goes on behind that file."""

    def __init__(self, folder: Path, whole: list[Sample], seed: int) -> None:
        self._folder, self._whole, self._seed = folder, whole, seed
        self.found: Counter[str] = Counter()
        self.slowest = 0.0

    def run(self, number: int) -> None:
        """So many files."""
        done = 0
        while done < number:
            done = self._some(done, number)

    def _some(self, first: int, number: int) -> int:
        """As many as one worker does; returns where the next one begins."""
        reading, writing = os.pipe()
        worker = os.fork()
        if worker == 0:
            os.close(reading)
            _worker(self._folder, self._whole, self._seed, first, number, lambda w: _line(writing, w))
            os._exit(0)
        os.close(writing)
        at = self._hear(reading, first)
        os.close(reading)
        os.kill(worker, signal.SIGKILL)
        status = os.waitpid(worker, 0)[1]
        if at < number:
            how = "hung" if status == signal.SIGKILL else f"died of {status}"
            self._note(at, how)
        return at + 1

    def _hear(self, reading: int, first: int) -> int:
        """Follow a worker until its end; returns the file it did not finish, or the number of all."""
        at, unfinished, begun = first, b"", time.monotonic()
        while select.select([reading], [], [], max(0.0, begun + LONGEST - time.monotonic()))[0]:
            more = os.read(reading, 65_536)
            if not more:
                return at
            *lines, unfinished = (unfinished + more).split(b"\n")
            for line in lines:
                if not line.isdigit():
                    self.slowest = max(self.slowest, time.monotonic() - begun)
                    self._note(at, line.decode())
                    at += 1
                begun = time.monotonic()
        return at

    def _note(self, file: int, found: str) -> None:
        self.found[found.split(maxsplit=1)[0].strip(",")] += 1
        if not found.startswith(("opened", "refused")):
            print(f"file {self._seed}-{file}: {found}")


def _line(writing: int, words: str) -> None:
    os.write(writing, words.replace("\n", " ").encode(errors="replace") + b"\n")


def open_damaged(number: int, seed: int) -> dict[str, Figure]:
    """Open so many damaged files."""
    random = Random(seed)  # noqa: S311
    with only_the_library(), quick_folder() as folder:
        whole = samples(folder, random)
        (folder / "damaged").mkdir()
        watched = Watched(folder / "damaged", whole, seed)
        watched.run(number)
    found = watched.found
    return {
        "damaged files": number, "opened": found["opened"], "refused in words": found["refused"],
        "crashes": found["died"], "hangs": found["hung"], "tracebacks": found["uncaught"],
        "originals changed": found["changed"], "seconds of the slowest": round(watched.slowest, 2),
    }  # fmt: skip


if __name__ == "__main__":
    answer(open_damaged)
