"""A condition in plain English, as a chip, a list of views or a sheet that goes out says it."""

from __future__ import annotations

from collections.abc import Sequence


def phrase(op: str, said: Sequence[str]) -> str:
    """A comparison with its values in words: *before 1 Apr 2030*, *Gold or Silver*, *filled in*."""
    if op == "blank":
        return "blank"
    if op == "not blank":
        return "filled in"
    if op == "contains":
        return f"has “{said[0]}”"
    if op == "between":
        return f"{said[0]} to {said[1]}"
    if op == "at least":
        return f"{said[0]} or more"
    if op == "at most":
        return f"{said[0]} or less"
    if op == "is not":
        return f"not {said[0]}" if len(said) == 1 else f"none of {', '.join(said)}"
    return _alternatives(said) if op in ("is", "any of") else f"{op} {said[0]}"


def _alternatives(said: Sequence[str]) -> str:
    return " or ".join(part for part in (", ".join(said[:-1]), said[-1]) if part)
