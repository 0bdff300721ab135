"""Places in the words of a letter, such as {provider}: read strictly, filled once, and never run as anything.

A place is a name between curly brackets on one line. What stands in for it is put in as it is: brackets inside
it are not read again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from storage.engine.errors import StorageError

_PLACE = re.compile(r"\{([^{}\n]*)\}")
_BRACKET = re.compile(r"[{}]")
_SHOWN = 24  # letters on either side of a bracket that has no partner
_KEPT = "Nothing was changed."

PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "provider": "The name of the provider, or of all providers.",
        "provider address": "The address kept for the provider.",
        "our organisation": "Your organisation, from My organisation and me.",
        "our address": "Your address for notices.",
        "my name": "Your name.",
        "my role": "Your role.",
        "today": "The date of the letter.",
        "contract": "The title of the contract.",
        "reference": "The reference of the contract.",
        "services": "The services it buys.",
        "start": "The first day of the contract.",
        "current end": "The end as things stand.",
        "maximum end": "The latest end, if every option is taken up.",
        "value": "The value to the current end.",
        "annual value": "The value of a year.",
        "clause": "The notice clause.",
        "notice period": "The notice you have to give.",
        "notice by": "The last day to give notice.",
        "serve by": "The working day by which to serve it.",
        "option length": "How long the next open option is.",
        "option value": "What the next open option adds.",
        "new end": "The end once the next open option is taken up.",
        "decide by": "The day by which to decide on the next open option.",
        "variation": "What the variation changes.",
        "variation number": "The number of the variation.",
        "variation from": "The day from which the variation is in force.",
        "variation value": "The change in value.",
        "breach": "What the performance notice is about.",
        "performance clause": "The clause of the performance notice.",
        "notice served on": "The day the performance notice was served.",
        "meeting by": "The last day for the meeting: ten operational days after the notice.",
        "procurement": "The procurement decision.",
        "regime": "The regime it falls under.",
        "process": "The process that was followed.",
        "award date": "The day of the decision.",
        "lifetime value": "The value over the whole life, as decided.",
        "standstill ends": "The last day of the standstill, by the count of the regime.",
    }
)
"""Every place there is, with what fills it."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Words with their places filled: which places there were, and which the file could not fill."""

    words: str
    used: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def fill(words: str, values: Mapping[str, str]) -> Filled:
    """Words with every place filled; one the file holds nothing for stands in square brackets, to be typed over.

    Raises `StorageError` that names a place nobody knows, with the nearest one that is known.
    """
    if wrong := problems(words):
        raise StorageError(f"{wrong[0]} {_KEPT}")
    used = tuple(dict.fromkeys(_name(match[1]) for match in _PLACE.finditer(words)))
    made = _PLACE.sub(lambda match: values.get(_name(match[1]), "") or gap(_name(match[1])), words)
    return Filled(made, used, tuple(name for name in used if not values.get(name)))


def gap(name: str) -> str:
    """What stands for a place that could not be filled."""
    return f"[{name}]"


def gaps_left(words: str) -> tuple[str, ...]:
    """The places that still stand in square brackets."""
    return tuple(name for name in PLACES if gap(name) in words)


def problems(words: str) -> tuple[str, ...]:
    """What is wrong with the places of a text, in sentences: unknown ones, and brackets without a partner."""
    found = []
    for match in _PLACE.finditer(words):
        if _name(match[1]) not in PLACES:
            found.append(_unknown(match[1]))
    rest = _PLACE.sub(lambda match: " " * len(match[0]), words)
    for bracket in _BRACKET.finditer(rest):
        near = words[max(0, bracket.start() - _SHOWN) : bracket.end() + _SHOWN].split("\n")
        shown = next((part for part in near if bracket[0] in part), bracket[0]).strip()
        found.append(f"A curly bracket has no partner, near “{shown}”.")
    return tuple(found)


def _unknown(written: str) -> str:
    name = _name(written)
    if not name:
        return "There is a place without a name: {}."
    near = get_close_matches(name, PLACES, n=1, cutoff=0.4)
    meant = f" Did you mean {{{near[0]}}}?" if near else " The list of places shows those there are."
    return f"There is no place {{{written.strip()}}}.{meant}"


def _name(written: str) -> str:
    """A name as the list has it: capitals, underscores and spare spaces do not matter."""
    return " ".join(written.replace("_", " ").split()).casefold()
