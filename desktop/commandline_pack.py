"""The pack and unpack verbs: a file sealed under a passphrase and taken out again; the passphrase is no argument."""

from __future__ import annotations

import argparse
import getpass
import os
from contextlib import suppress
from functools import partial

from desktop.commandline_files import file_open
from storage.desk.files.attachments import attachments_folder
from storage.engine.backup.snapshots import save_as
from storage.engine.contents import finished
from storage.engine.errors import StorageError, explain_os
from storage.exchange.handover import ENDING, packing, passphrase_problem, unpacking

_LONGEST = 10_000  # bytes of a passphrase that is read


def pack(given: argparse.Namespace) -> int:
    """Seal a file into a pack."""
    passphrase = _passphrase(given.passphrase_fd, "Passphrase of the pack: ")
    again = passphrase if given.passphrase_fd is not None else _passphrase(None, "Once more: ")
    if problem := passphrase_problem(passphrase, again):
        raise StorageError(f"{problem} Nothing was written.")
    if given.out.suffix.lower() != ENDING:
        raise StorageError(f"The name of a pack ends in {ENDING}. Nothing was written.")
    with file_open(given.file, read_only=True) as store:
        documents = attachments_folder(given.file)  # beside the file, also while a copy is read
        work = packing(
            partial(save_as, store), given.out.absolute(), passphrase, documents=documents, name=given.file.name,
            today=store.today(),
        )  # fmt: skip
        done = finished(work)
    print(
        f"{done.path}: {done.size:,} bytes, opened again and compared. Without the passphrase it cannot be opened."
    )
    return 0


def unpack(given: argparse.Namespace) -> int:
    """Take a pack out into a folder that is made for it."""
    passphrase = _passphrase(given.passphrase_fd, "Passphrase: ")
    print(finished(unpacking(given.pack, given.folder.absolute(), passphrase)))
    return 0


def _passphrase(handle: int | None, prompt: str) -> str:
    """The first line that comes through a handle, or what is typed without being shown."""
    if handle is None:
        with suppress(EOFError):
            return getpass.getpass(prompt)
        raise StorageError("No passphrase was given. Nothing was written.")
    try:
        with os.fdopen(handle, "rb", closefd=handle > 2) as source:
            return source.readline(_LONGEST).decode("utf-8", "surrogateescape").rstrip("\r\n")
    except OSError as error:
        raise explain_os(error, f"read the passphrase from handle {handle}") from error
