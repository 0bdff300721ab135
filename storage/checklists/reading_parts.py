"""Reads the parts of a question: kinds, options, limits, rows with their columns, and what is asked when."""

import re
from collections import Counter
from collections.abc import Iterable

from storage.checklists.lists import Lists
from storage.checklists.nearest import offer
from storage.checklists.parts import (
    AUTOMATIC,
    CALCULATED_KINDS,
    DECIDING_KINDS,
    MOST_ROWS,
    MOST_YEARS,
    STANDARD_OPTIONS,
    Kind,
    Option,
    Part,
)
from storage.checklists.toml_table import TomlTable
from storage.rules.risks import HIGHEST_SCORE

SharedParts = dict[str, tuple[Part, ...]]
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_VALUE = re.compile(r"[A-Za-z0-9_.-]+")
_WITH_OPTIONS = (Kind.CHOICE, Kind.CHOICES, Kind.RATING)


def shared_parts(table: TomlTable, lists: Lists) -> SharedParts:
    """The sets of parts a template declares once, under `same_parts`."""
    found: SharedParts = {}
    shared = table.table("same_parts")
    if shared is not None:
        for name in shared.names():
            found[name] = read_parts(shared.tables(name), shared, lists)
    return found


def question_parts(table: TomlTable, shared: SharedParts, lists: Lists) -> tuple[Part, ...]:
    """A question's parts, given in one of three ways: a single kind, a list, or the name of a shared set."""
    ways = [way for way in ("kind", "parts", "same_parts") if table.has(way)]
    if len(ways) != 1:
        raise table.fail("give exactly one of kind, parts and same_parts", "kind")
    if ways == ["same_parts"]:
        name = table.text("same_parts")
        if name not in shared:
            raise table.fail(f"same_parts names {name}, which this file does not declare", "same_parts")
        return shared[name]
    if ways == ["parts"]:
        return read_parts(table.tables("parts"), table, lists)
    kind = _kind(table)
    if kind in (Kind.CHOICE, Kind.CHOICES):
        raise table.fail(f"a {kind} question has options, so write it as parts", "kind")
    if kind is Kind.ROWS:
        raise table.fail("a rows question has columns, so write it as parts", "kind")
    return (Part("answer", kind, "Answer", STANDARD_OPTIONS.get(kind, ())),)


def read_parts(
    tables: list[TomlTable], owner: TomlTable, lists: Lists, what: str = "part"
) -> tuple[Part, ...]:
    """The parts of a question, or the columns of rows. Raises TemplateError."""
    for table in tables:
        table.where = f"{owner.where}, {what} {table.text('key')}"
    parts = tuple(_part(table, lists, what) for table in tables)
    if not parts:
        raise owner.fail(f"there must be at least one {what}")
    no_repeats(owner, what, (part.key for part in parts))
    first = parts[0]
    if first.optional or first.when or first.relevant:
        raise owner.fail(f"the first {what} must always be asked")
    for part in parts[1:]:
        for value in part.when:
            if first.kind not in DECIDING_KINDS or value not in first.values:
                raise owner.fail(
                    f"{what} {part.key} waits for {value}, which is not an answer of the first {what}"
                    + offer(value, first.values),
                    "when",
                )
    return parts


def no_repeats(table: TomlTable, what: str, names: Iterable[str]) -> None:
    """Raise TemplateError when a name is used more than once."""
    for name, times in Counter(names).items():
        if times > 1:
            raise table.fail(f"{what} {name} is used {times} times")


def options_in(table: TomlTable, key: str) -> tuple[Option, ...]:
    """A table of values with their words, as options; empty when absent."""
    inner = table.table(key)
    return () if inner is None else tuple(Option(value, inner.text(value)) for value in inner.names())


def _part(table: TomlTable, lists: Lists, what: str) -> Part:
    kind = _kind(table)
    if what == "column" and kind is Kind.ROWS:
        raise table.fail("rows cannot hold rows", "kind")
    options, options_from = _part_options(table, kind, lists)
    fixed, rows_from = _listed(table, "rows", "rows_from", lists)
    columns = table.tables("columns")
    part = Part(
        key=_part_key(table), kind=kind, label=table.text("label"), options=options, options_from=options_from,
        when=table.texts("when"),
        optional=table.flag("optional", default=False),
        auto=table.text_or_none("auto"),
        warn_above=_limit(table, "warn_above", lists), closes_at=_limit(table, "closes_at", lists),
        hint=table.words("hint"),
        relevant=table.words("relevant"), calculation=table.words("calculation"),
        constraint=table.words("constraint"), constraint_message=table.words("constraint_message"),
        scores=_scores(table, kind, options),
        columns=read_parts(columns, table, lists, "column") if columns else (),
        fixed=fixed, rows_from=rows_from,
        least=table.whole("min_rows") or 0, most=table.whole("max_rows") or 0,
        years=table.whole("years") or 0,
    )  # fmt: skip
    table.finish()
    _check_part(table, part, what)
    return part


def _part_key(table: TomlTable) -> str:
    key = table.text("key")
    if not _KEY.fullmatch(key) or key == "row":
        raise table.fail(f"key {key} must be a word of letters, digits and underscores, and not row", "key")
    return key


