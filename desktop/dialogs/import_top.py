"""The first rows of a file as they stand in it, to see and to say in which the headings are."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout, QWidget

from storage.exchange.tables.sheet import Sheet, as_shown
from widgets.parts import button, row, text
from widgets.theme import tokens

Index = QModelIndex | QPersistentModelIndex
_MOST_COLUMNS = 60
_NOWHERE = QModelIndex()
_WIDE = 150  # pixels of a column
_SHOWN = 120  # letters of a cell


class TopPanel(QWidget):
    """A row is clicked to say that the headings stand in it."""

    header_chosen = Signal(int)  # the row's number; 0 for a table without headings
    fill_chosen = Signal(bool)  # whether merged cells are to be filled down

    def __init__(self) -> None:
        super().__init__()
        self._model = _Top()
        self._filled = False
        self.view = QTableView()
        self.view.setModel(self._model)
        self.view.setObjectName("records")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName("The first rows of the file")
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setWordWrap(False)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().setDefaultSectionSize(28)
        self.view.horizontalHeader().setDefaultSectionSize(_WIDE)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.clicked.connect(lambda index: self._choose(index.row()))
        self.view.activated.connect(lambda index: self._choose(index.row()))
        self.view.verticalHeader().sectionClicked.connect(self._choose)
        self._said = text("", "soft", wrap=True)
        self.without = button("There are no headings")
        self.without.clicked.connect(lambda: self.header_chosen.emit(0))
        self.fill = button("Fill merged cells down")
        self.fill.clicked.connect(lambda: self.fill_chosen.emit(not self._filled))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head = row(gap=16, margins=(24, 12, 24, 12))
        head.addWidget(self._said, 1)
        head.addWidget(self.fill)
        head.addWidget(self.without)
        whole.addLayout(head)
        whole.addWidget(self.view, 1)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the first rows of another table."""
        self._model.show_sheet(sheet)
        if sheet.doubtful:
            words = "No row looks like headings. Click the row they stand in, or say that there are none."
        elif sheet.header_row:
            rows = " and ".join(f"{number:,}" for number in sheet.heads)
            which = f"rows {rows}" if len(sheet.heads) > 1 else f"row {rows}"
            words = f"The headings stand in {which}. If they stand elsewhere, click that row."
        else:
            words = "The columns are numbered. If the headings stand in a row, click it."
        self._said.setText(words)
        self._filled = sheet.filled
        self.fill.setVisible(sheet.merged > 0)
        self.fill.setText("Leave merged cells as they are" if sheet.filled else "Fill merged cells down")
        self.without.setVisible(sheet.header_row != 0)
        place = self._model.header_place
        if place >= 0:
            self.view.setCurrentIndex(self._model.index(place, 0))

    def _choose(self, place: int) -> None:
        number = self._model.number(place)
        if number != self._model.header_row or self._model.doubtful:
            self.header_chosen.emit(number)


class _Top(QAbstractTableModel):
    """The rows, with the file's own numbers at their left and letters above the columns."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
        self._wide = 0
        self.header_row, self.header_place, self.doubtful = 0, -1, False
        self._heads: frozenset[int] = frozenset()
        self._bold = QFont()
        self._bold.setWeight(QFont.Weight.DemiBold)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the first rows of another table."""
        self.beginResetModel()
        self._rows = tuple(
            (number, tuple(" ".join(as_shown(c).split())[:_SHOWN] for c in cells[:_MOST_COLUMNS]))
            for number, cells in sheet.top
        )
        self._wide = max((len(cells) for _, cells in self._rows), default=0)
        self.header_row, self.doubtful = sheet.header_row, sheet.doubtful
        numbers = [number for number, _ in self._rows]
        self.header_place = numbers.index(sheet.header_row) if sheet.header_row in numbers else -1
        self._heads = frozenset(i for i, number in enumerate(numbers) if number in sheet.heads)
        self.endResetModel()

    def number(self, place: int) -> int:
        """The number in the file of a row shown."""
        return self._rows[place][0]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._wide

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell; those of the headings stand out, and what is above them steps back."""
        cells = self._rows[index.row()][1]
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()] if index.column() < len(cells) else ""
        is_header = index.row() in self._heads and not self.doubtful
        if role == Qt.ItemDataRole.FontRole and is_header:
            return self._bold
        if role == Qt.ItemDataRole.BackgroundRole and is_header:
            return tokens().colour("accent_soft")
        if role == Qt.ItemDataRole.ForegroundRole and index.row() < min(self._heads, default=0):
            return tokens().colour("text2")
        if role == Qt.ItemDataRole.AccessibleTextRole and is_header:
            return f"Heading: {cells[index.column()] if index.column() < len(cells) else ''}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return str(self.number(section)) if orientation == Qt.Orientation.Vertical else _letters(section)


def _letters(place: int) -> str:
    """The letters a spreadsheet has above a column."""
    made = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        made = chr(65 + left) + made
    return made
