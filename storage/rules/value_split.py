"""What a contract is worth: its core term, each option, what is agreed now, and all of it together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.rules.explained import Explained, Reason
from storage.rules.totals import Amount, Total, summed


class OptionState(StrEnum):
    """What has become of an option to extend."""

    AVAILABLE = "Available"
    TAKEN_UP = "Taken up"
    DECLINED = "Declined"
    LAPSED = "Lapsed"


@dataclass(frozen=True, slots=True)
class OptionValue:
    """What one option to extend adds, and what has become of it."""

    amount: Amount
    state: OptionState = OptionState.AVAILABLE


@dataclass(frozen=True, slots=True)
class ValueSplit:
    """The value of a contract in its parts.

    `current` is core and what was taken up; `reachable` adds the options that can still be taken up;
    `whole_life` is core and every option, also those given up, as the contract was let.
    """

    core: Total
    current: Total
    reachable: Total
    whole_life: Total


def value_split(core: Amount, options: Sequence[OptionValue] = ()) -> Explained[ValueSplit]:
    """The current and the whole-life value from the core value and that of each option.

    A part without a figure stays a gap in each total it belongs to.
    """
    first = core if core.label else Amount(core.pence, core.certainty, "Core term")
    named = [(option.state, _named(option.amount, number)) for number, option in enumerate(options, 1)]
    agreed = [first, *(amount for state, amount in named if state is OptionState.TAKEN_UP)]
    still_open = [amount for state, amount in named if state is OptionState.AVAILABLE]
    found = ValueSplit(
        core=summed([first]),
        current=summed(agreed),
        reachable=summed([*agreed, *still_open]),
        whole_life=summed([first, *(amount for _, amount in named)]),
    )
    why = f"Value without options: {found.current.words()}."
    if named:
        every = "the one option" if len(named) == 1 else f"all {len(named)} options"
        why = (
            f"Current value {found.current.words()}: the core term and {_options(len(agreed) - 1)} taken up. "
            f"Whole-life value {found.whole_life.words()}: the core term and {every}."
        )
    parts = tuple(Reason(f"{amount.words()} ({state.lower()}).") for state, amount in named)
    return Explained(found, why, (Reason(f"{first.words()}."), *parts))


def _named(amount: Amount, number: int) -> Amount:
    """The amount of an option, under its number where it has no name."""
    return amount if amount.label else Amount(amount.pence, amount.certainty, f"Option {number}")


def _options(count: int) -> str:
    """So many options in words."""
    return "no option" if count == 0 else "one option" if count == 1 else f"{count} options"
