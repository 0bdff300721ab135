"""The conditions and calculations of one template, read and checked once, with their words and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from storage.checklists.language.check import Place, Scope
from storage.checklists.language.english import English
from storage.checklists.language.grammar import parse
from storage.checklists.language.names import Named, names_of, type_of
from storage.checklists.language.sorts import BOOL, Type
from storage.checklists.language.tokens import ExpressionError
from storage.checklists.language.tree import Call, Node, Text, names_in, walk
from storage.checklists.lists import Lists
from storage.checklists.nearest import offer
from storage.checklists.parts import Part
from storage.checklists.structure import Question, Section, Template
from storage.checklists.toml_table import Problem, TemplateError


@dataclass(frozen=True, slots=True)
class QuestionLogic:
    """The expressions of one question: its own and its section's conditions, those of its parts, and of its gate."""

    relevant: tuple[Node, ...]
    parts: Mapping[str, Node]
    calculations: Mapping[str, Node]
    constraints: Mapping[str, Node]
    cells: Mapping[tuple[str, str], Node]
    passes: Node | None

    @property
    def nodes(self) -> Iterator[Node]:
        """Every expression."""
        yield from self.relevant
        yield from self.parts.values()
        yield from self.calculations.values()
        yield from self.constraints.values()
        yield from self.cells.values()
        if self.passes is not None:
            yield self.passes

    @property
    def is_empty(self) -> bool:
        """Whether the question has no expression at all."""
        return next(self.nodes, None) is None


@dataclass(frozen=True, slots=True)
class Logic:
    """Everything a template's expressions say. `rests_on` gives, by question, the questions that depend on it."""

    names: Mapping[str, Named]
    questions: Mapping[str, QuestionLogic]
    dependents: Mapping[str, tuple[str, ...]]
    limits: tuple[tuple[str, int], ...]
    _said: dict[str, str] = field(default_factory=dict, compare=False)

    def said(self, expression: str) -> str:
        """An expression of this template in plain English, put into words once."""
        if expression not in self._said:
            self._said[expression] = self.english().say(parse(expression))
        return self._said[expression]

    def english(self, own: str = "the answer", of: Type | None = None) -> English:
        """Says expressions of this template in plain English."""
        scope = Scope(self.names, _LAST, of)
        return English(self.names, scope.type_of, own, limits=dict(self.limits))


_LAST: Place = (1 << 30, 0)


def build_logic(template: Template, lists: Lists) -> Logic:
    """Read and check every expression. Raises TemplateError with each mistake and its correction."""
    builder = _Builder(template, lists)
    questions = dict(builder.questions())
    if builder.problems:
        raise TemplateError(*builder.problems)
    dependents: dict[str, list[str]] = {}
    for question_id, logic in questions.items():
        for source in {builder.names[n.path].question.id for node in logic.nodes for n in names_in(node)}:
            if source != question_id:
                dependents.setdefault(source, []).append(question_id)
    order = {question.id: place for place, question in enumerate(template.questions)}
    limits = tuple((e.value, e.number) for e in lists.entries("limits") if e.number is not None)
    return Logic(
        builder.names,
        questions,
        {k: tuple(sorted(v, key=order.__getitem__)) for k, v in dependents.items()},
        limits,
    )


