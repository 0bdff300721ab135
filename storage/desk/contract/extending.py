"""Options to extend a contract: made from its term, taken up or declined, with the ends and the value that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from storage.desk.writing import held, joined_step
from storage.engine.conditions import Where
from storage.engine.errors import Refused
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.store import Store, with_values
from storage.records.contract_ends import AVAILABLE, TAKEN_UP, notice_terms, term_of
from storage.records.contracts import Contract
from storage.records.terms import Extension
from storage.rules.options import Extendable, Option, OptionDates, current_end, maximum_end, option_dates
from storage.rules.value_split import OptionState

DECLINED = str(OptionState.DECLINED)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision on an option leads to: the contract before and after it, and how its end comes about."""

    before: Contract
    after: Contract
    why: str


def options_of(reader: Reader, contract: int) -> list[Extension]:
    """The options of a contract that have a length, in the order in which they follow one another."""
    found = reader.all(Extension, Query((Where("contract", "is", (contract,)),)))
    dated = [each for each in found if each.length is not None]
    return sorted(dated, key=lambda each: (each.position or 0, each.key))


def called(extension: Extension) -> str:
    """What to call an option: by its name, else by its length."""
    return extension.title or (f"the option of {extension.length}" if extension.length else "the option")


def missing_options(reader: Reader, contract: Contract) -> list[Extension]:
    """The options a readable term names beyond those recorded, not saved yet."""
    term = term_of(contract).value
    have = len(reader.ids(Extension, Query((Where("contract", "is", (contract.key,)),))))
    lengths = term.options[have:] if term else ()
    return [
        Extension(contract=contract.key, position=have + number, length=length)
        for number, length in enumerate(lengths, 1)
    ]


def add_options(store: Store, contract: Contract) -> list[Extension]:
    """Record the options the term names, as one step. Raises `Refused` when it names no more than are recorded."""
    made = missing_options(store, contract)
    if not made:
        raise Refused("The term names no option that is not recorded yet. Nothing was changed.")
    with joined_step(store, f"Create the options of {contract.name} from its term"):
        return store.save_many(made)


def dates_of(reader: Reader, contract: Contract, today: date) -> dict[int, OptionDates]:
    """What each option comes to today, by its id: its end, its day to decide by, whether it has lapsed.

    Options that are in a recorded end already, which the term does not lead to, are left out.
    """
    options = options_of(reader, contract.key)
    term, counted = _extendable(contract, options, options)
    found = option_dates(term, notice_terms(contract, "commissioner"), None, today)
    return {option.key: dates for option, dates in zip(counted, found, strict=True)}


def decide(reader: Reader, extension: Extension, status: str) -> Decided:
    """What the contract becomes when an option is taken up or declined. Raises `StorageError` when it is gone.

    A recorded current end moves by the option, counted from the original start where the term is known; a blank
    one follows by itself. The latest end moves where it was that of the options, and is never before the current
    one. The value grows by what the option adds.
    """
    contract = reader.get(Contract, extension.contract or 0)
    options = options_of(reader, contract.key)
    later = [replace(o, status=status) if o.id == extension.id else o for o in options]
    was, becomes = (_extendable(contract, each, options)[0] for each in (options, later))
    end, latest = current_end(becomes), maximum_end(becomes)
    values: dict[str, date | int | bool | None] = {}
    if status == TAKEN_UP:
        values["extended"] = True
        if contract.current_end is not None and end.value is not None:
            values["current_end"] = end.value
        if contract.current_value is not None and extension.value is not None:
            values["current_value"] = contract.current_value + extension.value
    moved = values.get("current_end", contract.current_end)
    if contract.max_end is not None and latest.value is not None:
        top = latest.value if contract.max_end == maximum_end(was).value else contract.max_end
        values["max_end"] = max(top, moved) if isinstance(moved, date) else top
    return Decided(contract, with_values(contract, values), end.why if status == TAKEN_UP else latest.why)


def settle(store: Store, extension: Extension, status: str, decided_on: date | None, authority: str) -> None:
    """Take an option up or decline it, as one step. Raises `Refused` when it was decided before."""
    now = held(store, Extension, extension.key)
    if now.status != AVAILABLE:
        raise Refused(f"This option is no longer open: {now.status.lower()}. Nothing was changed.")
    decided = decide(store, now, status)
    word = "Take up" if status == TAKEN_UP else "Decline"
    with joined_step(store, f"{word} {called(now)} of {decided.before.name}"):
        store.save(replace(now, status=status, decided_on=decided_on, authority=authority))
        if decided.after != decided.before:
            store.save(decided.after)


def _option(extension: Extension) -> Option:
    if extension.length is None:
        raise ValueError("an option without a length")
    return Option(extension.length, extension.status, extension.decide_by, extension.title)


def _extendable(
    contract: Contract, options: Sequence[Extension], recorded: Sequence[Extension]
) -> tuple[Extendable, Sequence[Extension]]:
    """A contract as the rule of options takes it, and the options it counts.

    Counted from the start and the term where these lead, with the options as they are recorded, to the end that is
    recorded; else from the first end; else from the recorded end itself, which contains the options taken up.
    """
    term = term_of(contract).value
    core = term.core if term else None
    counted = Extendable(contract.start, core, tuple(map(_option, options)), contract.initial_end)
    as_recorded = current_end(replace(counted, options=tuple(map(_option, recorded)))).value
    if contract.current_end is None or as_recorded == contract.current_end:
        return counted, options
    fresh = [o for o, was in zip(options, recorded, strict=True) if was.status != TAKEN_UP]
    return Extendable(contract.start, None, tuple(map(_option, fresh)), contract.current_end), fresh
