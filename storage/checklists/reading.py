"""Builds a template from its TOML text and refuses one that could not be answered or would mean nothing."""

import re
from collections import Counter
from collections.abc import Iterable

from storage.checklists.parts import AUTOMATIC, DECIDING_KINDS, STANDARD_OPTIONS, Kind, Option, Part
from storage.checklists.structure import Gate, GateKind, Question, Section, Template
from storage.checklists.toml_table import TemplateError, TomlTable, read_toml
from storage.rules.risks import HIGHEST_SCORE

SUBJECTS = ("contract", "service", "specification")
_TEMPLATE_ID = re.compile(r"[A-Z]{1,4}\d{2,3}")
_VERSION = re.compile(r"\d+\.\d+")
_SOURCE_NUMBER = re.compile(r"\b\d{3}\b")

SharedParts = dict[str, tuple[Part, ...]]


def read_template(text: str) -> Template:
    """Read and check one template. Raises TemplateError, whose message names the question and the mistake."""
    table = read_toml(text, "Template")
    template_id = table.text("id")
    if not _TEMPLATE_ID.fullmatch(template_id):
        raise table.fail(f"id {template_id} must be capital letters and two or three digits, such as T01")
    table.where = template_id
    shared = _shared_parts(table)
    template = Template(
        id=template_id,
        version=table.text("version"),
        title=table.text("title"),
        purpose=table.text("purpose"),
        subjects=table.texts("subjects"),
        outcomes=_options(table, "outcomes"),
        sources=_options(table, "sources"),
        sections=tuple(_section(section, template_id, shared) for section in table.tables("sections")),
    )
    table.finish()
    _check_whole(template, table)
    return template


def _check_whole(template: Template, table: TomlTable) -> None:
    if not _VERSION.fullmatch(template.version):
        raise table.fail(f"version {template.version} must look like 1.0")
    if not template.subjects or not set(template.subjects) <= set(SUBJECTS):
        raise table.fail(f"subjects must be chosen from {', '.join(SUBJECTS)}")
    if not template.sections:
        raise table.fail("there must be at least one section")
    _no_repeats(table, "section", (section.letter for section in template.sections))
    _no_repeats(table, "question id", (question.id for question in template.questions))
    _no_repeats(table, "question number", (question.number for question in template.questions))
    known = {source.value for source in template.sources}
    for question in template.questions:
        for number in _SOURCE_NUMBER.findall(question.trace):
            if number not in known:
                raise TemplateError(f"{question.id}: trace names {number}, which sources does not explain")


