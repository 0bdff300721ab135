"""The records that answers of a checklist point to, and those that could be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storage.checklists.answers import Answer
from storage.checklists.parts import Kind, Part
from storage.checklists.structure import Template
from storage.checklists.values import LINKED, rows_of
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.documents import Document
from storage.records.organisations import Organisation
from storage.records.procurements import Procurement
from storage.records.services import Service
from storage.records.specifications import Specification

Names = Mapping[tuple[str, int], str]
KINDS: Mapping[str, type[Record]] = {
    cls.TABLE: cls for cls in (Contract, Service, Specification, Organisation, Procurement, Run, Document)
}
"""What an answer can point to, by table."""


def linked_names(reader: Reader, template: Template, answers: Mapping[str, Answer]) -> Names:
    """What the records that answers point to are called, by table and number; those in the bin too."""
    wanted: dict[str, set[int]] = {}
    for question in template.questions:
        answer = answers.get(question.id)
        if answer is not None:
            for part in question.parts:
                for table, number in _pointed(part, answer.values.get(part.key)):
                    wanted.setdefault(table, set()).add(number)
    found = {}
    for table, numbers in wanted.items():
        for number, record in reader.many(KINDS[table], sorted(numbers)).items():
            found[table, number] = record.name
    return found


def to_choose(reader: Reader, run: Run, kind: Kind) -> list[tuple[str, int, str]]:
    """The records an answer could point to, as table, number and name: for a file the documents, own ones first."""
    if kind is Kind.FILE:
        documents = reader.all(Document, Query(order=(Order("title"),)))
        own = {"contract": run.contract, "specification": run.specification}
        mine = [d for d in documents if any(v is not None and getattr(d, n) == v for n, v in own.items())]
        listed = [*mine, *(d for d in documents if d not in mine)]
        return [(Document.TABLE, d.key, d.name) for d in listed]
    found = []
    for cls in KINDS.values():
        query = Query(where=(Where("id", "is not", (run.key,)),)) if cls is Run else Query()
        found += [
            (cls.TABLE, record.key, f"{record.LABEL}: {record.name}") for record in reader.all(cls, query)
        ]
    return found


def _pointed(part: Part, value: object) -> Iterator[tuple[str, int]]:
    if part.kind in (Kind.LINK, Kind.FILE) and isinstance(value, dict):
        yield from ((table, number) for table, number in value.items() if table in LINKED)
    elif part.kind is Kind.ROWS:
        for row in rows_of(value):
            for column in part.columns:
                yield from _pointed(column, row.get(column.key))
