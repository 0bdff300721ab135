"""Where a recorded date of a contract and its term disagree: said under the date, with what the term says to take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from storage.engine.fields import Record
from storage.engine.values import show_day
from storage.records.contract_ends import term_of
from storage.records.contracts import Contract

_BY_TERM = {"initial_end": "first_end", "current_end": "end_by_term", "max_end": "max_by_term"}


def disagreements(contract: Contract) -> Iterator[tuple[str, str]]:
    """What does not fit together, by field: a term that cannot be read, and ends that are not those of the term."""
    if contract.term and (term := term_of(contract)).value is None:
        yield "term", term.why
    for name, day in _by_term(contract):
        yield name, f"The term comes to {show_day(day)}."


def offers(record: Record) -> Mapping[str, tuple[str, object]]:
    """What can be taken with one press, by field: the words to press, and the value."""
    if not isinstance(record, Contract):
        return {}
    return {name: (f"Use {show_day(day)}", day) for name, day in _by_term(record)}


def _by_term(contract: Contract) -> Iterator[tuple[str, date]]:
    """The ends that are recorded and differ from what the term comes to; a blank one follows the term anyway."""
    for name, derived in _BY_TERM.items():
        recorded, worked_out = getattr(contract, name), getattr(contract, derived)
        if isinstance(recorded, date) and isinstance(worked_out, date) and recorded != worked_out:
            yield name, worked_out
