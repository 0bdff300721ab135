"""Reads foreign files one after another in one process, as the program and its child do, and tells how each ended."""

from __future__ import annotations

import json
import os
import struct
import sys
import time
import traceback
from collections.abc import Sequence
from io import BytesIO

from storage.engine.foreign import foreign_rows
from storage.engine.foreign.child_guard import MOST_MEMORY, OUT_OF_MEMORY, answer_alone
from storage.engine.foreign.child_process import Ended
from storage.exchange.foreign.child import answer, opener_of
from storage.exchange.foreign.kinds import DOCX, ODS, TEXT, XLSX
from storage.exchange.tables import tabular
from storage.exchange.tables.sheet import SourceError

DESK = ".desk"
_TABLES = {"contract": ["id", "uuid", "title", "own"], "desk": ["id", "organisation"]}
_LOUD = ("socket.", "subprocess.", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.system")
_opened: list[str] = []
_own = tuple({os.path.realpath(p) + os.sep for p in (*sys.path, sys.prefix, sys.base_prefix) if p})


def listen() -> None:
    """From now on every file that is opened, and every socket, is written down; the parts of Python excepted."""

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_LOUD):
            _opened.append(event)
        elif event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if not path.startswith(_own):
                _opened.append(f"open {path}")

    sys.addaudithook(heard)


def in_place_of_a_child(command: Sequence[str], feed: bytes) -> Ended:
    """What the child does with its input, without a process of its own."""
    assert command
    line, _, data = feed.partition(b"\n")
    request, out = json.loads(line), BytesIO()
    opener = opener_of(request["kind"])
    assert opener
    try:
        answer(opener, data, request, out)
    except MemoryError:
        return Ended(OUT_OF_MEMORY, b"", b"")
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return Ended(101, b"", b"panic")  # how a library in Rust ends its process
    return Ended(0, out.getvalue(), b"")


def read(name: str, data: bytes) -> tuple[str, str]:
    """How reading one file ended: `read`, `refused` or `uncaught`, and the words or the trace."""
    try:
        if name.endswith(DESK):
            out = BytesIO()
            foreign_rows.answer(bytearray(data), _TABLES, out)
            return "read", out.getvalue().decode()[-1_000:]
        return "read", repr(tabular.read_bytes(data, name))
    except SourceError as error:
        return "refused", str(error)
    except MemoryError:
        return "refused", "memory"
    except Exception:  # noqa: BLE001 - whatever it is, it must be told
        return "uncaught", traceback.format_exc()


def main() -> None:
    """Read files from the input until it ends: a line with name and size, then the bytes; answer a line each."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY + 400_000_000,) * 2)  # both processes in one
    except ImportError:
        pass
    for kind in (TEXT, XLSX, ODS, DOCX):
        opener_of(kind)
    setattr(tabular, "run_child", in_place_of_a_child)  # noqa: B010 - the module does not offer it
    listen()
    source, out = sys.stdin.buffer, answer_alone()
    while head := source.read(8):
        sizes = struct.unpack("<II", head)
        name, data = source.read(sizes[0]).decode(), source.read(sizes[1])
        _opened.clear()
        start = time.process_time()  # the machine may be busy with other things
        ending, words = read(name, data)
        told = {
            "ending": ending,
            "words": words[:3_000],
            "seconds": time.process_time() - start,
            "opened": _opened,
        }
        out.write(json.dumps(told).encode() + b"\n")
        out.flush()


if __name__ == "__main__":
    main()
