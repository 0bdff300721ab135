"""The hand-over pack: the file, its documents, the register as a workbook and a note, sealed together in one file."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import struct
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from storage import __version__
from storage.desk.files.attachments import FOLDER_ENDING
from storage.engine import disk
from storage.engine.errors import StorageError, explain_os
from storage.engine.file import OpenFile
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.engine.values import long_day
from storage.exchange.sealed_stream import Cost, PackError, Sealer, opened
from storage.exchange.workbooks.register import export_register

ENDING = ".deskpack"
FILE, WORKBOOK, NOTE = "register.desk", "register.xlsx", "Read me.txt"
DOCUMENTS = FILE + FOLDER_ENDING  # where the program looks for the documents of such a file
LEAST_LETTERS = 12
_DOCUMENT = re.compile(r"[0-9a-f]{32}")  # the name a document is kept under
_PART = struct.Struct(
    ">HQ"
)  # the length of a name and of what follows it, in bytes; two noughts end the pack
_MOST_PARTS, _LONGEST_NAME = 100_000, 100


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack that was written, opened again and compared."""

    path: Path
    size: int  # bytes
    documents: int


def passphrase_problem(passphrase: str, again: str) -> str:
    """Why a passphrase cannot be used, in words; empty when it can."""
    if len(passphrase.strip()) < LEAST_LETTERS:
        return f"This is short and easy to guess. Use at least {LEAST_LETTERS} letters."
    if len(set(passphrase.casefold())) < LEAST_LETTERS // 2:
        return "This repeats a few letters and is easy to guess. Use several words."
    return "" if passphrase == again else "The two passphrases are not the same. Type both again."


def packing(
    take: Callable[[Path], object],
    out: Path,
    passphrase: str,
    *,
    documents: Path,
    name: str,
    today: date,
    cost: Cost | None = None,
) -> Generator[Progress, None, Packed]:
    """Write a pack, open it again, compare, and only then give it its name; an older pack stays until then.

    `take` writes the file as it is saved now to a path, `documents` is the folder of its documents, which need not
    exist, `name` what the note calls the file. Runs on any thread. Raises `StorageError`; nothing is left then.
    """
    ready = disk.beside(out, "unfinished")
    work = Path(tempfile.mkdtemp(prefix="commissioning-desk-"))
    try:
        yield Progress(0, 0, "Putting it together")
        parts = _parts(take, work, documents, name, today)
        total = sum(p.stat().st_size for p in parts.values())
        with ready.open("xb") as target:
            digest = yield from _sealing(parts, target, passphrase, cost, total)
            target.flush()
            os.fsync(target.fileno())
        yield from _comparing(ready, passphrase, digest, total)
        ready.replace(out)
        disk.sync_folder(out.parent)
        return Packed(out, out.stat().st_size, sum(n.startswith(DOCUMENTS) for n in parts))
    except OSError as error:
        raise explain_os(error, f"write {out.name}") from error
    finally:
        ready.unlink(missing_ok=True)
        shutil.rmtree(work, ignore_errors=True)


def _parts(
    take: Callable[[Path], object], work: Path, documents: Path, name: str, today: date
) -> dict[str, Path]:
    """What goes into the pack: the name of each part and where it lies now."""
    take(work / FILE)
    with closing(OpenFile(work / FILE, "ro")) as file:
        export_register(Reader(file, lambda: today), work / WORKBOOK, today=today, file_name=name)
    (work / NOTE).write_text(_note(name, today), encoding="utf-8")
    parts = {part: work / part for part in (FILE, WORKBOOK, NOTE)}
    if documents.is_dir():
        kept = sorted(p for p in documents.iterdir() if _DOCUMENT.fullmatch(p.name) and p.is_file())
        parts |= {f"{DOCUMENTS}/{p.name}": p for p in kept if not p.is_symlink()}
    return parts


def _note(name: str, today: date) -> str:
    return (
        f"{name}, handed over on {long_day(today)}\n\n"
        f"{FILE}: the whole file. Open it with Commissioning Desk ({__version__} or later).\n"
        f"{WORKBOOK}: its contract register, for Excel.\n"
        f"{DOCUMENTS}: documents attached to contracts, if there are any. Keep this folder beside the file.\n\n"
        "What lies here is no longer protected by the passphrase of the pack. Keep it where only those can read it\n"
        "who may, and delete it when it is no longer needed.\n"
    )


