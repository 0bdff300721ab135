"""The conditions at a place of a template in plain English, as far as it can be read by now."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from storage.checklists.data import Data, table_of
from storage.checklists.editing import Place
from storage.checklists.lists import Lists
from storage.checklists.logic import asked_if, logic_of, must_be, worked_out
from storage.checklists.reading import template_from
from storage.checklists.structure import Template
from storage.checklists.toml_table import TemplateError


def condition_words(data: Data, place: Place, lists: Lists) -> tuple[str, ...]:
    """When what stands at a place is asked, and how it is worked out; nothing while there are mistakes."""
    try:
        template = template_from(table_of(copy.deepcopy(data)), lists)
        logic_of(template, lists)
        return tuple(f"{words[0].upper()}{words[1:]}." for words in _words(template, place) if words)
    except TemplateError:
        return ()


def _words(template: Template, place: Place) -> Iterator[str]:
    for section in template.sections:
        if section.letter == place.section:
            yield asked_if(template, section)
    for question in template.questions:
        if question.id != place.question:
            continue
        if not place.part:
            yield asked_if(template, question)
            if question.gate is not None and question.gate.words:
                yield f"passes if {question.gate.words}"
        for part in question.parts:
            if part.key == place.part or not place.part:
                named = "" if len(question.parts) == 1 else f"{part.label}: "
                said = (asked_if(template, part), worked_out(template, part), must_be(template, part))
                yield from (f"{named}{words}" for words in said if words)
