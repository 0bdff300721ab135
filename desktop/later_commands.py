"""The commands few need, whose modules are brought in when one is first run, so that the window opens quickly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from desktop.commands import Run, when_asked
from desktop.window import MainWindow

if TYPE_CHECKING:
    from desktop.app import Desk

Runs = Mapping[str, Run]


def later_commands(desk: Desk, window: MainWindow) -> Runs:
    """Each of them with what it does."""
    made: dict[str, Run] = {}
    for keys, bring in _LATER.items():
        made |= when_asked(keys, partial(bring, desk, window))
    return made


def _packing(desk: Desk, window: MainWindow) -> Runs:
    from desktop.packing import Packing

    return Packing(desk, window).runs()


def _forgetting(desk: Desk, window: MainWindow) -> Runs:
    from desktop.forgetting import Forgetting

    return Forgetting(desk, window).runs()


def _open_data(desk: Desk, window: MainWindow) -> Runs:
    from desktop.open_data import OpenData

    return OpenData(desk.open, window).runs()


def _pipeline(_desk: Desk, window: MainWindow) -> Runs:
    from desktop.summarising import write_pipeline

    return {"file.pipeline": partial(write_pipeline, window)}


def _past(desk: Desk, window: MainWindow) -> Runs:
    from desktop.past import Past

    return Past(desk, window).runs()


def _papers(_desk: Desk, window: MainWindow) -> Runs:
    from desktop.paper_actions import PaperActions

    return PaperActions(window).runs()


def _texts(_desk: Desk, window: MainWindow) -> Runs:
    from desktop.text_actions import TextActions

    return TextActions(window).runs()


def _runs(_desk: Desk, window: MainWindow) -> Runs:
    from desktop.run_actions import RunActions

    return RunActions(window).runs()


def _since(_desk: Desk, window: MainWindow) -> Runs:
    from desktop.since_actions import SinceActions

    return SinceActions(window).runs()


def _meeting(_desk: Desk, window: MainWindow) -> Runs:
    from desktop.meeting_exports import MeetingExports

    return {"file.meeting": MeetingExports(window).ask}


def _lists(_desk: Desk, window: MainWindow) -> Runs:
    from desktop.list_exporting import ListExporting

    return ListExporting(window).runs()


def _bringing(_desk: Desk, window: MainWindow) -> Runs:
    from desktop.bringing import Bringing

    return Bringing(window).runs()


def _year(_desk: Desk, window: MainWindow) -> Runs:
    from desktop.dialogs.new_year import new_year

    return {"year.begin": partial(new_year, window)}


def _risks(_desk: Desk, window: MainWindow) -> Runs:
    def show() -> None:
        from desktop.dialogs.risk_matrix import matrix_of_file

        dialog = matrix_of_file(window, window.session)
        dialog.go.connect(window.go)
        dialog.open()

    return {"risks.matrix": show}


_LATER: Mapping[tuple[str, ...], Callable[[Desk, MainWindow], Runs]] = {
    ("file.pack", "file.removable", "file.unpack"): _packing,
    ("edit.forget",): _forgetting,
    ("file.open_data", "file.from_open_data"): _open_data,
    ("file.pipeline",): _pipeline,
    ("view.as_at",): _past,
    ("new.letter", "letters.templates", "meeting.pack"): _papers,
    ("list.export", "list.other"): _lists,
    ("print.since", "since.keep"): _since,
    ("file.meeting",): _meeting,
    ("edit.paste", "view.remembered"): _bringing,
    ("text.export", "text.compare", "text.import", "text.move", "text.outline"): _texts,
    ("run.send", "run.send_pdf", "run.export"): _runs,
    ("year.begin",): _year,
    ("risks.matrix",): _risks,
}
