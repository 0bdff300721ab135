"""A disk under the real SQLite that can be watched, slowed down and made to fail, one operation at a time.

It is put into the very library Python's sqlite3 uses, as a copy of that library's own table of file operations
in which those that change the disk go through Python first. Only ever used in processes of their own.
"""

import ctypes
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

OK, IOERR, FULL, CANTOPEN = 0, 10, 13, 14
CREATE: Final = 0x4
JOURNALS: Final = 0x800 | 0x4000 | 0x80000  # the kinds of file whose folder the first sync covers too
_CODES: Final = {  # how an input or output error of each operation is called
    "open": CANTOPEN,
    "write": IOERR | 3 << 8,
    "sync": IOERR | 4 << 8,
    "truncate": IOERR | 6 << 8,
    "delete": IOERR | 10 << 8,
}
_NAME: Final = b"watched"
_P, _INT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_Open = ctypes.CFUNCTYPE(_INT, _P, _P, _P, _INT, ctypes.POINTER(_INT))
_Delete = ctypes.CFUNCTYPE(_INT, _P, ctypes.c_char_p, _INT)
_Close = ctypes.CFUNCTYPE(_INT, _P)
_Write = ctypes.CFUNCTYPE(_INT, _P, _P, _INT, _LONG)
_Truncate = ctypes.CFUNCTYPE(_INT, _P, _LONG)
_Sync = ctypes.CFUNCTYPE(_INT, _P, _INT)


class _Methods(ctypes.Structure):
    """What SQLite does with an open file (sqlite3_io_methods); what is not watched stays a bare address."""

    _fields_ = (
        ("version", _INT), ("close", _Close), ("read", _P), ("write", _Write), ("truncate", _Truncate),
        ("sync", _Sync), *((f"other{n}", _P) for n in range(13)),
    )  # fmt: skip


class _File(ctypes.Structure):
    """The beginning of any open file (sqlite3_file)."""

    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


class _Vfs(ctypes.Structure):
    """How SQLite reaches files by name (sqlite3_vfs)."""

    _fields_ = (
        ("version", _INT), ("file_size", _INT), ("longest_path", _INT), ("next", _P), ("name", ctypes.c_char_p),
        ("data", _P), ("open", _Open), ("delete", _Delete), *((f"other{n}", _P) for n in range(14)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing SQLite asks of the disk."""

    kind: str  # open, write, truncate, sync or delete
    path: str
    at: int = 0  # where a write begins, or the length a file is cut to
    data: bytes = b""
    folder: bool = False  # a sync or a deletion that also reaches the folder; an opening that made the file


def library() -> ctypes.CDLL:
    """The SQLite library that Python's own sqlite3 works with."""
    found = ctypes.CDLL(str(_library_file()))
    found.sqlite3_libversion.restype = ctypes.c_char_p
    found.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    assert found.sqlite3_libversion().decode() == sqlite3.sqlite_version
    return found


def _library_file() -> Path:
    import _sqlite3

    if sys.platform == "win32":
        return Path(_sqlite3.__file__).with_name("sqlite3.dll")
    maps = Path("/proc/self/maps")
    loaded = {line.split()[-1] for line in maps.read_text().splitlines()} if maps.exists() else set()
    shared = [name for name in loaded if "/libsqlite3." in name]
    return Path(shared[0] if shared else _sqlite3.__file__)


class Disk:
    """The disk of this process from now on; `refuses` may fail an operation, `done` hears of each that was done."""

    def __init__(self) -> None:
        self.refuses: Callable[[Operation], int] = lambda operation: OK
        self.done: Callable[[Operation], None] = lambda operation: None
        self._library = library()
        self._original = self._library.sqlite3_vfs_find(None)
        self._vfs = _Vfs.from_buffer_copy(self._original.contents)
        self._vfs.name, self._vfs.next = _NAME, None
        self._vfs.open, self._vfs.delete = _Open(self._open), _Delete(self._delete)
        self._methods: dict[int, _Methods] = {}  # the watched ones, by the address of those they stand for
        self._open_files: dict[int, _OpenFile] = {}
        self.use()

    def use(self) -> None:
        """Files opened from now on lie on this disk."""
        self._made_default(ctypes.byref(self._vfs))

    def leave(self) -> None:
        """Files opened from now on lie on the computer's own disk again."""
        self._made_default(self._original)

    def _made_default(self, vfs: Any) -> None:  # noqa: ANN401 - a pointer of ctypes
        assert self._library.sqlite3_vfs_register(vfs, 1) == OK

    def _ask(self, operation: Operation) -> int:
        code = self.refuses(operation)
        return _CODES[operation.kind] if code == IOERR else code

    def _open(self, vfs: int, name: int, file: int, flags: int, given: Any) -> int:  # noqa: ANN401 - a pointer
        path = ctypes.string_at(name).decode() if name else ""
        made = bool(path) and bool(flags & CREATE) and not Path(path).exists()
        operation = Operation("open", path, folder=made)
        if made and (code := self._ask(operation)):
            ctypes.cast(file, ctypes.POINTER(_File)).contents.methods = None
            return CANTOPEN if code == FULL else code
        code = int(self._original.contents.open(vfs, name, file, flags, given))
        if code == OK and path:
            self._watch(file, _OpenFile(path, made and bool(flags & JOURNALS)))
            if made:
                self.done(operation)
        return code

    def _watch(self, file: int, opened: "_OpenFile") -> None:
        methods = ctypes.cast(file, ctypes.POINTER(_File)).contents.methods
        address = ctypes.addressof(methods.contents)
        if address not in self._methods:
            watched = _Methods.from_buffer_copy(methods.contents)
            watched.close, watched.write = _Close(self._close), _Write(self._write)
            watched.truncate, watched.sync = _Truncate(self._truncate), _Sync(self._sync)
            self._methods[address] = watched
        opened.original = methods.contents
        self._open_files[file] = opened
        ctypes.cast(file, ctypes.POINTER(_File)).contents.methods = ctypes.pointer(self._methods[address])

    def _close(self, file: int) -> int:
        return int(self._open_files.pop(file).original.close(file))

    def _write(self, file: int, data: int, length: int, at: int) -> int:
        opened = self._open_files[file]
        operation = Operation("write", opened.path, at, ctypes.string_at(data, length))
        if code := self._ask(operation):
            if code == FULL:  # a disk that fills up takes what still fits
                opened.original.write(file, data, length // 2, at)
            return code
        return self._told(operation, opened.original.write(file, data, length, at))

    def _truncate(self, file: int, length: int) -> int:
        opened = self._open_files[file]
        operation = Operation("truncate", opened.path, length)
        return self._ask(operation) or self._told(operation, opened.original.truncate(file, length))

    def _sync(self, file: int, flags: int) -> int:
        opened = self._open_files[file]
        operation = Operation("sync", opened.path, folder=opened.folder_too)
        code = self._ask(operation) or self._told(operation, opened.original.sync(file, flags))
        if code == OK:
            opened.folder_too = False
        return code

    def _delete(self, vfs: int, name: bytes, folder_too: int) -> int:
        operation = Operation("delete", name.decode(), folder=bool(folder_too))
        return self._ask(operation) or self._told(
            operation, self._original.contents.delete(vfs, name, folder_too)
        )

    def _told(self, operation: Operation, code: int) -> int:
        if code == OK:
            self.done(operation)
        return code


class _OpenFile:
    """A file SQLite has open: its path, and whether its next sync reaches the folder as well."""

    def __init__(self, path: str, folder_too: bool) -> None:
        self.path = path
        self.folder_too = folder_too
        self.original: _Methods
