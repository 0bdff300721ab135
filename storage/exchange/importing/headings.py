"""Which field each heading of a foreign table means: by name, by synonym, or by what is nearly that."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from storage.engine.fields import Field, Kind
from storage.exchange.tables.sheet import SourceError

How = Literal["same", "synonym", "close", "worked out", "own", "left out", "chosen", "remembered", "none"]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a heading goes: to a field, to a field of the user's own, or nowhere."""

    heading: str
    field_name: str | None
    how: How


@dataclass(frozen=True, slots=True)
class _Name:
    """One spelling of a field, and how good a sign it is: lower is better."""

    field: Field
    rank: int  # 0 label or name, 1 synonym
    place: int  # among the synonyms

    @property
    def how(self) -> How:
        return "synonym" if self.rank else "same"


_Key = tuple[str, ...] | str
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TOKEN = re.compile(r"[a-z0-9]+")
# What is said in passing about how a cell is filled in, not what it holds.
_ASIDE = re.compile(
    r"\((?:y/n|yes/no|yes or no|gbp|£|optional|mandatory|(?:if|where|as) \w+)\)"
    r"|\([dmy]{1,4}[/. -]?[dmy]{1,4}[/. -]?[dmy]{1,4}\)"
    r"|\(?\b(?:exc|excl|ex|excluding|exclusive of|inc|incl|including|inclusive of|net of|before|plus)\b"
    r"\.? ?vat\b\)?",
    re.IGNORECASE,
)
_NOISE = frozenset(["contract", "the", "of", "a", "an", "in", "for", "and", "is", "gbp"])
_PATH_NOISE = frozenset(["release", "compiledrelease", "compiled", "0"])
_UNIT = r"(?:day|week|wk|month|mth|year|yr)"
_FROM_TODAY = re.compile(
    rf"\b{_UNIT} (?:left|remaining|until|till|overdue|before)\b"
    rf"|\b{_UNIT} to (?:go|expiry|end|expire|renewal|notice|review|run)\b"
    rf"|\b(?:left|remaining) (?:in )?{_UNIT}\b|\btime (?:left|remaining|to)\b|\bremaining (?:time|term|length)\b"
    rf"|\bfrom (?:now|today)\b|\b(?:term|length|duration) (?:left|remaining)\b|\b{_UNIT} (?:since|elapsed)\b"
)
_LENGTH = re.compile(
    rf"\b(?:length|duration|term|period) (?:in )?{_UNIT}\b|\b(?:{_UNIT}) (?:length|duration|term)\b"
)
_SHOWN_AGAIN = frozenset(["human", "formatted"])
_LEAST_LIKE = 86  # of 100; “Suplier” is 93 like “Supplier”, “contact” 80 like “contract” is no slip
_SHORTEST_SLIP = 5  # letters; shorter words differ too easily


def match_headings(
    headings: Sequence[str],
    fields: Iterable[Field],
    *,
    synonyms: Mapping[str, Sequence[str]] | None = None,
    chosen: Mapping[str, str] | None = None,
    left_out: Collection[str] = (),
) -> list[Match]:
    """Where every heading goes, in their order. No field is filled by two headings; the second is the user's own.

    `chosen` maps fields, by name or label, to headings and goes before everything else. Raises SourceError when
    it names a field or heading there is not.
    """
    known = [field for field in fields if field.kind is not Kind.DATA]
    made = _chosen(headings, known, chosen or {})
    made.update({h: Match(h, None, "left out") for h in headings if h in left_out and h not in made})
    names = _Names(known, synonyms or {})
    taken = {match.field_name for match in made.values()}
    candidates = [
        (rank, name.place, index, heading, name)
        for index, heading in enumerate(headings)
        if heading not in made
        for rank, name in names.of(heading)
    ]
    for _, _, _, heading, name in sorted(candidates, key=lambda candidate: candidate[:3]):
        if heading in made or name.field.name in taken:
            continue
        made[heading] = _match(heading, name.field, name.how)
        taken.add(made[heading].field_name)
    _the_rest(headings, names, made)
    return [made[heading] for heading in headings]


def _match(heading: str, field: Field, how: How) -> Match:
    """A match, unless the program works that field out by itself."""
    if field.derived or field.from_today:
        return Match(heading, None, "worked out")
    return Match(heading, field.name, how)


def _chosen(headings: Sequence[str], fields: Sequence[Field], chosen: Mapping[str, str]) -> dict[str, Match]:
    """What the user decided."""
    made: dict[str, Match] = {}
    for wanted, heading in chosen.items():
        folded = wanted.strip().casefold()
        field = next((f for f in fields if folded in (f.name.casefold(), f.label.casefold())), None)
        if field is None or field.derived or field.from_today:
            raise SourceError(
                f"There is no field “{wanted}” to fill.", "Use the name of a field as the table shows it."
            )
        found = next((h for h in headings if h.casefold() == " ".join(heading.split()).casefold()), None)
        if found is None:
            raise SourceError(
                f"The file has no heading “{heading}”.", f"Its headings are: {', '.join(headings)}."
            )
        if found in made:
            raise SourceError(f"The heading “{found}” was given to two fields.", "Give it to one of them.")
        made[found] = Match(found, field.name, "chosen")
    return made


