"""What a program that died left unfinished beside a file is gone at the next opening, and nothing else is."""

from pathlib import Path

from storage.engine import disk
from storage.engine.locking import Lock
from storage.engine.opening import open_store
from storage.engine.store import Store


def test_what_was_left_unfinished_goes_at_the_next_opening_and_nothing_else(store: Store, path: Path) -> None:
    store.close()
    unfinished = [disk.beside(path, purpose) for purpose in ("upgrade", "restored", "forgotten", "new")]
    unfinished.append(unfinished[0].with_name(unfinished[0].name + "-journal"))
    others = [
        disk.beside(path, "copy"),  # another program may be writing it
        disk.beside(path.with_name("another.desk"), "upgrade"),
        path.with_name(f".{path.name}.upgrade-notes"),
        path.with_name("minutes.docx"),
    ]
    for left in (*unfinished, *others):
        left.write_bytes(b"x")
    open_store(path).close()
    assert all(left.exists() for left in (*unfinished, *others)), "the last program ended properly"
    Lock.path_for(path).write_bytes(b"")
    open_store(path).close()
    assert not any(left.exists() for left in unfinished)
    assert all(left.exists() for left in others)
