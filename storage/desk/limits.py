"""The limits of the law as this file keeps them; a limit it does not keep is taken as it comes with the program."""

from __future__ import annotations

from collections.abc import Iterable

from storage.engine.reading import Reader
from storage.records.planning import Threshold
from storage.rules.procurement import thresholds as rules
from storage.rules.procurement.reference import thresholds as shipped


def limits(reader: Reader) -> tuple[rules.Threshold, ...]:
    """The limits to go by."""
    return limits_of(reader.all(Threshold))


def limits_of(kept: Iterable[Threshold]) -> tuple[rules.Threshold, ...]:
    """Recorded limits, with those of the program for every key that is not among them."""
    mine = tuple(
        rules.Threshold(
            each.code, each.title, each.from_on, each.until, each.source, each.amount, each.figure
        )
        for each in kept
        if each.code
    )
    keys = {each.key for each in mine}
    return (*mine, *(each for each in shipped() if each.key not in keys))


def as_shipped() -> list[Threshold]:
    """The limits of the program as records, for a file that has none yet."""
    return [
        Threshold(
            title=each.title, code=each.key, amount=each.pence, figure=each.number, from_on=each.effective_from,
            until=each.effective_to, source=each.source,
        )
        for each in shipped()
    ]  # fmt: skip
