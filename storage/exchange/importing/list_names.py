"""The links of each row: what its cells name is found, made, or left for a person to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from storage.engine.fields import RECORDS, Value
from storage.exchange.importing.import_headings import CREATE, LEAVE, Choices
from storage.exchange.importing.list_kinds import VIA
from storage.exchange.importing.list_links import MAY_CREATE, Targets, Unmatched
from storage.exchange.importing.providers import folded
from storage.exchange.importing.rows import Source, SourceRow

_AT_ONCE = 10  # names looked at between two turns of the event loop
_LEFT = "Left out"
_CREATED = "Created"


class Names:
    """Finds what cells name, and keeps count of what they name in vain."""

    def __init__(self, source: Source, choices: Choices, known: Mapping[str, Targets]) -> None:
        self._source, self._choices, self._known = source, choices, known
        self._kind = source.kind
        self._vain: Counter[tuple[str, str, int | None]] = Counter()  # field, words, contract
        self._news: dict[int, dict[str, str]] = {}  # by id of a row: records to be made, by field
        self._why: dict[int, str] = {}
        self._near: dict[tuple[str, str, int | None], tuple[tuple[str, str], ...]] = {}

    def of(self, row: SourceRow) -> SourceRow:
        """The row with numbers of records in place of their names."""
        values: dict[str, Value] = dict(row.values)
        contract = self._contract(values)
        for name in self._kind.links:
            if name.startswith(VIA):
                continue
            words = str(values.pop(name, "") or "")
            if words:
                narrow = contract if self._known[self._kind.links[name]].contract_of else None
                found = self._one(row, name, words, narrow)
                if found is not None:
                    values[name] = found
            elif name == self._kind.owner:
                self._why[id(row.raw)] = f"No {self._label(name)} is named."
        return replace(row, values={n: v for n, v in values.items() if not n.startswith(VIA)})

    def _contract(self, values: dict[str, Value]) -> int | None:
        """The contract a row says, by which records of one name are told apart."""
        said = str(values.get(VIA + self._kind.owner) or values.get("contract") or "")
        if not said or "contract" not in self._known:
            return None
        meant = self._choices.meant.get(VIA + self._kind.owner, {}).get(folded(said), said)
        found = self._known["contract"].find(meant)
        if len(found) != 1 and VIA + self._kind.owner in values:
            self._vain[VIA + self._kind.owner, " ".join(said.split()), None] += 1
        return found[0] if len(found) == 1 else None

    def _one(self, row: SourceRow, name: str, words: str, contract: int | None) -> int | None:
        """The record some words name; None when there is none, or several, and that is remembered."""
        known, plain = self._known[self._kind.links[name]], " ".join(words.split())
        decided = self._choices.meant.get(name, {}).get(folded(plain), "")
        found = known.find(decided if decided not in ("", CREATE, LEAVE) else plain, contract)
        if len(found) == 1 and decided != CREATE:
            if decided:
                self._vain[name, plain, contract] += 1
            return found[0]
        self._vain[name, plain, contract] += 1
        if decided == CREATE or (
            not decided and not found and self._usual(name, plain, contract) == _CREATED
        ):
            self._news.setdefault(id(row.raw), {})[name] = plain
            if contract is not None:
                self._news[id(row.raw)][VIA + name] = str(contract)
        elif name == self._kind.owner:
            many = "Several are called" if len(found) > 1 else f"No {self._label(name)} is called"
            self._why[id(row.raw)] = f"{many} “{plain}”." if decided != LEAVE else f"You left “{plain}” out."
        return None

    def _usual(self, name: str, words: str, contract: int | None) -> str:
        """What happens to words nobody has decided on: made only where nothing like them is there."""
        table = self._kind.links[name]
        may = table in MAY_CREATE and table != "kpi"
        return _CREATED if may and not self._alike(name, words, contract) else _LEFT

    def _alike(self, name: str, words: str, contract: int | None) -> tuple[tuple[str, str], ...]:
        key = (name, words, contract)
        if key not in self._near:
            self._near[key] = self._known[self._kind.links[name]].near(words, contract)
        return self._near[key]

    def _label(self, name: str) -> str:
        label = RECORDS[self._kind.links[name]].LABEL
        return label if label.isupper() else label.lower()

    def refused(self, row: SourceRow) -> str:
        """Why a row says nothing by itself: what it belongs to is not known."""
        return self._why.get(id(row.raw), "")

    def news(self, row: SourceRow) -> Mapping[str, str]:
        """The records that are made for a row, by field, by their names; and the contracts they are for."""
        return self._news.get(id(row.raw), {})

    def unmatched(self) -> Iterator[list[Unmatched]]:
        """Every name that is not known, or is that of several, the most frequent first: all of them come last.

        What comes before are empty lists, one for some names, since looking for what they may be takes its time.
        """
        made: dict[tuple[str, str], Unmatched] = {}
        for place, ((name, words, contract), rows) in enumerate(self._vain.most_common()):
            if place % _AT_ONCE == 0:
                yield []
            table = self._kind.links[name]
            if (name, words) in made:
                made[name, words] = replace(made[name, words], rows=made[name, words].rows + rows)
                continue
            may = table in MAY_CREATE and not (table == "kpi" and contract is None)
            made[name, words] = Unmatched(
                name, RECORDS[table].LABEL, words, rows, table, self._alike(name, words, contract), may,
                self._choices.meant.get(name, {}).get(folded(words), ""),
                self._usual(name, words, contract) if not name.startswith(VIA) else _LEFT,
            )  # fmt: skip
        yield list(made.values())
