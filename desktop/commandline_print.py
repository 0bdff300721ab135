"""The print verb: one page or form as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop.commandline_files import file_open
from storage.checklists.template import shipped_ids
from storage.desk.checklists.risk_board import board_of_contract, board_of_file
from storage.desk.lists.finding import find_contract, find_run, find_specification
from storage.desk.meeting.meeting_actions import pack_meeting
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.exchange.paper.papers import Paper
from storage.exchange.paper.print_checklist import blank_checklist, checklist_paper
from storage.exchange.paper.print_compare import compare_paper
from storage.exchange.paper.print_contract import contract_paper
from storage.exchange.paper.print_meeting_pack import meeting_pack
from storage.exchange.paper.print_money import inherited_paper, money_paper
from storage.exchange.paper.print_notices import notices_paper
from storage.exchange.paper.print_put_right import current_put_right
from storage.exchange.paper.print_risks import risks_paper
from storage.exchange.paper.print_specification import current_paper
from storage.exchange.paper.printing import write_pdf


def _checklist(store: Store, words: str) -> Paper:
    return checklist_paper(store, find_run(store, words).key)


def _specification(store: Store, words: str) -> Paper:
    return current_paper(store, find_specification(store, words).key)


def _compare(store: Store, words: str) -> Paper:
    return compare_paper(store, find_contract(store, words).key)


def _contract(store: Store, words: str) -> Paper:
    return contract_paper(store, find_contract(store, words).key)


def _contract_with_reasons(store: Store, words: str) -> Paper:
    return contract_paper(store, find_contract(store, words).key, reasons=True)


def _meeting_pack(store: Store, words: str) -> Paper:
    """The pack for the next meeting on a contract, or for the last one when none lies ahead."""
    contract = find_contract(store, words)
    meeting = pack_meeting(store, contract.key, store.today())
    if meeting is None:
        raise StorageError(f"No meeting is recorded on {contract.name}. Nothing was written. Add one first.")
    return meeting_pack(store, meeting.key)


def _notices(store: Store, words: str) -> Paper:
    return notices_paper(store, find_contract(store, words))


def _risks(store: Store, words: str) -> Paper:
    return risks_paper(store, board_of_contract(store, find_contract(store, words).key))


_MAKERS: dict[str, Callable[[Store, str], Paper]] = {
    "checklist": _checklist,
    "specification": _specification,
    "compare": _compare,
    "contract": _contract,
    "meeting-pack": _meeting_pack,
    "notices": _notices,
    "risks": _risks,
}
WITH_REASONS = {"contract": _contract_with_reasons}


def print_record(file: Path, what: str, words: str, out: Path, *, reasons: bool = False) -> int:
    """Print a record found by its reference or number; a contract, if asked for, with reasons."""
    make = (WITH_REASONS if reasons else _MAKERS).get(what)
    if make is None:
        raise StorageError("--reasons goes with a contract. Nothing was written.")
    with file_open(file, read_only=True) as store:
        write_pdf(make(store, words), out)
    print(out)
    return 0


def print_put_right(file: Path, owner: str, out: Path) -> int:
    """Print what is to be put right, of one owner where one is named."""
    with file_open(file, read_only=True) as store:
        write_pdf(current_put_right(store, owner), out)
    print(out)
    return 0


def print_risks(file: Path, out: Path) -> int:
    """Print every open risk on one matrix."""
    with file_open(file, read_only=True) as store:
        write_pdf(risks_paper(store, board_of_file(store)), out)
    print(out)
    return 0


def print_money(file: Path, what: str, out: Path, year: int | None) -> int:
    """Print the money of a financial year, of the one that runs where none is named; or the inherited contracts."""
    if what == "inherited" and year is not None:
        raise StorageError("--year goes with money. Nothing was written.")
    with file_open(file, read_only=True) as store:
        write_pdf(inherited_paper(store) if what == "inherited" else money_paper(store, year), out)
    print(out)
    return 0


def print_blank(template: str, out: Path, source: Path | None) -> int:
    """Print a blank form; with a file, under its organisation's name."""
    known = shipped_ids()
    if template not in known:
        raise StorageError(
            f"There is no template {template}. Nothing was written. There are {', '.join(known)}."
        )
    if source is None:
        write_pdf(blank_checklist(template, date.today()), out)
    else:
        with file_open(source, read_only=True) as store:
            write_pdf(blank_checklist(template, store.today(), store=store), out)
    print(out)
    return 0
