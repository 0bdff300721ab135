"""Reads the bands of the five-by-five matrix that a template brings, and gives them to every score it asks for."""

from __future__ import annotations

from dataclasses import replace

from storage.checklists.parts import Kind, Part
from storage.checklists.structure import Section
from storage.checklists.toml_table import TomlTable
from storage.rules.risks import Band, Scales, scales


def read_matrix(table: TomlTable) -> Scales | None:
    """The matrix in a template; None when it brings none. Raises TemplateError when a score has no band."""
    inner = table.table("risk_matrix")
    if inner is None:
        return None
    bands = tuple(_band(each) for each in inner.tables("bands"))
    usual = scales()
    try:
        made = Scales(
            inner.texts("likelihood") or usual.likelihood,
            inner.texts("consequence") or usual.consequence,
            bands or usual.bands,
        )
    except ValueError as error:
        raise inner.fail(str(error), "risk_matrix") from error
    inner.finish()
    return made


def with_matrix(sections: tuple[Section, ...], matrix: Scales | None) -> tuple[Section, ...]:
    """The sections with a matrix in every score; as they are when there is none."""
    if matrix is None:
        return sections
    return tuple(
        replace(
            section,
            questions=tuple(
                replace(question, parts=tuple(_part(part, matrix) for part in question.parts))
                for question in section.questions
            ),
        )
        for section in sections
    )


def _part(part: Part, matrix: Scales) -> Part:
    if part.kind is Kind.ROWS:
        return replace(part, columns=tuple(_part(column, matrix) for column in part.columns))
    return replace(part, matrix=matrix) if part.kind is Kind.MATRIX else part


def _band(table: TomlTable) -> Band:
    made = Band(
        name=table.text("name"),
        lowest=table.whole("lowest") or 0,
        highest=table.whole("highest") or 0,
        colour=table.words("colour"),
        escalate_to=table.words("escalate_to"),
    )
    table.finish()
    return made
