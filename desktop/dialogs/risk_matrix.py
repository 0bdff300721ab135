"""All risks of a checklist, a contract or the file on one matrix, beside the table that says the same in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.dialogs.print_preview import PrintPreview, open_preview
from desktop.pages.checklist_fill import TONES as BANDS
from desktop.pages.checklist_fill import matrix_words
from desktop.pages.listed_rows import ListedRows
from desktop.pages.page import Place
from desktop.pages.part_list import part_place
from desktop.session import Session
from storage.desk.checklists.risk_board import (
    BoardRisk,
    RiskBoard,
    board_of_contract,
    board_of_file,
    board_of_run,
)
from storage.engine.steps import Changes
from storage.engine.values import show_day
from storage.records.running import Risk
from storage.rules.risk_movement import Way
from widgets.parts import button, col, pill, row, text
from widgets.risk_board import Pin, RiskBoardPicture, Square
from widgets.shown import set_title
from widgets.table_model import Cell, Column, RecordTable, Sort
from widgets.table_painter import FoldPlan
from widgets.table_view import RecordView

TITLE = "Risks on one matrix"
ARROWS = "An arrow comes from the square a risk was in; where there are many, choose a square."
NONE = "No risk is scored yet."
COLUMNS = (
    Column("number", "No.", 64),
    Column("words", "Risk", 300, stretch=True),
    Column("about", "Contract", 210),
    Column("score", "Score", 176),
    Column("moved", "Since last review", 148),
    Column("owner", "Owner", 140),
    Column("review", "Review", 108),
)
OF_RUN = ("number", "words", "score", "moved")
OF_CONTRACT = (*OF_RUN, "owner", "review")
OF_FILE = (*OF_CONTRACT, "about")
FOLD = FoldPlan("words", ("about", "owner"), label="Risk, and where", below=1180, least=300)
TONES = {Way.UP: "red", Way.DOWN: "green"}
SIZE = (1040, 760)


class RiskRows(ListedRows[BoardRisk]):
    """Risks as rows, as they were given until they are sorted."""

    def cells_of(self, one: BoardRisk) -> Mapping[str, Cell]:
        """Number, words, contract, place in words, how it moved, whose it is and when it is looked at again."""
        moved = one.movement
        return {
            "number": Cell(one.number),
            "words": Cell(one.words),
            "about": Cell(one.about, "soft"),
            "score": Cell(one.place.words),
            "moved": Cell(moved.short.capitalize(), TONES.get(moved.way, "soft")) if moved else Cell(),
            "owner": Cell(one.owner, "soft"),
            "review": Cell(show_day(one.review_on) if one.review_on else "", "soft"),
        }

    def sorted_by(self, one: BoardRisk, column: str) -> tuple[object, ...]:
        """Scores by their height, movements by how far, days by day; blanks last."""
        match column:
            case "number":
                return (len(one.number.split(".")[0]), one.number)
            case "score":
                return (one.place.points, one.place.consequence)
            case "moved":
                before = one.movement.before if one.movement else None
                return (before is None, one.place.points - before.points if before else 0)
            case "review":
                return (one.review_on is None, one.review_on.toordinal() if one.review_on else 0)
        words = str(getattr(one, column))
        return (not words, words.casefold())


class RiskMatrix(QDialog):
    """The picture above its table. A square shows only its risks; a row leads to where the risk is kept."""

    go = Signal(object)  # Place

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        board: Callable[[], RiskBoard],
        place: Callable[[BoardRisk], Place],
        columns: Sequence[str],
    ) -> None:
        """`columns` are those the table has; with that of the contract it folds to two lines."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, TITLE)
        self._session, self._make, self._place = session, board, place
        self.board = board()
        self._subject, self._counts = text("", "soft", wrap=True), text("", "strong", wrap=True)
        self._since, self._only = text("", "small", wrap=True), text("", "small", wrap=True)
        self.picture = RiskBoardPicture(matrix_words(self.board.scales))
        self.rows = RiskRows()
        self.model = RecordTable(self.rows, [column for column in COLUMNS if column.name in columns])
        self.view = RecordView(self.model, FOLD if "about" in columns else None)
        self.view.setAccessibleName("Risks on the matrix")
        self._print = button("Print…", icon_name="printer")
        self._lay_out()
        self.picture.chosen.connect(self._show_square)
        self.view.opened.connect(self.walk)
        self.view.clicked.connect(self._clicked)
        self.view.sort_changed.connect(self._sort)
        session.changed.connect(self._changed)
        self._square: Square | None = None
        self.draw()

    def _lay_out(self) -> None:
        close = button("Close", "primary")
        close.clicked.connect(self.accept)
        self._print.clicked.connect(self.print_board)
        self._bands = col(gap=6)
        side = col(self._counts, 6, self._bands, 6, self._since, 8, self._only, None, gap=6)
        whole = col(text(TITLE, "title"), self._subject, 6, margins=(24, 16, 24, 16), gap=6)
        top = row(self.picture, gap=24)
        top.addLayout(side, 1)
        whole.addLayout(top)
        whole.addWidget(self.view, 1)
        whole.addLayout(row(self._print, None, close))
        self.setLayout(whole)
        self.resize(*SIZE)

    def draw(self) -> None:
        """Draw the risks as they are now."""
        self.board = board = self._make()
        self._subject.setText(board.subject)
        self._counts.setText(board.words if board.risks or board.unscored else NONE)
        since = (
            f"Moved since the last review ({board.since}): ↑ up, which is worse; ↓ down. {ARROWS}"
            if board.since
            else ""
        )
        self._since.setText(since)
        self.picture.set_pins([_pin(risk) for risk in board.risks], matrix_words(board.scales))
        self._show_bands()
        self._print.setEnabled(bool(board.risks))
        self._show_square(self._square)

    def _show_bands(self) -> None:
        """Each band with its scores, whom it goes to, and how many risks are in it."""
        while (item := self._bands.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.deleteLater()
        for band in reversed(self.board.scales.bands):
            many = self.board.counts.get(band.name, 0)
            said = f"{band.lowest} to {band.highest}. Goes to: {band.escalate_to}" if band.escalate_to else ""
            line = QWidget()
            line.setLayout(
                row(
                    pill(f"{many} {band.name.lower()}", BANDS.get(band.colour, "")), text(said, "small"), None
                )
            )
            self._bands.addWidget(line)

    def _show_square(self, square: Square | None) -> None:
        self._square = square
        shown = self.board.risks if square is None else self.board.at(*square)
        self._only.setText(
            ""
            if square is None
            else f"Shown: likelihood {square[0]}, consequence {square[1]}. Esc shows all."
        )
        self.rows.show(shown)
        self.model.refill()

    def _changed(self, _changes: Changes) -> None:
        self.draw()

    def _sort(self, order: list[Sort]) -> None:
        self.rows.sort_by(order)
        self.model.refill()

    def _clicked(self, index: QModelIndex) -> None:
        number = self.model.id_at(index.row())
        if number is not None:
            self.walk(number)

    def walk(self, number: int) -> None:
        """Go to where a risk is kept."""
        place = self._place(self.rows.one(number))
        self.accept()
        self.go.emit(place)

    def print_board(self) -> PrintPreview:
        """Preview the matrix with its table."""
        from storage.exchange.paper.print_risks import risks_paper

        make = partial(risks_paper, self._session.store, self.board)
        return open_preview(self, self._session, make, f"Risks {self.board.subject}")


def _pin(risk: BoardRisk) -> Pin:
    """A risk as the picture has it."""
    moved = risk.movement
    before = moved.before.steps if moved and moved.before else None
    return Pin(risk.number, risk.place.steps, moved.way if moved else "", before)


def matrix_of_run(parent: QWidget, session: Session, run: int) -> RiskMatrix:
    """The risks of one checklist."""
    board = partial(board_of_run, session.store, run)
    return RiskMatrix(parent, session, board, lambda risk: Place("checklists", run, risk.question), OF_RUN)


def matrix_of_contract(parent: QWidget, session: Session, contract: int) -> RiskMatrix:
    """The open risks of one contract."""
    return RiskMatrix(
        parent, session, partial(board_of_contract, session.store, contract), _on_contract, OF_CONTRACT
    )


def matrix_of_file(parent: QWidget, session: Session) -> RiskMatrix:
    """Every open risk."""
    return RiskMatrix(parent, session, partial(board_of_file, session.store), _on_contract, OF_FILE)


def _on_contract(risk: BoardRisk) -> Place:
    return Place("contracts", risk.contract, part_place("risks", Risk(id=risk.risk)))
