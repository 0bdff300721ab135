"""Kills: a program at work is ended without warning, over and over, and its file opened again."""

import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

from storage.engine.locking import Lock
from storage.engine.opening import open_store
from tests.campaign.frame import Figure
from tests.campaign.harness import Child, answer, quick_folder
from tests.campaign.working import Worker, prepared, wrong
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
        "locks left behind": left, "slowest start after a kill, s": round(longest, 2),
    }  # fmt: skip


if __name__ == "__main__":
    answer(kill)
