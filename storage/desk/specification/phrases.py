"""The phrase library: paragraphs kept once, put into sections, and found again where they are used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from storage.desk.writing import held, joined_step
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.records.evidence import Phrase, PhraseUse
from storage.records.specifications import Section, Specification


class Wording(StrEnum):
    """How a section that a phrase was put into reads today."""

    SAME = "Word for word"
    OLDER = "An earlier wording"
    CHANGED = "Changed there"


@dataclass(frozen=True, slots=True)
class Used:
    """One section in which a phrase stands, or stood when it was put in."""

    section: Section
    specification: Specification
    wording: Wording


def put_in(store: Store, phrase_id: int, section_id: int) -> Section:
    """Put a phrase at the end of a section, as one step; the use is remembered with its wording."""
    phrase, section = held(store, Phrase, phrase_id), held(store, Section, section_id)
    if not phrase.body.strip():
        raise StorageError(f"“{phrase.title}” has no text yet. Nothing was changed.")
    body = (
        f"{section.body.rstrip()}\n\n{phrase.body.strip()}" if section.body.strip() else phrase.body.strip()
    )
    with joined_step(store, f"Put “{phrase.title}” into {section.name}"):
        store.save(
            PhraseUse(phrase=phrase.key, section=section.key, wording=phrase.body.strip(), on=store.today())
        )
        return store.save(replace(section, body=body))


def where_used(reader: Reader, phrase_id: int) -> list[Used]:
    """The sections that hold the phrase word for word, or that it was put into; binned ones left out."""
    phrase = reader.get(Phrase, phrase_id)
    uses = reader.all(PhraseUse, Query((Where("phrase", "is", (phrase_id,)),)))
    put = {u.section: u.wording for u in uses if u.section}
    now = _flat(phrase.body)
    rows = reader.all(Section, Query((Where("body", "not blank"),)))
    specifications = reader.many(Specification, [s.specification for s in rows if s.specification])
    found = []
    for section in rows:
        owner = specifications.get(section.specification or 0)
        wording = _wording(_flat(section.body), now, _flat(put.get(section.key, "")), section.key in put)
        if owner is not None and not owner.binned and wording is not None:
            found.append(Used(section, owner, wording))
    return sorted(found, key=lambda u: (u.specification.title.casefold(), u.section.position or 0))


def _wording(body: str, now: str, then: str, was_put: bool) -> Wording | None:
    if now and now in body:
        return Wording.SAME
    if not was_put:
        return None
    return Wording.OLDER if then and then in body else Wording.CHANGED


def renew(store: Store, phrase_id: int, section_id: int) -> Section:
    """Let a section with an earlier wording say what the phrase says now. Raises `StorageError` when it has none."""
    phrase, section = held(store, Phrase, phrase_id), held(store, Section, section_id)
    where = (Where("phrase", "is", (phrase_id,)), Where("section", "is", (section_id,)))
    for use in reversed(store.all(PhraseUse, Query(where))):
        if use.wording and use.wording in section.body:
            with joined_step(store, f"Renew “{phrase.title}” in {section.name}"):
                store.save(replace(use, wording=phrase.body.strip(), on=store.today()))
                return store.save(
                    replace(section, body=section.body.replace(use.wording, phrase.body.strip()))
                )
    raise StorageError(
        f"{section.name} no longer holds “{phrase.title}” as it was put in. Nothing was changed. Change it by hand."
    )


def _flat(words: str) -> str:
    return " ".join(words.split()).casefold()
