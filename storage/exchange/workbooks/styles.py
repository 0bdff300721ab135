"""How the workbook looks: number formats, colours that only repeat words, and what each worked-out column means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.engine.fields import Field, Kind
from storage.rules.kpis import AMBER as AMBER_RATING
from storage.rules.kpis import GREEN as GREEN_RATING
from storage.rules.kpis import RED as RED_RATING
from storage.rules.position import (
    AWARDED,
    BANDS,
    CANCELLED,
    DRAFT,
    EXPIRED,
    NOTICE_SERVED,
    RUNNING_ON,
    TERMINATED,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

DAY, MONEY, WHOLE = "dd mmm yyyy", "£#,##0.00", "0"
LINE_POINTS = 15  # the height of one line
CLOSE_DAYS = 60  # a last day to give notice that is this near is close
WRAPPED = frozenset({"title", "provider_name"})  # on paper no word of these may be cut off

RED: dict[str, object] = {"font_color": "#A3262B", "bg_color": "#FBE9E8"}
AMBER: dict[str, object] = {"font_color": "#744700", "bg_color": "#FCF0D9"}
BLUE: dict[str, object] = {"font_color": "#2A5B9C", "bg_color": "#E3ECF7"}
GREEN: dict[str, object] = {"font_color": "#1B5E3B", "bg_color": "#E3F3EA"}
QUIET: dict[str, object] = {"font_color": "#4A5666"}
_ACCENT, _WHITE, _LINE = "#2A5B9C", "#FFFFFF", "#DDE2E8"

RATING_COLOURS: dict[str, dict[str, object]] = {RED_RATING: RED, AMBER_RATING: AMBER, GREEN_RATING: GREEN}
WORD_COLOURS: dict[str, dict[str, dict[str, object]]] = {
    "position": {RUNNING_ON: RED, NOTICE_SERVED: AMBER, DRAFT: BLUE, AWARDED: BLUE},
    "expiry_band": {EXPIRED: QUIET, BANDS[1]: AMBER},
    "kpi_rating": RATING_COLOURS,
}
"""Columns whose cells are coloured by the word they hold."""

SETTLED = (EXPIRED, NOTICE_SERVED, TERMINATED, CANCELLED)  # no notice is left to give

MEANINGS = {
    "provider_name": "The organisations whose role in the contract is provider.",
    "notice_by": (
        "The current end less the commissioner’s notice period: the last date by the clause, which may be a "
        f"Sunday. It says “passed” when it lies before the as-at date and “close” within {CLOSE_DAYS} days of "
        "it, unless the contract has ended or notice was served."
    ),
    "serve_by": (
        "The last working day on or before the last day to give notice, less the days to spare set in My "
        "organisation and me. It says “passed” or “close” in the same way."
    ),
    "provider_notice_by": "The current end less the provider’s notice period.",
    "ends": "The end that counts: of a contract that rolls over, the end of the period it is in.",
    "agreed_end": "The current end as recorded; otherwise the end that follows from the term and the options taken up.",
    "first_end": "The start plus the first term, less one day.",
    "end_by_term": "The start plus the first term and the options taken up, less one day.",
    "max_by_term": "The start plus the first term and every option taken up or still open, less one day.",
    "guidance_notice_by": "Three months before the end, for voluntary and community providers. Guidance only.",
    "extend_by": "Counted back from the last day to take up the next option through meeting and papers.",
    "start_by": "Counted back from the end through mobilisation, standstill, tender, meeting and papers.",
    "act_by": "The day to start deciding on the open option; without one, the day to start buying again.",
    "decide_by": "The meeting to decide on the open option; without one, on buying again.",
    "value_with_options": "The current value with the values of the options still open.",
    "kpi_rating": "The worst rating among the measures of the contract.",
    "annualised": "The current value spread evenly over the months from the start to the current end.",
    "position": (
        "Where the contract stood on the as-at date: its dates, and the status a person set, decide. "
        "Open-ended means that no end is recorded."
    ),
    "expiry_band": "How far off the current end was on the as-at date, in calendar months.",
}
"""What a worked-out column means, by the name of its field."""


def meaning(field: Field) -> str:
    """What a column means, in a sentence; empty when its heading says all."""
    return MEANINGS.get(field.name, "") or field.help


def origin(field: Field) -> str:
    """Where the values of a column come from."""
    if field.from_today:
        return "Worked out for the as-at date"
    if field.derived:
        return "Worked out"
    return "A field of your own" if field.own else "Typed or imported"


DEFAULT_LOOK = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
"""What every cell looks like that brings no format: short cells stand level with the first line of long ones."""


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.wrapped = self._made(text_wrap=True)
        self.quoted = self._made(quote_prefix=True)
        self.quoted_wrapped = self._made(quote_prefix=True, text_wrap=True)
        self.day = self._made(num_format=DAY, align="left")
        # A little room on the right, or the amount runs into the words of the next column.
        self.money = self._made(num_format=MONEY, align="right", indent=1)
        self.whole = self._made(num_format=WHOLE)
        self.count = self._made(num_format="#,##0", align="right", indent=1)
        self.number = self._made(align="right", indent=1)
        self.count_left = self._made(num_format="#,##0", align="left")
        heading: dict[str, object] = {"bold": True, "font_color": _WHITE, "bg_color": _ACCENT, "border": 1}
        self.heading = self._made(text_wrap=True, border_color=_LINE, **heading)
        self.heading_right = self._made(
            text_wrap=True, border_color=_LINE, align="right", indent=1, **heading
        )
        self.title = self._made(bold=True, font_size=16)
        self.cover = self._made(bold=True, font_size=22, font_color=_ACCENT)
        self.marking = self._made(bold=True, font_color="#A3262B", text_wrap=True)
        self.link = self._made(font_color=_ACCENT, underline=1)
        self.part = self._made(bold=True, font_size=12, font_color=_ACCENT)
        self.label = self._made(bold=True)
        self.soft = self._made(**QUIET)
        total: dict[str, object] = {"bold": True, "top": 1}
        self.total = self._made(**total)
        self.total_count = self._made(num_format="#,##0", align="right", indent=1, **total)
        self.total_money = self._made(num_format=MONEY, align="right", indent=1, **total)

    def of(self, field: Field | None) -> Format | None:
        """The format of a column; None is the look of every cell."""
        if field is None:
            return None
        if field.name in WRAPPED:
            return self.wrapped
        by_kind = {Kind.DAY: self.day, Kind.MONEY: self.money, Kind.WHOLE: self.whole}
        return by_kind.get(field.kind)

    def quoted_of(self, field: Field | None) -> Format:
        """The format of a text that Excel might take for a formula when it is typed again."""
        return self.quoted_wrapped if field and field.name in WRAPPED else self.quoted

    def colour_words(
        self, sheet: Worksheet, cells: tuple[int, int, int, int], colours: dict[str, dict[str, object]]
    ) -> None:
        """Colour each of some cells, from a row and column to another, by the word it holds."""
        for words, look in colours.items():
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{words}"',
                "format": self.conditional(look),
            }
            sheet.conditional_format(*cells, rule)

    def conditional(self, look: dict[str, object], num_format: str = "") -> Format:
        """The change a conditional format makes to a cell."""
        return self._book.add_format(look | ({"num_format": num_format} if num_format else {}))

    def _made(self, **look: object) -> Format:
        return self._book.add_format(look)
