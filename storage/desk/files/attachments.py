"""Files attached to records: copies under names of their own in a folder beside the file, checked on every way out."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path

from storage.desk.files.document_kinds import safe_name
from storage.engine import disk
from storage.engine.errors import StorageError, explain_os
from storage.engine.private import private_folder
from storage.engine.steps import Progress
from storage.records.documents import Document

LARGEST_MB = 25
LARGEST = LARGEST_MB * 1024 * 1024  # bytes
FOLDER_ENDING = " files"
MARK = b"[ZoneTransfer]\r\nZoneId=3\r\n"  # how Windows knows what came from outside
_STORED = re.compile(r"[0-9a-f]{32}")
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def attachments_folder(path: Path) -> Path:
    """Where the attached files of a desk file lie: `Register.desk files` beside `Register.desk`."""
    return path.with_name(path.name + FOLDER_ENDING)


def taking_in(source: Path, folder: Path) -> Generator[Progress, None, tuple[str, int, str]]:
    """Copy a file into the attachments folder; returns the name it is kept under, its size and its SHA-256.

    Raises `StorageError` for what is no file, is too large, or cannot be read or kept; nothing is left then.
    """
    name = f"“{source.name}”"
    try:
        if not stat.S_ISREG(source.stat().st_mode):
            raise StorageError(f"{name} is no file, so nothing was attached. Choose one file.")
        if source.stat().st_size > LARGEST:
            raise StorageError(
                f"{name} is larger than {LARGEST_MB} MB, so nothing was attached. Keep it where it is and add a link "
                "to it, or attach a smaller copy."
            )
        folder.mkdir(mode=0o700, exist_ok=True)
        target = folder / secrets.token_hex(16)
        with source.open("rb") as read:
            size, digest = yield from _written(read.fileno(), target, f"Attaching {source.name}")
    except OSError as error:
        raise explain_os(error, f"attach {name}") from error
    return target.name, size, digest


def stored_file(folder: Path, document: Document) -> Path:
    """The file of an attached document, of the right size. Raises `StorageError` when it is missing or changed."""
    path = folder / document.stored
    if not _STORED.fullmatch(document.stored):
        raise StorageError(f"“{document.name}” has no attached file. Attach it again.")
    try:
        found = path.lstat()
    except OSError:
        raise StorageError(
            f"The file of “{document.name}” is missing from the folder “{folder.name}”. The record of it is kept. "
            "Put that folder back beside the file, or attach the document again."
        ) from None
    if not stat.S_ISREG(found.st_mode) or found.st_size != document.size or found.st_size > LARGEST:
        raise _changed(document)
    return path


def taking_out(folder: Path, document: Document, target: Path) -> Iterator[Progress]:
    """Copy an attached file out, its hash checked before anything stands under the name `target`.

    The copy is marked as coming from outside where the system knows such a mark, and is never executable.
    Raises `StorageError` when the file is missing or changed, or the copy cannot be written.
    """
    path = stored_file(folder, document)
    try:
        handle = os.open(path, os.O_RDONLY | _NO_LINK)
        try:
            yield from _written(handle, target, f"Copying {document.name}", as_kept=document)
        finally:
            os.close(handle)
    except OSError as error:
        raise explain_os(error, f"write {target.name}") from error
    _mark(target)


def taking_out_to_read(folder: Path, document: Document) -> Generator[Progress, None, Path]:
    """A copy in a folder of this user's own, read-only so that no work is lost in it; returns where it lies."""
    target = private_folder() / safe_name(document.title, document.ending)
    yield from taking_out(folder, document, target)
    target.chmod(0o400)
    return target


def missing_or_changed(folder: Path, document: Document) -> Generator[Progress, None, str]:
    """Look one attached file over, hash and all; returns in words what is wrong with it, or nothing."""
    if not document.stored:
        return ""
    try:
        path, digest = stored_file(folder, document), hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(disk.CHUNK):
                digest.update(chunk)
                yield Progress(file.tell(), document.size or 0, f"Checking {document.name}")
    except StorageError as error:
        return str(error)
    except OSError as error:
        return str(explain_os(error, f"read the file of “{document.name}”"))
    return "" if digest.hexdigest() == document.sha256 else str(_changed(document))


def nobodys(folder: Path, documents: list[Document]) -> list[Path]:
    """Files of the attachments folder that no document refers to."""
    named = {d.stored for d in documents}
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if _STORED.fullmatch(p.name) and p.name not in named)


def _changed(document: Document) -> StorageError:
    return StorageError(
        f"The file of “{document.name}” is not the one that was attached: it was changed outside the program. "
        "It was not opened. Restore it from a backup of its folder, or attach the document again."
    )


def _written(
    source: int, target: Path, doing: str, *, as_kept: Document | None = None
) -> Generator[Progress, None, tuple[int, str]]:
    """Copy an open file: beside first, checked, then in place. Returns its size and SHA-256.

    Raises `StorageError` when it is not what a document says it is.
    """
    beside, digest, done = disk.beside(target, "new"), hashlib.sha256(), 0
    total = os.fstat(source).st_size
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600)
        with os.fdopen(handle, "wb") as written:
            while chunk := os.read(source, disk.CHUNK):
                done += len(chunk)
                if done > LARGEST:
                    raise StorageError(f"The file is larger than {LARGEST_MB} MB, so it was not copied.")
                digest.update(chunk)
                written.write(chunk)
                yield Progress(done, total, doing)
            written.flush()
            os.fsync(written.fileno())
        if as_kept and (done, digest.hexdigest()) != (as_kept.size, as_kept.sha256):
            raise _changed(as_kept)
        if disk.sha256(beside) != digest.hexdigest():
            raise OSError(None, "what was written could not be read back")
        beside.replace(target)
        disk.sync_folder(target.parent)
    finally:
        beside.unlink(missing_ok=True)
    return done, digest.hexdigest()


def _mark(path: Path) -> None:
    """Tell the system that a file came from outside, so that it is careful with it."""
    with suppress(OSError):  # a disk that knows no such mark
        if sys.platform == "win32":
            Path(f"{path}:Zone.Identifier").write_bytes(MARK)
        elif sys.platform == "darwin":
            import subprocess

            value = "0081;00000000;Commissioning Desk;"
            command = ["/usr/bin/xattr", "-w", "com.apple.quarantine", value, str(path)]
            subprocess.run(command, capture_output=True, check=False)
