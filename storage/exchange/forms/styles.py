"""How a form looks: what is asked, and the framed cells that are filled in, which alone are not locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.checklists.parts import Kind
from storage.exchange.workbooks.styles import MONEY, QUIET

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_TEXT, _DAY = "@", "dd/mm/yyyy"
_FRAME: dict[str, object] = {
    "locked": False, "border": 1, "border_color": "#8A97A6", "text_wrap": True, "align": "left", "bg_color": "#FFFDF4",
}  # fmt: skip


class FormStyles:
    """The formats of one form, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.title = self._made(bold=True, font_size=16)
        self.strong, self.wrapped = self._made(bold=True), self._made(text_wrap=True)
        self.soft = self._made(**QUIET)
        self.heading = self._made(
            bold=True,
            font_color="#FFFFFF",
            bg_color="#2A5B9C",
            text_wrap=True,
            border=1,
            border_color="#DDE2E8",
        )
        self.section = self._made(bold=True, bg_color="#E3ECF7", font_size=12)
        self.label = self._made(bold=True, text_wrap=True)
        self.asked = self._made(text_wrap=True, bold=True, top=1, top_color="#DDE2E8")
        self.soft_wrapped = self._made(text_wrap=True, top=1, top_color="#DDE2E8", **QUIET)
        # Text that begins like a formula stays text, also when the cell is typed again.
        self.text = self._made(num_format=_TEXT, **_FRAME)
        self._day = self._made(num_format=_DAY, **_FRAME)
        self._money = self._made(num_format=MONEY, **_FRAME)
        self._number = self._made(num_format="General", **_FRAME)

    def of(self, kind: Kind) -> Format:
        """The look of the cell of an answer."""
        match kind:
            case Kind.DATE:
                return self._day
            case Kind.MONEY | Kind.MONEY_BY_YEAR:
                return self._money
            case Kind.NUMBER | Kind.PERCENT:
                return self._number
        return self.text

    def _made(self, **look: object) -> Format:
        return self._book.add_format(look)
