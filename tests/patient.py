"""Waiting in tests of windows: a limit says when all hope is lost, and never measures how busy the machine is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import _WaitWidgetContextManager
    from pytestqt.wait_signal import SignalBlocker

HOPELESS = 60_000  # milliseconds: what has not come by then on a machine with much else to do never will


class PatientBot(QtBot):
    """The bot of pytest-qt, whose waits end as soon as what they wait for comes, and otherwise much later."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = HOPELESS) -> None:
        """Wait until the callback says so; a shorter limit than `HOPELESS` is lengthened to it."""
        super().waitUntil(callback, timeout=max(timeout, HOPELESS))

    def waitSignal(
        self,
        signal: SignalInstance,
        *,
        timeout: int = HOPELESS,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> SignalBlocker:
        """Wait until the signal comes; where it may not come (`raising=False`), the limit stands as it is given."""
        limit = timeout if raising is False else max(timeout, HOPELESS)
        return super().waitSignal(signal, timeout=limit, raising=raising, check_params_cb=check_params_cb)

    def waitExposed(self, widget: QWidget, *, timeout: int = HOPELESS) -> _WaitWidgetContextManager:
        """Wait until the window is on the screen."""
        return super().waitExposed(widget, timeout=max(timeout, HOPELESS))

    def waitActive(self, widget: QWidget, *, timeout: int = HOPELESS) -> _WaitWidgetContextManager:
        """Wait until the window takes what is typed."""
        return super().waitActive(widget, timeout=max(timeout, HOPELESS))
