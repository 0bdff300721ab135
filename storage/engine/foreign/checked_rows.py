"""Rows that came from outside, each checked against the declarations before a fresh file is made of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from storage.engine.fields import RECORDS, Field
from storage.engine.own_fields import OwnField
from storage.engine.repair.pages import Doubtful
from storage.engine.repair.scavenging import Rescued, Row
from storage.engine.repair.settling import readable

_MOST_NUMBERED = 1 << 40  # a record of a higher number would leave no numbers for those to come


@dataclass
class CheckedRows:
    """Rows by table and number as they were read, with what was wrong in them."""

    rescued: Rescued = field(default_factory=Rescued)
    doubtful: list[str] = field(default_factory=list)

    def take(self, line: Mapping[str, object]) -> None:
        """One row, or why a table ended early."""
        cls = RECORDS.get(str(line.get("table")))
        if cls is None:
            return
        row = line.get("row")
        if not isinstance(row, dict):
            self.doubtful.append(
                f"{cls.PLURAL}: part of them could not be read, because the file is damaged there."
            )
            return
        number = row.pop("id", None)
        rows = self.rescued.tables.setdefault(cls.TABLE, {})
        if not isinstance(number, int) or not 0 < number < _MOST_NUMBERED or number in rows:
            self.doubtful.append(f"{cls.LABEL} without a number that can be used was not copied.")
            return
        rows[number] = {name: Doubtful("") if isinstance(held, dict) else held for name, held in row.items()}

    def check_own_values(self) -> None:
        """Take out values of the user's own fields that these fields cannot hold."""
        kinds = dict(self._own_fields())
        for table, rows in self.rescued.tables.items():
            for number, row in rows.items():
                self._check_own(table, number, row, kinds)

    def _own_fields(self) -> Iterator[tuple[tuple[str, str], Field]]:
        for row in self.rescued.rows(OwnField.TABLE).values():
            table, code, kind = (str(row.get(name)) for name in ("table", "code", "kind"))
            yield (table, code), OwnField(table=table, code=code, label=code, kind=kind).field()

    def _check_own(self, table: str, number: int, row: Row, kinds: Mapping[tuple[str, str], Field]) -> None:
        held = row.get("own")
        if not isinstance(held, str) or not readable(None, "own", held):
            return  # told with the other columns
        kept = {}
        for code, value in json.loads(held).items():
            known = kinds.get((table, code))
            if known is not None and readable(known, code, value):
                kept[code] = value
            else:
                self.doubtful.append(f"{RECORDS[table].LABEL} {number}, own field {code[:60]}: left blank.")
        row["own"] = json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else None
