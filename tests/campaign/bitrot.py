"""Bit rot: a file that was closed properly changes by one single bit, and is opened again."""

import shutil
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final

from storage.engine.backup import backups
from storage.engine.errors import StorageError
from storage.engine.opening import open_store
from tests.campaign.frame import Figure
from tests.campaign.harness import answer, quick_folder
from tests.campaign.working import prepared
from tests.storage.engine.library import only_the_library

NOTICED, REFUSED, UNNOTICED = "noticed", "refused", "unnoticed"
KEPT: Final = "kept"


def flip(number: int, seed: int) -> dict[str, Figure]:
    """Change so many copies by one bit each."""
    random, found = Random(seed), {NOTICED: 0, REFUSED: 0, UNNOTICED: 0}  # noqa: S311 - chance, not a secret
    with only_the_library(), quick_folder() as folder:
        path = folder / "books.desk"
        prepared(path, random)
        open_store(path, who="Ann").close()
        whole = path.read_bytes()
        shutil.copytree(backups.home(), folder / KEPT)
        for _ in range(number):
            bit = random.randrange(len(whole) * 8)
            _restored(folder)
            path.write_bytes(_with_bit(whole, bit))
            result = _opened(path)
            found[result] += 1
            if result == UNNOTICED:
                print(f"bit {bit} of byte {bit // 8}")
    return {
        "files changed by one bit": number,
        "not noticed": found[UNNOTICED],
        "of them refused": found[REFUSED],
    }


def _restored(folder: Path) -> None:
    """What the program knows of its files, as it was after the file was closed."""
    shutil.rmtree(backups.home(), ignore_errors=True)
    shutil.copytree(folder / KEPT, backups.home())


def _with_bit(whole: bytes, bit: int) -> bytes:
    data = bytearray(whole)
    data[bit // 8] ^= 1 << bit % 8
    return bytes(data)


def _opened(path: Path) -> str:
    try:
        with closing(open_store(path, who="Ann")) as store:
            return NOTICED if store.file.notices else UNNOTICED
    except StorageError:
        return REFUSED


if __name__ == "__main__":
    answer(flip)
