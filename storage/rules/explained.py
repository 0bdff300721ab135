"""A computed value together with the reason for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Explained(Generic[T]):
    """A value and, in words fit to show and print, how it came about."""

    value: T
    why: str
