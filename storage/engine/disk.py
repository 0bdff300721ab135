"""Files as the disk holds them: synced, hashed, copied and named so that nothing is overwritten by mistake."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sys
from contextlib import suppress
from pathlib import Path

CHUNK = 1024 * 1024
_BY_THE_HOLDER = "new|upgrade|restored|settled|mended|forgotten"  # purposes of `beside` that only it has
SIDE_FILES = ("-journal", "-wal", "-shm")  # what SQLite keeps beside a file while it works


def beside(path: Path, purpose: str) -> Path:
    """A hidden name in the same folder that nothing else uses, for a file that is not finished yet."""
    return path.with_name(f".{path.name[:100]}.{purpose}-{secrets.token_hex(4)}")


def sweep(path: Path) -> None:
    """Remove what a program that died left unfinished beside a file; only who holds the lock of the file may.

    These are copies of what is still elsewhere, and could hold a person who is forgotten later.
    """
    left = re.compile(
        rf"\.{re.escape(path.name[:100])}\.({_BY_THE_HOLDER})-[0-9a-f]{{8}}(-journal|-wal|-shm)?"
    )
    with suppress(OSError):
        for found in path.parent.iterdir():
            if left.fullmatch(found.name):
                discard(found)


def sync(path: Path) -> None:
    """Wait until the disk holds the file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk holds the names in a folder; Windows does this by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(path: Path) -> None:
    """Remove a file nobody wants any more; where the disk refuses, it is left, which harms nobody."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """The SHA-256 of a file as hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def copy(source: Path, target: Path) -> None:
    """Copy a file that nothing is writing to a name that is free, and wait until the disk holds it."""
    with source.open("rb") as read, target.open("xb") as written:
        while chunk := read.read(CHUNK):
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    if target.stat().st_size != source.stat().st_size:
        raise OSError(f"{source.name} changed while it was copied")


def write_text(path: Path, words: str) -> None:
    """Write a text file whole or not at all; one of that name is replaced."""
    ready = beside(path, "new")
    try:
        ready.write_text(words, encoding="utf-8", newline="\n")
        sync(ready)
        ready.replace(path)
    finally:
        ready.unlink(missing_ok=True)
    sync_folder(path.parent)


def side_files(path: Path) -> list[Path]:
    """The side files that lie beside a file and hold something."""
    named = (path.with_name(path.name + end) for end in SIDE_FILES)
    return [side for side in named if side.exists() and side.stat().st_size]


def exchange(ready: Path, path: Path) -> None:
    """Put a finished file in place of another, whose side files go first, since SQLite would apply them to it."""
    aside: list[tuple[Path, Path]] = []
    try:
        for end in SIDE_FILES:
            side = path.with_name(path.name + end)
            if side.exists():
                aside.append((side, side.replace(beside(side, "replaced"))))
        ready.replace(path)
    except OSError:
        for side, put in aside:
            put.replace(side)
        raise
    sync_folder(path.parent)
    for _, put in aside:
        with suppress(OSError):  # its content is kept already
            put.unlink()