def _sealing(
    parts: dict[str, Path], target: BinaryIO, passphrase: str, cost: Cost | None, total: int
) -> Generator[Progress, None, bytes]:
    """Seal the parts one after another; returns the digest of what was sealed."""
    sealer, done = Sealer(target, passphrase, cost), 0
    for name, path in parts.items():
        size, sent = path.stat().st_size, 0
        sealer.write(_PART.pack(len(name.encode()), size) + name.encode())
        with path.open("rb") as read:
            while some := read.read(disk.CHUNK):
                sealer.write(some)
                sent += len(some)
                yield Progress(done + sent, total, "Writing the pack")
        if sent != size:
            raise OSError(f"{path.name} changed while it was packed")
        done += sent
    sealer.write(_PART.pack(0, 0))
    sealer.finish()
    return sealer.digest.digest()


def _comparing(ready: Path, passphrase: str, digest: bytes, total: int) -> Iterator[Progress]:
    """Open what was written, from the disk, and hold it against what was to be written."""
    found, done = hashlib.sha256(), 0
    try:
        with ready.open("rb") as source:
            for some in opened(source, passphrase):
                found.update(some)
                done += len(some)
                yield Progress(min(done, total), total, "Opening the pack again, to compare")
    except PackError as error:
        raise OSError("what was written cannot be read back") from error
    if found.digest() != digest:
        raise OSError("what was written is not what was meant")


def unpacking(pack: Path, folder: Path, passphrase: str) -> Generator[Progress, None, Path]:
    """Take everything out of a pack into a new folder, and return the path of the file in it.

    The folder appears only when all of it was found to be whole. Raises `StorageError`, `PackError` for a wrong
    passphrase and for a pack that is damaged, and when there is something of that name already.
    """
    if folder.exists() or folder.is_symlink():
        raise StorageError(
            f"There is a folder {folder.name} already. Nothing was taken out. Choose another name."
        )
    ready = disk.beside(folder, "unfinished")
    try:
        yield Progress(0, 0, "Trying the passphrase")
        with pack.open("rb") as source:
            ready.mkdir(mode=0o700)
            yield from _taking_out(_Stream(opened(source, passphrase)), ready, pack.stat().st_size)
        ready.rename(folder)
        disk.sync_folder(folder.parent)
        return folder / FILE
    except OSError as error:
        raise explain_os(error, f"open {pack.name}") from error
    finally:
        shutil.rmtree(ready, ignore_errors=True)


class _Stream:
    """Pieces of any length read as bytes of the length asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def upto(self, count: int) -> bytes:
        """At most so many bytes; none at the end."""
        if not self._held:
            self._held = next(self._pieces, b"")
        some, self._held = self._held[:count], self._held[count:]
        return some

    def exactly(self, count: int) -> bytes:
        """So many bytes. Raises `PackError` when there are fewer."""
        made = b""
        while len(made) < count:
            if not (some := self.upto(count - len(made))):
                raise _not_ours()
            made += some
        return made


def _taking_out(stream: _Stream, folder: Path, total: int) -> Iterator[Progress]:
    """Write the parts of a pack under the names that packs have, and no other."""
    done = 0
    (folder / DOCUMENTS).mkdir()
    for _ in range(_MOST_PARTS):
        length, size = _PART.unpack(stream.exactly(_PART.size))
        if not length:
            break
        target = _target(folder, stream.exactly(length) if length <= _LONGEST_NAME else b"")
        with target.open("xb") as written:
            while size:
                some = stream.exactly(min(size, disk.CHUNK))
                written.write(some)
                size, done = size - len(some), done + len(some)
                yield Progress(min(done, total), total, "Taking everything out")
            written.flush()
            os.fsync(written.fileno())
    if stream.upto(1) or not (folder / FILE).is_file():
        raise _not_ours()
    if not any((folder / DOCUMENTS).iterdir()):
        (folder / DOCUMENTS).rmdir()


def _target(folder: Path, name: bytes) -> Path:
    """Where a part goes. Raises `PackError` for a name that no pack of ours has, and for one that came before."""
    words = name.decode("utf-8", "replace")
    above, _, document = words.partition("/")
    if words not in (FILE, WORKBOOK, NOTE) and not (above == DOCUMENTS and _DOCUMENT.fullmatch(document)):
        raise _not_ours()
    target = folder / words
    if target.exists():
        raise _not_ours()
    return target


def _not_ours() -> PackError:
    return PackError("What is in this pack was not made by Commissioning Desk. Nothing was taken from it.")
