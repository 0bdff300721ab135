"""Waiting for a slow disk or network on a thread of its own, so that the window stays alive meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Generator
from threading import Event, Thread
from typing import TypeVar

from storage.engine.steps import Progress

T = TypeVar("T")
_AT_ONCE = 0.005  # seconds in which most of it is done, so that no turn is needed
_TURN = 0.001  # seconds waited after that before the window has its turn again


def away(do: Callable[[Event], T], doing: str) -> Generator[Progress, None, T]:
    """Do something that touches no open file on another thread; errors come back as they are.

    When the work is given up the event is set. The thread is then left to notice, since a dead share may hold it.
    """
    stopped, made, failed = Event(), list[T](), list[BaseException]()

    def run() -> None:
        try:
            made.append(do(stopped))
        except BaseException as error:  # noqa: BLE001 - it is raised again below
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        thread.join(_AT_ONCE)
        while thread.is_alive():
            yield Progress(0, 0, doing, rest=True)
            thread.join(_TURN)
    finally:
        stopped.set()
    if failed:
        raise failed[0]
    return made[0]
