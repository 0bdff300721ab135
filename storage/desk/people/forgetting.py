"""Forgetting a person: who they are in this file, where they are named, and the words put in place of the name."""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storage.engine.errors import StorageError
from storage.engine.fields import OWN, RECORDS, Field
from storage.engine.forget.forgetting import Erasure, Forgotten, forgetting
from storage.engine.forget.spelling import Spelling
from storage.engine.forget.texts import STEP, Place
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.engine.values import long_day
from storage.records.organisations import Person

LABEL = "Forget a person"
_TITLES = re.compile(
    r"^(?:(?:dr|mr|mrs|ms|miss|mx|prof|professor|sir|dame|cllr|councillor|rev|revd)\b\.?\s+)+", re.I
)
_LEAST = 2  # letters of a name
_ELSEWHERE = {
    Place(STEP, "who"): "History: who made a change",
    Place(STEP, "label"): "History: what was done",
    Place("draft", "value"): "Drafts of what is being typed",
    Place("state", "value"): "What the window remembers",
}
AFTERWARDS = (
    "Pages already printed, workbooks already exported, hand-over packs, e-mails and documents kept beside the "
    "file are not changed. A workbook exported before today still holds the name: look at it when it comes home. "
    "The disk may keep traces of a replaced file until it is written over; an encrypted disk protects those."
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as they may be named in a file."""

    name: str
    spellings: tuple[str, ...]  # names and e-mail addresses
    phones: tuple[str, ...]
    people: Mapping[int, str]  # the records kept of the person: their numbers, with what they say in a line

    @property
    def spelling(self) -> Spelling:
        """What is looked for."""
        return Spelling(self.spellings, self.phones)


def somebody(reader: Reader, name: str, also: Sequence[str] = ()) -> Somebody:
    """A person by name, with what the records of people say about them; `also` are other spellings and addresses.

    Raises `StorageError` for a name too short to be looked for.
    """
    plain = _TITLES.sub("", " ".join(name.split()))
    if sum(letter.isalnum() for letter in plain) < _LEAST:
        raise StorageError("Type the name of the person as it is written in the file. Nothing was changed.")
    named = Spelling([plain, *also])
    everybody = [*reader.all(Person), *reader.all(Person, Query(binned=True))]
    people = [p for p in everybody if named.within(p.title) or (p.email and named.within(p.email))]
    addresses = [p.email.strip() for p in people if p.email.strip()]
    described = {p.key: ", ".join(filter(None, (p.title, p.role, p.email, p.phone))) for p in people}
    spelled = dict.fromkeys([plain, *(a.strip() for a in also if a.strip()), *addresses])
    return Somebody(plain, tuple(spelled), tuple(p.phone for p in people if p.phone), described)


def erasure(
    who: Somebody, today: date, *, keep: Collection[Place] = (), spared: Collection[int] = ()
) -> Erasure:
    """What forgetting somebody means for the file; `keep` are places and `spared` records that are left as they are."""
    rows = frozenset(who.people) - frozenset(spared)
    kept = frozenset(keep) | (
        {Place(Person.TABLE, name) for name in Person.FIELDS} if spared else frozenset()
    )
    instead = f"removed on {long_day(today)}"
    return Erasure(who.spelling, instead, {Person.TABLE: rows} if rows else {}, kept)


def forgetting_person(
    image: bytes, removal: Erasure, path: Path, by: str
) -> Generator[Progress, None, Forgotten]:
    """Write the file at a path, given as its bytes, anew beside it without the person; see `forgetting`."""
    return forgetting(image, removal, path, who=by, label=LABEL)


def place_words(place: Place, own: Mapping[str, list[Field]]) -> str:
    """What to call a place when speaking of it; `own` are the user's own fields by table."""
    if place in _ELSEWHERE:
        return _ELSEWHERE[place]
    cls = RECORDS.get(place.table)
    if cls is None:
        return f"Elsewhere in the file: {place.table}, {place.field}"
    fields = cls.FIELDS | {f.name: f for f in own.get(place.table, [])}
    field = fields.get(place.field)
    label = field.label if field else place.field.removeprefix(OWN)
    return f"{cls.LABEL}: {label[:1].lower() + label[1:] if label[1:2].islower() else label}"