def _no_repeats(table: TomlTable, what: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise table.fail(f"{what} {name} is used {times} times")


def _section(table: TomlTable, template_id: str, shared: SharedParts) -> Section:
    letter = table.text("letter")
    table.where = f"{template_id}, section {letter}"
    questions = tuple(_question(question, template_id, shared) for question in table.tables("questions"))
    if not questions:
        raise table.fail("there must be at least one question")
    section = Section(letter=letter, title=table.text("title"), questions=questions)
    table.finish()
    return section


def _question(table: TomlTable, template_id: str, shared: SharedParts) -> Question:
    question_id = table.text("id")
    if not re.fullmatch(rf"{template_id}-\d{{2,3}}", question_id):
        raise table.fail(f"id {question_id} must be {template_id}- and two or three digits")
    table.where = question_id
    parts = _parts(table, shared)
    question = Question(
        id=question_id,
        number=table.text("number"),
        text=table.text("text"),
        guidance=table.text("guidance"),
        trace=table.text("trace"),
        parts=parts,
        gate=_gate(table, parts),
        # Not applicable is one of the answers of yes/partly/no; any other question allows it by name.
        not_applicable=table.flag("not_applicable", default=parts[0].kind is Kind.YES_PARTLY_NO),
        needs_note=table.flag("needs_note", default=False),
    )
    table.finish()
    if question.needs_note and question.gate is None:
        raise table.fail("needs_note does nothing without a gate")
    return question


def _gate(table: TomlTable, parts: tuple[Part, ...]) -> Gate | None:
    word = table.text_or_none("gate")
    if word is None:
        if table.has("passes"):
            raise table.fail('passes is given but gate is missing: say gate = "gate" or gate = "warn"')
        if any(part.warn_above or part.closes_at for part in parts):
            raise table.fail('a score limit is given but gate is missing: say gate = "gate" or gate = "warn"')
        return None
    if word not in tuple(GateKind):
        raise table.fail(f'gate must be "gate" or "warn", not "{word}"')
    return Gate(GateKind(word), _passes(table, parts[0]))


def _passes(table: TomlTable, first: Part) -> tuple[str, ...]:
    """The answers that pass: as listed, else Yes for a yes/no question, else (empty) any complete answer."""
    if not table.has("passes"):
        return ("yes",) if first.kind in (Kind.YES_PARTLY_NO, Kind.YES_NO) else ()
    if table.is_text("passes"):
        if table.text("passes") != "any":
            raise table.fail('passes must be "any" or a list of answers')
        return ()
    listed = table.texts("passes")
    if first.kind not in DECIDING_KINDS:
        raise table.fail(f"passes cannot list answers of a {first.kind} question")
    if not listed:
        raise table.fail("passes lists no answer, so the gate could never open")
    for value in listed:
        if value not in first.values:
            raise table.fail(f"passes names {value}, which is not an answer of this question")
    return listed


def _shared_parts(table: TomlTable) -> SharedParts:
    found: SharedParts = {}
    shared = table.table("same_parts")
    if shared is not None:
        for name in shared.names():
            found[name] = _read_parts(shared.tables(name), shared)
    return found


def _parts(table: TomlTable, shared: SharedParts) -> tuple[Part, ...]:
    """A question's parts, given in one of three ways: a single kind, a list, or the name of a shared set."""
    ways = [way for way in ("kind", "parts", "same_parts") if table.has(way)]
    if len(ways) != 1:
        raise table.fail("give exactly one of kind, parts and same_parts")
    if ways == ["same_parts"]:
        name = table.text("same_parts")
        if name not in shared:
            raise table.fail(f"same_parts names {name}, which this file does not declare")
        return shared[name]
    if ways == ["parts"]:
        return _read_parts(table.tables("parts"), table)
    kind = _kind(table)
    if kind in (Kind.CHOICE, Kind.CHOICES):
        raise table.fail(f"a {kind} question has options, so write it as parts")
    return (Part("answer", kind, "Answer", STANDARD_OPTIONS.get(kind, ())),)


def _read_parts(tables: list[TomlTable], owner: TomlTable) -> tuple[Part, ...]:
    for table in tables:
        table.where = f"{owner.where}, part {table.text('key')}"
    parts = tuple(_part(table) for table in tables)
    if not parts:
        raise owner.fail("there must be at least one part")
    _no_repeats(owner, "part", (part.key for part in parts))
    first = parts[0]
    if first.optional or first.when:
        raise owner.fail("the first part must always be asked")
    for part in parts[1:]:
        for value in part.when:
            if first.kind not in DECIDING_KINDS or value not in first.values:
                raise owner.fail(
                    f"part {part.key} waits for {value}, which is not an answer of the first part"
                )
    return parts


def _part(table: TomlTable) -> Part:
    kind = _kind(table)
    part = Part(
        key=table.text("key"),
        kind=kind,
        label=table.text("label"),
        options=_part_options(table, kind),
        when=table.texts("when"),
        optional=table.flag("optional", default=False),
        auto=table.text_or_none("auto"),
        warn_above=table.whole("warn_above"),
        closes_at=table.whole("closes_at"),
    )
    table.finish()
    if part.auto is not None and AUTOMATIC.get(part.auto) is not kind:
        raise table.fail(f"auto {part.auto} does not give a {kind}")
    _check_limits(table, part)
    return part


def _check_limits(table: TomlTable, part: Part) -> None:
    limits = [limit for limit in (part.warn_above, part.closes_at) if limit is not None]
    if limits and part.kind is not Kind.MATRIX:
        raise table.fail("only a matrix has score limits")
    if any(not 1 <= limit <= HIGHEST_SCORE for limit in limits):
        raise table.fail(f"a score limit lies between 1 and {HIGHEST_SCORE}")
    if part.closes_at == 1:
        raise table.fail("closes_at 1 would refuse every score")
    if part.warn_above is not None and part.closes_at is not None and part.warn_above >= part.closes_at:
        raise table.fail("warn_above must be below closes_at")


def _kind(table: TomlTable) -> Kind:
    word = table.text("kind")
    if word not in tuple(Kind):
        raise table.fail(f"there is no kind {word}; choose one of {', '.join(Kind)}")
    return Kind(word)


def _part_options(table: TomlTable, kind: Kind) -> tuple[Option, ...]:
    options = _options(table, "options")
    if kind in (Kind.CHOICE, Kind.CHOICES):
        if len(options) < 2:
            raise table.fail(f"a {kind} needs at least two options")
        return options
    if options:
        raise table.fail(f"a {kind} has no options of its own")
    return STANDARD_OPTIONS.get(kind, ())


def _options(table: TomlTable, key: str) -> tuple[Option, ...]:
    inner = table.table(key)
    return () if inner is None else tuple(Option(value, inner.text(value)) for value in inner.names())
