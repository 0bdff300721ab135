"""How a name, an address or a number may be spelled in a text: capitals, accents, spacing, surname first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_ALIKE = {c: group for group in ("['’‘ʼ`´]", "[-‐‑–\\s._]+") for c in group.strip("[]+").replace("\\s", "")}
_BETWEEN = r"[\s._-]+"  # what may stand between the words of a name, so that j.smith@… is found too
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"  # a letter or digit beside it makes another word of it
_LEAST_DIGITS = 6
_AROUND = 36  # letters shown either side of what was found


class Spelling:
    """Finds and replaces whole names, whatever their capitals, accents' encoding and spacing."""

    def __init__(self, names: Sequence[str], numbers: Sequence[str] = ()) -> None:
        """`names` are names or addresses; `numbers` telephone numbers. Those without a letter or digit are left out."""
        terms = [t for name in names for t in _terms(name)]
        terms += [t for number in numbers for t in _number(number)]
        longest_first = sorted(
            dict.fromkeys(terms), key=len, reverse=True
        )  # an address before the name in it
        self._every = re.compile("|".join(longest_first) or r"(?!)", re.IGNORECASE)
        self.empty = not terms

    def within(self, text: str) -> int:
        """How often it stands in a text."""
        return sum(1 for _ in self._every.finditer(text))

    def replaced(self, text: str, words: str) -> str:
        """The text with other words in its place."""
        return self._every.sub(lambda _: words, text)

    def excerpt(self, text: str) -> str:
        """The words around where it first stands, in one line."""
        found = self._every.search(text)
        if found is None:
            return ""
        start, end = max(0, found.start() - _AROUND), found.end() + _AROUND
        shown = " ".join(text[start:end].split())
        return f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}"


def _terms(name: str) -> list[str]:
    """A name as it is given, and with its last word first and a comma after it."""
    first, comma, rest = name.partition(",")
    words = [*rest.split(), *first.split()] if comma and rest.strip() else name.replace(",", " ").split()
    spelled = [_word(w) for word in words if (w := word.strip("."))]
    if not any(c.isalnum() for c in name):
        return []
    made = [_BETWEEN.join(spelled)]
    if len(spelled) > 1:
        made.append(spelled[-1] + r"\s*,\s*" + _BETWEEN.join(spelled[:-1]))
        made.append(_key(" ".join(words)))
    return [_BEFORE + term + _AFTER for term in made if term]


def _key(words: str) -> str:
    """As the key of a user's own field is made from its heading."""
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def _word(word: str) -> str:
    """One word, its accents written in either way or left out, its apostrophes and hyphens of any sort."""
    whole, split = (unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
    forms = {whole, split, "".join(c for c in split if not unicodedata.combining(c))} - {""}
    return "(?:" + "|".join("".join(_ALIKE.get(c, re.escape(c)) for c in f) for f in sorted(forms)) + ")"


def _number(number: str) -> list[str]:
    """A telephone number, however its digits are grouped, with the code of the country or without."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < _LEAST_DIGITS:
        return []
    inland = digits.removeprefix("0044").removeprefix("44") if number.strip()[:1] == "+" else digits
    grouped = r"[\s().-]*".join(inland.removeprefix("0"))
    return [rf"(?<!\d)(?:\+?(?:00)?44[\s().-]*)?\(?0?[\s().-]*{grouped}(?!\d)"]
