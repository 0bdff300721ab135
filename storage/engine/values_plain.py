"""Reading the plainest cells: whole numbers, yes or no, counting words, and the error every reader raises."""

from __future__ import annotations

import re
from decimal import Decimal

LARGEST = 2**63 - 1
"""The largest whole number the file can hold (a 64-bit integer)."""

_TOO_LONG = 80


def storable(words: str) -> str:
    """The words with a question mark for each half of a character that was pasted alone: no file can hold one."""
    return words.encode("utf-8", "replace").decode("utf-8")


_ODD_CHARACTERS = str.maketrans(
    {
        "\u2212": "-",  # minus sign
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2019": "'",
        "\u2018": "'",
        "\u200b": "",
        "\ufeff": "",
    }
)
_WHOLE = re.compile(r"([+-]?)(\d{1,19}|\d{1,3}(?:,\d{3}){1,6})(?:\.0{1,20})?", re.ASCII)
_NUMBER = re.compile(r"([+-]?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})?(?:\.(\d{1,10}))? ?%?", re.ASCII)
_YES = frozenset({"yes", "y", "true", "t", "1", "1.0", "on", "\u2713", "\u2714"})
_NO = frozenset({"no", "n", "false", "f", "0", "0.0", "off", "\u2717", "\u2718"})
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *(
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ),
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


class Unreadable(ValueError):
    """A text that cannot be read as the value wanted; `str()` says why, in words fit to show."""


def tidy(text: str, longest: int = _TOO_LONG) -> str:
    """The text with outer spaces gone, runs of any space made one, and odd dashes made plain.

    Raises Unreadable when nothing is left, or when there is too much (over `longest` characters) for one value.
    """
    plain = " ".join(text.split())
    if not plain.isascii():
        plain = " ".join(plain.translate(_ODD_CHARACTERS).split())
    if not plain:
        raise Unreadable("There is nothing here to read.")
    if len(plain) > longest:
        raise Unreadable("This is a passage of text, not a single value.")
    return plain


def read_whole(text: str) -> int:
    """A whole number: `12`, `1,234`, `-3`, `(3)`, `12.0`. Raises Unreadable for anything else."""
    plain = tidy(text)
    bracketed = plain.startswith("(") and plain.endswith(")")
    match = _WHOLE.fullmatch(plain[1:-1].strip() if bracketed else plain)
    if match is None:
        raise Unreadable("This is not a whole number. Write it in digits, like 1,250.")
    sign, digits = match.groups()
    if bracketed and sign:
        raise Unreadable("Brackets and a sign together could mean plus or minus.")
    value = int(digits.replace(",", ""))
    if value > LARGEST:
        raise Unreadable("This number is too large to keep.")
    return -value if bracketed or sign == "-" else value


def read_number(text: str) -> Decimal:
    """A decimal number: `4.83`, `95%`, `1,234.5`, `-0.2`. Raises Unreadable for anything else."""
    plain = tidy(text)
    match = _NUMBER.fullmatch(plain)
    if match is None or not (match[2] or match[3]):
        raise Unreadable("This is not a number. Write it in digits, like 95 or 4.83.")
    sign, whole, part = match.groups()
    value = Decimal(f"{sign}{(whole or '0').replace(',', '')}.{part or '0'}")
    return Decimal(0) if not value else value if part and part.strip("0") else value.quantize(Decimal(1))


def show_number(value: Decimal) -> str:
    """A decimal number as people write it: thousands apart, no noughts that say nothing."""
    shown = f"{value:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def read_yes_no(text: str) -> bool:
    """Yes (`yes`, `y`, `true`, `t`, `1`, `on`, a tick) or no. Raises Unreadable for any other word."""
    word = tidy(text).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable("This is neither yes nor no.")


def _counting_words() -> dict[str, int]:
    """Every counting word from `zero` to `ninety-nine`, with a hyphen or a space."""
    words = {word: value for value, word in enumerate(_UNITS)}
    for ten, word in enumerate(_TENS, start=2):
        words[word] = ten * 10
        for unit in range(1, 10):
            words[f"{word}-{_UNITS[unit]}"] = words[f"{word} {_UNITS[unit]}"] = ten * 10 + unit
    return words


COUNTING_WORDS = _counting_words()
"""Counting words in lower case and their numbers, up to ninety-nine."""
