"""The sheet Read me: what the workbook holds, as at when, from which file, and what each column means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.engine.fields import Kind
from storage.engine.former import last_hash
from storage.engine.reading import Reader
from storage.engine.state import file_uuid
from storage.engine.values import show_money
from storage.exchange.workbooks.columns import MOST_REASONED, UUID_HEADING, Register
from storage.exchange.workbooks.kit import Kit
from storage.exchange.workbooks.styles import CLOSE_DAYS, LINE_POINTS, Styles, meaning, origin
from storage.exchange.workbooks.text import clean, lines, serial, write_text
from storage.records.reference import Desk

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

README = "Read me"  # the name of the sheet
_KINDS = {
    Kind.TEXT: "Text",
    Kind.NOTE: "Longer text",
    Kind.WHOLE: "Whole number",
    Kind.NUMBER: "Number",
    Kind.MONEY: "Pounds and pence",
    Kind.DAY: "Date",
    Kind.PERIOD: "Length of time",
    Kind.YESNO: "Yes or no",
    Kind.CHOICE: "A word from a list",
}


_LONG = (
    "A text longer than Excel takes stands in its cell by its beginning, and whole, in parts, on the sheet Long "
    "texts. Keep that sheet if the workbook is to be brought back."
)
_FOLDED = (
    "The sheet Contracts shows the columns of the view, up to {}. All others are folded away behind it: press the plus "
    "above the headings to open them. Leave them in place if the workbook is to be brought back."
)
_WIDTHS = (210, 150, 560, 190)  # pixels


@dataclass(frozen=True, slots=True)
class Imprint:
    """Whose register this is, and from which file."""

    organisation: str
    keeper: str
    marking: str
    file_name: str
    file_id: str
    step: str = ""  # the hash of the last step, by which the workbook is known when it comes back


def imprint(reader: Reader, file_name: str = "") -> Imprint:
    """The imprint as My organisation and me gives it; empty where nothing was said."""
    name, identity = file_name or reader.file.path.name, file_uuid(reader.conn)
    step, desk = last_hash(reader), next(iter(reader.all(Desk)), None)
    if desk is None:
        return Imprint("", "", "", name, identity, step)
    named = f"{desk.organisation} ({desk.code})" if desk.organisation and desk.code else desk.organisation
    keeper = ", ".join(filter(None, (desk.person, desk.role)))
    return Imprint(clean(named), clean(keeper), clean(desk.marking), name, identity, step)


def write_readme(
    sheet: Worksheet, register: Register, kit: Kit, whose: Imprint, chosen: str, total_pence: int
) -> None:
    """Write the sheet."""
    styles = kit.styles
    for index, width in enumerate(_WIDTHS):
        sheet.set_column_pixels(index, index, width)
    kit.pages.set(sheet, "Contract register – read me")
    sheet.write_string(0, 0, "About this workbook", styles.title)
    sheet.set_row(0, 24)
    row = _write_facts(sheet, register, styles, whose, chosen, total_pence)
    row = _write_advice(sheet, row + 1, register, styles)
    _write_columns(sheet, row + 1, register, styles)


def _write_facts(
    sheet: Worksheet, register: Register, styles: Styles, whose: Imprint, chosen: str, total_pence: int
) -> int:
    facts = (
        ("What it is", "The contract register: one row for each contract, on the sheet Contracts."),
        ("Which contracts", chosen),
        ("As at", serial(register.as_at) or ""),
        ("Contracts", register.rows),
        ("Current value in all", show_money(total_pence)),
        ("Organisation", whose.organisation),
        ("Kept by", whose.keeper),
        ("Marking", whose.marking),
        ("From the file", whose.file_name),
        ("File identity", whose.file_id),
        ("Made with", "Commissioning Desk"),
    )
    row = 2
    for label, said in facts:
        if said == "":
            continue
        sheet.write_string(row, 0, label, styles.label)
        if isinstance(said, int):
            sheet.write_number(row, 1, said, styles.day if label == "As at" else styles.count_left)
        else:
            write_text(sheet, row, 1, said)
        row += 1
    return row


def _write_advice(sheet: Worksheet, row: int, register: Register, styles: Styles) -> int:
    printed = register.find(register.printed) or register.columns[-2]
    advice = (
        "A blank cell means that nothing is recorded. Amounts are in pounds; VAT basis, where it is given, says "
        "whether VAT is in them.",
        "Worked-out columns and the words passed and close stand as at the date above. They do not move with the "
        "calendar: export again for a newer picture.",
        f"A colour only repeats a word in its cell: a position, an expiry band, or passed or close (within "
        f"{CLOSE_DAYS} days) behind a date.",
        "A note on a date says how it came about. "
        + (
            "It shows when the pointer rests on the cell."
            if register.whys
            else f"Notes are written for up to {MOST_REASONED:,} contracts: export a view of fewer to have them."
        ),
        "On the sheet Summary, figures follow the table when it is changed, save in blocks headed Figures as at.",
        *([_FOLDED.format(printed.heading)] if register.folded else []),
        f"Printing takes the columns up to {printed.heading}, which are readable on A4. For all of them, choose "
        "Page Layout, Print Area, Clear Print Area.",
        f"The hidden last column, {UUID_HEADING}, tells each contract from every other, in this file and any "
        "copy. Leave it in its row.",
        *([_LONG] if register.long else []),
    )
    sheet.write_string(row, 0, "How to read it", styles.part)
    for line in advice:
        row += 1
        sheet.merge_range(row, 0, row, 3, "", styles.wrapped)
        sheet.write_string(row, 0, line, styles.wrapped)
        sheet.set_row(row, LINE_POINTS * lines(line, sum(_WIDTHS)) + 3)
    return row + 1


def _write_columns(sheet: Worksheet, row: int, register: Register, styles: Styles) -> None:
    sheet.write_string(row, 0, "The columns of the sheet Contracts", styles.part)
    for place, words in enumerate(("Heading", "What it holds", "Meaning", "Where it comes from")):
        sheet.write_string(row + 1, place, words, styles.heading)
    for line, column in enumerate(register.columns, start=row + 2):
        field = column.field
        if field is None:
            said = (
                "Text",
                "The identity of the contract, the same in every copy and export.",
                "Set when the contract was made",
            )
        else:
            said = (_KINDS.get(field.kind, "Text"), meaning(field), origin(field))
        heights = [lines(words, w) for words, w in zip((column.heading, *said), _WIDTHS, strict=True)]
        sheet.set_row(line, LINE_POINTS * max(heights))
        sheet.write_string(line, 0, column.heading, styles.wrapped)
        for place, words in enumerate(said, start=1):
            if words:
                write_text(sheet, line, place, words, styles.wrapped)
