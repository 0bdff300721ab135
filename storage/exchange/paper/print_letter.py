"""Puts a letter on paper as it was made, under the letterhead of today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storage.desk.correspondence.letters import Draft, dated
from storage.desk.office import office
from storage.desk.writing import found
from storage.engine.store import Store
from storage.engine.values import long_day
from storage.exchange.paper.papers_letter import LetterPaper, letter_blocks
from storage.exchange.paper.print_data import imprint_of
from storage.records.contracts import Contract
from storage.records.letters import Letter


def letter_paper(store: Store, letter_id: int) -> LetterPaper:
    """A letter that was made, with its words and its day as they were then."""
    letter = found(store, Letter, letter_id)
    contract = store.many(Contract, [letter.contract or 0]).get(letter.contract or 0)
    on = dated(letter) or store.today()
    reference = contract.reference if contract else ""
    return _paper(store, (letter.title, letter.addressee, letter.body), on, reference)


def draft_paper(store: Store, contract_id: int, draft: Draft, on: date) -> LetterPaper:
    """A letter that is still being worded."""
    contract = found(store, Contract, contract_id)
    return _paper(store, (draft.subject, draft.addressee, draft.body), on, contract.reference)


def _paper(store: Store, words: tuple[str, str, str], on: date, reference: str) -> LetterPaper:
    subject, addressee, body = words
    desk = office(store)
    # A letter carries its own day, and the person who writes it signs it in its words.
    imprint = replace(imprint_of(store, on), printed_by="")
    return LetterPaper(
        imprint=imprint,
        subject=subject or "Letter",
        addressee=_lines(addressee),
        day=long_day(on),
        blocks=letter_blocks(body),
        sender=_lines(desk.address),
        reference=reference,
    )


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())
