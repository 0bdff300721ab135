"""Reads one table of a TOML file strictly: a key that nobody asked for is a mistake."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is (a question's id, a part of it, a section), under which key, and what to correct."""

    where: str
    mistake: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.mistake}" if self.where else self.mistake


class TemplateError(ValueError):
    """A template cannot be used; the message names the question and the mistake in plain words, a line each."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(Problem("", p) if isinstance(p, str) else p for p in problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class TomlTable:
    """A TOML table with the name to use in messages, such as a question's id."""

    def __init__(self, data: Mapping[str, object], where: str) -> None:
        self.where = where
        self._data = data
        self._asked: set[str] = set()

    @property
    def data(self) -> Mapping[str, object]:
        """The whole table as it was read."""
        return self._data

    def has(self, key: str) -> bool:
        """Whether the key is present."""
        return key in self._data

    def is_text(self, key: str) -> bool:
        """Whether the key holds a text, for keys that may hold a text or a list."""
        return isinstance(self._data.get(key), str)

    def fail(self, mistake: str, key: str = "") -> TemplateError:
        """The error to raise for a mistake in this table; `key` is the key that holds it, where it is one."""
        return TemplateError(Problem(self.where, mistake, key))

    def text(self, key: str) -> str:
        """A text that must be present and not blank, with line breaks folded into spaces."""
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"{key} must be given and not be blank", key)
        return " ".join(value.split())

    def text_or_none(self, key: str) -> str | None:
        """A text, or None when the key is absent."""
        return self.text(key) if self.has(key) else None

    def flag(self, key: str, default: bool) -> bool:
        """True or false; `default` when absent."""
        value = self._take(key) if self.has(key) else default
        if not isinstance(value, bool):
            raise self.fail(f"{key} must be true or false", key)
        return value

    def whole(self, key: str) -> int | None:
        """A whole number, or None when absent."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail(f"{key} must be a whole number", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts; empty when absent."""
        found: list[str] = []
        for value in self._list(key):
            if not isinstance(value, str) or not value.strip() or value in found:
                raise self.fail(f"{key} must list different words", key)
            found.append(value)
        return tuple(found)

    def table(self, key: str) -> "TomlTable | None":
        """A table inside this one, or None when absent."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.fail(f"{key} must be a table", key)
        return TomlTable(value, f"{self.where}, {key}")

    def tables(self, key: str) -> "list[TomlTable]":
        """A list of tables, numbered from 1 in messages; empty when absent."""
        found: list[TomlTable] = []
        for number, value in enumerate(self._list(key), start=1):
            if not isinstance(value, dict):
                raise self.fail(f"{key} must be a list of tables", key)
            found.append(TomlTable(value, f"{self.where}, {key} {number}"))
        return found

    def words(self, key: str) -> str:
        """A text, or an empty one when the key is absent."""
        return self.text(key) if self.has(key) else ""

    def names(self) -> Iterable[str]:
        """The keys present, in the order of the file."""
        return self._data.keys()

    def finish(self) -> None:
        """Refuse any key that nobody asked for: a misspelt key would otherwise change nothing in silence."""
        unknown = [key for key in self._data if key not in self._asked]
        if unknown:
            raise self.fail(f"does not know {', '.join(sorted(unknown))}", unknown[0])

    def _take(self, key: str) -> object:
        self._asked.add(key)
        return self._data.get(key)

    def _list(self, key: str) -> list[object]:
        value = self._take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fail(f"{key} must be a list", key)
        return value


def read_toml(text: str, where: str) -> TomlTable:
    """The outermost table of a TOML text. Raises TemplateError when it is not TOML at all."""
    try:
        data: dict[str, object] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise TemplateError(Problem(where, f"the file cannot be read ({error})")) from error
    return TomlTable(data, where)