def _kind(table: TomlTable) -> Kind:
    word = table.text("kind")
    if word not in tuple(Kind):
        raise table.fail(
            f"there is no kind {word}; choose one of {', '.join(Kind)}{offer(word, tuple(Kind))}", "kind"
        )
    return Kind(word)


def _part_options(table: TomlTable, kind: Kind, lists: Lists) -> tuple[tuple[Option, ...], str]:
    options, name = _listed(table, "options", "options_from", lists)
    if kind in _WITH_OPTIONS and (options or kind is not Kind.RATING):
        if len(options) < 2:
            raise table.fail(f"a {kind} needs at least two options", "options")
        return options, name
    if options:
        raise table.fail(f"a {kind} has no options of its own", "options")
    return STANDARD_OPTIONS.get(kind, ()), ""


def _listed(table: TomlTable, key: str, from_key: str, lists: Lists) -> tuple[tuple[Option, ...], str]:
    """Options written out, or taken from a reference list; both when a run keeps the list as it was."""
    name, written = table.words(from_key), options_in(table, key)
    for option in written:
        if not _VALUE.fullmatch(option.value):
            raise table.fail(f"{key}: the value {option.value} must be letters, digits and underscores", key)
    if written or not name:
        return written, name
    found = lists.options(name)
    if not found:
        raise table.fail(f"there is no list {name}{offer(name, lists.names)}", from_key)
    return found, name


def _limit(table: TomlTable, key: str, lists: Lists) -> int | None:
    """A score limit: a number, or the name of a limit of the reference lists."""
    if not table.is_text(key):
        return table.whole(key)
    name = table.text(key)
    limit = lists.limit(name)
    if limit is None:
        known = tuple(entry.value for entry in lists.entries("limits"))
        raise table.fail(
            f"{key} must be a whole number or a known limit, not {name}{offer(name, known)}", key
        )
    return limit


def _scores(table: TomlTable, kind: Kind, options: tuple[Option, ...]) -> tuple[tuple[str, int], ...]:
    inner = table.table("scores")
    if inner is None:
        return ()
    values = tuple(option.value for option in options)
    if kind not in DECIDING_KINDS or set(inner.names()) != set(values):
        raise table.fail(f"scores must give a figure for every answer: {', '.join(values)}", "scores")
    found = tuple((value, inner.whole(value) or 0) for value in values)
    if any(not 0 <= points <= 100 for _, points in found):
        raise table.fail("a score lies between 0 and 100", "scores")
    return found


def _check_part(table: TomlTable, part: Part, what: str) -> None:
    if part.auto is not None and AUTOMATIC.get(part.auto) is not part.kind:
        raise table.fail(f"auto {part.auto} does not give a {part.kind}", "auto")
    if part.calculation and part.kind not in CALCULATED_KINDS:
        raise table.fail(f"a {part.kind} cannot be calculated", "calculation")
    if part.calculation and part.auto:
        raise table.fail("give auto or calculation, not both", "calculation")
    if part.constraint_message and not part.constraint:
        raise table.fail("constraint_message is given but constraint is missing", "constraint_message")
    if what == "column" and (part.relevant or part.calculation):
        raise table.fail("a column is asked by when, and cannot be calculated", "relevant")
    if part.years and (part.kind is not Kind.MONEY_BY_YEAR or not 1 <= part.years <= MOST_YEARS):
        raise table.fail(f"years is for money_by_year, from 1 to {MOST_YEARS}", "years")
    _check_limits(table, part)
    _check_rows(table, part)


def _check_limits(table: TomlTable, part: Part) -> None:
    limits = [limit for limit in (part.warn_above, part.closes_at) if limit is not None]
    if limits and part.kind is not Kind.MATRIX:
        raise table.fail("only a matrix has score limits", "warn_above")
    if any(not 1 <= limit <= HIGHEST_SCORE for limit in limits):
        raise table.fail(f"a score limit lies between 1 and {HIGHEST_SCORE}", "closes_at")
    if part.closes_at == 1:
        raise table.fail("closes_at 1 would refuse every score", "closes_at")
    if part.warn_above is not None and part.closes_at is not None and part.warn_above >= part.closes_at:
        raise table.fail("warn_above must be below closes_at", "warn_above")


def _check_rows(table: TomlTable, part: Part) -> None:
    if part.kind is not Kind.ROWS:
        if part.columns or part.fixed or part.least or part.most:
            raise table.fail(f"a {part.kind} has no rows and no columns", "columns")
        return
    if not part.columns:
        raise table.fail("rows need at least one column", "columns")
    if part.fixed and (part.least or part.most):
        raise table.fail("rows that are always there need no min_rows and max_rows", "min_rows")
    if not 0 <= part.least <= MOST_ROWS or not 0 <= part.most <= MOST_ROWS:
        raise table.fail(f"min_rows and max_rows lie between 0 and {MOST_ROWS}", "min_rows")
    if part.most and part.least > part.most:
        raise table.fail("min_rows must not be above max_rows", "min_rows")
