"""Memory is swept when nobody waits for it."""

import gc
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.sweeping import HAND_BACK, Sweeping


@pytest.fixture
def sweeping(qapp: QApplication) -> Iterator[Sweeping]:
    thresholds, interval = gc.get_threshold(), sys.getswitchinterval()
    made = Sweeping(qapp)
    yield made
    made.deleteLater()
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    sys.setswitchinterval(interval)


def test_workers_hand_over_quickly_and_no_sweep_of_everything_comes_by_itself(sweeping: Sweeping) -> None:
    assert sys.getswitchinterval() == pytest.approx(HAND_BACK)
    young, middle, everything = gc.get_threshold()
    assert young > 0 and middle < 100 < everything


def test_what_is_there_once_the_program_has_settled_is_not_looked_through_again(sweeping: Sweeping) -> None:
    assert sweeping.settled.isActive() and gc.get_freeze_count() == 0
    sweeping.settled.timeout.emit()
    assert gc.get_freeze_count() > 10_000
    assert sweeping.sweep()


def test_it_waits_while_a_dialog_is_open(sweeping: Sweeping, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.setModal(True)
    dialog.show()
    while_open = sweeping.sweep()
    dialog.close()
    assert not while_open and sweeping.sweep()
