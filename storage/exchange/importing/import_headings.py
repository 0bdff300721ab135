"""Where each heading of a register goes: to a field, to a field of the user's own, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from storage.engine.fields import Field, Kind
from storage.engine.own_fields import OWN_KINDS, OwnField, new_code
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.exchange.importing.columns import DateOrder, OwnColumn
from storage.exchange.importing.headings import How, Match, match_headings
from storage.exchange.importing.list_kinds import CONTRACTS, ListKind
from storage.exchange.importing.suggesting import fits, suggestions
from storage.exchange.tables.sheet import Sheet, SourceError, as_shown
from storage.exchange.workbooks.columns import UUID_HEADING

Goes = Literal["field", "own field", "left out", "worked out", "empty", "identity"]
PROVIDER = "provider_name"
CREATE, LEAVE = "+", "-"
"""For words that are not known: make them what they say (a new record, a word of their own), or leave the cell out."""
_SAMPLES = 3
_NUMBERED = re.compile(r" \(\d+\)$")
_HOW: dict[How, str] = {
    "same": "the same name",
    "synonym": "another name for it",
    "close": "nearly the same name",
    "chosen": "you chose it",
    "own": "fits no field",
    "none": "fits no field",
    "remembered": "as last time",
    "worked out": "worked out from other columns",
    "left out": "you left it out",
}


@dataclass(frozen=True)
class Choices:
    """What the user decided about the columns of a file. Headings are written as the file has them."""

    chosen: Mapping[str, str] = field(default_factory=dict)  # a field, by name or label, to its heading
    left_out: Collection[str] = ()
    ticked: Collection[str] = ()  # headings that become fields of the user's own, whatever they fit
    date_order: DateOrder | Mapping[str, DateOrder] | None = None  # for the file, or by heading
    own_kinds: Mapping[str, Kind] = field(default_factory=dict)  # by heading
    meant: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What words stand for, by field and by the words in small letters: a listed word, the UUID of a record,
    or one of `CREATE` and `LEAVE`."""
    fixed: Mapping[str, str] = field(default_factory=dict)  # what every row says in a field no heading fills
    remembered: frozenset[str] = frozenset()  # headings that go where they went last time


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the file and where it goes."""

    heading: str
    goes: Goes
    name: str  # of the field; empty when it goes nowhere
    label: str  # of the field
    how: How
    kind: Kind | None
    samples: tuple[str, ...]  # the first different values
    perhaps: str = ""  # the field it may mean, though not surely enough to be taken for it

    @property
    def where(self) -> str:
        """Where it goes, in words."""
        if self.goes == "field":
            return self.label
        if self.goes == "own field":
            kind = self.kind.value if self.kind else ""
            return f"your own field “{self.label}” ({kind})"
        return {
            "left out": "left out",
            "worked out": "not kept, since it is worked out from other columns",
            "empty": "nothing to keep: the column is empty",
        }.get(self.goes, "tells which contract a row is")

    @property
    def why(self) -> str:
        """How that was decided, in words."""
        return "" if self.goes in ("empty", "identity") else _HOW[self.how]


@dataclass(frozen=True, slots=True)
class Known:
    """The fields a register can fill, as one file has them, and the keys that its own fields have ever had."""

    fields: Mapping[str, Field]
    codes: frozenset[str]
    position: int  # where the next own field goes
    kind: ListKind = CONTRACTS


def known_fields(reader: Reader, kind: ListKind = CONTRACTS) -> Known:
    """The fields of a list; of a contract, provider included, though it is kept as an organisation of its own."""
    held = reader.fields(kind.record)
    if kind.is_register:
        fields = {n: f for n, f in held.items() if f.kind not in (Kind.DATA, Kind.LINK)}
        provider = fields[PROVIDER]
        fields[PROVIDER] = Field(provider.label, Kind.TEXT, PROVIDER, lga=provider.lga)
    else:
        fields = kind.fields(held)
    every = [*reader.all(OwnField), *reader.all(OwnField, Query(binned=True))]
    last = max((own.position or 0 for own in every), default=-1)
    return Known(fields, frozenset(own.code for own in every), last + 1, kind)


def match(sheet: Sheet, known: Known, choices: Choices) -> list[Match]:
    """Where every heading goes before its values are looked at. Raises SourceError for unknown names."""
    for heading in (*choices.left_out, *choices.ticked, *choices.own_kinds):
        if heading not in sheet.headings:
            raise SourceError(
                f"The file has no heading “{heading}”.", f"Its headings are: {', '.join(sheet.headings)}."
            )
    aside = {*choices.left_out, *choices.ticked} - set(choices.chosen.values())
    if UUID_HEADING in sheet.headings:
        aside.add(UUID_HEADING)
    found = match_headings(
        sheet.headings,
        known.fields.values(),
        synonyms=known.kind.synonyms,
        chosen=choices.chosen,
        left_out=aside,
    )
    found = [_sure(m, sheet, known) for m in found]
    ticked = {*choices.ticked} - {UUID_HEADING}
    owned = [
        replace(m, how="own") if m.how == "left out" and m.heading in ticked else m
        for m in _owned_before(found, known, ticked)
    ]
    keeps_more = known.kind.record.OWN_FIELDS
    again = {f"{known.fields[n].label} reference".casefold() for n in known.kind.links if n in known.fields}
    owned = [
        replace(m, how="worked out") if m.how == "own" and m.heading.casefold() in again else m for m in owned
    ]
    return [_told(m, choices.remembered, keeps_more=keeps_more) for m in owned]


def _sure(m: Match, sheet: Sheet, known: Known) -> Match:
    """A heading that is only nearly a name is taken for it where what stands under it fits."""
    if m.how != "close" or m.field_name is None or fits(sheet, m.heading, known.fields[m.field_name]):
        return m
    return Match(m.heading, None, "own")


def _told(m: Match, remembered: Collection[str], *, keeps_more: bool) -> Match:
    """A match with the reason as it is told: as last time, or no field where there are none of one's own."""
    if m.how == "chosen" and m.heading in remembered:
        return replace(m, how="remembered")
    return replace(m, how="none") if m.how == "own" and not keeps_more else m


