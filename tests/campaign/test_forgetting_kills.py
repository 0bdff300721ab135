"""A program that is killed while it forgets somebody leaves the file as it was or without them, and never half."""

import os
import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import storage.records  # noqa: F401  every record must be known before a file is opened
from storage.engine.backup.backups import HOME
from storage.engine.check.checking import check
from storage.engine.history import History
from storage.engine.opening import new_store, open_store
from storage.engine.steps import FORGET
from storage.records.actions import Action
from storage.records.organisations import Person
from tests.campaign.frame import report, scaled

CHILD = """
import sys
from desktop.commandline import run_verb
import desktop.commandline_privacy, storage.engine.opening
print("ready", flush=True)
sys.exit(run_verb(["forget", sys.argv[1], "Ann Lee"]))
"""


@pytest.fixture
def original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A closed file that names Ann Lee in two hundred actions."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    path = tmp_path / "register.desk"
    with closing(new_store(path)) as store, store.step("Fill"):
        store.save(Person(title="Ann Lee"))
        store.save_many([Action(title=f"Write {n} to Ann Lee", owner="Lee, Ann") for n in range(200)])
    return path.read_bytes()


def start(path: Path, project: Path) -> "subprocess.Popen[str]":
    """A program that is about to forget her."""
    environment = os.environ | {"PYTHONPATH": str(project)}
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None and child.stdout.readline() == "ready\n"
    return child


def forgotten(path: Path) -> bool:
    """Whether the file is without her; fails when it is half of each, or not whole."""
    assert check(path).damage == []
    with closing(open_store(path)) as store:
        gone = any(step.kind == FORGET for step in History(store).latest())
        named = [a for a in store.all(Action) if "Ann" in f"{a.title} {a.owner}"]
        assert len(named) == (0 if gone else 200) and len(store.all(Action)) == 200
    if gone:
        assert b"Ann Lee" not in path.read_bytes() and b"Lee, Ann" not in path.read_bytes()
    return gone


def test_s2_a_kill_leaves_the_file_as_it_was_or_without_the_person(
    original: bytes, tmp_path: Path, project: Path
) -> None:
    path, chance = tmp_path / "register.desk", random.Random(2)  # noqa: S311
    begun = time.monotonic()
    child = start(path, project)
    child.communicate()
    whole, kills, done = time.monotonic() - begun, scaled(quick=5, night=300, release=2_000), 0
    assert child.returncode == 0 and forgotten(path)
    for _ in range(kills):
        path.write_bytes(original)
        child = start(path, project)
        time.sleep(chance.uniform(0, whole / 2))
        child.kill()
        child.communicate()
        done += forgotten(path)
    report("S2", {"kills while forgetting": kills, "half forgotten": 0, "already forgotten": done})
