"""Faults while a file is brought up to date: each operation is refused in turn; the file is old or new, then new."""

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

from storage.engine.errors import StorageError
from storage.engine.opening import open_store
from tests.campaign.faults import WAYS, Fault, Say
from tests.campaign.frame import Figure
from tests.campaign.harness import Child, answer, quick_folder
from tests.campaign.kills_long import as_left, shelves
from tests.campaign.later import MARK, become_later
from tests.campaign.vfs import OK, Disk
from tests.storage.engine.library import only_the_library


def fail(every: int, first: int) -> dict[str, Figure]:
    """Refuse every so-manieth operation of an upgrade in each way."""
    figures: Counter[str] = Counter()
    disk = Disk()
    with only_the_library(), quick_folder() as folder:
        old, path = folder / "old.desk", folder / "books.desk"
        shelves(old, Random(first))  # noqa: S311 - chance, not a secret
        operations = int(_upgrade(disk, old, path, -1, OK, False)[-1])
        for at in range(first, operations, every):
            for code, for_good in WAYS:
                heard = _upgrade(disk, old, path, at, code, for_good)
                between = len(set(as_left(path, folder / "left.desk"))) > 1
                finished = _finish(path) == ["finished"]
                figures["upgrades with a fault"] += 1
                figures["tracebacks"] += not heard
                figures["files between old and new"] += between
                figures["not finished at the next start"] += not finished
                if between or not heard or not finished:
                    print(f"operation {at}, error {code}, for good {for_good}: {heard}")
    return dict(figures)


def _upgrade(disk: Disk, old: Path, path: Path, at: int, code: int, for_good: bool) -> list[str]:
    """One start of the later version; what it said, and how many operations it asked for. Nothing if it failed."""
    for left in path.parent.glob(f"*{path.name}*"):
        left.unlink()
    shutil.rmtree(path.parent / "home", ignore_errors=True)
    shutil.copyfile(old, path)

    def work(say: Say) -> None:
        become_later()
        fault = Fault(disk, path.parent, at, code, for_good)
        try:
            open_store(path, who="Ann").close()
        except StorageError as error:
            say(" ".join(str(error).split()))
        say(str(len(fault.asked)))

    child = Child(work)
    said = child.finish()
    return [] if child.status else said


def _finish(path: Path) -> list[str]:
    """The next start, with a disk that works."""

    def work(say: Say) -> None:
        become_later()
        with closing(open_store(path, who="Ann")) as store:
            titles = store.ask("select title from shelf")
        say("finished" if titles == [(f"North{MARK}",)] else str(titles))

    return Child(work).finish()


if __name__ == "__main__":
    answer(fail)
