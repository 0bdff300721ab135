"""What rules are given besides their own record, and what they give back."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from storage.engine.fields import Record

R = TypeVar("R", bound="Record")
T = TypeVar("T")


class Reason(Protocol):
    """One step behind a worked-out value: what was taken, where that is laid down, what it rests on itself."""

    @property
    def words(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def rests_on(self) -> Sequence[Reason]: ...


class Explained(Protocol):
    """A worked-out value with the sentence that says how it came about, and the steps behind it."""

    @property
    def value(self) -> object: ...
    @property
    def why(self) -> str: ...
    @property
    def reasons(self) -> Sequence[Reason]: ...


class Parts:
    """The records a rule may read besides its own, by the names its record declares in `reads`, and today's date."""

    def __init__(
        self,
        found: Mapping[str, Sequence[Any]],
        today: date = date.min,
        shared: dict[Hashable, object] | None = None,
        *,
        silent: bool = False,
    ) -> None:
        self._found = found
        self._once: dict[str, Any] = {}
        self._shared: dict[Hashable, Any] = {} if shared is None else shared
        self.today = today
        self.silent = silent  # only values are wanted, for many records at once: words cost more than dates

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What several rules of one record need, worked out only once for it."""
        held: T | None = self._once.get(name)
        if held is None:  # what a rule finds comes with its words, so it is never None itself
            held = self._once[name] = make()
        return held

    def shared(self, name: Hashable, make: Callable[[], T]) -> T:
        """What all records read together make of the same small tables, such as the set of bank holidays."""
        held: T | None = self._shared.get(name)
        if held is None:
            held = self._shared[name] = make()
        return held

    def of(self, cls: type[R], name: str) -> tuple[R, ...]:
        """The records read under a name; empty when there are none."""
        return tuple(self._found.get(name, ()))


NO_PARTS = Parts({})
Rule = Callable[..., Explained]  # rule(record, parts)


@dataclass(frozen=True, slots=True)
class Reads:
    """What rules read besides their own record, so that a change there works the value out again.

    `link`: rows of `table` whose field of that name points to this record.
    `through`: rows of `table` that the rows of the named earlier reads point to by their field `link`.
    Neither: every row of a small table, such as the bank holidays.
    """

    name: str
    table: str
    link: str = ""
    through: str = ""
    derived: bool = False  # its worked-out fields are read, not only what was typed
    fields: tuple[
        str, ...
    ] = ()  # all that is read of them where only values are wanted; every field when blank
