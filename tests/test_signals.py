"""Signals go on working after thousands of emissions, which one release of Qt for Python did not manage."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

EMISSIONS = 5_000


class Bell(QObject):
    """Says that something happened, in each of the ways the program does."""

    rang = Signal()
    counted = Signal(int)
    judged = Signal(bool)
    told = Signal(object)


class Listener(QObject):
    """Keeps what it heard."""

    def __init__(self) -> None:
        super().__init__()
        self.rings = 0
        self.heard: list[object] = []

    @Slot()
    def ring(self) -> None:
        """Count a signal without a value."""
        self.rings += 1

    def hear(self, value: object) -> None:
        """Keep a signal's value."""
        self.heard.append(value)


def test_five_thousand_signals_each_arrive(qapp: QApplication) -> None:
    bell, listener = Bell(), Listener()
    bell.rang.connect(listener.ring)
    for signal in (bell.counted, bell.judged, bell.told):
        signal.connect(listener.hear)
    for number in range(EMISSIONS):
        bell.rang.emit()
        bell.counted.emit(number)
        bell.judged.emit(True)
        bell.told.emit(("contract", number))
    assert listener.rings == EMISSIONS
    assert listener.heard[-3:] == [EMISSIONS - 1, True, ("contract", EMISSIONS - 1)]
    assert len(listener.heard) == 3 * EMISSIONS
