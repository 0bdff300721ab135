"""Offers the right word for a misspelt one."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, whatever its capitals, or None when none is near."""
    folded = {each.casefold(): each for each in known}
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def offer(word: str, known: Iterable[str]) -> str:
    """The end of a message, such as "; did you mean yes?", or nothing when no known word is near."""
    near = nearest(word, known)
    return f"; did you mean {near}?" if near else ""
