"""What is brought in after the window is shown exists, and stops when the window closes."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.pages.shelf import PAGES
from desktop.session import Session
from desktop.warming import MODULES, Warming
from desktop.window import MainWindow
from storage.engine.opening import new_store


@pytest.mark.parametrize("name", MODULES)
def test_each_module_is_there(name: str) -> None:
    assert find_spec(name) is not None


def test_closing_the_window_stops_it(qtbot: QtBot, tmp_path: Path) -> None:
    session = Session(new_store(tmp_path / "file.desk"))
    window = MainWindow(session, PAGES)
    qtbot.addWidget(window)
    warming = Warming(window)
    running = [warming.running]
    window.close()
    running.append(warming.running)
    session.close()
    assert running == [True, False]
