"""How the fields of a form are named, so that the same answer is known again in whatever program it was filled in."""

from __future__ import annotations

BY, AS_SENT = "@by", "@sent"
AT_ALL = "~does-not-apply"  # the state of a box that says so; no value of an option has a tilde
_TICK = "|"


def field_name(key: str) -> str:
    """The name of the field of an answer. A full stop would stand for a field within a field."""
    return key.replace(".", "~")


def key_of(name: str) -> str:
    """The answer a field is of."""
    return name.replace("~", ".")


def tick_name(key: str, value: str) -> str:
    """The name of a box of which several may be ticked."""
    return field_name(f"{key}{_TICK}{value}")


def parted(name: str) -> tuple[str, str]:
    """The answer a field is of, and the value that a box of several stands for; empty for a field of its own."""
    key, _, value = key_of(name).partition(_TICK)
    return key, value


def state_of(value: str) -> str:
    """The state of a box of an option; `Off` is what every form calls a box that is not ticked."""
    return "~Off" if value == "Off" else value


def value_of(state: str) -> str:
    """The value of an option again."""
    return "Off" if state == "~Off" else state