def _the_rest(headings: Sequence[str], names: _Names, made: dict[str, Match]) -> None:
    """Decide on headings that fit no field by name or synonym."""
    filled = {match.field_name for match in made.values()}
    both_ends = "start" in filled and bool(filled & {"current_end", "initial_end", "max_end"})
    all_words = {frozenset(words(heading)) for heading in headings}
    for heading in headings:
        if heading in made:
            continue
        if _worked_out(heading, both_ends, all_words):
            made[heading] = Match(heading, None, "worked out")
            continue
        close = names.close(heading)
        if close is not None and close.field.name not in filled:
            made[heading] = _match(heading, close.field, "close")
            filled.add(made[heading].field_name)
        else:
            made[heading] = Match(heading, None, "own")


def _worked_out(heading: str, both_ends: bool, all_words: Collection[frozenset[str]]) -> bool:
    """Whether a column holds what its file works out from others: days left, lengths, amounts shown again."""
    plain = " ".join(words(heading))
    if _FROM_TODAY.search(plain) or (both_ends and _LENGTH.search(plain)):
        return True
    mine = frozenset(plain.split())
    rest = mine - _SHOWN_AGAIN
    return rest != mine and bool(rest) and any(rest < other and other != mine for other in all_words)


def words(heading: str) -> tuple[str, ...]:
    """The words of a heading in small letters and the singular, joined words taken apart."""
    bare = _ASIDE.sub(" ", heading).strip() or heading
    is_path = not any(space in bare for space in " \n")
    if is_path:
        bare = _CAMEL.sub(" ", bare)
    plain = bare.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    found = tuple(_singular(word) for word in _TOKEN.findall(plain))
    if is_path and len(found) > 1:
        found = tuple(word for word in found if word not in _PATH_NOISE) or found
    return found


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


def _keys(heading: str) -> tuple[_Key, _Key, _Key]:
    """Three ways to compare a heading: its words, its letters, and its telling words in any order."""
    found = words(heading)
    telling = tuple(sorted(word for word in found if word not in _NOISE))
    return found, "".join(found), telling or found


class _Names:
    """All the names that the fields of a record go by."""

    def __init__(self, fields: Sequence[Field], synonyms: Mapping[str, Sequence[str]]) -> None:
        self._exact: dict[_Key, list[_Name]] = {}
        self._loose: dict[_Key, list[_Name]] = {}
        self._vocabulary: set[str] = set()
        for field in fields:
            for spelling in filter(None, (field.label, field.lga, field.name.removeprefix("own:"))):
                self._add(spelling, _Name(field, 0, 0))
            for place, spelling in enumerate((*field.also, *synonyms.get(field.name, ()))):
                self._add(spelling, _Name(field, 1, place))

    def _add(self, spelling: str, name: _Name) -> None:
        as_words, letters, telling = _keys(spelling)
        self._exact.setdefault(as_words, []).append(name)
        self._loose.setdefault(letters, []).append(name)
        # One word that is left of several says too little: “Contract link” is not every “Link”.
        if len(telling) > 1 or len(as_words) == 1:
            self._loose.setdefault(telling, []).append(name)
        self._vocabulary.update(as_words)

    def of(self, heading: str) -> list[tuple[int, _Name]]:
        """The fields a heading may mean, each with a rank: lower is surer."""
        as_words, letters, telling = _keys(heading)
        found = [(name.rank * 2, name) for name in self._exact.get(as_words, ())]
        for key in (letters, telling):
            loose = self._loose.get(key, ())
            # Words that are left over after “contract” is dropped may mean two fields: then neither is sure.
            if len({name.field.name for name in loose}) == 1:
                found += [(name.rank * 2 + 1, name) for name in loose]
        return found

    def close(self, heading: str) -> _Name | None:
        """The field whose name a heading is but for misspelt words; words that are known are no slips."""
        mended = [word if word in self._vocabulary else self._mended(word) for word in words(heading)]
        if "" in mended or tuple(mended) == words(heading):
            return None
        ranked = self.of(" ".join(mended))
        return min(ranked, key=lambda found: (found[0], found[1].place))[1] if ranked else None

    def _mended(self, word: str) -> str:
        """The known word this one was meant to be, or nothing: a letter more or less, or two changed over."""
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import OSA

        if len(word) < _SHORTEST_SLIP:
            return ""
        near = process.extractOne(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE)
        if near is not None:
            return near[0]
        letters = sorted(word)
        turned = (known for known in self._vocabulary if sorted(known) == letters)
        return next((known for known in turned if OSA.distance(word, known) == 1), "")
