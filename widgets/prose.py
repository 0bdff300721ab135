"""A column for reading long text: HTML made by the program, and nothing fetched or opened on its behalf."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from widgets.shown import QuietDocument
from widgets.theme import FACT, RECORD, SEMIBOLD, STRONG, Tokens, tokens

WIDEST = 760  # pixels at 100 %; longer lines are tiring to read
WIDEST_PICTURE = 640  # pixels; a column in a narrow window still shows all of it
HEADINGS = {1: RECORD, 2: FACT}  # sizes by level; the rest are as strong words


class Prose(QTextBrowser):
    """Formatted text as tall as it needs to be; put it in something that scrolls.

    `formatted` makes HTML of the text it is given. Pictures and style sheets named in it are never loaded, save
    for pictures that `pictures` gives; a link only says that it was clicked.
    """

    link_clicked = Signal(str)
    shares: Sequence[int] = ()  # per cent of the width for each column, in tables that have as many

    def __init__(
        self,
        formatted: Callable[[str], str],
        pictures: Callable[[str], bytes] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._formatted, self._markdown = formatted, ""
        self._drawn_in: Tokens | None = None  # the colours of what is shown
        self.setDocument(PictureDocument(self, pictures))
        self.setProperty("part", "prose")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMaximumWidth(WIDEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(22)
        self.anchorClicked.connect(self._on_link)

    def set_markdown(self, markdown: str) -> None:
        """Show another text."""
        self._markdown, self._drawn_in = markdown, tokens(self)
        self.document().setDefaultStyleSheet(_style(self._drawn_in))
        self.setHtml(self._formatted(markdown))
        _size_headings(self.document())
        at_once = QTextCursor(self.document())
        at_once.beginEditBlock()  # else every cell lays the whole text out anew
        for table in self.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                _rule(table, self.shares, tokens(self))
        at_once.endEditBlock()
        self._settle()

    def markdown(self) -> str:
        """The text as it was given."""
        return self._markdown

    def sizeHint(self) -> QSize:
        return QSize(WIDEST, self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Being put into a window changes its palette too, though no colour.
        if event.type() == QEvent.Type.PaletteChange and tokens(self) != self._drawn_in:
            self.set_markdown(self._markdown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # what it lies in scrolls

    def _settle(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(round(self.document().size().height()) + 6)

    def _on_link(self, url: QUrl) -> None:
        self.link_clicked.emit(url.toString())


class PictureDocument(QuietDocument):
    """Draws the pictures it is given, no wider than the column; it loads none by itself."""

    def __init__(self, parent: QObject, pictures: Callable[[str], bytes] | None) -> None:
        super().__init__(parent)
        self._pictures = pictures

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture by its address, or what a quiet document gives."""
        image = QImage()
        if self._pictures is not None and kind == QTextDocument.ResourceType.ImageResource.value:
            image = QImage.fromData(self._pictures(QUrl(name).toString()))
        if image.isNull():
            return super().loadResource(kind, name)
        if image.width() <= WIDEST_PICTURE:
            return image
        return image.scaledToWidth(WIDEST_PICTURE, Qt.TransformationMode.SmoothTransformation)


def _size_headings(document: QTextDocument) -> None:
    """Give headings the program's sizes; the rich-text engine has its own for them, whatever a style says."""
    cursor, block = QTextCursor(document), document.begin()
    while block.isValid():
        level, place = block.blockFormat().headingLevel(), block.begin()
        while level and not place.atEnd():
            piece = place.fragment()
            sized = piece.charFormat()
            sized.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            sized.setProperty(QTextFormat.Property.FontPixelSize, HEADINGS.get(level, STRONG))
            sized.setFontWeight(SEMIBOLD)
            cursor.setPosition(piece.position())
            cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(sized)
            place += 1
        block = block.next()


def _rule(table: QTextTable, shares: Sequence[float], colours: Tokens) -> None:
    """As wide as the text, with a hairline under each row, and columns that agree from table to table."""
    made = table.format()
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    made.setBorderCollapse(True)
    if len(shares) != table.columns():
        shares = [_share(table, column) for column in range(table.columns())]
    if table.columns() > 1:
        whole = sum(shares)
        shares = [100 * share / whole for share in shares]
        made.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, s) for s in shares])
    table.setFormat(made)
    for line in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(line, column)
            ruled = cell.format().toTableCellFormat()
            ruled.setBottomBorder(1)
            ruled.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            ruled.setBottomBorderBrush(colours.colour("line"))
            cell.setFormat(ruled)


def _share(table: QTextTable, column: int) -> int:
    """The share of a column: as its longest cell within limits, and no narrower than its longest usual word."""
    cells = [table.cellAt(line, column) for line in range(table.rows())]
    words = [cell.firstCursorPosition().block().text() for cell in cells]
    longest = max((len(word) for cell in words for word in cell.split()), default=0)
    return max(min(36, max(8, *map(len, words), 8)), min(20, longest) + 4)


def _style(colours: Tokens) -> str:
    """How the parts of a text look; the rich-text engine knows pixels and per cent only."""
    return f"""
        p, li, td, th, blockquote {{ font-size: 14px; line-height: 140%; color: {colours.text}; }}
        p {{ margin: 0 0 8px 0; }} li {{ margin: 0 0 4px 0; }}
        h1, h2, h3, h4, h5, h6 {{ margin: 12px 0 6px 0; color: {colours.text}; }}
        ul, ol {{ margin: 0 0 8px 0; }}
        a {{ color: {colours.accent}; }} code, pre {{ background: {colours.sunken}; }}
        .in {{ background-color: {colours.ins_bg}; }} .out {{ background-color: {colours.del_bg}; }}
        th {{ font-weight: 600; text-align: left; }} td, th {{ padding: 4px 12px 4px 0; }}
    """
