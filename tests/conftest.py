"""What every test is held to: off-screen windows, settings of its own, and nothing left running behind it."""

import gc
import multiprocessing
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from tests import network_guard
from tests.patient import PatientBot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt
os.environ["OPENPYXL_LXML"] = (
    "False"  # as the program has it for foreign bytes, before anything imports openpyxl
)

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - each test gets a folder of its own in it
ROOM = 2 * 1024**3
if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free >= ROOM:
    # The program waits until the disk holds each change, which proves nothing in a test and takes a third of its time.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

network_guard.begin()

# The everyday profile tries the same cases each time, so that a check passes or fails for a reason;
# `--hypothesis-profile=search` looks for new ones.
settings.register_profile(
    "everyday", max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "search", max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("everyday")

GRACE_SECONDS = 5.0
OWN_WINDOWS_OF_QT = {"QTipLabel"}


def pytest_collection_finish() -> None:
    """Leave what importing made out of what is looked through for timers after each test, and of every collection."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def settings_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's own preferences, logs and recent files are neither read nor written by a test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        for name in ("APPDATA", "LOCALAPPDATA"):
            if name in os.environ:
                patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture(scope="session", autouse=True)
def clipboard_let_go() -> Iterator[None]:
    """What a test copied is let go before Python ends, as the program does when it quits."""
    yield
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window, a running timer, a thread or a child process, or that used a network."""
    threads_before = set(threading.enumerate())
    uses_qt = "qapp" in request.fixturenames or "qtbot" in request.fixturenames
    windows_before = _windows() if uses_qt else {}
    timers_before = _running_timers() if uses_qt else {}
    yield
    leftovers = _threads_since(threads_before) + _child_processes()
    leftovers += [f"use of a network: {words}" for words in network_guard.reached]
    network_guard.reached.clear()
    if uses_qt:
        leftovers += _qt_leftovers(windows_before, timers_before)
    if leftovers:
        pytest.fail("left behind: " + "; ".join(leftovers), pytrace=False)


@pytest.fixture
def qtbot(qapp: "QApplication", request: pytest.FixtureRequest) -> QtBot:
    """What drives windows, and waits for them however much else the machine has to do."""
    return PatientBot(request)


@pytest.fixture
def project() -> Path:
    """The folder the project lies in."""
    return Path(__file__).resolve().parent.parent


def _threads_since(before: set[threading.Thread]) -> list[str]:
    end = time.monotonic() + GRACE_SECONDS
    new = [thread for thread in threading.enumerate() if thread not in before]
    for thread in new:
        # Threads Qt started show here as dummies once they have run Python; they cannot be joined.
        if not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, end - time.monotonic()))
    return [
        f"thread {thread.name}"
        for thread in new
        if thread.is_alive() and not isinstance(thread, threading._DummyThread)
    ]


def _child_processes() -> list[str]:
    return [f"process {child.name}" for child in multiprocessing.active_children()]


def _qt_leftovers(windows_before: dict[int, str], timers_before: dict[int, str]) -> list[str]:
    """Windows and timers that were not there before, once Qt has deleted what it was asked to."""
    from PySide6.QtCore import QThreadPool

    _delete_pending()
    found = _new(windows_before, _windows()) + _new(timers_before, _running_timers())
    if found:
        # What only a reference cycle keeps is not left behind.
        gc.collect()
        _delete_pending()
        found = _new(windows_before, _windows()) + _new(timers_before, _running_timers())
    if not QThreadPool.globalInstance().waitForDone(int(GRACE_SECONDS * 1000)):
        found.append("a job in the thread pool")
    return found


def _new(before: dict[int, str], now: dict[int, str]) -> list[str]:
    return [text for key, text in now.items() if key not in before]


def _delete_pending() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _windows() -> dict[int, str]:
    """Every window without a parent, by the address of its Qt object."""
    if "PySide6.QtWidgets" not in sys.modules:
        return {}
    from PySide6.QtWidgets import QApplication
    from shiboken6 import Shiboken

    return {
        Shiboken.getCppPointer(window)[0]: f"window {type(window).__name__} {window.windowTitle()!r}".rstrip(
            " '"
        )
        for window in QApplication.topLevelWidgets()
        if window.parent() is None and window.metaObject().className() not in OWN_WINDOWS_OF_QT
    }


def _running_timers() -> dict[int, str]:
    """Every timer and thread of Qt that Python holds and that runs, by the address of its Qt object."""
    if "PySide6.QtCore" not in sys.modules:
        return {}
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import Shiboken

    found = {}
    # Asked once a type, since a suite holds objects by the hundred thousand.
    runs_by_itself: dict[type, bool] = {}
    for thing in gc.get_objects():
        kind = type(thing)
        if kind not in runs_by_itself:
            runs_by_itself[kind] = issubclass(kind, QTimer | QThread)
        if not runs_by_itself[kind] or not Shiboken.isValid(thing):
            continue
        runs = thing.isActive() if isinstance(thing, QTimer) else thing.isRunning()
        if runs and thing is not QThread.currentThread():
            found[Shiboken.getCppPointer(thing)[0]] = f"running {kind.__name__} {thing.objectName()}".rstrip()
    return found
