"""Texts that name files and addresses in every way a page might follow, and a file full of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import TypeVar

from storage.desk.beginning.new_file import new_file
from storage.desk.checklists.runs import raise_action, set_evidence, set_note, start_run
from storage.desk.specification.specifications import start_specification
from storage.engine.conditions import Where
from storage.engine.fields import Kind, Record
from storage.engine.query import Query
from storage.engine.store import Store
from storage.records.contracts import Contract, ContractService
from storage.records.documents import Document
from storage.records.organisations import Organisation, Person
from storage.records.parties import Party
from storage.records.reference import Desk
from storage.records.services import Service
from storage.records.specifications import Section, Specification

Words = tuple[str, ...]
SPREAD = 8
R = TypeVar("R", bound=Record)
QUESTION = "T04-01"
PLACES = (
    "{folder}/canary.png", "file://{folder}/canary.png", "file:///{folder}/canary.css", "canary.png", "./canary.css",
    "//canaryhost/share/x.png", "file://canaryhost/share/x.png", r"\\canaryhost\share\x.png", "smb://canaryhost/x",
    "http://canaryhost.example/x.png", "https://canaryhost.example/x.css", "ftp://canaryhost.example/x",
    "http://127.0.0.1:9/canary", "http://[::1]:9/canary", ":/canary.png", "qrc:/canary.png", "image://x/canary",
)  # fmt: skip
FORMS = (
    '<img src="{place}">', "<img src={place}>", "![plan]({place})", "[read]({place})", "<{place}>",
    '<link rel="stylesheet" href="{place}">', "<style>@import url({place}); p {{ background: url({place}) }}</style>",
    '<body background="{place}"><p>words</p></body>', '<table background="{place}"><tr><td>cell</td></tr></table>',
    "<p style=\"background-image: url('{place}')\">words</p>", '<a href="{place}">here</a>', '<object data="{place}">',
    '<iframe src="{place}"></iframe>', '<svg><image xlink:href="{place}"/></svg>', '<qt><img src="{place}"></qt>',
    '<html><head><base href="{place}"></head><img src="canary.png"></html>', "![plan][1]\n\n[1]: {place}",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "{place}">]><x>&e;</x>', '#image("{place}")', '#read("{place}")',
    '#include "{place}"', '#import "@local/canary:1.0.0": *', '$ image("{place}") $', "`#eval(\"read('{place}')\")`",
    "{{x.__class__.__init__.__globals__}} {place}", '<input type="image" src="{place}">',
    "R&D <b>bold</b> & <ul><li><img src='{place}'>",
)  # fmt: skip


def texts(count: int, folder: Path) -> Iterator[str]:
    """So many texts, each with its own number; a step that meets no pair twice until all were met."""
    every = list(product(FORMS, PLACES))
    for number in range(count):
        form, place = every[number * 211 % len(every)]
        yield f"No {number} " + form.format(place=place.format(folder=folder))


def one_line(words: str) -> str:
    """What a field of one line makes of some words."""
    return " ".join(words.split())


def full(cls: type[R], words: Words, **more: object) -> R:
    """A record with one of the texts in every field that holds words, each text in its turn."""
    turn = itertools.cycle(words)
    values: dict[str, object] = {}
    for name, field in cls.FIELDS.items():
        if field.kind in (Kind.TEXT, Kind.NOTE, Kind.CHOICE) and not field.derived and not field.from_today:
            values[name] = next(turn) if field.kind is Kind.NOTE else one_line(next(turn))
    return cls(**(values | more))  # type: ignore[arg-type]


def sets(every: Sequence[str]) -> list[Words]:
    """The texts as they are spread over the fields of one contract and of all that belongs to it."""
    return [tuple(every[n : n + SPREAD]) for n in range(0, len(every), SPREAD)]


def fill(path: Path, every: Sequence[str]) -> None:
    """A file in which the texts stand in every field of contracts and of all that belongs to them."""
    store = new_file(path)
    try:
        with store.step(f"Fill {every[0]}"):
            store.save(full(Desk, sets(every)[0], letterhead="", marking=""))
            for words in sets(every):
                _one(store, words)
    finally:
        store.close()


def _one(store: Store, words: Words) -> None:
    contract = store.save(full(Contract, words, start=date(2025, 4, 1), current_end=date(2027, 3, 31)))
    organisation, service = store.save(full(Organisation, words[1:])), store.save(full(Service, words[2:]))
    store.save(full(Person, words, organisation=organisation.key))
    store.save(full(Party, words, contract=contract.key, organisation=organisation.key, role="Provider"))
    store.save(ContractService(contract=contract.key, service=service.key))
    store.save(full(Document, words, contract=contract.key, stored="", ending=""))
    made = start_specification(store, "council", one_line(words[0]), service=service.key)
    sections = store.all(Section, Query((Where("specification", "is", (made.key,)),)))
    store.save_many(
        [replace(s, body=w, heading=one_line(w)) for s, w in zip(sections, itertools.cycle(words))]
    )
    kept = {"id": made.id, "uuid": made.uuid, "service": service.key, "level": "Local", "status": "Draft"}
    store.save(full(Specification, words, **kept))
    run = start_run(store, "T04", contract=contract.key)
    set_note(store, run.key, QUESTION, words[3])
    set_evidence(store, run.key, QUESTION, words[4])
    raise_action(store, run.key, QUESTION, one_line(words[5]))
