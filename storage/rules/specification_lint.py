"""What makes a specification hard to read or hard to hold anybody to: found in its words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_SENTENCE = 30
"""Words; a sentence of more is hard to follow (GOV.UK content design asks for at most 25 in public writing)."""
OLDEST_READER = 16
"""Years of schooling plus five: a section that needs more is named. Contracts are read by professionals."""
_ABBREVIATION = re.compile(r"\b(?:[A-Z][A-Za-z]?){0,3}[A-Z]{2,6}s?\b(?!-?\d)")
_SENTENCE = re.compile(r"(?<=[.!?])[\s\"”’)]+(?=[A-Z“\"(])")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?"
    r"(?:\w{2,}ed|given|made|done|taken|seen|kept|held|met|paid|sent|set|put|written|shown|known|brought|built|"
    r"agreed|undertaken|provided|found|led|run|drawn|chosen)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"`[^`]*`|!?\[([^\]]*)\]\([^)]*\)|[*_#>|~]+|^\s*(?:[-+*]|\d{1,3}[.)])\s+", re.MULTILINE)
_KNOWN = frozenset({
    "A&E", "AM", "BME", "CQC", "EU", "GDPR", "GP", "GPs", "HIV", "HMP", "HMPPS", "ID", "II", "III", "ISO", "IT", "IV",
    "KPI", "KPIs", "NHS", "NICE", "OK", "PDF", "PM", "QR", "TV", "UK", "US", "VAT", "VI",
})  # fmt: skip
"""What everybody who buys or provides care reads without being told."""
_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordFinding:
    """One finding in a text: its kind, the words it is about, and what to do."""

    kind: str
    words: str
    advice: str


LONG, PASSIVE, UNDEFINED, HARD = "Long sentence", "Passive", "Undefined abbreviation", "Hard to read"


def prose(markdown: str) -> str:
    """The text without its marks: tables, code and addresses are left out, since nobody reads them as sentences."""
    lines = [line for line in markdown.splitlines() if not line.lstrip().startswith("|")]
    return _MARKUP.sub(lambda m: m[1] or "", "\n".join(lines))


def sentences(markdown: str) -> list[str]:
    """The sentences of a text; a line of a list is one of its own, a heading is none."""
    found = list[str]()
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-+*]|\d{1,3}[.)])\s)", markdown):
        if block.lstrip().startswith("#"):
            continue
        found += [each for s in _SENTENCE.split(prose(block)) if (each := " ".join(s.split()))]
    return found


def words_of(sentence: str) -> list[str]:
    """The words of a sentence, figures left out."""
    return _WORD.findall(sentence)


def reading_age(markdown: str) -> int | None:
    """The age at which somebody reads it with ease: the Flesch-Kincaid grade plus five; None for too little text.

    Fewer than a hundred words say nothing.
    """
    said = sentences(markdown)
    words = [w for s in said for w in words_of(s)]
    if len(words) < 100:
        return None
    syllables = sum(_syllables(w) for w in words)
    grade = 0.39 * len(words) / len(said) + 11.8 * syllables / len(words) - 15.59
    return max(5, round(grade + 5))


def _syllables(word: str) -> int:
    groups = len(_VOWELS.findall(word))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1
    return max(1, groups - silent)


def abbreviations(text: str) -> list[str]:
    """The abbreviations of a text in the order they first stand there; a plural is the same as one."""
    found = (match.group().rstrip("s") for match in _ABBREVIATION.finditer(prose(text)))
    return list(dict.fromkeys(each for each in found if len(each) > 1 and each not in _KNOWN))


def defined(text: str) -> set[str]:
    """The abbreviations a text explains: in brackets behind words whose letters they are, or before such brackets."""
    plain, found = prose(text), set[str]()
    for match in re.finditer(r"\(([A-Z][A-Za-z&]{1,7}?)s?\)", plain):
        if _stands_for(match[1], plain[: match.start()].split()[-(2 * len(match[1]) + 3) :]):
            found.add(match[1])
    for match in re.finditer(r"\b([A-Z][A-Za-z]{1,7}?)s?\s+\(([^()]{4,120})\)", plain):
        if _stands_for(match[1], match[2].split()):
            found.add(match[1])
    for match in re.finditer(r"^\W*([A-Z]{2,8})s?\s*(?:[:–—-]|means|stands for)\s", plain, re.MULTILINE):
        found.add(match[1])
    return found


def _stands_for(short: str, words: Iterable[str]) -> bool:
    """Whether the letters stand, in order, at the beginnings of words; small words between may be skipped."""
    letters = [c for c in short.upper() if c.isalpha()]
    firsts = [p[:1].upper() for w in words for p in re.split(r"[-/]", w.strip("“”\"'’(),;:")) if p]
    place = 0
    for first in firsts:
        if place < len(letters) and first == letters[place]:
            place += 1
    return place == len(letters)


def word_findings(markdown: str) -> Iterator[WordFinding]:
    """Sentences that are too long or passive, and a text that is hard to read as a whole."""
    for sentence in sentences(markdown):
        count = len(words_of(sentence))
        if count > LONGEST_SENTENCE:
            yield WordFinding(LONG, sentence, f"{count} words. Make two or three sentences of it.")
        if found := _PASSIVE.search(sentence):
            yield WordFinding(
                PASSIVE, sentence, f"“{found.group()}”: say who does it, so that somebody can be held to it."
            )
    age = reading_age(markdown)
    if age is not None and age > OLDEST_READER + 2:
        yield WordFinding(
            HARD, "", f"It reads with ease from about {age} years of age on. Use shorter sentences and words."
        )
