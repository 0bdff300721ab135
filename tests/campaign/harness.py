"""What the harnesses share: a process of their own, a quick folder, and children that may be killed."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from storage.engine.backup.backups import HOME
from tests.campaign.frame import Figure
from tests.campaign.rows import HERE

SHARDS: Final = (0, 1)  # a harness is run in parts that two processor cores can share
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a disk in memory, where there is one; folders in it are our own


def in_own_process(module: str, **asked: Figure) -> dict[str, Figure]:
    """Run a harness, which is a module of this folder, in a new Python; returns the figures it prints last."""
    command = [sys.executable, "-m", f"tests.campaign.{module}", json.dumps(asked)]
    done = subprocess.run(command, cwd=HERE.parent.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout[-4_000:]}\n{done.stderr[-8_000:]}"
    figures: dict[str, Figure] = json.loads(done.stdout.splitlines()[-1])
    return figures


def answer(*works: Callable[..., Mapping[str, Figure]]) -> None:
    """In that process: do what was asked (of several works, the one named) and print the figures."""
    asked = json.loads(sys.argv[1])
    named = {work.__name__: work for work in works}
    work = named[asked.pop("work", works[0].__name__)]
    print(json.dumps(dict(work(**asked))))


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder for the time being, on a disk in memory where there is one, and a home for the program in it."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as made:
        folder = Path(made)
        os.environ[HOME] = str(folder / "home")
        yield folder


class Child:
    """A copy of this process that does some work and tells what it has done, line by line, until it ends."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        self._reading, writing = os.pipe()
        sys.stdout.flush()
        self._number = os.fork()
        if self._number == 0:
            os.close(self._reading)
            _work(work, writing)
        os.close(writing)
        self._heard = b""

    def wait_for(self, words: str) -> None:
        """Wait until the child has said this, or has ended."""
        while words.encode() not in self._heard and (more := os.read(self._reading, 65_536)):
            self._heard += more

    def kill_after(self, seconds: float) -> list[str]:
        """Kill it after a while; returns all it said in whole lines."""
        time.sleep(seconds)
        os.kill(self._number, signal.SIGKILL)
        return self.finish()

    def finish(self) -> list[str]:
        """Wait for its end; returns all it said in whole lines."""
        while more := os.read(self._reading, 65_536):
            self._heard += more
        os.close(self._reading)
        _, self.status = os.waitpid(self._number, 0)
        return self._heard[: self._heard.rfind(b"\n") + 1].decode().splitlines()


def _work(work: Callable[[Callable[[str], None]], None], writing: int) -> None:
    status = 1
    try:
        work(lambda words: _say(writing, words))
        status = 0
    finally:
        if status:
            sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
        os._exit(status)


def _say(writing: int, words: str) -> None:
    os.write(writing, f"{words}\n".encode())
