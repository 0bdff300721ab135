"""How the register shows a contract: close dates, positions that want attention, money."""

from __future__ import annotations

from datetime import date
from typing import cast

from desktop.words import CLOSE_DAYS, days_words
from storage.engine.fields import Record
from storage.engine.values import show_day
from storage.records.contracts import Contract
from storage.rules.position import (
    AWARDED,
    CANCELLED,
    DRAFT,
    EXPIRED,
    NOTICE_SERVED,
    RUNNING_ON,
    TERMINATED,
)
from widgets.table_model import Cell

TONES = {RUNNING_ON: "red", NOTICE_SERVED: "amber", DRAFT: "blue", AWARDED: "blue"}
SETTLED = frozenset({EXPIRED, TERMINATED, CANCELLED, NOTICE_SERVED})  # no notice is left to give


def position_of(contract: Contract, today: date) -> str:
    """Where the contract stands, in a word."""
    return cast("str", Contract.FIELDS["position"].value_of(contract, today))


def position_cell(record: Record, today: date) -> Cell:
    """The ordinary state is quiet; a pill means: look at this."""
    word = position_of(cast("Contract", record), today)
    if tone := TONES.get(word):
        return Cell(word, tone, pill=True)
    return Cell(word, "soft")


def end_cell(record: Record, today: date) -> Cell:
    """The current end with how far it is."""
    contract = cast("Contract", record)
    if contract.ends is None:
        return Cell("Open-ended", "soft")
    return Cell(show_day(contract.ends), note=days_words(contract.ends, today))


def notice_cell(record: Record, today: date) -> Cell:
    """The last day to give notice: amber when it is close, quiet when it has passed."""
    contract = cast("Contract", record)
    day = contract.notice_by
    if day is None:
        return Cell()
    words = show_day(day)
    if position_of(contract, today) in SETTLED:
        return Cell(words, "soft")
    if day < today:
        return Cell(words, "soft", note="passed")
    close = (day - today).days <= CLOSE_DAYS
    return Cell(words, "amber" if close else "", note=days_words(day, today))
