"""Words of a table that are on no list: choices spelt otherwise, and providers that are nearly one that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from storage.desk.people.organisations import plain_name
from storage.engine.fields import Kind
from storage.engine.reading import Reader
from storage.exchange.importing.import_headings import LEAVE, PROVIDER, Choices
from storage.exchange.importing.list_links import Unmatched, number_of, token
from storage.exchange.importing.providers import Providers, folded
from storage.exchange.importing.rows import Source, SourceRow
from storage.records.organisations import Organisation

MOST = 300  # different words shown of one column; more are no list of choices
_NEAR = 70  # of 100


def unmatched_choices(source: Source, choices: Choices) -> list[Unmatched]:
    """Words under a heading with a list of choices that are not on it, the most frequent first."""
    from rapidfuzz import fuzz, process

    made: list[Unmatched] = []
    for heading in source.headings:
        field = source.fields.get(heading.name)
        if field is None or field.kind is not Kind.CHOICE or not field.choices or field.own:
            continue
        meant = choices.meant.get(heading.name, {})
        counted = Counter(
            " ".join(words.split())
            for row in source.rows
            if (words := row.raw.get(heading.heading, ""))
            and (folded(words) in meant or row.values.get(heading.name, "") not in ("", *field.choices))
        )
        for words, rows in counted.most_common(MOST):
            near = process.extract(
                words, field.choices, scorer=fuzz.token_set_ratio, score_cutoff=_NEAR, limit=3
            )
            made.append(Unmatched(
                heading.name, field.label, words, rows, "", tuple((c, c) for c, _, _ in near), True,
                meant.get(folded(words), ""), "Kept as it is",
            ))  # fmt: skip
    return made


def meant_providers(
    reader: Reader, source: Source, choices: Choices, providers: Providers
) -> tuple[Sequence[SourceRow], list[Unmatched]]:
    """The rows with the providers a person said are meant, and those that are new though nearly one that is known."""
    meant = choices.meant.get(PROVIDER, {})
    names = Counter(
        " ".join(str(name).split())
        for row in source.rows
        if (name := row.values.get(PROVIDER)) not in (None, "")
    )
    new = [n for n in names if folded(n) not in providers.held or folded(n) in meant]
    if not new or not providers.held:
        return source.rows, []
    titles = dict(reader.values(Organisation, ["title"]))
    alike: dict[str, list[int]] = {}
    for name, number in providers.held.items():
        alike.setdefault(plain_name(name), []).append(number)
    made = []
    for name in new:
        near = dict.fromkeys(alike.get(plain_name(name), ()))
        if near or folded(name) in meant:
            offered = tuple((token(i), str(titles[i][0])) for i in near if i in titles)
            made.append(Unmatched(PROVIDER, "Provider", name, names[name], Organisation.TABLE, offered, True,
                                  meant.get(folded(name), ""), "Created"))  # fmt: skip
    return _with_providers(source.rows, meant, titles), made


def _with_providers(
    rows: Sequence[SourceRow], meant: Mapping[str, str], titles: Mapping[int, tuple[object, ...]]
) -> Sequence[SourceRow]:
    """What each row says its provider is, by what was decided; what the file says of it is left as it stands."""
    to: dict[str, str] = {}
    for words, decided in meant.items():
        if decided == LEAVE:
            to[words] = ""
        elif (number := number_of(decided)) is not None and number in titles:
            to[words] = str(titles[number][0])
    if not to:
        return rows
    return [
        replace(row, values={**row.values, PROVIDER: to[key]})
        if (key := folded(str(row.values.get(PROVIDER) or ""))) in to
        else row
        for row in rows
    ]
