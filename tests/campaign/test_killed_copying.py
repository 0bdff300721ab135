"""Killed at every operation on the disk while a backup is made, older ones are thinned, or one is restored."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.backup.backups import BY_HAND, HOME, list_copies, make
from storage.engine.backup.restoring import KEPT
from storage.engine.history import History
from storage.engine.opening import new_store, open_store
from tests.campaign.frame import report, scaled
from tests.storage.engine.library import Book, only_the_library

DRIVER = """
import os, signal, sys
from datetime import datetime, timedelta, UTC
from pathlib import Path
import storage.engine.own_fields
from tests.storage.engine.library import only_the_library, Book
from storage.engine.opening import open_store
from storage.engine.backup import backups, thinning
from storage.engine.backup.backups import list_copies, make, BY_HAND
from storage.engine.backup.restoring import restore
path, kind, every = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
left = 0
def counted(honest):
    def do(*given, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return honest(*given, **named)
    return do
def work():
    if kind == "backup":
        store = open_store(path)
        store.change(Book, 1, {"title": f"Title {os.getpid()}"})
        make(store, BY_HAND)
        store.close()
    elif kind == "thinning":
        copy = list_copies(path)[0]
        thinning.thin(copy.folder, copy.file, datetime.now(UTC) + timedelta(days=3000))
    else:
        restore(path, list_copies(path)[-1], replay=True)
kills = 0
with only_the_library():
    for at in range(1, 400, every):
        pid = os.fork()
        if pid == 0:
            left = at
            for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "unlink"), (os, "open"), (Path, "rename")):
                setattr(owner, name, counted(getattr(owner, name)))
            try:
                work()
            finally:
                os._exit(0)
        killed = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
        print("killed" if killed else "finished", flush=True)
        sys.stdin.readline()
        if not killed:
            break
"""


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files hold the library's records."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    with only_the_library():
        yield


def filled(path: Path) -> None:
    with closing(new_store(path, who="Ann")) as store:
        with store.step("Add"):
            store.save_many([Book(title=f"Book {n}") for n in range(30)])
        for n in range(8):
            store.change(Book, 2, {"title": f"Other {n}"})
            make(store, BY_HAND)


def problems(path: Path, home: Path) -> list[str]:
    """What must not be: a file that does not open, a copy in its final place that is not as its manifest says."""
    found = []
    with closing(open_store(path)) as store:
        if History(store).first_broken() is not None or len(store.ids(Book)) != 30:
            found.append("the file is neither the old nor the new one")
    for final in (p for p in home.rglob("*.desk") if not p.name.startswith(".")):
        if KEPT in final.parts or "recovery" in final.parts:
            continue
        with closing(open_store(final, read_only=True)) as store:
            if History(store).first_broken() is not None:
                found.append(f"{final.name} is not whole")
    copies = list_copies(path)
    found += [f"{copy.name} is not as listed" for copy in copies if not copy.is_as_made()]
    return found + (["fewer than three copies are left"] if len(copies) < 3 else [])


@pytest.mark.parametrize("kind", ["backup", "thinning", "restore"])
def test_p5_killed_at_every_operation_old_or_new_is_there_whole(
    tmp_path: Path, project: Path, kind: str
) -> None:
    path, home = tmp_path / "books.desk", tmp_path / "home"
    filled(path)
    every = 1 if kind == "thinning" else scaled(quick=5, night=1, release=1)
    process = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(path), kind, str(every)],
        cwd=project, env=os.environ | {"PYTHONPATH": str(project)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    kills, wrong = 0, []
    with process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        for said in process.stdout:
            kills += said == "killed\n"
            wrong += problems(path, home)
            process.stdin.write("on\n")
            process.stdin.flush()
        errors = process.stderr.read()
    report("P5", {"kills": kills, "mixed states": len(wrong)})
    assert not wrong and kills >= 3, json.dumps(wrong) + errors
