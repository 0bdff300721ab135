"""Files for the command line: opened wherever they lie, and what was written to a working copy put back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.desk.beginning.opened import see_to
from storage.engine.contents import finished
from storage.engine.place.door import opened
from storage.engine.store import Store


@contextmanager
def file_open(path: Path, *, read_only: bool = False) -> Iterator[Store]:
    """The store of a file. What the user should know of it is said on stderr, and so is how publishing ended."""
    done = opened(path, read_only=read_only)
    try:
        see_to(done.store)
        for words in done.store.file.notices:
            print(words, file=sys.stderr)
        yield done.store
        if words := finished(done.publishing()):
            print(words, file=sys.stderr)
    finally:
        done.store.close()
