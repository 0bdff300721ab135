"""The letters made for a contract: listed as they were made, with when they were sent and acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.pages.part_list import PartColumn, PartCommand, PartList
from desktop.session import Session
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.contracts import Contract
from storage.records.letters import Letter
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue


def _sent(letter: Letter, _today: date) -> Cell:
    if letter.acknowledged_on:
        return Cell(show_day(letter.sent_on) if letter.sent_on else "", note="acknowledged")
    return Cell(show_day(letter.sent_on)) if letter.sent_on else Cell("Not sent", "soft")


def _as_made(_reader: Reader, letter: Letter, _today: date) -> Sequence[WorkedValue]:
    """What a letter says stays as it was made, so it is shown and not typed in."""
    said = (("kind", "Kind", letter.kind), ("to", "To", letter.addressee), ("body", "Words", letter.body))
    made = show_day(letter.made_on) if letter.made_on else ""
    why = (
        f"Made on {made}. A letter stays as it was made, whatever changes later."
        if made
        else "Kept as it was made."
    )
    return [WorkedValue(key, label, words, why) for key, label, words in said if words]


def _write(parent: QWidget, session: Session, contract: Contract) -> None:
    """Write a letter on the contract."""
    from desktop.dialogs.write_letter import write_letter

    write_letter(parent.window(), session, contract)


def _preview(parent: QWidget, session: Session, letter: Letter) -> None:
    """Look at a letter as it was made, to print it or save it as a PDF."""
    from desktop.dialogs.print_preview import open_preview
    from storage.exchange.paper.print_letter import letter_paper

    open_preview(parent.window(), session, partial(letter_paper, session.store, letter.key), letter.title)


def _word_file(parent: QWidget, session: Session, letter: Letter) -> None:
    """Save a letter as a Word file."""
    from desktop.dialogs.save_word import ask_word
    from storage.exchange.paper.print_letter import letter_paper

    ask_word(parent.window(), session, letter_paper(session.store, letter.key))


LETTERS = PartList[Letter](
    cls=Letter,
    link="contract",
    title="Letters",
    columns=("title", "kind", "made_on", PartColumn("sent", "Sent", _sent)),
    groups=(Group("", ("sent_on", "method", "acknowledged_on")),),
    under=("kind", "made_on"),
    order=(Order("made_on", descending=True), Order("id", descending=True)),
    none="No letter has been written yet.",
    worked=_as_made,
    actions=(
        PartCommand("Preview and print…", _preview, "printer", reads=True),
        PartCommand("Save Word file…", _word_file, "file-text", reads=True),
    ),
    commands=(PartCommand[Contract]("Write a letter…", _write, "pen-nib"),),
)
