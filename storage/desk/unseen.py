"""Characters that a reader cannot see, or that turn the reading round: named in their place, or left out."""

from __future__ import annotations

import unicodedata

_CLASSES = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}  # of Unicode


def is_unseen(character: str) -> bool:
    """Whether a reader cannot see a character."""
    return unicodedata.category(character) in _CLASSES


def visible(words: str) -> str:
    """The words with every such character named in its place."""
    return "".join(f"‹U+{ord(c):04X}›" if is_unseen(c) else c for c in words)


def seen(words: str) -> str:
    """The words on one line, without such characters."""
    return " ".join(
        "".join(" " if c.isspace() else c for c in words if c.isspace() or not is_unseen(c)).split()
    )
