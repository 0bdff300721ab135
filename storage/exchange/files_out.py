"""Putting a finished file in its place: written beside it, checked, then moved; an earlier one is never destroyed."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.engine import disk

LONGEST_NAME = 80  # letters, its ending left out
_MOST_BYTES = 200  # of a name; most systems take 255
# Names Windows keeps for devices, whatever ending they have.
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_ODD = re.compile(r"[^\w .-]+")
_KEPT = "An earlier file of that name is as it was."
_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space or choose another disk, then try again."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space or choose another disk."),
    errno.EFBIG: ("the disk takes no file as large as this", "Choose another disk, then try again."),
    errno.EROFS: ("the disk may only be read", "Choose another folder."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter one."),
}


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """Give a free name beside `path` to write and check a file under; at a clean end it takes the place of `path`.

    Whatever goes wrong, `path` is as it was and nothing half-made is left. Raises `OSError` and what the body raises.
    """
    made = disk.beside(path, "part")
    try:
        yield made
        disk.sync(made)
        if path.exists():
            made.chmod(path.stat().st_mode & 0o777)
        made.replace(path)
        with suppress(OSError):  # the file is whole and in its place, whatever the folder says
            disk.sync_folder(path.parent)
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)


def not_written(error: OSError, path: Path) -> str:
    """What stood in the way of a file, what was kept, and what to do, with another name where that helps."""
    name = path.name if len(path.name) <= LONGEST_NAME else f"{path.name[:LONGEST_NAME]}…"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"The folder {path.parent} does not exist. Nothing was written. Choose another one."
    if isinstance(error, IsADirectoryError):
        return f"{name} is a folder. Nothing was written. Choose another name."
    if isinstance(error, PermissionError) and error.errno != errno.EROFS:
        return (
            f"{name} could not be written: it is open in Excel or another program, or its folder may not be changed. "
            f"{_KEPT} Close it, choose another folder, or another name, such as “{free_name(path).name}”."
        )
    why, do = _REASONS.get(error.errno or 0, (error.strerror or str(error), "Try again, or another folder."))
    return f"{name} could not be written: {why}. {_KEPT} {do}"


def free_name(path: Path) -> Path:
    """A name in the same folder, like this one, that is free: with (2), (3) and so on before its ending."""
    number = 2
    while (other := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
        number += 1
    return other


def safe_name(words: str, ending: str, otherwise: str) -> str:
    """A file name made of words of the user's that every system takes: letters, figures, spaces, dots and hyphens.

    `ending` begins with its dot; `otherwise` stands where nothing is left of the words.
    """
    plain = " ".join(_ODD.sub(" ", words.removesuffix(ending)).split())[:LONGEST_NAME]
    short = plain.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    if _DEVICES.fullmatch(short):
        short = f"{otherwise} {short}"
    return f"{short or otherwise}{ending}"
