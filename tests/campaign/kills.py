"""Kills: a program at work is ended without warning, over and over, and its file opened again."""

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final

from storage.engine import connection
from storage.engine.locking import Lock
from storage.engine.opening import open_store
from tests.campaign.frame import Figure
from tests.campaign.harness import Child, answer, quick_folder
from tests.campaign.powercut import WEAKER
from tests.campaign.working import Worker, lost, prepared, wrong
from tests.storage.engine.library import only_the_library

LONGEST: Final = 0.020  # seconds of work before a kill
KILLS_OF_A_FILE: Final = 50
OPENED: Final = "opened"


def _at_work(path: Path, seed: int) -> Callable[[Callable[[str], None]], None]:
    """Work on a file until the end, telling of each save once it is confirmed."""

    def work(say: Callable[[str], None]) -> None:
        store = open_store(path, who="Ann")
        say(OPENED)
        worker = Worker(store, Random(seed))  # noqa: S311 - chance, not a secret
        while True:
            say(worker.save())

    return work


def kill(number: int, seed: int) -> dict[str, Figure]:
    """Kill so many times; a few of them while the file is being opened."""
    random, confirmed, saves, lost, left = Random(seed), list[str](), 0, 0, 0  # noqa: S311
    longest = 0.0
    with only_the_library(), quick_folder() as folder:
        for done in range(number):
            path = folder / f"books-{done // KILLS_OF_A_FILE}.desk"
            if not path.exists():
                prepared(path, random)
                confirmed.clear()
            child = Child(_at_work(path, random.randrange(1 << 60)))
            if random.random() < 0.9:
                child.wait_for(OPENED)
            said = [words for words in child.kill_after(random.random() * LONGEST) if words != OPENED]
            saves += len(said)
            confirmed += said
            left += Lock.path_for(path).exists()
            start = time.monotonic()
            found = wrong(path, confirmed)
            longest = max(longest, time.monotonic() - start)
            lost += bool(found)
            if found:
                print(f"after kill {done}: {found}")
    return {
        "kills": number, "saves confirmed": saves, "lost or damaged": lost,
        "locks left behind": left, "seconds of the slowest start after one": round(longest, 2),
    }  # fmt: skip


def copy_after_kill(number: int, seed: int, settings: str = "") -> dict[str, Figure]:
    """Kill a program that has just saved, and copy its file alone, as a person would; how many copies lack a save."""
    connection._WRITING.update(WEAKER.get(settings, {}))
    random, lacking = Random(seed), 0  # noqa: S311
    with only_the_library(), quick_folder() as folder:
        for done in range(number):
            path, copy = folder / f"books-{done}.desk", folder / f"copy-{done}.desk"
            prepared(path, random)

            def work(say: Callable[[str], None], path: Path = path, seed: int = done) -> None:
                worker = Worker(open_store(path, who="Ann"), Random(seed))  # noqa: S311
                for _ in range(3):
                    say(worker.save())
                say(OPENED)
                time.sleep(60)

            child = Child(work)
            child.wait_for(OPENED)
            said = child.kill_after(0)
            shutil.copyfile(path, copy)
            with closing(sqlite3.connect(copy)) as conn:
                lacking += bool(lost(conn, {*said} - {OPENED}))
    return {"copies": number, "copies that lack a save": lacking}


if __name__ == "__main__":
    answer(kill, copy_after_kill)
