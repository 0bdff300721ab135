"""Kills while somebody is forgotten: the file is as it was or without them, and never half."""

import shutil
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random
from typing import Final

import desktop.commandline_privacy  # noqa: F401 - so that no child spends its time on finding it
from desktop.commandline import run_verb
from storage.engine.check.checking import check
from storage.engine.history import History
from storage.engine.opening import new_store, open_store
from storage.engine.steps import FORGET
from storage.records.actions import Action
from storage.records.organisations import Person
from tests.campaign.frame import Figure
from tests.campaign.harness import answer, quick_folder
from tests.campaign.kills_long import BEGUN, Say, killed

ACTIONS: Final = 200


def kill_forgetting(number: int, seed: int) -> dict[str, Figure]:
    """Kill a program so many times while it forgets Ann Lee."""
    random, half, done = Random(seed), 0, 0  # noqa: S311 - chance, not a secret
    with quick_folder() as folder:
        original, path = folder / "original.desk", folder / "register.desk"
        named(original)

        def work(say: Say) -> None:
            say(BEGUN)
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                assert run_verb(["forget", str(path), "Ann Lee"]) == 0

        for _ in killed(number, random, work, original, path):
            found = state(path)
            half += found == "half"
            done += found == "without"
            shutil.rmtree(folder / "home", ignore_errors=True)
    return {"kills while forgetting": number, "half forgotten": half, "already forgotten": done}


def named(path: Path) -> None:
    """A closed file that names Ann Lee in two hundred actions."""
    with closing(new_store(path)) as store, store.step("Fill"):
        store.save(Person(title="Ann Lee"))
        store.save_many([Action(title=f"Write {n} to Ann Lee", owner="Lee, Ann") for n in range(ACTIONS)])


def state(path: Path) -> str:
    """Whether a file is `with` her or `without`; `half` when it is neither, or not whole."""
    if check(path).damage:
        return "half"
    with closing(open_store(path)) as store:
        gone = any(step.kind == FORGET for step in History(store).latest())
        actions = store.all(Action)
    with_her = sum("Ann" in f"{a.title} {a.owner}" for a in actions)
    left = any(words in path.read_bytes() for words in (b"Ann Lee", b"Lee, Ann"))
    if len(actions) != ACTIONS or with_her != (0 if gone else ACTIONS) or (gone and left):
        return "half"
    return "without" if gone else "with"


if __name__ == "__main__":
    answer(kill_forgetting)
