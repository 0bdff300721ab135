"""The conditions and calculations of a template: what they are, and how they read."""

from __future__ import annotations

from storage.checklists.language.grammar import parse
from storage.checklists.language.logic import Logic, build_logic
from storage.checklists.language.names import type_of
from storage.checklists.lists import Lists, shipped_lists
from storage.checklists.parts import Part
from storage.checklists.structure import Question, Section, Template


def logic_of(template: Template, lists: Lists | None = None) -> Logic:
    """The expressions of a template, read once and kept with it. Raises TemplateError with every mistake."""
    if template.logic is None:
        logic = build_logic(template, lists or shipped_lists())
        object.__setattr__(template, "logic", logic)
        for question in template.questions:
            if question.gate is not None and question.gate.passes_if:
                words = logic.english().say(parse(question.gate.passes_if))
                object.__setattr__(question.gate, "words", words)
        return logic
    return template.logic


def asked_if(template: Template, item: Section | Question | Part) -> str:
    """When a section, a question or a part is asked, in words without a full stop; empty when always."""
    if not item.relevant:
        return ""
    return f"asked if {logic_of(template).said(item.relevant)}"


def worked_out(template: Template, part: Part) -> str:
    """How a part is calculated, in words; empty when it is not."""
    return f"worked out: {logic_of(template).said(part.calculation)}" if part.calculation else ""


def must_be(template: Template, part: Part) -> str:
    """What a value must satisfy, in words; empty when anything will do."""
    if not part.constraint:
        return ""
    english = logic_of(template).english("it", type_of(part))
    return english.say(parse(part.constraint))
