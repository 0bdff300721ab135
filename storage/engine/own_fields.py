"""Fields that users add to a record: declared in the file, served like the fields declared in code."""

from __future__ import annotations

import re

from storage.engine.fields import OWN, Field, Kind, Record, choice, note, record, text, whole

OWN_KINDS = (Kind.TEXT, Kind.NOTE, Kind.DAY, Kind.MONEY, Kind.WHOLE, Kind.YESNO, Kind.CHOICE)

_KNOWN = frozenset(k.value for k in OWN_KINDS)


@record("own_field", "Own field", named_by=("label",), searched=False, one_per=("table", "code"))
class OwnField(Record):
    """One field of the user's own: which table it belongs to, its heading, its kind."""

    table: str = text("Belongs to")
    code: str = text("Key")  # never changes: values are held under it
    label: str = text("Heading", required=True)
    kind: str = choice("Kind", tuple(k.value for k in OWN_KINDS), default=Kind.TEXT.value)
    choices: str = note("Choices")  # one a line
    position: int | None = whole("Position")

    def field(self) -> Field:
        """The description every layer reads."""
        kind = (
            Kind(self.kind) if self.kind in _KNOWN else Kind.TEXT
        )  # an unknown kind must not close the file
        listed = tuple(line for line in self.choices.splitlines() if line) if kind is Kind.CHOICE else ()
        return Field(self.label, kind, name=OWN + self.code, choices=listed, group="Your own fields")


def new_code(label: str, taken: set[str]) -> str:
    """A key for a new field, made from its heading and unlike any other."""
    stem = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:40] or "field"
    code, n = stem, 2
    while code in taken:
        code, n = f"{stem}_{n}", n + 1
    return code