def _owned_before(found: Sequence[Match], known: Known, ticked: Collection[str]) -> list[Match]:
    """A column that became an own field earlier goes there again, also when either had to be renamed."""
    by_label: dict[str, list[Field]] = {}
    for f in known.fields.values():
        if f.own:
            by_label.setdefault(_plain(f.label), []).append(f)
    taken = {m.field_name for m in found}
    made = []
    for m in found:
        if m.how == "own" or (m.how == "left out" and m.heading in ticked):
            fit = [f for label in _labels(m.heading) for f in by_label.get(label, ()) if f.name not in taken]
            if fit:
                taken.add(fit[0].name)
                m = Match(m.heading, fit[0].name, "same")
        made.append(m)
    return made


def _labels(heading: str) -> list[str]:
    """A heading, what its field is called when that name is taken, and what a workbook numbered as this."""
    plain = _plain(heading)
    return [plain, *(f"{plain} ({n})" for n in range(2, 10)), _NUMBERED.sub("", plain)]


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()


def new_own_fields(columns: Sequence[OwnColumn], known: Known) -> dict[str, OwnField]:
    """For each heading that fits no field and holds something, the field that is made for it."""
    record = known.kind.record
    labels = {f.label.casefold() for f in (*record.FIELDS.values(), *known.fields.values())}
    codes = set(known.codes)
    made: dict[str, OwnField] = {}
    for column in columns:
        if not column.filled:
            continue
        label, n = column.heading, 2
        while label.casefold() in labels:
            label, n = f"{column.heading} ({n})", n + 1
        code = new_code(label, codes)
        labels.add(label.casefold())
        codes.add(code)
        kind = column.kind if column.kind in OWN_KINDS else Kind.TEXT
        made[column.heading] = OwnField(
            table=record.TABLE,
            code=code,
            label=label,
            kind=kind.value,
            choices="\n".join(column.choices),
            position=known.position + len(made),
        )
    return made


def headings_of(
    sheet: Sheet, matches: Sequence[Match], known: Known, made: Mapping[str, OwnField]
) -> list[Heading]:
    """Every heading with where it goes and samples of what is under it."""
    columns = list(zip(*sheet.rows, strict=True)) or [()] * len(sheet.headings)
    perhaps = suggestions(sheet, matches, known)
    found = []
    for m, column in zip(matches, columns, strict=True):
        samples = _samples(column)
        goes: Goes = "field"
        name, label, kind = m.field_name or "", "", None
        if m.field_name is not None:
            label, kind = known.fields[name].label, known.fields[name].kind
            goes = "own field" if known.fields[name].own else "field"
        elif m.heading in made:
            own = made[m.heading].field()
            goes, name, label, kind = "own field", own.name, own.label, own.kind
        elif m.heading == UUID_HEADING:
            goes = "identity"
        else:
            goes = "worked out" if m.how == "worked out" else "empty"
            if m.how in ("left out", "none"):
                goes = "left out" if samples or m.how == "left out" else "empty"
        maybe = perhaps.get(m.heading, "")
        found.append(Heading(m.heading, goes, name, label, m.how, kind, samples, maybe))
    return found


def _samples(column: Sequence[object]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for cell in column:
        if cell is not None and cell != "":
            found[as_shown(cell)] = None  # type: ignore[arg-type]
            if len(found) == _SAMPLES:
                break
    return tuple(found)
