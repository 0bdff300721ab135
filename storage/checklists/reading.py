"""Builds a template from its TOML text and refuses one that could not be answered or would mean nothing."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from storage.checklists.lists import Lists, shipped_lists
from storage.checklists.logic import logic_of
from storage.checklists.reading_matrix import read_matrix, with_matrix
from storage.checklists.reading_parts import SharedParts, no_repeats, options_in, shared_parts
from storage.checklists.reading_questions import read_question
from storage.checklists.structure import Question, Section, Template
from storage.checklists.toml_table import Problem, TemplateError, TomlTable, read_toml

SUBJECTS = ("contract", "service", "specification", "provider", "procurement")
GROUPS = ("decide", "assess", "plan", "assure", "review")
_TEMPLATE_ID = re.compile(r"[A-Z]{1,4}\d{2,3}")
_VERSION = re.compile(r"\d+\.\d+")
_SOURCE_NUMBER = re.compile(r"\b\d{3}\b")
_T = TypeVar("_T")


def read_template(text: str, lists: Lists | None = None) -> Template:
    """Read and check one template. Raises TemplateError, whose problems name each question and its mistake.

    `lists` are the reference lists it draws on: those of the program unless others are given.
    """
    return template_from(read_toml(text, "Template"), lists)


def template_from(table: TomlTable, lists: Lists | None = None) -> Template:
    """The template in a table. Raises TemplateError with every problem found."""
    template_id = table.text("id")
    if not _TEMPLATE_ID.fullmatch(template_id):
        raise table.fail(
            f"id {template_id} must be capital letters and two or three digits, such as T01", "id"
        )
    table.where = template_id
    lists = lists or shipped_lists()
    origin = table.words("adapted_from")
    shared = shared_parts(table, lists)
    matrix = read_matrix(table)
    version, title, purpose, sections = _together(
        lambda: table.text("version"),
        lambda: table.text("title"),
        lambda: table.text("purpose"),
        lambda: _sections(table, (template_id, origin), shared, lists),
    )
    template = Template(
        id=template_id, version=version, title=title, purpose=purpose,
        sections=with_matrix(sections, matrix),
        subjects=table.texts("subjects"),
        outcomes=options_in(table, "outcomes"),
        sources=options_in(table, "sources"),
        adapted_from=origin,
        group=table.words("group"),
    )  # fmt: skip
    table.finish()
    _check_whole(template, table)
    logic_of(template, lists)
    return template


def all_of(work: Iterable[Callable[[], _T]]) -> tuple[_T, ...]:
    """Every result, or one TemplateError with the problems of all that failed."""
    made: list[_T] = []
    problems: list[Problem] = []
    for make in work:
        try:
            made.append(make())
        except TemplateError as error:
            problems.extend(error.problems)
    if problems:
        raise TemplateError(*problems)
    return tuple(made)


def _together(
    version: Callable[[], str],
    title: Callable[[], str],
    purpose: Callable[[], str],
    sections: Callable[[], tuple[Section, ...]],
) -> tuple[str, str, str, tuple[Section, ...]]:
    """The head of a template and its sections; what is wrong with either is said at once."""
    made: tuple[str | tuple[Section, ...], ...] = all_of((version, title, purpose, sections))
    return cast("tuple[str, str, str, tuple[Section, ...]]", made)


def _check_whole(template: Template, table: TomlTable) -> None:
    if not _VERSION.fullmatch(template.version):
        raise table.fail(f"version {template.version} must look like 1.0", "version")
    if not template.subjects or not set(template.subjects) <= set(SUBJECTS):
        raise table.fail(f"subjects must be chosen from {', '.join(SUBJECTS)}", "subjects")
    if template.group and template.group not in GROUPS:
        raise table.fail(f"group must be one of {', '.join(GROUPS)}", "group")
    if not template.sections:
        raise table.fail("there must be at least one section")
    no_repeats(table, "section", (section.letter for section in template.sections))
    no_repeats(table, "question id", (question.id for question in template.questions))
    no_repeats(table, "question number", (question.number for question in template.questions))
    no_repeats(table, "name", (question.name for question in template.questions if question.name))
    known = {source.value for source in template.sources}
    for question in template.questions:
        for number in _SOURCE_NUMBER.findall(question.trace):
            if number not in known:
                mistake = f"trace names {number}, which sources does not explain"
                raise TemplateError(Problem(question.id, mistake, "trace"))


def _sections(
    table: TomlTable, ids: tuple[str, str], shared: SharedParts, lists: Lists
) -> tuple[Section, ...]:
    return all_of(
        (lambda section=section: _section(section, ids, shared, lists))  # type: ignore[misc]
        for section in table.tables("sections")
    )


def _section(table: TomlTable, ids: tuple[str, str], shared: SharedParts, lists: Lists) -> Section:
    letter = table.text("letter")
    table.where = f"{ids[0]}, section {letter}"
    questions: tuple[Question, ...] = all_of(
        (lambda question=question: read_question(question, ids, shared, lists))  # type: ignore[misc]
        for question in table.tables("questions")
    )
    if not questions:
        raise table.fail("there must be at least one question")
    section = Section(
        letter=letter,
        title=table.text("title"),
        questions=questions,
        relevant=table.words("relevant"),
        guidance=table.words("guidance"),
    )
    table.finish()
    return section