class _Builder:
    """Reads the expressions of a template from its beginning to its end, and gathers what is wrong."""

    def __init__(self, template: Template, lists: Lists) -> None:
        self.names = names_of(template)
        self.problems: list[Problem] = []
        self._template = template
        self._limits = tuple(entry.value for entry in lists.entries("limits"))
        self._waits = _waits(template, self.names)

    def questions(self) -> Iterator[tuple[str, QuestionLogic]]:
        """The expressions of every question that has any."""
        number = 0
        for section in self._template.sections:
            shared = self._section(section, number)
            for question in section.questions:
                found = self._question(question, number, shared)
                if not found.is_empty:
                    yield question.id, found
                number += 1

    def _section(self, section: Section, number: int) -> tuple[Node, ...]:
        where = f"{self._template.id}, section {section.letter}"
        scope = Scope(self.names, (number, 0), what=f"section {section.letter}")
        node = self._read(section.relevant, where, "relevant", scope, BOOL)
        return () if node is None else (node,)

    def _question(self, question: Question, number: int, shared: tuple[Node, ...]) -> QuestionLogic:
        what = f"question {question.number}"
        scope = Scope(self.names, (number, 0), what=what)
        own = self._read(question.relevant, question.id, "relevant", scope, BOOL)
        gate = Scope(self.names, (number + 1, -1), what=what)
        passes = question.gate.passes_if if question.gate else ""
        parts: dict[str, Node] = {}
        calculations: dict[str, Node] = {}
        constraints: dict[str, Node] = {}
        cells: dict[tuple[str, str], Node] = {}
        for place, part in enumerate(question.parts):
            where = f"{question.id}, part {part.key}"
            inside = Scope(self.names, (number, place), what=f"“{part.label}” of {what}")
            wanted = type_of(part)
            self._keep(parts, part.key, self._read(part.relevant, where, "relevant", inside, BOOL))
            self._keep(
                calculations, part.key, self._read(part.calculation, where, "calculation", inside, wanted)
            )
            about = replace(inside, own=wanted)
            self._keep(constraints, part.key, self._read(part.constraint, where, "constraint", about, BOOL))
            for column in part.columns:
                self._cell(cells, part, column, inside, where)
        return QuestionLogic(
            relevant=(*shared, own) if own is not None else shared,
            parts=parts, calculations=calculations, constraints=constraints, cells=cells,
            passes=self._read(passes, question.id, "passes_if", gate, BOOL),
        )  # fmt: skip

    def _cell(
        self, cells: dict[tuple[str, str], Node], part: Part, column: Part, inside: Scope, where: str
    ) -> None:
        scope = replace(inside, own=type_of(column))
        node = self._read(column.constraint, f"{where}, column {column.key}", "constraint", scope, BOOL)
        if node is not None:
            cells[part.key, column.key] = node

    def _keep(self, kept: dict[str, Node], key: str, node: Node | None) -> None:
        if node is not None:
            kept[key] = node

    def _read(self, text: str, where: str, key: str, scope: Scope, wanted: Type) -> Node | None:
        if not text:
            return None
        try:
            node = parse(text)
            self._check_circle(node, where)
            scope.wants(node, wanted)
            self._check_limits(node)
        except ExpressionError as error:
            self.problems.append(
                Problem(where, f"{key}: {error.mistake} (character {error.at + 1} of {text})", key)
            )
            return None
        return node

    def _check_circle(self, node: Node, where: str) -> None:
        """Refuse two questions that wait for each other, which a name that comes later would only half explain."""
        mine = where.split(",", maxsplit=1)[0]
        for name in names_in(node):
            named = self.names.get(name.path)
            if (
                named is not None
                and named.question.id != mine
                and mine in self._waits.get(named.question.id, ())
            ):
                raise ExpressionError(
                    f"this and {named.words} wait for each other; take ${{{name.path}}} out of one of them",
                    name.at,
                )

    def _check_limits(self, node: Node) -> None:
        for each in walk(node):
            if isinstance(each, Call) and each.name == "limit" and isinstance(each.given[0], Text):
                name = each.given[0].value
                if name not in self._limits:
                    raise ExpressionError(f"there is no limit {name}{offer(name, self._limits)}", each.at)


def _waits(template: Template, names: Mapping[str, Named]) -> Mapping[str, frozenset[str]]:
    """By question, every question it waits for, directly or through others; what cannot be read waits for none."""
    direct = {
        question.id: {
            names[path].question.id
            for text in (section.relevant, *_texts(question))
            for path in _paths(text)
            if path in names
        }
        for section in template.sections
        for question in section.questions
    }
    found = {}
    for start, first in direct.items():
        reached: set[str] = set()
        ahead = [*first]
        while ahead:
            each = ahead.pop()
            if each not in reached:
                reached.add(each)
                ahead.extend(direct.get(each, ()))
        found[start] = frozenset(reached)
    return found


def _texts(question: Question) -> Iterator[str]:
    """Every expression of a question that decides what is asked or worked out, as written."""
    yield question.relevant
    for part in question.parts:
        yield from (part.relevant, part.calculation, part.constraint)


def _paths(text: str) -> tuple[str, ...]:
    try:
        return uses(parse(text)) if text else ()
    except ExpressionError:
        return ()


def uses(node: Node) -> tuple[str, ...]:
    """The names an expression uses, each once."""
    return tuple(dict.fromkeys(name.path for name in names_in(node)))
