"""Hostile and broken files brought in by the thousand: none may crash, hang, reach another file or an address."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import socket
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Final

from storage.exchange.tables.sheet import SourceError
from storage.exchange.tables.tabular import read_table
from tests.campaign.frame import Figure
from tests.campaign.harness import answer
from tests.campaign.imports_changed import changed
from tests.campaign.imports_hostile import SECRET, hostile_files
from tests.campaign.imports_reader import DESK
from tests.campaign.rows import HERE

LONGEST: Final = 5.0  # seconds that one file may take
_PATIENCE: Final = 60.0  # seconds until a reader is ended: the clock that counts is its own
_READER: Final = [sys.executable, "-m", "tests.campaign.imports_reader"]
_UNPLAIN: Final = re.compile(r"Traceback|Error\b|Exception|0x[0-9a-f]{6}|<class|\bNone\b")


class Reader:
    """A process that reads one file after another; begun again when a file ended it."""

    def __init__(self) -> None:
        self.restarts = -1
        self._begin()

    def _begin(self) -> None:
        self.restarts += 1
        self._process = subprocess.Popen(
            _READER,
            cwd=HERE.parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._answers: Queue[bytes] = Queue()
        Thread(target=self._listen, args=(self._process, self._answers), daemon=True).start()

    @staticmethod
    def _listen(process: subprocess.Popen[bytes], answers: Queue[bytes]) -> None:
        assert process.stdout
        for line in process.stdout:
            answers.put(line)
        answers.put(b"")

    def read(self, name: str, data: bytes) -> dict[str, object]:
        """How reading a file ended; `ending` is `died` or `hung` when the process did not live to tell."""
        assert self._process.stdin
        try:
            self._process.stdin.write(struct.pack("<II", len(name.encode()), len(data)) + name.encode())
            self._process.stdin.write(data)
            self._process.stdin.flush()
            line = self._answers.get(timeout=_PATIENCE)
        except (BrokenPipeError, Empty) as error:
            line, died = b"", not isinstance(error, Empty)
        else:
            died = True
        if line:
            return dict(json.loads(line))
        self.close()
        self._begin()
        return {"ending": "died" if died else "hung", "words": "", "seconds": _PATIENCE, "opened": []}

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


class Tally:
    """What happened to all files."""

    def __init__(self) -> None:
        self.endings: Counter[str] = Counter()
        self.longest = 0.0
        self.opened: list[str] = []
        self.wrong: list[str] = []

    def add(self, name: str, told: Mapping[str, object], said: str | None = None) -> None:
        """Count one file; what must not happen is noted with its name."""
        ending, words = str(told["ending"]), str(told["words"])
        self.endings[ending] += 1
        seconds = float(str(told["seconds"]))
        self.longest = max(self.longest, seconds if ending != "died" else 0.0)
        self.opened += [f"{name}: {what}" for what in told["opened"]]  # type: ignore[attr-defined]
        if ending in ("uncaught", "hung") or (seconds > LONGEST and ending != "died"):
            self.wrong.append(f"{name}: {ending} after {seconds:.1f} s: {words}")
        elif SECRET in words:
            self.wrong.append(f"{name}: the secret file was read")
        elif ending == "refused" and (
            (_UNPLAIN.search(words) and words != "memory") or not words.endswith((".", "memory"))
        ):
            self.wrong.append(f"{name}: no plain words: {words}")
        elif said is not None and ending != "died" and not (ending == "refused" and re.search(said, words)):
            self.wrong.append(f"{name}: {ending}, not “{said}”: {words[:200]}")

    def figures(self, restarts: int) -> dict[str, Figure]:
        """What the harness prints."""
        return {
            "files": self.endings.total(),
            "read": self.endings["read"],
            "refused in words": self.endings["refused"] + self.endings["died"],
            "readers ended by a file": restarts,
            "uncaught": self.endings["uncaught"],
            "hung": self.endings["hung"],
            "other files or sockets opened": len(self.opened),
            "longest, s": round(self.longest, 2),
            "wrong": "; ".join((self.wrong + self.opened)[:20]),
        }


def change_at_random(number: int, seed: int) -> dict[str, Figure]:
    """Files changed at random, through the look-over and the reading code; one in a hundred by the real door."""
    tally, reader = Tally(), Reader()
    doors = 0
    with tempfile.TemporaryDirectory() as made:
        for place in range(number):
            chance = random.Random(f"{seed}/{place}")  # noqa: S311 - to be tried again, not to be secret
            name, data = changed(chance)
            told = reader.read(name, data)
            if (place % 100 == 0 and not name.endswith(DESK)) or told["ending"] == "died":
                told, doors = by_the_door(Path(made) / name, data), doors + 1
            tally.add(f"{seed}/{place} {name}", told)
    reader.close()
    return tally.figures(reader.restarts) | {"by the real door": doors}


def hand_made(real: int) -> dict[str, Figure]:
    """The files put together to do harm; with `real`, each by the real door in a process of its own."""
    tally, reader = Tally(), Reader()
    with tempfile.TemporaryDirectory() as made, listening() as (address, heard):
        secret = Path(made) / "secret.txt"
        secret.write_text(SECRET)
        for number, file in enumerate(hostile_files(secret, address)):
            data = file.make()
            path = Path(made) / file.name.replace("/", " ")
            told = by_the_door(path, data) if real else reader.read(file.name, data)
            if told["ending"] == "died":
                told = by_the_door(path, data)
            tally.add(f"{number} {file.name}", told, file.said)
            if file.said is None and told["ending"] != "read":
                tally.wrong.append(f"{file.name}: {told['words']}")
        connections = len(heard)
    reader.close()
    return tally.figures(reader.restarts) | {"connections": connections}


def by_the_door(path: Path, data: bytes) -> dict[str, object]:
    """The same by the one door, with a real child; the file on the disk must stay as it is."""
    path.write_bytes(data)
    before, start = hashlib.sha256(data).hexdigest(), _worked()
    opened: list[str] = []
    try:
        ending, words = "read", repr(read_table(path))
    except SourceError as error:
        ending, words = "refused", str(error)
    if hashlib.sha256(path.read_bytes()).hexdigest() != before:
        opened.append("the file itself was changed")
    path.unlink()
    return {"ending": ending, "words": words, "seconds": _worked() - start, "opened": opened}


def _worked() -> float:
    """Seconds of work done by this process and the children it has waited for: the machine may be busy besides."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """Somebody who listens at an address of this computer, and who has called."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, caller = server.accept()
                except OSError:
                    return
                heard.append(str(caller))
                connection.close()

        Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        server.shutdown(socket.SHUT_RDWR)


if __name__ == "__main__":
    answer(change_at_random, hand_made)
