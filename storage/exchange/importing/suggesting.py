"""Fields that a heading may mean, though its words alone do not say so: what stands under it must fit as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING

from storage.engine.fields import Field, Kind, Value
from storage.engine.values import Unreadable
from storage.exchange.importing.headings import Match, words
from storage.exchange.tables.sheet import Cell, Sheet, as_text

if TYPE_CHECKING:
    from storage.exchange.importing.import_headings import Known

_LIKE_ENOUGH = 80  # of 100, for words of a heading against the words of a name
_LOOKED_FOR = 12  # names like a heading
_LOOKED_AT = 60  # filled cells of a column
_MOST_FIT = 0.8
_SHORT = {
    "mgr": "manager", "extn": "extension", "ext": "extension", "dept": "department", "desc": "description",
    "org": "organisation", "val": "value", "amt": "amount", "comm": "commissioner", "cont": "contract",
    "prov": "provider", "supp": "supplier", "freq": "frequency", "resp": "responsible", "exp": "expiry",
}  # fmt: skip
_TELLING = frozenset({Kind.DAY, Kind.MONEY, Kind.PERIOD, Kind.YESNO, Kind.WHOLE, Kind.NUMBER, Kind.CHOICE})


def suggestions(sheet: Sheet, matches: Sequence[Match], known: Known) -> dict[str, str]:
    """For headings that fit no field, by heading, the name of the one each may mean. Never taken without a person."""
    from rapidfuzz import fuzz, process

    open_ones = [m.heading for m in matches if m.field_name is None and m.how in ("own", "none")]
    taken = {m.field_name for m in matches}
    names = _names({n: f for n, f in known.fields.items() if n not in taken and not f.own}, known)
    if not open_ones or not names:
        return {}
    made: dict[str, str] = {}
    for heading in open_ones:
        plain = " ".join(_SHORT.get(word, word) for word in words(heading))
        found = process.extract(
            plain, names.keys(), scorer=fuzz.token_set_ratio, score_cutoff=_LIKE_ENOUGH, limit=_LOOKED_FOR
        )
        # One word of a name is in the heading as well as the whole of another: the whole tells more.
        for spelling in sorted((each[0] for each in found), key=lambda s: -fuzz.token_sort_ratio(plain, s)):
            field = known.fields[names[spelling]]
            if field.name not in made.values() and fits(sheet, heading, field):
                made[heading] = field.name
                break
    return made


def _names(fields: Mapping[str, Field], known: Known) -> dict[str, str]:
    """Every spelling of the fields that can be typed, with the field it means."""
    made: dict[str, str] = {}
    for name, field in fields.items():
        if field.derived or field.from_today:
            continue
        for spelling in chain((field.label,), field.also, known.kind.synonyms.get(name, ())):
            made.setdefault(" ".join(words(spelling)), name)
    return {spelling: name for spelling, name in made.items() if spelling}


def fits(sheet: Sheet, heading: str, field: Field) -> bool:
    """Whether most cells under a heading can be read as values of a field; an empty column fits none that tells."""
    place = sheet.headings.index(heading)
    cells = list(islice((c for row in sheet.rows if (c := row[place]) not in (None, "")), _LOOKED_AT))
    if field.kind not in _TELLING:
        return bool(cells)
    return bool(cells) and sum(_reads(cell, field) for cell in cells) >= len(cells) * _MOST_FIT


def _reads(cell: Cell, field: Field) -> bool:
    if field.kind is Kind.DAY:
        if isinstance(cell, date):
            return True
    elif isinstance(cell, date):
        return False
    try:
        value: Value = field.read(as_text(cell))
    except Unreadable:
        return False
    return field.kind is not Kind.CHOICE or value in field.choices


__all__ = ["fits", "suggestions"]
