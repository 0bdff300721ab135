"""The letters on a contract's tab: what was written, when and how it went out, and whether it was acknowledged."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.pages.part_list import PartCommand, PartList
from desktop.session import Session
from storage.engine.query import Order
from storage.records.contracts import Contract
from storage.records.letters import Letter
from widgets.form import Group

SENDING = Group("Its words and dates stay as they were made.", ("sent_on", "method", "acknowledged_on"))


def write(parent: QWidget, session: Session, contract: Contract) -> None:
    """Write a letter on the contract."""
    from desktop.dialogs.write_letter import write_letter

    write_letter(parent.window(), session, contract)


def preview(parent: QWidget, session: Session, letter: Letter) -> None:
    """Look at a letter as it was made, to print it or save it as a PDF."""
    from desktop.dialogs.print_preview import open_preview
    from storage.exchange.print_letter import letter_paper

    open_preview(parent.window(), session, partial(letter_paper, session.store, letter.key), letter.title)


def word_file(parent: QWidget, session: Session, letter: Letter) -> None:
    """Save a letter as a Word file."""
    from desktop.dialogs.save_word import ask_word
    from storage.exchange.print_letter import letter_paper

    ask_word(parent.window(), session, letter_paper(session.store, letter.key))


def _tone(letter: Letter, _today: date) -> str:
    return "soft" if letter.acknowledged_on else ""


LETTERS = PartList(
    cls=Letter,
    link="contract",
    title="Letters",
    columns=("title", "kind", "made_on", "sent_on", "method", "acknowledged_on"),
    under=("kind", "method"),
    groups=(SENDING,),
    order=(Order("made_on", descending=True),),
    none="No letter has been written yet.",
    tone=_tone,
    actions=(
        PartCommand("Preview and print…", preview, "printer", reads=True),
        PartCommand("Save Word file…", word_file, "file-text", reads=True),
    ),
    commands=(PartCommand("Write a letter…", write, "pen-nib"),),
)
